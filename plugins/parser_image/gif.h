/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gif.h - the first frame of a GIF, before anybody makes room for all of them
 */
#ifndef PARSER_IMAGE_GIF_H
#define PARSER_IMAGE_GIF_H

#include <stdbool.h>
#include <stdint.h>

#include <docket/plugin.h>

struct gif_frame {
	size_t end; /* bytes of the file up to behind the frame */
	uint64_t pixels;
	bool is_last; /* no other frame follows */
};

/* false: there is no whole frame in it. */
bool gif_find_frame(struct docket_bytes bytes, struct gif_frame *out_frame);

#endif
