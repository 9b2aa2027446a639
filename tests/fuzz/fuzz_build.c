/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_build.c - a plugin that puts whatever it likes, in whatever order
 *
 * Bytes are read as calls of the builder. However it was used, the record that
 * comes out opens.
 */
#include "fuzz.h"

#include <assert.h>

#include "record.h"

enum operation {
	PUT_TEXT,
	OPEN_BLOCK,
	CLOSE_BLOCK,
	OPEN_PART,
	CLOSE_PART,
	PUT_PAGE,
	PUT_FIELD,
	PUT_MARK,
	SET_LANGUAGE,
	SETTLE,
	OPERATION_COUNT
};

/* What is left of the input. */
struct script {
	const uint8_t *at;
	size_t left;
};

static uint8_t
take_byte(struct script *script)
{
	if (script->left == 0)
		return 0;
	script->left--;
	return *script->at++;
}

/* A byte of length, and that many bytes. */
static struct docket_bytes
take_bytes(struct script *script)
{
	size_t size = take_byte(script) % 64;
	struct docket_bytes bytes = { (const char *)script->at, size };

	if (size > script->left)
		bytes.size = script->left;
	script->at += bytes.size;
	script->left -= bytes.size;
	return bytes;
}

static struct docket_block
take_block(struct script *script)
{
	return (struct docket_block){
		.kind = (enum docket_block_kind)(take_byte(script) % 12),
		.role = (enum docket_block_role)(take_byte(script) % 5),
		.number = take_bytes(script),
	};
}

static struct docket_part
take_part(struct script *script)
{
	return (struct docket_part){
		.kind = (enum docket_part_kind)(take_byte(script) % 7),
		.number = take_bytes(script),
	};
}

static struct docket_mark
take_mark(struct script *script)
{
	return (struct docket_mark){
		.start = take_byte(script),
		.end = take_byte(script),
		.kind = (enum docket_mark_kind)(take_byte(script) % 8),
		.value = take_bytes(script),
	};
}

static void
set_language(struct record_builder *builder, struct script *script)
{
	auto_free char *language = NULL;
	size_t index = take_byte(script);
	struct docket_bytes code = take_bytes(script);

	language = mem_format("%.*s", (int)code.size, code.data);
	record_set_block_language(builder, index, language);
}

static void
run_operation(struct record_builder *builder, struct script *script)
{
	struct docket_block block;
	struct docket_part part;
	struct docket_mark mark;
	enum docket_field field;

	switch ((enum operation)(take_byte(script) % OPERATION_COUNT)) {
	case PUT_TEXT:
		record_put_text(builder, take_bytes(script));
		break;
	case OPEN_BLOCK:
		block = take_block(script);
		record_open_block(builder, &block);
		break;
	case CLOSE_BLOCK:
		record_close_block(builder);
		break;
	case OPEN_PART:
		part = take_part(script);
		record_open_part(builder, &part);
		break;
	case CLOSE_PART:
		record_close_part(builder);
		break;
	case PUT_PAGE:
		record_put_page(builder, take_byte(script));
		break;
	case PUT_FIELD:
		field = (enum docket_field)(take_byte(script) % 20);
		record_put_field(builder, field, take_bytes(script));
		break;
	case PUT_MARK:
		mark = take_mark(script);
		record_put_mark(builder, &mark);
		break;
	case SET_LANGUAGE:
		set_language(builder, script);
		break;
	case SETTLE:
		if (take_byte(script) % 8 == 0)
			record_settle(builder);
		break;
	case OPERATION_COUNT:
		break;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct script script = { data, size };
	struct record_limits limits = { .text_bytes = take_byte(&script) * 8u,
					.blocks = take_byte(&script),
					.marks = take_byte(&script),
					.fields = take_byte(&script) };
	struct record_builder *builder = record_builder_new(&limits);
	auto_buffer struct buffer image = { 0 };
	struct docket_record record;
	int result;

	while (script.left > 0)
		run_operation(builder, &script);
	record_put_tokens(builder, bytes_of("a =b c "));
	record_finish(builder, &image);
	result = record_open(buffer_bytes(&image), &record);
	assert(result == 0);
	record_builder_free(builder);
	return 0;
}
