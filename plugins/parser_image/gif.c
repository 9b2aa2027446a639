/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gif.c - the first frame of a GIF, before anybody makes room for all of them
 *
 * Pure. A GIF is a header, colours and blocks: extensions, frames, an end. The
 * library that decodes it makes room for every frame at once, so the file is
 * cut behind the first. Owns and ends nothing.
 */
#include "gif.h"

#define HEADER_SIZE 13
#define FRAME_SIZE 10
#define HAS_COLOURS 0x80u

enum block { EXTENSION = 0x21, FRAME = 0x2c };

static unsigned
byte_at(struct docket_bytes bytes, size_t at)
{
	return at < bytes.size ? (unsigned char)bytes.data[at] : 0;
}

static unsigned
word_at(struct docket_bytes bytes, size_t at)
{
	return byte_at(bytes, at) | byte_at(bytes, at + 1) << 8;
}

/* How many bytes the colours take that these flags announce. */
static size_t
measure_colours(unsigned flags)
{
	return flags & HAS_COLOURS ? (size_t)3 << ((flags & 7) + 1) : 0;
}

/* Past pieces, each with its length before it, to behind the empty one. */
static size_t
skip_pieces(struct docket_bytes bytes, size_t at)
{
	unsigned size;

	while (at < bytes.size && (size = byte_at(bytes, at)) != 0)
		at += size + 1;
	return at + 1;
}

static size_t
skip_frame(struct docket_bytes bytes, size_t at)
{
	size_t colours = measure_colours(byte_at(bytes, at + FRAME_SIZE - 1));

	return skip_pieces(bytes, at + FRAME_SIZE + colours + 1);
}

static size_t
skip_extensions(struct docket_bytes bytes, size_t at)
{
	while (byte_at(bytes, at) == EXTENSION)
		at = skip_pieces(bytes, at + 2);
	return at;
}

static uint64_t
measure_frame(struct docket_bytes bytes, size_t at)
{
	uint64_t screen = (uint64_t)word_at(bytes, 6) * word_at(bytes, 8);
	uint64_t frame =
		(uint64_t)word_at(bytes, at + 5) * word_at(bytes, at + 7);

	return screen > frame ? screen : frame;
}

bool
gif_find_frame(struct docket_bytes bytes, struct gif_frame *out_frame)
{
	size_t at = HEADER_SIZE + measure_colours(byte_at(bytes, 10));

	at = skip_extensions(bytes, at);
	if (byte_at(bytes, at) != FRAME)
		return false;
	out_frame->pixels = measure_frame(bytes, at);
	out_frame->end = skip_frame(bytes, at);
	if (out_frame->end > bytes.size)
		return false;
	at = skip_extensions(bytes, out_frame->end);
	out_frame->is_last = byte_at(bytes, at) != FRAME;
	return true;
}
