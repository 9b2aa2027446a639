/* SPDX-License-Identifier: Apache-2.0 */
/*
 * frame.c - values packed into frames and taken out again
 *
 * Owns nothing. What is decoded here was written by a process that may have
 * been taken over: every read is checked against the end, and a reader that is
 * bad stays bad. Sockets are the business of frame_stream.c.
 *
 * Values stand in the payload one behind the other without padding, bytes with
 * their length (u32) before them; so nothing there is aligned.
 */
#include "frame.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "digest.h"

size_t
frame_begin(struct buffer *out, uint16_t type)
{
	struct frame_header header = { .type = type };
	size_t begin = out->size;

	buffer_put(out, &header, sizeof(header));
	return begin;
}

void
frame_end(struct buffer *out, size_t begin)
{
	size_t size = out->size - begin - FRAME_HEADER_SIZE;
	struct frame_header header;

	assert(size <= UINT32_MAX);
	memcpy(&header, out->data + begin, sizeof(header));
	header.size = (uint32_t)size;
	memcpy(out->data + begin, &header, sizeof(header));
}

void
frame_flag_fd(struct buffer *out, size_t begin)
{
	struct frame_header header;

	memcpy(&header, out->data + begin, sizeof(header));
	header.flags |= FRAME_HAS_FD;
	memcpy(out->data + begin, &header, sizeof(header));
}

void
frame_put_u32(struct buffer *out, uint32_t value)
{
	buffer_put(out, &value, sizeof(value));
}

void
frame_put_u64(struct buffer *out, uint64_t value)
{
	buffer_put(out, &value, sizeof(value));
}

void
frame_put_i64(struct buffer *out, int64_t value)
{
	buffer_put(out, &value, sizeof(value));
}

void
frame_put_double(struct buffer *out, double value)
{
	buffer_put(out, &value, sizeof(value));
}

void
frame_put_bytes(struct buffer *out, struct docket_bytes value)
{
	assert(value.size <= UINT32_MAX);
	frame_put_u32(out, (uint32_t)value.size);
	buffer_put_bytes(out, value);
}

void
frame_put_string(struct buffer *out, const char *value)
{
	frame_put_bytes(out, bytes_of(value));
}

void
frame_reader_init(struct frame_reader *reader, struct docket_bytes from)
{
	reader->at = from.data;
	reader->end = from.size ? from.data + from.size : from.data;
	reader->is_bad = false;
}

/* The next size bytes, or NULL and the reader is bad. */
static const char *
pass(struct frame_reader *reader, size_t size)
{
	const char *at = reader->at;

	if (reader->is_bad || size > (size_t)(reader->end - at)) {
		reader->is_bad = true;
		return NULL;
	}
	reader->at += size;
	return at;
}

/* The next size bytes into out, or zeros. */
static void
copy(struct frame_reader *reader, void *out, size_t size)
{
	const char *at = pass(reader, size);

	if (at)
		memcpy(out, at, size);
	else
		memset(out, 0, size);
}

uint32_t
frame_get_u32(struct frame_reader *reader)
{
	uint32_t value;

	copy(reader, &value, sizeof(value));
	return value;
}

uint64_t
frame_get_u64(struct frame_reader *reader)
{
	uint64_t value;

	copy(reader, &value, sizeof(value));
	return value;
}

int64_t
frame_get_i64(struct frame_reader *reader)
{
	int64_t value;

	copy(reader, &value, sizeof(value));
	return value;
}

double
frame_get_double(struct frame_reader *reader)
{
	double value;

	copy(reader, &value, sizeof(value));
	return value;
}

struct docket_bytes
frame_get_bytes(struct frame_reader *reader)
{
	uint32_t size = frame_get_u32(reader);
	const char *data = pass(reader, size);

	return (struct docket_bytes){ data, data ? size : 0 };
}

char *
frame_get_string(struct frame_reader *reader)
{
	struct docket_bytes bytes = frame_get_bytes(reader);
	char *string;

	if (bytes.size && memchr(bytes.data, '\0', bytes.size)) {
		reader->is_bad = true;
		bytes.size = 0;
	}
	string = mem_alloc(bytes.size + 1);
	if (bytes.size)
		memcpy(string, bytes.data, bytes.size);
	return string;
}

bool
frame_is_good(const struct frame_reader *reader)
{
	return !reader->is_bad && reader->at == reader->end;
}

/* Pair: get_value(). */
static void
put_value(struct buffer *out, enum frame_kind kind, const void *from)
{
	switch (kind) {
	case FRAME_U32:
		buffer_put(out, from, sizeof(uint32_t));
		break;
	case FRAME_U64:
	case FRAME_I64:
	case FRAME_DOUBLE:
		buffer_put(out, from, sizeof(uint64_t));
		break;
	case FRAME_BYTES:
		frame_put_bytes(out, *(const struct docket_bytes *)from);
		break;
	case FRAME_DIGEST:
		buffer_put(out, from, sizeof(struct digest));
		break;
	case FRAME_END:
		break;
	}
}

static void
get_value(struct frame_reader *reader, enum frame_kind kind, void *out)
{
	switch (kind) {
	case FRAME_U32:
		copy(reader, out, sizeof(uint32_t));
		break;
	case FRAME_U64:
	case FRAME_I64:
	case FRAME_DOUBLE:
		copy(reader, out, sizeof(uint64_t));
		break;
	case FRAME_BYTES:
		*(struct docket_bytes *)out = frame_get_bytes(reader);
		break;
	case FRAME_DIGEST:
		copy(reader, out, sizeof(struct digest));
		break;
	case FRAME_END:
		break;
	}
}

void
frame_put_struct(struct buffer *out, const struct frame_field *fields,
		 const void *from)
{
	const char *base = from;

	for (; fields->kind != FRAME_END; fields++)
		put_value(out, fields->kind, base + fields->offset);
}

/* Whether the bytes are exactly what the table says. */
static bool
is_fitting(struct docket_bytes from, const struct frame_field *fields)
{
	struct frame_reader reader;
	union {
		uint64_t number;
		struct docket_bytes bytes;
		struct digest digest;
	} ignored;

	frame_reader_init(&reader, from);
	for (; fields->kind != FRAME_END; fields++)
		get_value(&reader, fields->kind, &ignored);
	return frame_is_good(&reader);
}

int
frame_get_struct(struct docket_bytes from, const struct frame_field *fields,
		 void *out)
{
	struct frame_reader reader;
	char *base = out;

	if (!is_fitting(from, fields))
		return -EBADMSG;
	frame_reader_init(&reader, from);
	for (; fields->kind != FRAME_END; fields++)
		get_value(&reader, fields->kind, base + fields->offset);
	return 0;
}
