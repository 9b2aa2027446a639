/* SPDX-License-Identifier: Apache-2.0 */
/*
 * abi.h - a descriptor as its plugin was built, taken into this host's shapes
 *
 * A plugin that was built with smaller structs than ours gets a copy that is
 * extended by zeros: what it could not know of is absent. One that was built
 * with larger ones may rely on what this host does not do, and is refused.
 */
#ifndef WORKER_ABI_H
#define WORKER_ABI_H

#include <docket/annotator.h>
#include <docket/indexer.h>
#include <docket/notifier.h>

#include "fault.h"
#include "message.h"

/* The copy. Its members point into itself, so it stays where it is. */
struct abi {
	enum message_plugin_kind kind;
	struct docket_plugin plugin;
	struct docket_option *options; /* never NULL; ends with no name */
	struct docket_parser parser;
	struct docket_annotator annotator;
	struct docket_indexer indexer;
	struct docket_notifier notifier;
};

/*
 * Check what a plugin declares and fill out_abi; it lends the plugin's strings
 * and is to be given back by abi_fini(). 0, or -EINVAL with a clause that goes
 * on after the plugin's name ("was built for ...").
 */
int abi_adopt(const struct docket_abi *stamp, const struct docket_plugin *from,
	      struct abi *out_abi, struct fault *fault);
void abi_fini(struct abi *abi);

/* "parser" ... */
const char *abi_kind_name(enum message_plugin_kind kind);

#endif
