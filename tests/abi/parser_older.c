/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_older.c - a parser with smaller structs than those of version 1
 *
 * As if notifiers, annotators, indexers and the limits of options had come
 * later. Behind each struct lies what must not be taken for a member of it.
 */
#include "abi_1_host.h"

struct older_option {
	const char *name;
	enum abi1_option_type type;
	size_t offset;
	const char *fallback;
	const char *summary;
};

/* Up to the parser, and then poison. */
struct older_plugin {
	const char *name;
	const char *version;
	const char *summary;
	uint32_t needs;
	uint32_t wants;
	const char *const *data;
	size_t self_size;
	const struct older_option *options;
	enum abi1_status (*prepare)(void *self);
	enum abi1_status (*open)(void *self);
	void (*close)(void *self);
	const struct abi1_parser *parser;
	const void *poison[3];
};

struct older {
	int64_t first;
	int64_t second;
};

static const struct older_option options[] = {
	{ "first", ABI1_INT, offsetof(struct older, first), "1000000", "A" },
	{ "second", ABI1_INT, offsetof(struct older, second), "-2", "B" },
	{ NULL, 0, 0, NULL, NULL },
};

static enum abi1_status
older_parse(void *self, struct abi1_job *job)
{
	const struct older *older = self;

	if (older->first != 1000000 || older->second != -2)
		return ABI1_BROKEN;
	docket_put_text(job, docket_job_bytes(job));
	return ABI1_OK;
}

static const char *const types[] = { "text/plain", NULL };
static const struct abi1_parser parser = { types, older_parse };

ABI1_EXPORT const struct abi1_stamp docket_abi;
const struct abi1_stamp docket_abi = {
	.version = ABI1_VERSION,
	.plugin_size = offsetof(struct older_plugin, poison),
	.option_size = sizeof(struct older_option),
	.parser_size = sizeof(struct abi1_parser),
};

ABI1_EXPORT const struct older_plugin docket_plugin;
const struct older_plugin docket_plugin = {
	.name = "older",
	.self_size = sizeof(struct older),
	.options = options,
	.parser = &parser,
	.poison = { types, types, types },
};
