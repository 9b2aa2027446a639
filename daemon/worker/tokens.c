/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tokens.c - the tokens of a document for an index
 *
 * Block by block, each in its language; those within go with the outer one.
 * Owns nothing. Ends the process only where memory runs out.
 */
#include "tokens.h"

/* What blocks are taken from. */
struct source {
	struct docket_bytes text;
	struct docket_bytes language; /* of the document */
	size_t count;
	struct docket_block (*get)(const void *owner, size_t index);
	const void *owner;
};

static void
put_source(struct word_breaker *breaker, const struct source *source,
	   struct buffer *out)
{
	uint32_t reached = 0;

	/* About as much as there is text; so they seldom have to move. */
	buffer_reserve(out, source->text.size + source->text.size / 4);
	for (size_t i = 0; i < source->count; i++) {
		struct docket_block block = source->get(source->owner, i);
		struct docket_bytes language =
			block.language.size ? block.language : source->language;

		if (block.start < reached || block.start == block.end)
			continue;
		reached = block.end;
		word_put_tokens(
			breaker,
			(struct docket_bytes){ source->text.data + block.start,
					       block.end - block.start },
			word_language_of(language), out);
	}
}

static struct docket_block
get_built(const void *owner, size_t index)
{
	return record_block(owner, index);
}

void
tokens_put(struct word_breaker *breaker, struct record_builder *builder)
{
	const struct source source = {
		.text = record_text(builder),
		.language = record_field(builder, DOCKET_FIELD_LANGUAGE, 0),
		.count = record_blocks(builder),
		.get = get_built,
		.owner = builder,
	};
	auto_buffer struct buffer tokens = { 0 };

	put_source(breaker, &source, &tokens);
	record_put_tokens(builder, buffer_bytes(&tokens));
}

static struct docket_block
get_read(const void *owner, size_t index)
{
	return docket_record_block(owner, index);
}

void
tokens_make(struct word_breaker *breaker, const struct docket_record *record,
	    struct buffer *out)
{
	const struct source source = {
		.text = docket_record_text(record),
		.language =
			docket_record_field(record, DOCKET_FIELD_LANGUAGE, 0),
		.count = docket_record_blocks(record),
		.get = get_read,
		.owner = record,
	};

	put_source(breaker, &source, out);
}
