/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_stamp.c - a parser whose stamp is wrong in the way STAMP says
 *
 * Built once for each; all but the stamp would be good.
 */
#include "abi_1_host.h"

static enum abi1_status
stamp_parse(void *self, struct abi1_job *job)
{
	(void)self;
	(void)job;
	return ABI1_SKIP;
}

static const struct abi1_option options[] = {
	{ NULL, 0, 0, NULL, NULL, 0, 0 },
};
static const char *const types[] = { "text/plain", NULL };
static const struct abi1_parser parser = { types, stamp_parse };

ABI1_EXPORT const struct abi1_stamp docket_abi;
const struct abi1_stamp docket_abi = {
	.version = ABI1_VERSION,
	.plugin_size = 112,
	.option_size = 56,
	.parser_size = 16,
	STAMP, /* one of them said otherwise */
};

ABI1_EXPORT const struct abi1_plugin docket_plugin;
const struct abi1_plugin docket_plugin = {
	.name = "stamp",
	.options = options,
	.parser = &parser,
};
