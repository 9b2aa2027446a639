/* SPDX-License-Identifier: Apache-2.0 */
/*
 * data.h - reading what languages and names are: sections and tables
 *
 * Both are read when a plugin is prepared. What is not right is refused with
 * file and line.
 */
#ifndef PHRASES_DATA_H
#define PHRASES_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include <docket/plugin.h>

#define DATA_REASON 128
/* "fr.conf:12: ..." */
#define DATA_ERROR 320
/* Bytes of a .conf file and of a table; columns of a table. */
#define DATA_CONF_LIMIT (64u << 10)
#define DATA_TABLE_LIMIT (1u << 20)
#define DATA_COLUMNS 24

struct data_error {
	char text[DATA_ERROR];
};

/*
 * What takes a value: user is the caller's, code that of the language. false
 * with a reason refuses it.
 */
struct data_value {
	const char *code;    /* of the language, or the column's heading */
	const char *section; /* of a .conf file */
	const char *key;     /* or what is in the first column */
	const char *text;
	char *reason; /* DATA_REASON bytes, to be written */
};
typedef bool data_take(void *user, const struct data_value *value);

/*
 * What takes a file: its name, and size bytes of text, its own to change, with
 * a zero behind them. 0, or a negative errno with the error, which ends it.
 */
typedef int data_take_file(void *user, const char *name, char *text,
			   size_t size, struct data_error *error);

/*
 * Give each FOLDER/<code>.conf in the order of their names. 0, or a negative
 * errno: -ENOENT where there is none.
 */
int data_read_folder(const char *folder, data_take_file *take, void *user,
		     struct data_error *error);

/*
 * Give all values of the sections named, NULL-terminated, of each
 * FOLDER/<code>.conf in the order of their names. 0, or a negative errno.
 */
int data_read_sections(const char *folder, const char *const *sections,
		       data_take *take, void *user, struct data_error *error);

/*
 * Give all cells of a table that are not empty: the first line which is no
 * comment (#) names the columns; columns are parted by tabs. 0, or a negative
 * errno.
 */
int data_read_table(const char *path, data_take *take, void *user,
		    struct data_error *error);

/*
 * The next of several phrases that stand in one value, parted by semicolons;
 * false: there are no more. *at begins as the value.
 */
bool data_next_phrase(const char **at, struct docket_bytes *out_phrase);

#endif
