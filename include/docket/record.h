/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record.h - what reading a document yields: the shapes and how to see them
 *
 * A record is UTF-8 text plus fields, a tree of parts, a flat list of blocks
 * and a list of marks. Every position is a byte offset into the text, start
 * inclusive, end exclusive. Blocks are ordered by start; a block that lies
 * within another is its child. The words follow Akoma Ntoso 3.0 where it has
 * one (paragraph, item, cell, signature) and UN usage elsewhere (annex,
 * appendix, enclosure).
 */
#ifndef DOCKET_RECORD_H
#define DOCKET_RECORD_H

#include <docket/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/* Fields of a document. Those marked * may be given several times. */
enum docket_field {
	DOCKET_FIELD_LANGUAGE = 0, /* BCP 47: ar en es fr ru zh ... */
	DOCKET_FIELD_CLASS,	   /* letter, resolution ... */
	DOCKET_FIELD_SYMBOL,	   /* * A/RES/48/246 */
	DOCKET_FIELD_DATE,	   /* ISO 8601, 2003-10-10 */
	DOCKET_FIELD_TITLE,
	DOCKET_FIELD_FROM,	  /* * */
	DOCKET_FIELD_TO,	  /* * */
	DOCKET_FIELD_SIGNATORY,	  /* * */
	DOCKET_FIELD_AGENDA_ITEM, /* * */
	DOCKET_FIELD_DISTRIBUTION,
	DOCKET_FIELD_ORIGINAL_LANGUAGE,
	DOCKET_FIELD_SESSION,
	DOCKET_FIELD_JOB_NUMBER,
	DOCKET_FIELD_MEDIA_TYPE, /* as found by the reader */
	DOCKET_FIELD_CHARSET,	 /* IANA name of the encoding it had */
	DOCKET_FIELD_PARSER,	 /* name and version, set by the host */
	DOCKET_FIELD_WARNING,	 /* * a sentence, set by the host or a plugin */
	/* What the file says of itself; its text may say otherwise. */
	DOCKET_FIELD_CREATOR,	 /* * Dublin Core: who made it */
	DOCKET_FIELD_CREATED,	 /* dcterms:created, ISO 8601 */
	DOCKET_FIELD_MODIFIED,	 /* dcterms:modified, ISO 8601 */
	DOCKET_FIELD_SUBJECT,	 /* * dc:subject: key words */
	DOCKET_FIELD_GENERATOR,	 /* the program that wrote the file */
	DOCKET_FIELD_IDENTIFIER, /* * dc:identifier: a Message-ID, an IRI */
	DOCKET_FIELD_RELATION,	 /* * identifiers it answers or refers to */
	DOCKET_FIELD_CC,	 /* * copies went to */
	DOCKET_FIELD_PAGES,	 /* how many, in digits */
	DOCKET_FIELD_NAMED_TYPE, /* the media type its name claims; the host's */
	DOCKET_FIELD_CHILD,	 /* * "sha256:... name"; the host's */
	DOCKET_FIELD_COUNT
};

enum docket_part_kind {
	DOCKET_PART_COVER =
		0, /* what stands before the body: masthead, title */
	DOCKET_PART_BODY,
	DOCKET_PART_ANNEX,
	DOCKET_PART_APPENDIX,
	DOCKET_PART_ENCLOSURE,
	DOCKET_PART_KIND_COUNT
};

enum docket_block_kind {
	DOCKET_BLOCK_PARAGRAPH = 0,
	DOCKET_BLOCK_HEADING,
	DOCKET_BLOCK_LIST,
	DOCKET_BLOCK_ITEM,
	DOCKET_BLOCK_TABLE,
	DOCKET_BLOCK_ROW,
	DOCKET_BLOCK_CELL,
	DOCKET_BLOCK_SIGNATURE,
	DOCKET_BLOCK_FOOTNOTE,
	DOCKET_BLOCK_LINE, /* a running head, a page number: not prose */
	DOCKET_BLOCK_KIND_COUNT
};

enum docket_block_role {
	DOCKET_ROLE_NONE = 0,
	DOCKET_ROLE_PREAMBULAR,
	DOCKET_ROLE_OPERATIVE,
	DOCKET_ROLE_COUNT
};

enum docket_mark_kind {
	DOCKET_MARK_REFERENCE = 0,
	DOCKET_MARK_ORGANISATION,
	DOCKET_MARK_PERSON,
	DOCKET_MARK_PLACE,
	DOCKET_MARK_DATE,
	DOCKET_MARK_ACTION, /* value: verb class; uri: #anchor of its block */
	DOCKET_MARK_INSTRUMENT, /* a treaty, a charter, rules */
	DOCKET_MARK_NOTE,	/* a footnote's mark; value: its number */
	DOCKET_MARK_LINK,	/* uri: where it leads */
	DOCKET_MARK_KIND_COUNT
};

/* A part of the document. Parts nest by range, as blocks do. */
struct docket_part {
	uint32_t start; /* bytes into the text */
	uint32_t end;
	enum docket_part_kind kind;
	struct docket_bytes number; /* as printed: "I"; empty if none */
	struct docket_bytes title;
	struct docket_bytes anchor; /* annex-1 */
};

/* A block of text. */
struct docket_block {
	uint32_t start; /* bytes into the text */
	uint32_t end;
	enum docket_block_kind kind;
	enum docket_block_role role;
	uint32_t level;		      /* headings, items: 1 is the outermost */
	uint32_t page;		      /* 1 is the first; 0 unknown */
	struct docket_bytes number;   /* as printed, without punctuation */
	struct docket_bytes anchor;   /* annex-1/para-7, unique in the record */
	struct docket_bytes language; /* where it differs from the document's */
};

/* A typed span of the text. */
struct docket_mark {
	uint32_t start;
	uint32_t end;
	enum docket_mark_kind kind;
	struct docket_bytes value; /* normalised: S/RES/1373 (2001) */
	struct docket_bytes uri;   /* /akn/un/...; empty if none */
};

/* A record that is complete. Opaque; whatever it lends lives as long as it. */
struct docket_record;

/* The whole text. */
struct docket_bytes docket_record_text(const struct docket_record *record);

/* The index-th value of a field; data is NULL where there is none. */
struct docket_bytes docket_record_field(const struct docket_record *record,
					enum docket_field field, size_t index);

/* How many there are, and the index-th; index must be below the count. */
size_t docket_record_parts(const struct docket_record *record);
struct docket_part docket_record_part(const struct docket_record *record,
				      size_t index);
size_t docket_record_blocks(const struct docket_record *record);
struct docket_block docket_record_block(const struct docket_record *record,
					size_t index);
size_t docket_record_marks(const struct docket_record *record);
struct docket_mark docket_record_mark(const struct docket_record *record,
				      size_t index);

/*
 * The tokens for an index, in reading order, or nothing if no indexer wanted
 * any. Each token is followed by one space. A token that begins with '='
 * (which no word does) stands at the position of the token before it.
 */
struct docket_bytes docket_record_tokens(const struct docket_record *record);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
