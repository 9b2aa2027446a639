/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sniff.h - the media type of a document, from its bytes
 */
#ifndef WORKER_SNIFF_H
#define WORKER_SNIFF_H

#include "mem.h"

/*
 * Never NULL; "application/octet-stream" where nothing fits. The name decides
 * only between types whose bytes look alike. Linear in the size, and mostly
 * far less: only the beginning is looked at, of containers also the end.
 */
const char *sniff_media_type(struct docket_bytes bytes,
			     struct docket_bytes name);

/* The same for the beginning of what is known to be text. */
const char *sniff_text_type(struct docket_bytes head, struct docket_bytes name);

#endif
