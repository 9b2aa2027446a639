/* SPDX-License-Identifier: Apache-2.0 */
/*
 * picture.h - the pages of a picture file, in grey
 */
#ifndef PARSER_IMAGE_PICTURE_H
#define PARSER_IMAGE_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include <docket/plugin.h>

#include "ocr.h"

enum picture_result {
	PICTURE_OK,
	PICTURE_DAMAGED,
	PICTURE_PIXELS, /* a page has more than the limit */
	PICTURE_PAGES,	/* it has more than the limit */
};

struct picture_limits {
	uint64_t pixels; /* of a page */
	uint32_t pages;
};

struct picture_file {
	struct docket_bytes bytes;
	char *owned; /* what bytes lends from, if that is not the input */
	struct picture_limits limits;
	int format; /* leptonica's */
	uint32_t pages;
	bool has_more; /* frames that are not read */
};

struct Pix;

/* One page. `picture` lends from pix. */
struct picture_page {
	struct Pix *pix;
	struct ocr_picture picture;
};

/* Nothing is decoded yet. The file's bytes are lent. */
enum picture_result picture_open(struct docket_bytes bytes,
				 const struct picture_limits *limits,
				 struct picture_file *out_file);
void picture_close(struct picture_file *file);

/*
 * Decode a page, counted from 0; how large it is was looked up before room is
 * made for it. The caller's until picture_page_fini().
 */
enum picture_result picture_read(const struct picture_file *file,
				 uint32_t index, struct picture_page *out_page);
void picture_page_fini(struct picture_page *page);

#endif
