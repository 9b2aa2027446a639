/* SPDX-License-Identifier: Apache-2.0 */
/*
 * render.c - the JSON and XML that more than one verb prints
 *
 * Owns nothing.
 */
#include "render.h"

#include "akn.h"

void
render_arrival(struct buffer *out, const struct arrival *arrival)
{
	struct json json;

	json_init(&json, out);
	json_begin_object(&json);
	arrival_put_json(&json, arrival);
	json_end_object(&json);
	buffer_put_string(out, "\n");
}

void
render_record(struct buffer *out, const struct docket_record *record,
	      const struct digest *digest, struct docket_bytes name,
	      uint64_t size)
{
	char id[DIGEST_TEXT_SIZE];
	struct record_origin origin = {
		.id = digest_format(digest, id),
		.name = name,
		.size = size,
	};
	struct json json;

	json_init(&json, out);
	record_put_json(&json, record, &origin);
	buffer_put_string(out, "\n");
}

void
render_akn(struct buffer *out, const struct docket_record *record,
	   const struct digest *digest, struct docket_bytes name, uint64_t size)
{
	char id[DIGEST_TEXT_SIZE];
	struct record_origin origin = {
		.id = digest_format(digest, id),
		.name = name,
		.size = size,
	};

	akn_put(out, record, &origin);
}

void
render_known(struct json *json, const char *key, struct docket_bytes value)
{
	if (value.size == 0)
		value.data = NULL;
	json_member(json, key, value);
}
