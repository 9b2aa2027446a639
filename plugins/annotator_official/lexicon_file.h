/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lexicon_file.h - reading [official] of etc/languages/<code>.conf
 */
#ifndef ANNOTATOR_OFFICIAL_LEXICON_FILE_H
#define ANNOTATOR_OFFICIAL_LEXICON_FILE_H

#include "data.h"
#include "lexicon.h"

/* One file's text; its name, fr.conf, gives the language. 0 or -EINVAL. */
int lexicon_file_parse(struct lexicon *lexicon, const char *name,
		       struct docket_bytes text, struct data_error *error);

/* Every .conf file there, in the order of their names; 0 or a negative errno. */
int lexicon_file_read_folder(struct lexicon *lexicon, const char *folder,
			     struct data_error *error);

#endif
