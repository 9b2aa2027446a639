/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outline.c - a record for people: its fields, its parts and blocks
 *
 * Owns nothing. Reads records, whose offsets record_open() has checked.
 */
#include "outline.h"

#include "escape.h"

#define COLUMNS_FALLBACK 100
#define ANCHOR_COLUMNS 22
#define DEPTH_MAX 32

/* In the order in which they are read, under the names they are asked by. */
static const struct {
	enum docket_field field;
	const char *label;
} fields[] = {
	{ DOCKET_FIELD_TITLE, "title" },
	{ DOCKET_FIELD_CLASS, "class" },
	{ DOCKET_FIELD_LANGUAGE, "language" },
	{ DOCKET_FIELD_SYMBOL, "symbol" },
	{ DOCKET_FIELD_DATE, "date" },
	{ DOCKET_FIELD_FROM, "from" },
	{ DOCKET_FIELD_TO, "to" },
	{ DOCKET_FIELD_SIGNATORY, "signatory" },
	{ DOCKET_FIELD_AGENDA_ITEM, "agenda item" },
	{ DOCKET_FIELD_DISTRIBUTION, "distribution" },
	{ DOCKET_FIELD_ORIGINAL_LANGUAGE, "original" },
	{ DOCKET_FIELD_SESSION, "session" },
	{ DOCKET_FIELD_JOB_NUMBER, "job number" },
	{ DOCKET_FIELD_CC, "copy to" },
	{ DOCKET_FIELD_CREATOR, "creator" },
	{ DOCKET_FIELD_CREATED, "created" },
	{ DOCKET_FIELD_MODIFIED, "modified" },
	{ DOCKET_FIELD_SUBJECT, "subject" },
	{ DOCKET_FIELD_GENERATOR, "generator" },
	{ DOCKET_FIELD_IDENTIFIER, "identifier" },
	{ DOCKET_FIELD_RELATION, "relation" },
	{ DOCKET_FIELD_PAGES, "pages" },
	{ DOCKET_FIELD_MEDIA_TYPE, "media type" },
	{ DOCKET_FIELD_NAMED_TYPE, "named type" },
	{ DOCKET_FIELD_CHARSET, "charset" },
	{ DOCKET_FIELD_PARSER, "parser" },
	{ DOCKET_FIELD_WARNING, "warning" },
};

const char *
outline_field_label(enum docket_field field)
{
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (fields[i].field == field)
			return fields[i].label;
	return "field";
}

void
outline_print_head(struct output *out, const struct source *source,
		   const struct digest *digest)
{
	auto_buffer struct buffer size = { 0 };
	char id[DIGEST_TEXT_SIZE];

	print_size(&size, source->size);
	print_field(out, "name", bytes_of(source->label));
	print_field(out, "size", buffer_bytes(&size));
	print_field(out, "id", bytes_of(digest_format(digest, id)));
}

void
outline_print_fields(struct output *out, const struct docket_record *record)
{
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		struct docket_bytes value;

		for (size_t j = 0;; j++) {
			value = docket_record_field(record, fields[i].field, j);
			if (!value.data)
				break;
			print_field(out, fields[i].label, value);
		}
	}
}

static struct docket_bytes
slice(const struct docket_record *record, uint32_t start, uint32_t end)
{
	struct docket_bytes text = docket_record_text(record);

	return (struct docket_bytes){ text.data + start, end - start };
}

/* The ranges that are open where the walk stands; deeper ones count as one. */
struct nest {
	uint32_t ends[DEPTH_MAX];
	size_t depth;
};

/* Close what ends before start, open what begins there; its depth. */
static size_t
enter(struct nest *nest, uint32_t start, uint32_t end)
{
	while (nest->depth > 0 && nest->ends[nest->depth - 1] <= start)
		nest->depth--;
	if (nest->depth == DEPTH_MAX)
		return DEPTH_MAX;
	nest->ends[nest->depth] = end;
	return nest->depth++;
}

void
outline_print_line(struct output *out, size_t depth, enum print_style style,
		   struct docket_bytes anchor, struct docket_bytes text)
{
	size_t columns = out->columns ? out->columns : COLUMNS_FALLBACK;
	size_t used = 2 * depth < columns / 4 ? 2 * depth : columns / 4;
	/* No more bytes than could be shown, or a long block is slow. */
	struct docket_bytes head = escape_cut(text, columns * 4);
	auto_buffer struct buffer prose = { 0 };

	print_prose(&prose, head);
	print_spaces(&out->text, used);
	print_style(out, style);
	used += print_cut(&out->text, anchor, columns / 2);
	print_style(out, PRINT_PLAIN);
	if (prose.size > 0) {
		size_t gap = used < ANCHOR_COLUMNS ? ANCHOR_COLUMNS - used : 1;

		print_spaces(&out->text, gap);
		print_cut(&out->text, buffer_bytes(&prose),
			  columns - used - gap);
	}
	buffer_put_string(&out->text, "\n");
}

