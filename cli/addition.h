/* SPDX-License-Identifier: Apache-2.0 */
/*
 * addition.h - what an annotator added to a record
 */
#ifndef CLI_ADDITION_H
#define CLI_ADDITION_H

#include "print.h"
#include "record.h"

/*
 * A line for each field, mark and language of a block that is in after and not
 * in before, two records of one document. Returns how many.
 */
size_t addition_print(struct output *out, const struct docket_record *before,
		      const struct docket_record *after);

#endif
