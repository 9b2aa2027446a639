/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trial.c - a plugin on trial: what it is run with, and what is said of it
 *
 * Owns nothing. Writes to stdout, line by line.
 */
#include "trial.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "print.h"

void
trial_say(struct trial *trial, enum trial_verdict verdict, const char *format,
	  ...)
{
	static const struct {
		const char *word;
		enum print_style style;
	} verdicts[] = {
		[TRIAL_OK] = { "ok", PRINT_GOOD },
		[TRIAL_WRONG] = { "WRONG", PRINT_BAD },
		[TRIAL_NOTE] = { "note", PRINT_DIM },
	};
	struct buffer *text = &trial->out->text;
	auto_free char *line = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&line, format, arguments) < 0)
		abort();
	va_end(arguments);
	trial->wrong_count += verdict == TRIAL_WRONG;
	print_style(trial->out, verdicts[verdict].style);
	buffer_format(text, "%-8s", verdicts[verdict].word);
	print_style(trial->out, PRINT_PLAIN);
	print_prose(text, bytes_of(line));
	buffer_put_string(text, "\n");
	output_flush(trial->out);
}

struct worker_setup
trial_setup(const struct trial *trial, enum message_role role)
{
	return (struct worker_setup){
		.role = role,
		.text_limit_bytes = trial->text_limit_bytes,
		.memory_limit_bytes =
			role == ROLE_READER ? trial->memory_limit_bytes : 0,
	};
}

void
trial_add_plugin(const struct trial *trial, struct worker_setup *setup)
{
	worker_setup_add(setup,
			 (enum message_plugin_kind)trial->plugin->about.kind,
			 trial->plugin->about.name, trial->path);
	for (size_t i = 0; i < trial->settings->count; i++) {
		const char *setting = trial->settings->values[i];
		size_t size = strcspn(setting, "=");

		worker_setup_set(setup, (struct docket_bytes){ setting, size },
				 bytes_of(setting + size + 1));
	}
}

bool
trial_start(struct trial *trial, struct own_worker *worker,
	    const struct worker_setup *setup)
{
	struct fault fault = { "" };
	const struct buffer *refused = &worker->refused;

	if (own_worker_start(worker, setup, NULL, &fault))
		trial_say(trial, TRIAL_WRONG, "it does not open: %s",
			  fault.text);
	else if (refused->size > 0)
		trial_say(trial, TRIAL_WRONG, "it is refused: %.*s",
			  (int)refused->size - 1, refused->data);
	else
		return true;
	own_worker_fini(worker);
	return false;
}

void
trial_close(struct trial *trial, struct own_worker *worker,
	    const struct worker_setup *setup)
{
	struct fault fault = { "" };

	if (!worker->pid && !trial_start(trial, worker, setup))
		return;
	if (own_worker_close(worker, (int)trial->deadline_ms, &fault))
		trial_say(trial, TRIAL_WRONG,
			  "it does not close cleanly: the worker %s",
			  fault.text);
	else
		trial_say(trial, TRIAL_OK, "it closes cleanly");
}

void
trial_say_lost(struct trial *trial, struct own_worker *worker, int answer,
	       const char *during)
{
	struct fault fault = { "" };

	own_worker_give_up(worker, answer, (int)trial->deadline_ms, &fault);
	trial_say(trial, TRIAL_WRONG, "%s: the worker %s", during, fault.text);
}