/* The parts that begin at or before an offset, from the part-th on. */
static size_t
print_parts(struct output *out, const struct docket_record *record,
	    struct nest *nest, size_t part, uint32_t offset)
{
	for (; part < docket_record_parts(record); part++) {
		struct docket_part next = docket_record_part(record, part);

		if (next.start > offset)
			break;
		outline_print_line(out, enter(nest, next.start, next.end),
				   PRINT_BOLD, next.anchor, next.title);
	}
	return part;
}

void
outline_print_tree(struct output *out, const struct docket_record *record)
{
	struct nest parts = { .depth = 0 };
	struct nest blocks = { .depth = 0 };
	size_t part = 0;

	for (size_t i = 0; i < docket_record_blocks(record); i++) {
		struct docket_block block = docket_record_block(record, i);
		size_t depth = enter(&blocks, block.start, block.end);

		part = print_parts(out, record, &parts, part, block.start);
		outline_print_line(out, depth + parts.depth, PRINT_DIM,
				   block.anchor,
				   slice(record, block.start, block.end));
		if (output_pass(out))
			return;
	}
	print_parts(out, record, &parts, part, UINT32_MAX);
}

bool
outline_find(const struct docket_record *record, const char *anchor,
	     struct docket_bytes *out_text)
{
	struct docket_bytes wanted = bytes_of(anchor);

	for (size_t i = 0; i < docket_record_blocks(record); i++) {
		struct docket_block block = docket_record_block(record, i);

		if (!bytes_equal(block.anchor, wanted))
			continue;
		*out_text = slice(record, block.start, block.end);
		return true;
	}
	for (size_t i = 0; i < docket_record_parts(record); i++) {
		struct docket_part part = docket_record_part(record, i);

		if (!bytes_equal(part.anchor, wanted))
			continue;
		*out_text = slice(record, part.start, part.end);
		return true;
	}
	return false;
}

/* The innermost part around an offset; false: there is none. */
static bool
find_part(const struct docket_record *record, uint32_t offset,
	  struct docket_part *out_part)
{
	bool is_found = false;

	for (size_t i = 0; i < docket_record_parts(record); i++) {
		struct docket_part part = docket_record_part(record, i);

		if (part.start > offset)
			break;
		if (offset >= part.end)
			continue;
		*out_part = part;
		is_found = true;
	}
	return is_found;
}

/* "annex II"; only "annex" where no number is printed. */
static void
put_part(struct buffer *out, const struct docket_part *part)
{
	buffer_put_string(out, record_part_kind_name(part->kind));
	if (part->number.size > 0) {
		buffer_put_string(out, " ");
		escape_put_line(out, part->number);
	}
	buffer_put_string(out, ", ");
}

/* The 5 of "annex-1/p-5", which is how a block without number is named. */
static unsigned long
get_position(struct docket_bytes anchor)
{
	size_t at = anchor.size;
	unsigned long position = 0;

	while (at > 0 && anchor.data[at - 1] >= '0' &&
	       anchor.data[at - 1] <= '9')
		at--;
	if (at == 0 || anchor.data[at - 1] != '-' || anchor.size - at > 9)
		return 0;
	for (; at < anchor.size; at++)
		position = 10 * position + (unsigned)(anchor.data[at] - '0');
	return position;
}

static const char *
get_suffix(unsigned long position)
{
	static const char *const suffixes[] = { "th", "st", "nd", "rd" };

	if (position % 100 / 10 == 1 || position % 10 > 3)
		return "th";
	return suffixes[position % 10];
}

/* "paragraph 7" as printed, else "5th paragraph" as counted. */
static void
put_block(struct buffer *out, const struct docket_block *block)
{
	const char *kind = record_block_kind_name(block->kind);
	unsigned long position = get_position(block->anchor);

	if (block->number.size > 0) {
		buffer_format(out, "%s ", kind);
		escape_put_line(out, block->number);
	} else if (position > 0) {
		buffer_format(out, "%lu%s %s", position, get_suffix(position),
			      kind);
	} else {
		buffer_put_string(out, kind);
	}
}

void
outline_put_place(struct buffer *out, const struct docket_record *record,
		  size_t index)
{
	struct docket_block block = docket_record_block(record, index);
	struct docket_part part;

	if (find_part(record, block.start, &part) &&
	    part.kind != DOCKET_PART_BODY)
		put_part(out, &part);
	put_block(out, &block);
	if (block.page > 0)
		buffer_format(out, ", page %u", block.page);
}

int
outline_print_text(struct output *out, struct docket_bytes text)
{
	int code = 0;

	if (out->is_terminal)
		print_page(&out->text, text);
	else
		code = output_write(out, text);
	if (text.size > 0 && text.data[text.size - 1] != '\n')
		buffer_put_string(&out->text, "\n");
	return code ? code : output_pass(out);
}
