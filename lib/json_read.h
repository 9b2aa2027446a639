/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_read.h - JSON read strictly, value by value (RFC 8259, UTF-8)
 *
 * The reader's counterpart of json.h. Whoever reads knows what may come next
 * and asks for it; nothing is built in memory. After the first fault every
 * question is answered with false and nothing is read any more, so that only
 * the end needs a look at it. Strangers' bytes: bounded and linear.
 */
#ifndef LIB_JSON_READ_H
#define LIB_JSON_READ_H

#include "fault.h"
#include "mem.h"

/* So deep may arrays and objects lie in one another. */
#define JSON_READ_DEPTH 100

struct json_read {
	char *data; /* borrowed, and changed: strings are decoded in place */
	size_t size;
	size_t at;
	bool is_first; /* nothing was read of the innermost container yet */
	unsigned depth;
	bool has_failed;
	struct fault *fault; /* borrowed: where, and what */
};

void json_read_init(struct json_read *json, struct buffer *text,
		    struct fault *fault);

/*
 * A container begins; then, until false, another member (its value is to be
 * read next) or item follows. false is its end, or a fault.
 */
bool json_read_object(struct json_read *json);
bool json_read_member(struct json_read *json, struct docket_bytes *out_key);
bool json_read_array(struct json_read *json);
bool json_read_item(struct json_read *json);

/* A value of that type; strings are lent from the text. */
bool json_read_string(struct json_read *json, struct docket_bytes *out_value);
/* A whole number from 0 to limit. */
bool json_read_uint(struct json_read *json, uint32_t limit,
		    uint32_t *out_value);

/* Is it null? Then it is read; anything else is left, and no fault. */
bool json_read_null(struct json_read *json);

/* Any value, checked and passed over. */
void json_read_skip(struct json_read *json);

/* The whole text was one value, and good. */
bool json_read_end(struct json_read *json);

/* Note a fault of whoever reads, here. Returns false. */
bool json_read_fail(struct json_read *json, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
