/* SPDX-License-Identifier: Apache-2.0 */
/*
 * escape.h - strangers' bytes made fit for a line, and UTF-8 checked
 */
#ifndef LIB_ESCAPE_H
#define LIB_ESCAPE_H

#include "mem.h"

/*
 * Length in bytes of the valid UTF-8 character at text (RFC 3629: no
 * surrogates, nothing overlong, nothing above U+10FFFF), or 0; out_code may be
 * NULL.
 */
size_t escape_decode(const char *text, size_t size, uint32_t *out_code);

/* Append a character as UTF-8; code must be a valid one. */
void escape_encode(struct buffer *out, uint32_t code);

bool escape_is_utf8(struct docket_bytes bytes);

/*
 * How many bytes at the start are no control characters of ASCII (below 0x20).
 * Looks at eight at a time, so those before the first may not all be counted.
 */
size_t escape_measure_printing(const char *text, size_t size);

/* Append bytes with each invalid sequence as U+FFFD; returns how many. */
size_t escape_put_utf8(struct buffer *out, struct docket_bytes bytes);

/*
 * Append bytes for a terminal or a log line: valid UTF-8 as it is, but control
 * characters, bidi controls and invalid bytes as \xNN, \n, \u{NNNN}.
 */
void escape_put_line(struct buffer *out, struct docket_bytes bytes);

/* Append standard base64 (RFC 4648) with padding. */
void escape_put_base64(struct buffer *out, struct docket_bytes bytes);

/* bytes cut to at most limit bytes, on a character's boundary. */
struct docket_bytes escape_cut(struct docket_bytes bytes, size_t limit);

#endif
