/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notifier_frozen.c - a notifier of version 1: every member of an event
 */
#include <string.h>

#include "abi_1_host.h"

static enum abi1_status
frozen_notify(void *self, const struct abi1_event *event)
{
	(void)self;
	if (event->number == 0 || event->time_ms <= 0 || event->arrival == 0 ||
	    strncmp(event->type, "document.", 9) != 0 ||
	    memcmp(event->topic.data, event->type, strlen(event->type)) != 0 ||
	    event->json.data[0] != '{' ||
	    event->json.data[event->json.size - 1] != '}')
		return ABI1_REJECT;
	return ABI1_OK;
}

static const char *const topics[] = { "document.parsed/", "document.dup",
				      NULL };
static const struct abi1_notifier notifier = { topics, frozen_notify };

ABI1_PLUGIN(112, 56, 0, 0, 0, 16) = {
	.name = "frozen",
	.needs = ABI1_NEED_NETWORK,
	.notifier = &notifier,
};
