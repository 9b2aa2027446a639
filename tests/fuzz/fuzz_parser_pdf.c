/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_parser_pdf.c - pages of arbitrary glyphs and rules
 *
 * The library's decoders are the library's to fuzz. What it gives, the plugin
 * must be able to take: six bytes are a glyph or a rule, anywhere on a page, of
 * any size and any character.
 */
#include "fuzz.h"

#include "compose.h"
#include "headings.h"
#include "info.h"
#include "labels.h"
#include "letters.h"
#include "notes.h"
#include "paragraphs.h"
#include "reading.h"
#include "running.h"
#include "trust.h"

#define STEP 6u

/* Characters that the plugin looks at, and any other. */
static uint32_t
find_code(uint8_t byte)
{
	static const uint32_t codes[] = { 0x627,    0x644,  0x64b,  0x651,
					  0x661,    '(',    ')',    '/',
					  0xad,	    0x2022, 0x4e00, 0x3002,
					  0xb9,	    0xf0b7, 0xfefb, 0xfffd,
					  0x10ffff, 0 };

	return byte < 128 ? byte
			  : codes[byte % (sizeof(codes) / sizeof(*codes))];
}

static void
add(struct page *page, const uint8_t *step)
{
	float x = (float)step[1] * 2.5f, y = (float)step[2] * 3.5f;
	float width = (float)(step[3] % 16);
	const uint32_t text[2] = { find_code(step[0]), find_code(step[5]) };
	const struct glyph glyph = {
		.x0 = x,
		.x1 = x + width,
		.y = y,
		.size = 1.0f + (float)(step[4] % 32),
		.flags = (uint8_t)(step[5] % 64),
		.turns = step[4] >> 6,
	};

	if (step[3] > 240)
		page_add_rule(page, (struct rule){ x, y, x + (float)step[4],
						   y + (float)step[5] });
	else
		page_add_glyph(page, glyph, text, 1 + (step[3] & 1));
}

static void
read_date(const uint8_t *data, size_t size)
{
	struct docket_bytes bytes = { (const char *)data, size };
	char date[INFO_DATE_SIZE];

	(void)info_read_date(bytes, date);
	(void)info_is_title(bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct page page = { .number = 1, .width = 600, .height = 800 };
	struct document document = { 0 };
	struct reading reading = { 0 };
	struct paragraphs paragraphs;
	struct composed text = { 0 };
	static bool is_started;

	if (!is_started)
		is_started = letters_start();
	for (size_t at = 0; at + STEP <= size; at += STEP)
		add(&page, data + at);
	reading_add_page(&reading, &page, &document);
	trust_judge(&document);
	measure_document(&document);
	labels_mark(&document);
	running_mark(&document);
	notes_mark(&document);
	paragraphs_find(&document, &paragraphs);
	headings_find(&paragraphs);
	for (size_t i = 0; i < paragraphs.count; i++)
		compose(&paragraphs, &paragraphs.items[i], 0, &text);
	read_date(data, size);
	composed_fini(&text);
	paragraphs_fini(&paragraphs);
	document_fini(&document);
	reading_fini(&reading);
	page_fini(&page);
	return 0;
}
