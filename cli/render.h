/* SPDX-License-Identifier: Apache-2.0 */
/*
 * render.h - the JSON and XML that more than one verb prints
 */
#ifndef CLI_RENDER_H
#define CLI_RENDER_H

#include "arrival.h"
#include "record.h"

/* Append an arrival as an object, and a line feed. */
void render_arrival(struct buffer *out, const struct arrival *arrival);

/* Append a record with what it does not know, and a line feed. */
void render_record(struct buffer *out, const struct docket_record *record,
		   const struct digest *digest, struct docket_bytes name,
		   uint64_t size);

/* The same as Akoma Ntoso. */
void render_akn(struct buffer *out, const struct docket_record *record,
		const struct digest *digest, struct docket_bytes name,
		uint64_t size);

/* A member that is null where the value is empty. */
void render_known(struct json *json, const char *key,
		  struct docket_bytes value);

#endif
