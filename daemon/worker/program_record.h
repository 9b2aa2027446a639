/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program_record.h - what a program wrote becomes a record
 */
#ifndef WORKER_PROGRAM_RECORD_H
#define WORKER_PROGRAM_RECORD_H

#include <docket/parser.h>

#include "fault.h"
#include "mem.h"

/*
 * Put a document that is written as docket parse prints one; the output is
 * changed. 0; or -EINVAL with a sentence: it is not such JSON, or its ranges
 * cross. Then the record is not to be used.
 */
int program_record_put(struct docket_job *job, struct buffer *output,
		       struct fault *fault);

#endif
