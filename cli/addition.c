/* SPDX-License-Identifier: Apache-2.0 */
/*
 * addition.c - what an annotator added to a record
 *
 * Owns nothing. Annotators take nothing away, but they may replace a single
 * field; marks are ordered alike in both records.
 */
#include "addition.h"

#include "outline.h"

/* So much of a marked text is shown. */
#define SHOWN_BYTES 80

static size_t
print_fields(struct output *out, enum docket_field field,
	     const struct docket_record *before,
	     const struct docket_record *after)
{
	size_t count = 0;
	struct docket_bytes value;

	for (size_t i = 0;
	     value = docket_record_field(after, field, i), value.data; i++) {
		if (bytes_equal(value, docket_record_field(before, field, i)))
			continue;
		print_field(out, outline_field_label(field), value);
		count++;
	}
	return count;
}

static bool
is_same_mark(const struct docket_mark *a, const struct docket_mark *b)
{
	return a->start == b->start && a->end == b->end && a->kind == b->kind &&
	       bytes_equal(a->value, b->value) && bytes_equal(a->uri, b->uri);
}

/* `reference  "resolution 1373" = S/RES/1373 (2001)` */
static void
print_mark(struct output *out, const struct docket_record *record,
	   const struct docket_mark *mark)
{
	auto_buffer struct buffer line = { 0 };
	struct docket_bytes text = docket_record_text(record);
	struct docket_bytes span = { text.data + mark->start,
				     mark->end - mark->start };

	if (span.size > SHOWN_BYTES)
		span.size = SHOWN_BYTES;
	buffer_put_string(&line, "\"");
	print_prose(&line, span);
	buffer_put_string(&line, "\"");
	if (mark->value.size > 0)
		buffer_format(&line, " = %.*s", (int)mark->value.size,
			      mark->value.data);
	print_field(out, record_mark_kind_name(mark->kind),
		    buffer_bytes(&line));
}

static size_t
print_marks(struct output *out, const struct docket_record *before,
	    const struct docket_record *after)
{
	size_t old = 0;
	size_t count = 0;

	for (size_t i = 0; i < docket_record_marks(after); i++) {
		struct docket_mark mark = docket_record_mark(after, i);
		struct docket_mark other;

		if (old < docket_record_marks(before)) {
			other = docket_record_mark(before, old);
			if (is_same_mark(&mark, &other)) {
				old++;
				continue;
			}
		}
		print_mark(out, after, &mark);
		count++;
	}
	return count;
}

static size_t
print_languages(struct output *out, const struct docket_record *before,
		const struct docket_record *after)
{
	size_t count = 0;

	for (size_t i = 0; i < docket_record_blocks(after) &&
			   i < docket_record_blocks(before);
	     i++) {
		struct docket_block block = docket_record_block(after, i);
		auto_buffer struct buffer line = { 0 };

		if (bytes_equal(block.language,
				docket_record_block(before, i).language))
			continue;
		buffer_format(&line, "%.*s: %.*s", (int)block.anchor.size,
			      block.anchor.data, (int)block.language.size,
			      block.language.data);
		print_field(out, "block", buffer_bytes(&line));
		count++;
	}
	return count;
}

size_t
addition_print(struct output *out, const struct docket_record *before,
	       const struct docket_record *after)
{
	size_t count = 0;

	for (unsigned field = 0; field < DOCKET_FIELD_COUNT; field++)
		count += print_fields(out, (enum docket_field)field, before,
				      after);
	count += print_marks(out, before, after);
	return count + print_languages(out, before, after);
}
