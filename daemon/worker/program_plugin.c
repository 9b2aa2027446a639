/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program_plugin.c - the plugins that run programs: a parser and a notifier
 *
 * One fresh process for each document or event. What its end means is a table;
 * whatever is not in it is the program's fault. Owns the words of the options
 * and the environment of a run. Ends the process where docketd has gone while
 * a program ran: then there is nobody left to tell.
 */
#include "program_plugin.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "job.h"
#include "option.h"
#include "program.h"
#include "program_record.h"
#include "program_run.h"
#include "program_sweep.h"

/* Exit codes that say something; from sysexits.h, and what tests have. */
static const struct {
	int code;
	enum docket_status status;
} answers[] = {
	{ 0, DOCKET_OK },
	{ 65, DOCKET_REJECT }, /* EX_DATAERR */
	{ 75, DOCKET_RETRY },  /* EX_TEMPFAIL */
	{ 77, DOCKET_SKIP },
};

struct program_host {
	struct program options; /* first: its table fills it */
	const char *name;	/* borrowed */
	int socket;
	char **argv, **types, **names, **topics;
};

/* ---- the environment ---- */

#define VARIABLES_LIMIT 16

struct environment {
	char *variables[VARIABLES_LIMIT + 1];
	size_t count;
};

__attribute__((format(printf, 2, 3))) static void
put_variable(struct environment *environment, const char *format, ...)
{
	va_list arguments;

	assert(environment->count < VARIABLES_LIMIT);
	va_start(arguments, format);
	if (vasprintf(&environment->variables[environment->count++], format,
		      arguments) < 0)
		abort();
	va_end(arguments);
}

static void
environment_init(struct environment *environment,
		 const struct program_host *host)
{
	*environment = (struct environment){ .count = 0 };
	put_variable(environment, "PATH=/usr/local/bin:/usr/bin:/bin");
	put_variable(environment, "LANG=C.UTF-8");
	put_variable(environment, "HOME=/");
	put_variable(environment, "DOCKET_VERSION=%s", DOCKET_VERSION);
	put_variable(environment, "DOCKET_PLUGIN=%s", host->name);
}

static void
environment_fini(struct environment *environment)
{
	while (environment->count > 0)
		free(environment->variables[--environment->count]);
}

/* ---- what an end means ---- */

static bool
find_answer(const struct program_result *result, enum docket_status *out_status)
{
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
		if (result->end != PROGRAM_EXITED ||
		    answers[i].code != result->code)
			continue;
		*out_status = answers[i].status;
		return true;
	}
	return false;
}

/* What any other end means: a word, and a sentence without its full stop. */
struct verdict {
	enum docket_status status;
	char reason[16];
	char detail[128];
};

#define SET(member, ...) snprintf(member, sizeof(member), __VA_ARGS__)

static struct verdict
judge(const struct program *program, const struct program_result *result)
{
	struct verdict verdict = { .status = DOCKET_BROKEN };
	int code = result->code;

	switch (result->end) {
	case PROGRAM_EXITED:
		SET(verdict.reason, "exit-%d", code);
		SET(verdict.detail, "The program ended with status %d", code);
		break;
	case PROGRAM_SIGNALLED:
		SET(verdict.reason, "signal-%d", code);
		SET(verdict.detail, "The program was ended by signal %d (%s)",
		    code, strsignal(code));
		break;
	case PROGRAM_OVERDUE:
		SET(verdict.reason, "deadline");
		SET(verdict.detail,
		    "The program was not done after its deadline of %" PRId64
		    " ms",
		    program->deadline_ms);
		break;
	case PROGRAM_OVERFLOWED:
		verdict.status = DOCKET_REJECT;
		SET(verdict.reason, "limit");
		SET(verdict.detail,
		    "The program wrote more than its output_limit of %" PRIu64
		    " bytes",
		    program->output_limit_bytes);
		break;
	case PROGRAM_FORSAKEN: /* run() has ended the process */
	case PROGRAM_FAILED:
		verdict.status = DOCKET_RETRY;
		SET(verdict.reason, "retry");
		SET(verdict.detail, "There was no process for the program: %s",
		    strerror(code));
		break;
	}
	return verdict;
}

/* ---- running ---- */

static void
run(const struct program_host *host, struct environment *environment,
    struct program_order *order, struct program_result *out_result)
{
	order->argv = (const char *const *)host->argv;
	order->environment = (const char *const *)environment->variables;
	order->deadline_ms = host->options.deadline_ms;
	order->memory_limit_bytes = host->options.memory_limit_bytes;
	order->output_limit_bytes = host->options.output_limit_bytes;
	order->processes = (uint64_t)host->options.processes;
	order->socket = host->socket;
	program_run(order, out_result);
	environment_fini(environment);
	if (out_result->end == PROGRAM_FORSAKEN)
		_exit(EXIT_SUCCESS);
}

/* ---- the parser ---- */

static void
on_alive(void *owner)
{
	docket_job_progress(owner, 0, 0);
}

static void
run_parser(const struct program_host *host, struct docket_job *job,
	   struct program_result *out_result)
{
	struct docket_bytes name = docket_job_name(job);
	struct docket_bytes type = docket_job_media_type(job);
	struct environment environment;
	struct program_order order = {
		.input = docket_job_bytes(job),
		.has_output = true,
		.on_alive = on_alive,
		.owner = job,
	};

