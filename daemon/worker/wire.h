/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wire.h - the worker's end of the socket to docketd
 *
 * docketd is trusted, and whatever it sends against message.h is a fault of
 * docket itself: the process ends with exit 70 and a log line. That docketd
 * went away is no fault: the next wire_receive() says so.
 */
#ifndef WORKER_WIRE_H
#define WORKER_WIRE_H

#include "message.h"

struct wire {
	struct frame_stream in;
	struct buffer out;
	bool is_cut; /* nobody reads any more */
};

void wire_init(struct wire *wire, int socket);
void wire_fini(struct wire *wire);

/* Say something at once, waiting for room. */
void wire_send(struct wire *wire, enum message_type type, const void *message);

/* Say it with the next wire_send() or wire_flush(), or when much has come. */
void wire_put(struct wire *wire, enum message_type type, const void *message);
void wire_flush(struct wire *wire);

/* Wait for the next frame; false when docketd has closed or is gone. */
bool wire_receive(struct wire *wire, struct frame *out_frame);

/*
 * message_decode() of what must be right: of a frame that comes without a
 * descriptor, or (_fd) of one that may have one, which stays the caller's.
 */
void wire_decode(const struct frame *frame, void *out_message);
void wire_decode_fd(const struct frame *frame, void *out_message);

/* End the process: docketd broke the protocol in this way. */
_Noreturn void wire_refuse(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

#endif
