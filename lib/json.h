/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.h - JSON written straight into a buffer (RFC 8259, UTF-8, one line)
 *
 * Commas are the writer's business. Strings may hold any bytes: invalid UTF-8
 * becomes U+FFFD. json_read.h reads it.
 */
#ifndef LIB_JSON_H
#define LIB_JSON_H

#include "mem.h"

struct json {
	struct buffer *out; /* borrowed */
	bool is_first;	    /* nothing yet in the innermost container */
};

void json_init(struct json *json, struct buffer *out);
void json_begin_object(struct json *json);
void json_end_object(struct json *json);
void json_begin_array(struct json *json);
void json_end_array(struct json *json);
void json_key(struct json *json, const char *key);
void json_string(struct json *json, struct docket_bytes value);
void json_text(struct json *json, const char *value); /* NULL is null */
void json_int(struct json *json, int64_t value);
void json_uint(struct json *json, uint64_t value);
void json_double(struct json *json, double value); /* finite, 6 digits */
void json_bool(struct json *json, bool value);
void json_null(struct json *json);

/* key and value in one; an absent (data NULL) string is null. */
void json_member(struct json *json, const char *key, struct docket_bytes value);

/* Append ISO 8601 UTC with milliseconds, 2026-11-23T10:00:00.123Z. */
void json_put_time(struct buffer *out, int64_t time_ms);

#endif
