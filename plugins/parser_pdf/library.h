/* SPDX-License-Identifier: Apache-2.0 */
/*
 * library.h - what the plugin asks of poppler, in C
 *
 * The only door to the library: library.cc is behind it. Nothing here blocks;
 * the library may end the process where memory runs out or a file drives it
 * into a corner, which is why each document has a process of its own.
 */
#ifndef PARSER_PDF_LIBRARY_H
#define PARSER_PDF_LIBRARY_H

#include <docket/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#include "page.h"

/* Once, while files may be opened. Returns false if it cannot work. */
bool library_start(void);
void library_stop(void);

struct library_document;

enum library_opened {
	LIBRARY_OPENED,
	LIBRARY_ENCRYPTED, /* it asks for a password */
	LIBRARY_DAMAGED,   /* there is nothing in it that could be read */
};

/* Borrows bytes until library_close(). */
enum library_opened library_open(struct docket_bytes bytes,
				 struct library_document **out_document);
void library_close(struct library_document *document);

uint32_t library_count_pages(struct library_document *document);
/* How many faults the library found in the file up to now. */
uint32_t library_count_faults(const struct library_document *document);

/* Read a page, numbered from 1, into an empty one. */
void library_read_page(struct library_document *document, uint32_t number,
		       struct page *page);

/* A page as it looks: 8 bits a pixel, 0 is black, the first row at the top. */
struct library_picture {
	unsigned char *pixels; /* the caller's, to free() */
	int width, height;
	int stride; /* bytes from one row to the next */
	int dpi;
	bool is_scan; /* most of it is pictures */
};

/*
 * Draw a page at 300 dots an inch; at fewer if it is larger than pages are, or
 * was scanned at fewer. False: it takes too much, or has no size.
 */
bool library_draw_page(struct library_document *document, uint32_t number,
		       struct library_picture *out_picture);

/* What the file says of itself: Title, Author ... UTF-8, valid until closed. */
struct docket_bytes library_get_info(struct library_document *document,
				     const char *key);

uint32_t library_count_attachments(struct library_document *document);
/*
 * Unpack an attachment, numbered from 0; limit bytes at most. Both are valid
 * until the next call. False: there is none, or it cannot be read.
 */
bool library_read_attachment(struct library_document *document, uint32_t index,
			     size_t limit, struct docket_bytes *out_name,
			     struct docket_bytes *out_content);

#ifdef __cplusplus
}
#endif

#endif