	environment_init(&environment, host);
	put_variable(&environment, "DOCKET_NAME=%.*s", (int)name.size,
		     name.data);
	put_variable(&environment, "DOCKET_MEDIA_TYPE=%.*s", (int)type.size,
		     type.data);
	put_variable(&environment, "DOCKET_SIZE=%zu", order.input.size);
	run(host, &environment, &order, out_result);
}

/* What it said itself stands behind what it came to. */
static enum docket_status
explain(struct docket_job *job, const struct verdict *verdict,
	const char *last_words)
{
	snprintf(job->reason, sizeof(job->reason), "%s", verdict->reason);
	if (*last_words)
		docket_job_explain(job, "%s: %s", verdict->detail, last_words);
	else
		docket_job_explain(job, "%s.", verdict->detail);
	return verdict->status;
}

static enum docket_status
take_output(const struct program_host *host, struct docket_job *job,
	    struct buffer *output)
{
	struct verdict verdict = {
		.status = DOCKET_BROKEN,
		.reason = "output",
		.detail = "What the program wrote is not the JSON that it "
			  "should be",
	};
	struct fault fault = { "" };

	if (!program_puts_json(&host->options)) {
		docket_put_text(job, buffer_bytes(output));
		return DOCKET_OK;
	}
	if (program_record_put(job, output, &fault) == 0)
		return DOCKET_OK;
	return explain(job, &verdict, fault.text);
}

static enum docket_status
parse(void *self, struct docket_job *job)
{
	const struct program_host *host = self;
	struct program_result result;
	enum docket_status status;

	run_parser(host, job, &result);
	if (!find_answer(&result, &status)) {
		struct verdict verdict = judge(&host->options, &result);

		status = explain(job, &verdict, result.last_words);
	} else if (status == DOCKET_OK) {
		status = take_output(host, job, &result.output);
	} else if (result.last_words[0]) {
		docket_job_explain(job, "%s", result.last_words);
	}
	program_run_fini(&result);
	return status;
}

/* ---- the notifier ---- */

static enum docket_status
notify(void *self, const struct docket_event *event)
{
	const struct program_host *host = self;
	struct environment environment;
	struct program_order order = { .has_output = false };
	struct program_result result;
	auto_buffer struct buffer line = { 0 };
	enum docket_status status;

	buffer_put_bytes(&line, event->json);
	buffer_put_string(&line, "\n"); /* for read in a shell */
	order.input = buffer_bytes(&line);

	environment_init(&environment, host);
	put_variable(&environment, "DOCKET_EVENT=%" PRIu64, event->number);
	put_variable(&environment, "DOCKET_EVENT_TYPE=%s", event->type);
	put_variable(&environment, "DOCKET_TOPIC=%.*s", (int)event->topic.size,
		     event->topic.data);
	put_variable(&environment, "DOCKET_ARRIVAL=%" PRIu64, event->arrival);
	run(host, &environment, &order, &result);
	if (!find_answer(&result, &status)) {
		struct verdict verdict = judge(&host->options, &result);

		docket_log("%s", verdict.detail);
		status = verdict.status;
	}
	program_run_fini(&result);
	return status;
}

/* ---- their life ---- */

static enum docket_status
prepare(void *self)
{
	struct program_host *host = self;

	host->argv = program_split(host->options.exec);
	if (!host->argv[0]) { /* and nobody will call close() */
		free(take(host->argv));
		docket_log("no program is named");
		return DOCKET_BROKEN;
	}
	host->types = program_split(host->options.types);
	host->names = program_split(host->options.names);
	host->topics = program_split(host->options.topics);
	return DOCKET_OK;
}

static enum docket_status
open_host(void *self)
{
	(void)self;
	program_sweep_open();
	return DOCKET_OK;
}

static void
close_host(void *self)
{
	struct program_host *host = self;

	free(host->argv);
	free(host->types);
	free(host->names);
	free(host->topics);
}

/* Until it declares what its options say. */
static const char *const any_type[] = { "*/*", NULL };
static const struct docket_parser parser = {
	.types = any_type,
	.parse = parse,
};
static const struct docket_notifier notifier = { .notify = notify };

#define COMMON                                                                \
	.name = "exec", .summary = "A program", .needs = DOCKET_NEED_EXEC,    \
	.self_size = sizeof(struct program_host), .options = program_options, \
	.prepare = prepare, .open = open_host, .close = close_host

static const struct docket_plugin program_parser = {
	COMMON,
	.parser = &parser,
};
static const struct docket_plugin program_notifier = {
	COMMON,
	.notifier = &notifier,
};

const struct docket_abi program_plugin_stamp = {
	.version = DOCKET_ABI_VERSION,
	.plugin_size = sizeof(struct docket_plugin),
	.option_size = sizeof(struct docket_option),
	.parser_size = sizeof(struct docket_parser),
	.notifier_size = sizeof(struct docket_notifier),
};

const struct docket_plugin *
program_plugin_of(enum message_role role)
{
	switch (role) {
	case ROLE_READER:
		return &program_parser;
	case ROLE_NOTIFIER:
		return &program_notifier;
	case ROLE_INDEXER:
	case ROLE_BUS:
		break;
	}
	return NULL;
}

void
program_plugin_declare(struct plugin *plugin, int socket)
{
	struct program_host *host = plugin->self;

	host->name = plugin->abi.plugin.name;
	host->socket = socket;
	plugin->names = (const char *const *)host->names;
	plugin->abi.parser.types = (const char *const *)host->types;
	plugin->abi.notifier.topics =
		host->topics[0] ? (const char *const *)host->topics : NULL;
}
