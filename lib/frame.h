/* SPDX-License-Identifier: Apache-2.0 */
/*
 * frame.h - length-checked messages between docket's own processes
 *
 * A frame is a header (u32 payload size, u16 type, u16 flags; host order: the
 * peers are on one machine) and a payload of packed values. At most one
 * descriptor travels with a frame (SCM_RIGHTS on its first byte), announced by
 * FRAME_HAS_FD. What the types mean is message.h's business.
 *
 * Encode and decode are pairs: frame_put_X / frame_get_X. A decoder that ran
 * past the end is marked bad and yields zeros; ask once, at the end, with
 * frame_is_good().
 */
#ifndef LIB_FRAME_H
#define LIB_FRAME_H

#include "mem.h"

struct frame_header {
	uint32_t size; /* of the payload, bytes */
	uint16_t type;
	uint16_t flags;
};

#define FRAME_HEADER_SIZE sizeof(struct frame_header)
enum { FRAME_HAS_FD = 1 };

/* One frame that was received. */
struct frame {
	uint16_t type;
	const char *data; /* not aligned; lent until the next receive */
	uint32_t size;
	int fd; /* -1, or the receiver's to close */
};

/* Start a frame at the end of out; returns its place for frame_end(). */
size_t frame_begin(struct buffer *out, uint16_t type);
void frame_end(struct buffer *out, size_t begin);
/* Say that a descriptor travels with it. */
void frame_flag_fd(struct buffer *out, size_t begin);

void frame_put_u32(struct buffer *out, uint32_t value);
void frame_put_u64(struct buffer *out, uint64_t value);
void frame_put_i64(struct buffer *out, int64_t value);
void frame_put_double(struct buffer *out, double value);
void frame_put_bytes(struct buffer *out, struct docket_bytes value);
void frame_put_string(struct buffer *out, const char *value); /* NULL is "" */

struct frame_reader {
	const char *at;
	const char *end;
	bool is_bad;
};

void frame_reader_init(struct frame_reader *reader, struct docket_bytes from);
uint32_t frame_get_u32(struct frame_reader *reader);
uint64_t frame_get_u64(struct frame_reader *reader);
int64_t frame_get_i64(struct frame_reader *reader);
double frame_get_double(struct frame_reader *reader);
struct docket_bytes frame_get_bytes(struct frame_reader *reader); /* lent */
/* A string without NUL inside; the caller's. */
char *frame_get_string(struct frame_reader *reader);
/* Nothing missing and nothing left over. */
bool frame_is_good(const struct frame_reader *reader);

/*
 * A struct as a table: what is packed, in which order. Tables are const and
 * the only description of a message; both directions walk the same one.
 */
enum frame_kind {
	FRAME_U32,
	FRAME_U64,
	FRAME_I64,
	FRAME_DOUBLE,
	FRAME_BYTES,  /* struct docket_bytes; lent when decoded */
	FRAME_DIGEST, /* struct digest */
	FRAME_END,
};

struct frame_field {
	enum frame_kind kind;
	size_t offset;
};

#define FRAME_FIELD(kind, type, member)      \
	{                                    \
		kind, offsetof(type, member) \
	}

/* The same with the kind that fits the member, so that the compiler looks. */
#define FRAME_MEMBER(type, member)                              \
	{                                                       \
		_Generic(((const type *)NULL)->member, uint32_t \
			 : FRAME_U32, uint64_t                  \
			 : FRAME_U64, int64_t                   \
			 : FRAME_I64, double                    \
			 : FRAME_DOUBLE, struct docket_bytes    \
			 : FRAME_BYTES, struct digest           \
			 : FRAME_DIGEST),                       \
			offsetof(type, member)                  \
	}

void frame_put_struct(struct buffer *out, const struct frame_field *fields,
		      const void *from);
/* 0, or -EBADMSG where it does not fit exactly. */
int frame_get_struct(struct docket_bytes from, const struct frame_field *fields,
		     void *out);

/* The receiving half of a socket. Zeroed and fd set is a fresh one. */
struct frame_stream {
	int fd;		      /* borrowed */
	uint32_t limit_bytes; /* largest payload taken */
	struct buffer in;
	size_t consumed;
	int fds[8]; /* received, not yet claimed by their frame */
	size_t fd_count;
};

void frame_stream_init(struct frame_stream *stream, int fd,
		       uint32_t limit_bytes);
void frame_stream_fini(struct frame_stream *stream);

/*
 * Read what the socket has, at most 256 KiB a call. 1: there was something;
 * 0: the peer closed; -EAGAIN: nothing now; -EPROTO: too many descriptors;
 * other: the socket's error. A pipe or a file will do as well.
 */
int frame_stream_fill(struct frame_stream *stream);

/*
 * The next complete frame. 1: *out_frame is set; 0: more bytes are needed;
 * -EMSGSIZE: over the limit; -EPROTO: a descriptor is missing or unasked for,
 * or a flag is unknown. After a negative answer the stream is of no more use.
 */
int frame_stream_next(struct frame_stream *stream, struct frame *out_frame);

/*
 * For programs without a loop, on a blocking socket: the next frame, waiting
 * at most timeout_ms (-1: for ever). 1, 0 at end of file, -ETIMEDOUT,
 * -ECONNRESET where the file ends within a frame (whoever wrote it was stopped),
 * or an error as above.
 */
int frame_receive(struct frame_stream *stream, int timeout_ms,
		  struct frame *out_frame);

/*
 * Send everything in out and empty it, waiting as long as it takes; fd (or -1)
 * goes with its first byte. Without a descriptor a pipe or a file will do. 0,
 * or a negative errno: then part of it may be gone, and the stream is broken.
 */
int frame_send(int socket, struct buffer *out, int fd);

/*
 * One try on a non-blocking socket: how many bytes went, or -EAGAIN or another
 * negative errno. fd goes with the first byte.
 */
ssize_t frame_send_some(int socket, const char *data, size_t size, int fd);

#endif
