/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notifier.h - plugins that tell somebody what happened
 *
 * A notifier is a follower: a new one starts at now, and may be told an event
 * twice. RETRY asks for the same event again later; REJECT gives it up, which is
 * reported (notification.failed).
 */
#ifndef DOCKET_NOTIFIER_H
#define DOCKET_NOTIFIER_H

#include <docket/event.h>

#ifdef __cplusplus
extern "C" {
#endif

struct docket_notifier {
	/* Prefixes of topics it wants, NULL-terminated; NULL wants all. */
	const char *const *topics;

	/* Required. */
	enum docket_status (*notify)(void *self,
				     const struct docket_event *event);
};
#undef DOCKET_NOTIFIER_SIZE
#define DOCKET_NOTIFIER_SIZE sizeof(struct docket_notifier)

#ifdef __cplusplus
}
#endif

#endif
