/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_retry.c - docket retry: what was set aside is read once more
 *
 * Writes a line for each arrival to stdout.
 */
#include <stdlib.h>

#include "command.h"
#include "fault.h"
#include "log.h"
#include "order.h"

struct retry_options {
	bool wants_all;
	const char *reason;
	bool wants_json;
};

static const struct argument arguments[] = {
	{ { "all", DOCKET_OPTION_BOOL,
	    offsetof(struct retry_options, wants_all), NULL,
	    "Every arrival that is quarantined or blocked and has\n"
	    "bytes here",
	    0, 0 },
	  NULL },
	{ { "reason", DOCKET_OPTION_STRING,
	    offsetof(struct retry_options, reason), NULL,
	    "With --all: only those set aside for this reason", 0, 0 },
	  "WORD" },
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct retry_options, wants_json), NULL,
	    "One JSON object an arrival", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

static int
run_retry(const struct call *call)
{
	const struct retry_options *options = call->options;
	struct order order = {
		.call = call,
		.type = MESSAGE_RETRY,
		.wants_json = options->wants_json,
	};
	int code = 0;

	if (options->wants_all != (call->operand_count == 0)) {
		log_error("retry: say which arrivals, or --all, and not both");
		return FAULT_EXIT_USAGE;
	}
	if (options->reason && !options->wants_all) {
		log_error("retry: --reason goes with --all");
		return FAULT_EXIT_USAGE;
	}
	if (options->wants_all)
		code = order_find(&order, options->reason);
	else
		code = order_parse(&order);
	if (code == 0)
		code = order_give(&order);
	order_fini(&order);
	return code;
}

static const struct command_code codes[] = {
	{ 0, "All of them wait for a reader again" },
	{ 1, "One of them is not there or cannot be retried; or refused" },
	{ 0, NULL },
};

const struct command cmd_retry = {
	.name = "retry",
	.operands = "NUMBER...",
	.summary = "Read once more what was set aside",
	.text = "For arrivals that are quarantined or blocked, when the cause "
		"is\n"
		"cured: they wait for a reader again and have all their "
		"attempts\n"
		"before them. docket list --state quarantined shows the cures. "
		"What\n"
		"was refused at intake has no bytes here: drop it again.",
	.arguments = arguments,
	.options_size = sizeof(struct retry_options),
	.operands_max = SIZE_MAX,
	.codes = codes,
	.run = run_retry,
};
