/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_parser_image.c - strangers' bytes as a picture
 *
 * Up to the grey page that would be recognised, which takes a second and is
 * somebody else's; and the same bytes as text that came out of that.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "ocr_text.h"
#include "picture.h"

static void
check_text(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	int lines;

	size_t joined;

	if (!text)
		abort();
	memcpy(text, data, size);
	joined = ocr_text_join(text, size, &lines);
	assert(joined <= size);
	assert(ocr_text_mend_symbols(text, joined) <= joined);
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct picture_limits limits = { .pixels = 1 << 20, .pages = 4 };
	struct docket_bytes bytes = { (const char *)data, size };
	struct picture_file file;
	struct picture_page page;

	setMsgSeverity(L_SEVERITY_NONE);
	check_text(data, size);
	if (picture_open(bytes, &limits, &file) == PICTURE_OK) {
		for (uint32_t i = 0; i < file.pages; i++) {
			if (picture_read(&file, i, &page) != PICTURE_OK)
				continue;
			assert(page.picture.stride >= page.picture.width);
			picture_page_fini(&page);
		}
	}
	picture_close(&file);
	return 0;
}
