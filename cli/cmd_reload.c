/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_reload.c - docket reload: a new configuration, all of it or nothing
 */
#include "command.h"
#include "talk.h"

static const struct argument arguments[] = {
	{ { 0 }, NULL },
};

static int
run_reload(const struct call *call)
{
	return talk_ask(&(struct talk){
		.state = call->state,
		.type = MESSAGE_RELOAD,
		.is_patient = true,
	});
}

static const struct command_code codes[] = {
	{ 0, "The new configuration is in force" },
	{ 1, "docketd refuses, or takes one up or stops already" },
	{ 78, "The new one is wrong, it says where; the old one holds" },
	{ 0, NULL },
};

const struct command cmd_reload = {
	.name = "reload",
	.operands = "",
	.summary = "Take up a changed configuration",
	.text = "docketd checks the new configuration beside the one in force. "
		"If it is\n"
		"good docketd begins again with it, as the same process, and "
		"this command\n"
		"ends when it is ready. If not, nothing changes.",
	.arguments = arguments,
	.codes = codes,
	.run = run_reload,
};
