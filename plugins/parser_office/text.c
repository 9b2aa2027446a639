/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text.c - UTF-8 that grows
 *
 * Owns its bytes. Running out of memory ends the process.
 */
#include "text.h"

#include <stdio.h>
#include <stdlib.h>

#include "array.h"

#define REPLACEMENT 0xfffd
#define NUMBER_LIMIT 1000000000

void
text_put(struct text *text, const char *data, size_t size)
{
	if (!size)
		return;
	text->data = array_reserve(text->data, text->size + size,
				   &text->capacity, 1);
	memcpy(text->data + text->size, data, size);
	text->size += size;
}

void
text_put_character(struct text *text, uint32_t character)
{
	char bytes[4];
	size_t size = 0;

	if (character > 0x10ffff || (character & 0xfffff800) == 0xd800)
		character = REPLACEMENT;
	if (character < 0x80) {
		bytes[size++] = (char)character;
	} else if (character < 0x800) {
		bytes[size++] = (char)(0xc0 | character >> 6);
	} else if (character < 0x10000) {
		bytes[size++] = (char)(0xe0 | character >> 12);
		bytes[size++] = (char)(0x80 | (character >> 6 & 0x3f));
	} else {
		bytes[size++] = (char)(0xf0 | character >> 18);
		bytes[size++] = (char)(0x80 | (character >> 12 & 0x3f));
		bytes[size++] = (char)(0x80 | (character >> 6 & 0x3f));
	}
	if (character >= 0x80)
		bytes[size++] = (char)(0x80 | (character & 0x3f));
	text_put(text, bytes, size);
}

void
text_put_number(struct text *text, uint32_t value)
{
	char digits[16];
	int size = snprintf(digits, sizeof(digits), "%u", value);

	text_put(text, digits, (size_t)size);
}

void
text_fini(struct text *text)
{
	free(text->data);
	*text = (struct text){ 0 };
}

int32_t
bytes_number(struct docket_bytes bytes, int32_t fallback)
{
	bool is_negative = bytes.size && bytes.data[0] == '-';
	size_t at = is_negative;
	int32_t value = 0;

	for (; at < bytes.size && bytes.data[at] >= '0' &&
	       bytes.data[at] <= '9' && value < NUMBER_LIMIT / 10;
	     at++)
		value = value * 10 + (bytes.data[at] - '0');
	if (at == is_negative)
		return fallback;
	return is_negative ? -value : value;
}
