/* SPDX-License-Identifier: Apache-2.0 */
/*
 * refusal.h - why a document cannot be read, for whoever dropped it
 *
 * A zeroed one: nothing is wrong. The first thing that went wrong counts; what
 * goes wrong after it is its consequence.
 */
#ifndef PARSER_OFFICE_REFUSAL_H
#define PARSER_OFFICE_REFUSAL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

struct refusal {
	const char *word; /* as for docket_job_reason(); NULL: none */
	char sentence[256];
};

/* Returns false, so that what fails can return it. */
static inline bool __attribute__((format(printf, 3, 4)))
refuse(struct refusal *refusal, const char *word, const char *format, ...)
{
	va_list arguments;

	if (refusal->word)
		return false;
	refusal->word = word;
	va_start(arguments, format);
	vsnprintf(refusal->sentence, sizeof(refusal->sentence), format,
		  arguments);
	va_end(arguments);
	return false;
}

#endif
