/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_csv.c - tables with commas between their cells
 *
 * A row is a line; a cell may stand in quotes, within which "" is a quote and
 * line ends are text (RFC 4180). Cells are blocks in rows, rows in one table.
 */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include <docket/parser.h>

/* Zeroed by the host, then filled in from the options. */
struct csv {
	const char *separator;
	bool has_heading;
};

/* What is left to read. */
struct rest {
	const char *at;
	const char *end;
};

static enum docket_status
csv_open(void *self)
{
	const struct csv *csv = self;

	if (strlen(csv->separator) == 1)
		return DOCKET_OK;
	docket_log("separator: \"%s\" is not one byte", csv->separator);
	return DOCKET_BROKEN;
}

static void
put_bytes(struct docket_job *job, const char *data, const char *end)
{
	docket_put_text(job, (struct docket_bytes){ data, end - data });
}

/* Text up to the quote that is not doubled. */
static void
put_quoted(struct docket_job *job, struct rest *rest)
{
	const char *begin = ++rest->at;

	for (; rest->at < rest->end; rest->at++) {
		if (*rest->at != '"')
			continue;
		put_bytes(job, begin, rest->at);
		begin = ++rest->at;
		if (rest->at == rest->end || *rest->at != '"')
			return;
	}
	put_bytes(job, begin, rest->end);
}

/* One cell, and the separator behind it; false at the end of its row. */
static bool
put_cell(struct docket_job *job, struct rest *rest, char separator)
{
	static const struct docket_block cell = { .kind = DOCKET_BLOCK_CELL };
	const char *begin;

	docket_open_block(job, &cell);
	if (rest->at < rest->end && *rest->at == '"')
		put_quoted(job, rest);
	begin = rest->at;
	while (rest->at < rest->end && *rest->at != separator &&
	       *rest->at != '\n' && *rest->at != '\r')
		rest->at++;
	put_bytes(job, begin, rest->at);
	docket_close_block(job);
	if (rest->at == rest->end || *rest->at != separator)
		return false;
	rest->at++;
	return true;
}

static void
put_row(struct docket_job *job, struct rest *rest, char separator,
	enum docket_block_kind kind)
{
	const struct docket_block row = { .kind = kind, .level = 1 };

	docket_open_block(job, &row);
	while (put_cell(job, rest, separator))
		;
	docket_close_block(job);
	while (rest->at < rest->end && (*rest->at == '\n' || *rest->at == '\r'))
		rest->at++;
}

static bool
has_suffix(struct docket_bytes name, const char *suffix)
{
	size_t size = strlen(suffix);

	return name.size >= size &&
	       strncasecmp(name.data + name.size - size, suffix, size) == 0;
}

static enum docket_status
csv_parse(void *self, struct docket_job *job)
{
	static const struct docket_block table = { .kind = DOCKET_BLOCK_TABLE };
	const struct csv *csv = self;
	struct docket_bytes bytes = docket_job_bytes(job);
	struct rest rest = { bytes.data, bytes.data + bytes.size };

	/* docket takes it for text/plain, as which others read it, too. */
	if (!has_suffix(docket_job_name(job), ".csv"))
		return DOCKET_SKIP;
	if (memchr(bytes.data, '\0', bytes.size)) {
		docket_job_explain(job, "It has zero bytes: is it UTF-16?");
		return DOCKET_REJECT;
	}
	if (csv->has_heading)
		put_row(job, &rest, *csv->separator, DOCKET_BLOCK_HEADING);
	docket_open_block(job, &table);
	while (rest.at < rest.end)
		put_row(job, &rest, *csv->separator, DOCKET_BLOCK_ROW);
	docket_close_block(job);
	return DOCKET_OK;
}

static const struct docket_option options[] = {
	{
		.name = "separator",
		.type = DOCKET_OPTION_STRING,
		.offset = offsetof(struct csv, separator),
		.fallback = ",",
		.summary = "What stands between cells: one byte",
	},
	{
		.name = "heading",
		.type = DOCKET_OPTION_BOOL,
		.offset = offsetof(struct csv, has_heading),
		.fallback = "yes",
		.summary = "Is the first row a heading?",
	},
	{ .name = NULL },
};

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = csv_parse,
};

DOCKET_PLUGIN = {
	.name = "csv",
	.version = "1.0",
	.summary = "Tables with commas between their cells",
	.self_size = sizeof(struct csv),
	.options = options,
	.open = csv_open,
	.parser = &parser,
};
