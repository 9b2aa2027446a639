/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_parcel.c - a text with documents in it
 *
 * The first line is "PARCEL" and maybe more. Before each document in it stands
 * a line "NAME SIZE"; its bytes are the next SIZE. A NAME of - is none. With
 * "PARCEL twice" each is put twice, with "PARCEL skip" the parser leaves it to
 * the next one after having put them all.
 */
#include <docket/parser.h>

#include <stdlib.h>

#include "spell.h"

/* The next line, without its end; data NULL: there is none. */
static struct docket_bytes
take_line(struct docket_bytes *rest)
{
	const char *end =
		rest->size ? memchr(rest->data, '\n', rest->size) : NULL;
	struct docket_bytes line = { NULL, 0 };

	if (end) {
		line = (struct docket_bytes){ rest->data,
					      (size_t)(end - rest->data) };
		rest->data = end + 1;
		rest->size -= line.size + 1;
	}
	return line;
}

/* Put what the line announces; 0 where there is less. */
static int
put_member(struct docket_job *job, struct docket_bytes line,
	   struct docket_bytes *rest, int is_twice)
{
	const char *space = memrchr(line.data, ' ', line.size);
	struct docket_bytes name = { line.data, 0 };
	struct docket_bytes content = { rest->data, 0 };

	if (!space)
		return 0;
	content.size = strtoul(space + 1, NULL, 10);
	if (content.size > rest->size)
		return 0;
	name.size = (size_t)(space - line.data);
	if (name.size == 1 && name.data[0] == '-')
		name.size = 0;
	for (int i = 0; i <= is_twice; i++)
		docket_put_child(job, name, content);
	rest->data += content.size;
	rest->size -= content.size;
	return 1;
}

static enum docket_status
parcel_parse(void *self, struct docket_job *job)
{
	struct docket_bytes rest = docket_job_bytes(job);
	struct docket_bytes first = take_line(&rest), line;

	(void)self;
	if (first.size < 6 || memcmp(first.data, "PARCEL", 6) != 0)
		return DOCKET_SKIP;
	docket_put_text(job, first);
	while ((line = take_line(&rest)).data)
		if (!put_member(job, line, &rest, has_spell(first, "twice")))
			return DOCKET_REJECT;
	return has_spell(first, "skip") ? DOCKET_SKIP : DOCKET_OK;
}

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = parcel_parse,
};

DOCKET_PLUGIN = {
	.name = "parcel",
	.summary = "Takes documents out of a text",
	.parser = &parser,
};
