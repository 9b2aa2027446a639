/* SPDX-License-Identifier: Apache-2.0 */
/*
 * language_file.h - reading etc/languages/<code>.conf
 */
#ifndef ANNOTATOR_LANGUAGE_LANGUAGE_FILE_H
#define ANNOTATOR_LANGUAGE_LANGUAGE_FILE_H

#include "languages.h"

#define LANGUAGE_FILE_ERROR 256

/* Why a file was refused: "fr.conf:12: ...". */
struct language_error {
	char text[LANGUAGE_FILE_ERROR];
};

/*
 * Add the language that this text describes; name is the file's. 0, or -EINVAL
 * with the reason; then languages may hold a part of it and must be dropped.
 */
int language_file_parse(struct languages *languages, const char *name,
			struct docket_bytes text, struct language_error *error);

/*
 * Add all languages of a folder, in the order of their names. 0, or a negative
 * errno with the reason; a folder without any is -ENOENT.
 */
int language_file_read_folder(struct languages *languages, const char *folder,
			      struct language_error *error);

#endif
