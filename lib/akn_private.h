/* SPDX-License-Identifier: Apache-2.0 */
/*
 * akn_private.h - a rendering in progress, for the files akn*.c alone
 */
#ifndef LIB_AKN_PRIVATE_H
#define LIB_AKN_PRIVATE_H

#include "akn.h"
#include "record_image.h"
#include "xml.h"

/* How a class of documents is told: element, subtype, name. */
struct akn_class {
	const char *name; /* DOCKET_FIELD_CLASS */
	const char *element;
	const char *subtype;
	const char *label; /* @name */
};

/* Something that marks refer to by #eId: a top level class entry. */
struct akn_entry {
	enum docket_mark_kind kind;
	struct docket_bytes value;
	struct docket_bytes uri;
};

struct akn {
	struct xml xml;
	const struct docket_record *record;
	const struct record_origin *origin;
	const struct akn_class *class;
	struct docket_bytes date; /* ISO 8601, or empty */
	struct buffer work;	  /* IRI */
	struct buffer expression;
	struct docket_mark *marks; /* ordered by start, the outer first */
	size_t mark_count;
	struct akn_entry *entries; /* ordered, each once */
	size_t entry_count;
	const struct docket_block *blocks; /* all, for quick reading */
	size_t block_count;
	bool *is_told; /* of each block: it stands elsewhere already */
	const struct docket_part *parts;
	size_t part_count;
	struct record_order places; /* of blocks, by their part */
};

/* akn_class.c */
const struct akn_class *akn_class_of(struct docket_bytes name);
const char *akn_language_of(struct docket_bytes language);

/* akn_meta.c: of the document (component NULL) or of an annex. */
void akn_put_meta(struct akn *akn, const struct docket_part *component);

/* akn_entry.c: gather the entries; the number of one, from 1; all of them. */
void akn_find_entries(struct akn *akn);
size_t akn_entry_of(const struct akn *akn, const struct docket_mark *mark);
void akn_put_entries(struct akn *akn);

/* akn_inline.c: gather the marks; a range of text with those in it. */
void akn_find_marks(struct akn *akn);
void akn_put_inline(struct akn *akn, uint32_t start, uint32_t end);

/* akn_note.c: the footnote of a mark, at its place. False: there is none. */
bool akn_put_note(struct akn *akn, const struct docket_mark *mark);

/* akn_block.c: blocks at places [first, end) of the order. */
void akn_put_blocks(struct akn *akn, size_t first, size_t end);
/* <p> with the text of a range. */
void akn_put_p(struct akn *akn, uint32_t start, uint32_t end);
/*
 * Where the text goes on behind the number that it begins with, punctuation
 * and blanks included; start, where it does not.
 */
uint32_t akn_skip_number(const struct akn *akn,
			 const struct docket_block *block);

/* akn_part.c: preface, preamble, main body, annexes. */
void akn_put_content(struct akn *akn);

/* akn_id.c: an eId out of an anchor. */
void akn_put_id(struct akn *akn, struct docket_bytes anchor);

/* The text of a range. */
static inline struct docket_bytes
akn_slice(const struct akn *akn, uint32_t start, uint32_t end)
{
	struct docket_bytes text = docket_record_text(akn->record);

	return (struct docket_bytes){ text.data + start, end - start };
}

#endif
