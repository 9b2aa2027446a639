/* SPDX-License-Identifier: Apache-2.0 */
/*
 * name_type.c - the media type that a document's name claims
 *
 * Owns the text of the table, in which blanks become ends of strings. Reads a
 * file of docket's own, once, before the sandbox closes.
 */
#include "name_type.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "place.h"

#define BLANKS " \t\r"

static void
take_line(struct name_types *types, char *line)
{
	char *rest = NULL;
	char *type, *suffix;

	line[strcspn(line, "#")] = '\0';
	type = strtok_r(line, BLANKS, &rest);
	while (type && (suffix = strtok_r(NULL, BLANKS, &rest)) != NULL) {
		types->rows = mem_grow_array(types->rows, types->count,
					     &types->capacity,
					     sizeof(types->rows[0]));
		types->rows[types->count++] =
			(struct name_type){ suffix, type };
	}
}

void
name_types_load(struct name_types *types, const char *data_folder)
{
	char *rest, *line;

	*types = (struct name_types){ .text = place_read_data(data_folder,
							      "media-types") };
	rest = types->text;
	while ((line = strsep(&rest, "\n")) != NULL)
		take_line(types, line);
}

void
name_types_fini(struct name_types *types)
{
	free(types->rows);
	free(types->text);
	*types = (struct name_types){ 0 };
}

/* What stands behind the last dot, unless the name begins with that. */
static struct docket_bytes
get_suffix(struct docket_bytes name)
{
	const char *dot = name.size > 1
				  ? memrchr(name.data + 1, '.', name.size - 1)
				  : NULL;

	if (!dot || dot[-1] == '/')
		return (struct docket_bytes){ name.data, 0 };
	name.size -= (size_t)(dot + 1 - name.data);
	return (struct docket_bytes){ dot + 1, name.size };
}

const char *
name_types_find(const struct name_types *types, struct docket_bytes name)
{
	struct docket_bytes suffix = get_suffix(name);

	for (size_t i = 0; suffix.size && i < types->count; i++)
		if (strlen(types->rows[i].suffix) == suffix.size &&
		    strncasecmp(types->rows[i].suffix, suffix.data,
				suffix.size) == 0)
			return types->rows[i].type;
	return NULL;
}

/* ---- contradictions ---- */

/* What some types are made of. */
static const struct {
	const char *parent;
	const char *child; /* a pattern */
} kin[] = {
	{ "text/plain", "text/*" },
	{ "text/plain", "message/*" },
	{ "text/plain", "application/mbox" },
	{ "text/plain", "application/xml" },
	{ "text/plain", "*+xml" },
	{ "text/plain", "application/pkcs7-*" },
	{ "text/plain", "application/pgp-*" },
	{ "text/xml", "application/xml" },
	{ "application/xml", "*+xml" },
	{ "application/xml", "text/html" },
	{ "application/xml", "*-flat-xml" },
	{ "text/html", "application/xhtml+xml" },
	{ "application/zip", "application/vnd.*" },
	{ "application/zip", "application/epub+zip" },
	{ "application/zip", "application/java-archive" },
	{ "application/zip", "application/oxps" },
	{ "application/x-ole-storage", "application/msword" },
	{ "application/x-ole-storage", "application/vnd.*" },
	{ "application/x-ole-storage", "application/x-mspublisher" },
	{ "application/pkcs7-mime", "application/pkcs7-signature" },
	{ "message/rfc822", "message/*" },
	{ "image/heif", "image/heic" },
};

static bool
is_parent(const char *parent, const char *child)
{
	for (size_t i = 0; i < ARRAY_SIZE(kin); i++)
		if (strcmp(kin[i].parent, parent) == 0 &&
		    fnmatch(kin[i].child, child, FNM_CASEFOLD) == 0)
			return true;
	return false;
}

bool
name_type_is_kin(const char *named, const char *found)
{
	return strcasecmp(named, found) == 0 || is_parent(named, found) ||
	       is_parent(found, named);
}

/* Without "; charset=...". */
static char *
dup_bare(struct docket_bytes type)
{
	const char *end = type.size ? memchr(type.data, ';', type.size) : NULL;

	if (end)
		type.size = (size_t)(end - type.data);
	return mem_format("%.*s", (int)type.size, type.data);
}

const char *
name_types_find_wrong(const struct name_types *types,
		      const struct docket_job *job)
{
	const char *named = name_types_find(types, job->name);
	auto_free char *found = dup_bare(job->media_type);

	return named && !name_type_is_kin(named, found) ? named : NULL;
}

void
name_types_put(const struct name_types *types, struct docket_job *job)
{
	const char *named = name_types_find(types, job->name);
	auto_free char *warning = NULL;

	if (!named)
		return;
	record_put_field(job->record, DOCKET_FIELD_NAMED_TYPE, bytes_of(named));
	if (!name_types_find_wrong(types, job))
		return;
	warning = mem_format("Its name says that it is %s, but it is %.*s and "
			     "was read as that.",
			     named, (int)job->media_type.size,
			     job->media_type.data);
	record_put_field(job->record, DOCKET_FIELD_WARNING, bytes_of(warning));
}
