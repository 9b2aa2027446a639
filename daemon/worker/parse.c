/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parse.c - a document in the hands of one parser after the other
 *
 * Until one takes it. Owns nothing. A parser may end the process.
 */
#include "parse.h"

#include "advice.h"
#include "ask.h"

static void
ask_parser(const struct parsers *parsers, const struct plugin *plugin,
	   struct docket_job *job, struct outcome *out_outcome)
{
	const char *name = plugin->abi.plugin.name;
	enum docket_status status;

	job_begin(job, parsers->worker->setup.text_limit_bytes);
	job_enter(job, name);
	status = plugin->abi.parser.parse(plugin->self, job);
	job_leave(job);
	job_judge(job, "read", name, status, out_outcome);
	if (out_outcome->status != DOCKET_OK)
		return;
	job_settle(job, name, plugin->abi.plugin.version);
	/* Blocks that the host makes count like the parser's own. */
	job_judge(job, "read", name, DOCKET_OK, out_outcome);
}

static bool
is_plugin(const struct plugin *plugin, struct docket_bytes name)
{
	return bytes_equal(bytes_of(plugin->abi.plugin.name), name);
}

/* It has readers of its own: docketd knows which, by its name. */
static void
send_elsewhere(const struct plugin *plugin, struct outcome *out_outcome)
{
	*out_outcome = (struct outcome){
		.stage = "read",
		.plugin = plugin->abi.plugin.name,
	};
	outcome_find(out_outcome, DOCKET_SKIP, "elsewhere",
		     "The plugin %s is asked, in a reader of its own.",
		     plugin->abi.plugin.name);
}

/* It has no parser. What its name says may be what it was before. */
static void
refuse_unsupported(const struct worker *worker, const struct docket_job *job,
		   struct outcome *out_outcome)
{
	const char *named = name_types_find_wrong(&worker->name_types, job);

	*out_outcome = (struct outcome){ .stage = "read", .plugin = "" };
	outcome_find(out_outcome, DOCKET_SKIP, "unsupported",
		     "No plugin reads documents of type %.*s.%s%s%s%s",
		     (int)job->media_type.size, job->media_type.data,
		     advice_of(job->media_type),
		     named ? " By its name it is " : "", named ? named : "",
		     named ? "; it may be damaged." : "");
}

const struct plugin *
parse_document(const struct parsers *parsers, struct docket_job *job,
	       struct docket_bytes past, struct outcome *out_outcome)
{
	for (enum ask_fit fit = ASK_NAMED; fit > ASK_NOT; fit--) {
		for (size_t i = 0; i < parsers->count; i++) {
			const struct plugin *plugin =
				parsers->worker->plugins[i];

			if (ask_fit_job(plugin, job->media_type, job->name) !=
			    fit)
				continue;
			if (past.size) {
				if (is_plugin(plugin, past))
					past.size = 0;
				continue;
			}
			if (plugin->is_elsewhere) {
				send_elsewhere(plugin, out_outcome);
				return NULL;
			}
			ask_parser(parsers, plugin, job, out_outcome);
			if (out_outcome->status != DOCKET_SKIP)
				return out_outcome->status ? NULL : plugin;
		}
	}
	refuse_unsupported(parsers->worker, job, out_outcome);
	return NULL;
}
