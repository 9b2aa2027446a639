/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sniff.h - the media type of a document, from its bytes
 *
 * All types that are returned are constants of these files.
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

/* ---- the layers; NULL: none that they know ---- */

/*
 * By bytes at a place. With is_text only those that no text has, whatever it
 * begins with.
 */
const char *sniff_magic(struct docket_bytes bytes, bool is_text);

/* What is in a ZIP archive or an OLE file, which bytes are. */
const char *sniff_zip_type(struct docket_bytes bytes);
const char *sniff_ole_type(struct docket_bytes bytes);

/*
 * Never NULL: of the beginning of what is known to be text, past an order mark.
 */
const char *sniff_text_type(struct docket_bytes head, struct docket_bytes name);

/* Does the name end so, in letters of any case? */
bool sniff_has_suffix(struct docket_bytes name, const char *suffix);

#endif
