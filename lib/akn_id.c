/* SPDX-License-Identifier: Apache-2.0 */
/*
 * akn_id.c - an eId out of an anchor
 *
 * "annex-1/para-7" becomes "annex_1__para_7". Anchors are unique in their
 * record and have no "_", so eIds are unique in their file, annexes included.
 * Pure, owns nothing.
 */
#include <string.h>

#include "akn_private.h"

/* Where Akoma Ntoso has another word, or none for what has no number. */
static const struct {
	const char *anchor;
	const char *id;
} stems[] = {
	{ "p-", "nn_" },
	{ "h-", "sec_" },
	{ "item-", "point_" },
};

static size_t
put_stem(struct buffer *out, struct docket_bytes rest)
{
	for (size_t i = 0; i < ARRAY_SIZE(stems); i++) {
		size_t size = strlen(stems[i].anchor);

		if (rest.size < size ||
		    memcmp(rest.data, stems[i].anchor, size) != 0)
			continue;
		buffer_put_string(out, stems[i].id);
		return size;
	}
	return 0;
}

void
akn_put_id(struct akn *akn, struct docket_bytes anchor)
{
	auto_buffer struct buffer id = { 0 };

	for (size_t at = 0; at < anchor.size; at++) {
		if (at == 0 || anchor.data[at - 1] == '/')
			at += put_stem(
				&id, (struct docket_bytes){ anchor.data + at,
							    anchor.size - at });
		if (at == anchor.size)
			break;
		if (anchor.data[at] == '/')
			buffer_put_string(&id, "__");
		else if (anchor.data[at] == '-')
			buffer_put_string(&id, "_");
		else
			buffer_put(&id, anchor.data + at, 1);
	}
	xml_attribute(&akn->xml, "eId", buffer_bytes(&id));
}
