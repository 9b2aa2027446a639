/* SPDX-License-Identifier: Apache-2.0 */
/*
 * language_file.h - reading etc/languages/<code>.conf
 */
#ifndef ANNOTATOR_LANGUAGE_LANGUAGE_FILE_H
#define ANNOTATOR_LANGUAGE_LANGUAGE_FILE_H

#include "data.h"
#include "languages.h"

/*
 * Add the language that this text describes; name is the file's. 0, or -EINVAL
 * with the reason; then languages may hold a part of it and must be dropped.
 */
int language_file_parse(struct languages *languages, const char *name,
			struct docket_bytes text, struct data_error *error);

/*
 * Add all languages of a folder, in the order of their names. 0, or a negative
 * errno with the reason; a folder without any is -ENOENT.
 */
int language_file_read_folder(struct languages *languages, const char *folder,
			      struct data_error *error);

#endif
