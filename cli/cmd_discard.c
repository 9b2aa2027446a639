/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_discard.c - docket discard: give up what was set aside, and its bytes
 *
 * Asks on a terminal before it does. Writes a line for each arrival to stdout.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "command.h"
#include "fault.h"
#include "log.h"
#include "order.h"

struct discard_options {
	bool is_sure;
	bool wants_json;
};

static const struct argument arguments[] = {
	{ { "yes", DOCKET_OPTION_BOOL,
	    offsetof(struct discard_options, is_sure), NULL, "Do not ask first",
	    0, 0 },
	  NULL },
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct discard_options, wants_json), NULL,
	    "One JSON object an arrival", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

/* A yes of whoever sits there; nobody there: only --yes is one. */
static int
confirm(const struct call *call)
{
	const struct discard_options *options = call->options;
	char line[16];

	if (options->is_sure)
		return 0;
	if (!isatty(STDIN_FILENO)) {
		log_error("discard: what is discarded is gone; say --yes");
		return FAULT_EXIT_USAGE;
	}
	fprintf(stderr, "Discard %zu arrival%s and their bytes? [y/N] ",
		call->operand_count, call->operand_count == 1 ? "" : "s");
	if (fgets(line, sizeof(line), stdin) &&
	    (line[0] == 'y' || line[0] == 'Y'))
		return 0;
	log_notice("nothing was discarded");
	return EXIT_FAILURE;
}

static int
run_discard(const struct call *call)
{
	const struct discard_options *options = call->options;
	struct order order = {
		.call = call,
		.type = MESSAGE_DISCARD,
		.wants_json = options->wants_json,
	};
	int code = order_parse(&order);

	if (code == 0)
		code = confirm(call);
	if (code == 0)
		code = order_give(&order);
	order_fini(&order);
	return code;
}

static const struct command_code codes[] = {
	{ 0, "All of them are discarded, durably" },
	{ 1, "One of them is not there or not quarantined; or refused" },
	{ 0, NULL },
};

const struct command cmd_discard = {
	.name = "discard",
	.operands = "NUMBER...",
	.summary = "Give up what was set aside, and remove its bytes",
	.text = "For arrivals that are quarantined. Their rows stay, as "
		"discarded;\n"
		"their bytes are removed unless another arrival has the same "
		"ones.\n"
		"A file that was refused at intake stays in the inbox's "
		".docket\n"
		"folder.",
	.arguments = arguments,
	.options_size = sizeof(struct discard_options),
	.operands_min = 1,
	.operands_max = SIZE_MAX,
	.codes = codes,
	.run = run_discard,
};
