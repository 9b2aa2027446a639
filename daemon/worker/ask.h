/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ask.h - which plugin is asked, and in which order
 */
#ifndef WORKER_ASK_H
#define WORKER_ASK_H

#include "load.h"

/* How well a parser's types fit a media type; better ones are asked first. */
enum ask_fit {
	ASK_NOT = 0,
	ASK_FAMILY, /* "text" slash star */
	ASK_EXACT,
	ASK_NAMED, /* by the name of the file, whatever its type */
	ASK_FIT_COUNT
};

/* Parameters ("; charset=...") and the case of letters do not count. */
enum ask_fit ask_fit(const struct docket_parser *parser,
		     struct docket_bytes media_type);

/* Is it one of the types in a list with blanks between them? */
bool ask_is_listed(struct docket_bytes list, struct docket_bytes media_type);

/* The same, and what a program says of names. */
enum ask_fit ask_fit_job(const struct plugin *plugin,
			 struct docket_bytes media_type,
			 struct docket_bytes name);

/* Parsers by name; then annotators by their order, then by name. */
void ask_sort(struct plugin **plugins, size_t count);

#endif
