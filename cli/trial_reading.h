/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trial_reading.h - documents read on trial, and what any reader must stand
 */
#ifndef CLI_TRIAL_READING_H
#define CLI_TRIAL_READING_H

#include "reader.h"
#include "record.h"
#include "trial.h"

/* A record that is kept, with its image. Zeroed is none. */
struct trial_record {
	struct buffer image;
	struct docket_record record;
	struct digest digest; /* of the document */
};

void trial_record_fini(struct trial_record *record);

/*
 * Read a document. 0 with a record; 1 without one, said as wrong; or an exit
 * code above.
 */
int trial_read(struct trial *trial, struct reader *reader,
	       const struct source *source, struct trial_record *out_record);

/*
 * "7 blocks, 2 marks, 1203 bytes of text", then what was in it and its warnings,
 * a line each.
 */
void trial_say_read(struct trial *trial, const char *label,
		    const struct docket_record *record);

/* What became of a document that is no good: which answers are right. */
int trial_judge(struct trial *trial, const char *label,
		const struct reading *reading);

/* End the worker as docketd does: trial_close() of one that is sound. */
void trial_close_reader(struct trial *trial, struct reader *reader);

/*
 * What a plugin must stand, tried with a document that it read: the same once
 * more, in this worker and in a fresh one, and what is left of it when it is
 * empty, cut, spoiled. The reader is another worker afterwards.
 */
int trial_check_reading(struct trial *trial, struct reader *reader,
			const struct source *source,
			const struct trial_record *record);

#endif
