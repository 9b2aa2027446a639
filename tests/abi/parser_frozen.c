/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_frozen.c - a parser of version 1: every member, every function
 */
#include <stdbool.h>
#include <string.h>

#include "abi_1_host.h"

struct frozen {
	const char *word;
	int64_t number;
	uint64_t size;
	int64_t duration;
	bool is_on;
	bool is_prepared;
	bool is_open;
};

static const struct abi1_option options[] = {
	{ "word", ABI1_STRING, offsetof(struct frozen, word), "frozen", "A", 0,
	  0 },
	{ "number", ABI1_INT, offsetof(struct frozen, number), "7", "B", 1, 9 },
	{ "size", ABI1_SIZE, offsetof(struct frozen, size), "64K", "C", 0, -1 },
	{ "duration", ABI1_DURATION, offsetof(struct frozen, duration), "2s",
	  "D", 0, 0 },
	{ "switch", ABI1_BOOL, offsetof(struct frozen, is_on), "yes", "E", 0,
	  0 },
	{ NULL, 0, 0, NULL, NULL, 0, 0 },
};

static enum abi1_status
frozen_prepare(void *self)
{
	struct frozen *frozen = self;

	frozen->is_prepared = docket_data_folder()[0] != '\0';
	return ABI1_OK;
}

static enum abi1_status
frozen_open(void *self)
{
	struct frozen *frozen = self;

	frozen->is_open = frozen->is_prepared;
	return ABI1_OK;
}

static void
frozen_close(void *self)
{
	struct frozen *frozen = self;

	frozen->is_open = false;
}

/* Were the options filled in, and the callbacks called in order? */
static bool
is_set_up(const struct frozen *frozen)
{
	return strcmp(frozen->word, "frozen") == 0 && frozen->number == 8 &&
	       frozen->size == 65536 && frozen->duration == 2000 &&
	       frozen->is_on && frozen->is_open;
}

static struct abi1_bytes
say(const char *text)
{
	return (struct abi1_bytes){ text, strlen(text) };
}

static void
put_annex(struct abi1_job *job)
{
	const struct abi1_part annex = {
		.kind = ABI1_PART_ANNEX,
		.number = say("I"),
		.title = say("Annex the first"),
	};
	const struct abi1_block block = {
		.kind = ABI1_BLOCK_HEADING,
		.level = 2,
		.language = say("la"),
	};

	docket_put_page(job, 3);
	docket_open_part(job, &annex);
	docket_open_block(job, &block);
	docket_put_text(job, docket_job_name(job));
	docket_close_block(job);
	docket_close_part(job);
}

static enum abi1_status
frozen_parse(void *self, struct abi1_job *job)
{
	const struct abi1_part body = { .kind = ABI1_PART_BODY };
	const struct abi1_block block = {
		.kind = ABI1_BLOCK_PARAGRAPH,
		.role = ABI1_ROLE_OPERATIVE,
		.number = say("7"),
	};
	struct abi1_mark mark = {
		.kind = ABI1_MARK_DATE,
		.value = say("2003-10-10"),
		.uri = say("/date/2003-10-10"),
	};

	if (!is_set_up(self)) {
		docket_job_explain(job, "%s", "It is not set up.");
		return ABI1_REJECT;
	}
	docket_log("a frozen plugin reads %s", "a document");
	docket_job_progress(job, 1, 2);
	docket_put_field(job, ABI1_FIELD_TITLE, docket_job_media_type(job));
	docket_put_field(job, ABI1_FIELD_SYMBOL, say("F/1"));
	docket_open_part(job, &body);
	docket_open_block(job, &block);
	mark.start = docket_put_text(job, docket_job_bytes(job));
	mark.end = mark.start + 4;
	docket_put_mark(job, &mark);
	docket_close_block(job);
	docket_close_part(job);
	put_annex(job);
	docket_put_child(job, say("inner.txt"), say("inside"));
	return ABI1_OK;
}

static const char *const types[] = { "text/plain", NULL };
static const struct abi1_parser parser = { types, frozen_parse };

ABI1_PLUGIN(112, 56, 16, 0, 0, 0) = {
	.name = "frozen",
	.version = "1.2",
	.summary = "A parser that was built long ago",
	.self_size = sizeof(struct frozen),
	.options = options,
	.prepare = frozen_prepare,
	.open = frozen_open,
	.close = frozen_close,
	.parser = &parser,
};
