/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wire.c - the worker's end of the socket to docketd
 *
 * Owns the bytes on their way in and out, borrows the socket. Ends the process
 * where docketd breaks the protocol.
 */
#include "wire.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "log.h"

/* What docketd sends inline, with names and the rest around it. */
#define RECEIVE_LIMIT (MESSAGE_INLINE_LIMIT + (64u << 10))
/* So much waits at most for a flush, and so much memory is kept after it. */
#define PUT_LIMIT (64u << 10)

void
wire_init(struct wire *wire, int socket)
{
	*wire = (struct wire){ 0 };
	frame_stream_init(&wire->in, socket, RECEIVE_LIMIT);
}

void
wire_fini(struct wire *wire)
{
	frame_stream_fini(&wire->in);
	buffer_fini(&wire->out);
}

void
wire_flush(struct wire *wire)
{
	int rc = 0;

	if (wire->is_cut)
		wire->out.size = 0;
	if (wire->out.size > 0)
		rc = frame_send(wire->in.fd, &wire->out, -1);
	if (rc == -EPIPE || rc == -ECONNRESET)
		wire->is_cut = true;
	else if (rc)
		wire_refuse("the socket to docketd: %s", strerror(-rc));
	if (wire->out.capacity > PUT_LIMIT)
		buffer_fini(&wire->out);
}

void
wire_put(struct wire *wire, enum message_type type, const void *message)
{
	message_encode(&wire->out, type, message);
	if (wire->out.size >= PUT_LIMIT)
		wire_flush(wire);
}

void
wire_send(struct wire *wire, enum message_type type, const void *message)
{
	message_encode(&wire->out, type, message);
	wire_flush(wire);
}

bool
wire_receive(struct wire *wire, struct frame *out_frame)
{
	int rc;

	if (wire->is_cut)
		return false;
	rc = frame_receive(&wire->in, -1, out_frame);
	if (rc < 0 && rc != -ECONNRESET)
		wire_refuse("a frame from docketd: %s", strerror(-rc));
	return rc == 1;
}

void
wire_decode(const struct frame *frame, void *out_message)
{
	if (frame->fd >= 0)
		wire_refuse("a %s with a descriptor",
			    message_type_name(frame->type));
	wire_decode_fd(frame, out_message);
}

void
wire_decode_fd(const struct frame *frame, void *out_message)
{
	if (message_decode(frame, out_message))
		wire_refuse("a %s that does not decode",
			    message_type_name(frame->type));
}

_Noreturn void
wire_refuse(const char *format, ...)
{
	char what[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	log_error("protocol: %s", what);
	exit(FAULT_EXIT_SOFTWARE);
}
