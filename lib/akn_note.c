/* SPDX-License-Identifier: Apache-2.0 */
/*
 * akn_note.c - the footnote that a mark in the text belongs to
 *
 * By its anchor, where the mark has it, else the next footnote of that number.
 * Notes are told in their order, so few are looked at for each.
 */
#include "akn_private.h"

#define LOOK_LIMIT 256 /* blocks: footnotes stand on the page, or at the end */

static bool
is_wanted(const struct docket_block *block, const struct docket_mark *mark)
{
	struct docket_bytes anchor = mark->uri;

	if (block->kind != DOCKET_BLOCK_FOOTNOTE)
		return false;
	if (anchor.size > 1 && anchor.data[0] == '#') {
		anchor.data++;
		anchor.size--;
		return bytes_equal(anchor, block->anchor);
	}
	return mark->value.size && bytes_equal(mark->value, block->number);
}

/* The first block that begins behind an offset. */
static size_t
find_behind(const struct akn *akn, uint32_t offset)
{
	size_t low = 0, high = akn->block_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (akn->blocks[middle].start < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t
find_note(const struct akn *akn, const struct docket_mark *mark)
{
	size_t from = find_behind(akn, mark->end);

	for (size_t i = from; i < akn->block_count && i < from + LOOK_LIMIT;
	     i++)
		if (is_wanted(&akn->blocks[i], mark) && !akn->is_told[i])
			return i;
	return akn->block_count;
}

bool
akn_put_note(struct akn *akn, const struct docket_mark *mark)
{
	size_t index = find_note(akn, mark);
	const struct docket_block *block = &akn->blocks[index];

	if (index == akn->block_count)
		return false;
	akn->is_told[index] = true;
	xml_begin(&akn->xml, "authorialNote");
	akn_put_id(akn, block->anchor);
	xml_attribute(&akn->xml, "marker",
		      akn_slice(akn, mark->start, mark->end));
	xml_set(&akn->xml, "placement", "bottom");
	akn_put_p(akn, akn_skip_number(akn, block), block->end);
	xml_end(&akn->xml, "authorialNote");
	return true;
}
