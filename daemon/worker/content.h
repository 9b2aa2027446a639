/* SPDX-License-Identifier: Apache-2.0 */
/*
 * content.h - bytes that came in a message or as a descriptor
 */
#ifndef WORKER_CONTENT_H
#define WORKER_CONTENT_H

#include "frame.h"

struct content {
	struct docket_bytes bytes;
	void *map; /* NULL: the bytes are lent */
	int fd;	   /* that came with them, or -1 */
};

/*
 * See the bytes of a message: what it has inline, or the descriptor of its
 * frame (which is closed with the content), mapped read-only. They must be as many as the
 * message said. Ends the process where docketd did not keep to that.
 */
void content_open(const struct frame *frame, struct docket_bytes inline_bytes,
		  uint64_t size, struct content *out_content);
void content_close(struct content *content);

#endif
