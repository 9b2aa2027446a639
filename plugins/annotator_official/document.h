/* SPDX-License-Identifier: Apache-2.0 */
/*
 * document.h - a document being understood: its units and what is known of them
 *
 * A unit is one of the parser's blocks that holds no other: a paragraph, a
 * line of a masthead, a heading, an item, a cell. Stages (stages.h) look at
 * units and write down what they are.
 */
#ifndef ANNOTATOR_OFFICIAL_DOCUMENT_H
#define ANNOTATOR_OFFICIAL_DOCUMENT_H

#include <docket/annotator.h>

#include "class.h"
#include "lexicon.h"

/* How a text ends, past quotes, brackets and the marks of footnotes. */
enum closing {
	CLOSING_OPEN = 0,
	CLOSING_COMMA,
	CLOSING_SEMICOLON,
	CLOSING_COLON,
	CLOSING_SENTENCE,
};

/* What a unit begins with. */
enum opening {
	OPENING_OTHER = 0, /* a sign, or a letter that has no case */
	OPENING_LOWER,
	OPENING_UPPER,
	OPENING_DIGIT,
};

/* "7." "(a)" "IV." at the head of a unit; offsets into its folded text. */
struct marker {
	struct label label; /* LABEL_NONE: there is none */
	bool is_opened;	    /* by a parenthesis */
	bool is_capital;
	char closer; /* ) . - , / or 0 */
	bool is_bullet;
	size_t start; /* of the label */
	size_t rest;  /* of the text behind it */
};

/* Where a unit stands; what is not ZONE_TEXT is no prose. */
enum zone {
	ZONE_TEXT = 0,
	ZONE_COVER,
	ZONE_CONTENTS,
	ZONE_FURNITURE, /* running heads, page numbers */
	ZONE_NOTE,
	ZONE_TABLE,
};

struct unit {
	uint32_t start; /* of its text, without space around it */
	uint32_t end;
	uint32_t outer_start; /* of the table it lies in, or its own */
	uint32_t outer_end;
	uint32_t fold_end; /* long ones are folded in part */
	/* when it was asked for: see document_folded() */
	struct folded folded;
	uint64_t traits; /* of its folded text */
	char first;	 /* its first bytes, if it begins with a word; or 0 */
	char second;
	uint8_t hint; /* enum docket_block_kind: what the parser took it for */
	uint8_t hint_level;
	bool is_gapped; /* an empty line stands before it */
	uint8_t opening;
	uint8_t closing;
	bool is_capitals; /* it has capitals and no small letters */
	bool has_letters;
	uint32_t page;
	struct docket_bytes given;    /* the parser's number */
	struct docket_bytes language; /* its own, where the parser gave one */
	struct marker marker;
	/* what was found out */
	uint8_t zone;
	uint8_t kind; /* enum docket_block_kind */
	uint8_t role;
	uint8_t level;
	bool is_joined; /* it goes on with the block before */
	bool is_settled;
	struct docket_bytes number;
};

/* A part to be: units first to last - 1. */
struct section {
	size_t first;
	size_t last;
	enum docket_part_kind kind;
	struct docket_bytes number;
	size_t title;			 /* units of its title: from here, */
	size_t titles;			 /* so many; 0: none */
	struct docket_bytes label_title; /* behind the label, on its line */
	bool is_nested;			 /* in the annex before it */
	bool is_list;
};

struct document {
	struct docket_job *job;
	const struct lexicon *lexicon;
	uint32_t languages;	  /* of the text */
	struct docket_bytes text; /* a copy: the record's is lent */
	struct fold_store folds;
	struct unit *units;
	size_t count;
	/* the parser's tables, rows, and blocks that are kept as they are */
	struct docket_block *kept;
	size_t kept_count;
	uint32_t table_start; /* of the last table, while units are read */
	uint32_t table_end;
	char *strings; /* of the parser, which are lent */
	size_t string_size;
	struct section *sections; /* the first is the body */
	size_t section_count;
	size_t section_capacity;
	bool has_annex;	      /* appendices lie in it */
	bool has_structure;   /* the parser knew it all: it stays */
	bool has_signatories; /* its parser says who signed */
	/* of the front; pieces of the text */
	size_t front_end; /* units before it are the cover */
	size_t enacting;  /* the unit with the formula; count: none */
	enum document_class class;
	struct date date;   /* the letter's, the adoption's */
	struct date issued; /* the masthead's */
	char *given_title;  /* a copy of the file's own */
	struct docket_bytes title;
	struct docket_bytes from;
	struct docket_bytes sponsors;
	struct docket_bytes to;
	size_t signatories; /* that were put */
	const char *organ;  /* series of symbols of who adopts: S, A/HRC */
	struct docket_bytes own_number; /* 242 (1967), 48/246 */
};

/* document.c: all units of the job; the caller's until document_fini(). */
void document_init(struct document *document, struct docket_job *job,
		   const struct lexicon *lexicon);
void document_fini(struct document *document);

static inline struct docket_bytes
document_text(const struct document *document, const struct unit *unit)
{
	return (struct docket_bytes){ document->text.data + unit->start,
				      unit->end - unit->start };
}

/* asked.c: fold a unit's text, if it is not yet. */
void document_fold(struct document *document, struct unit *unit);

/* asked.c: the first two bytes of its folded text, where letters are there. */
void document_read_beginning(const struct document *document, struct unit *unit,
			     struct docket_bytes text);

/* Made when it is first asked for, and kept: of what is only read as well. */
static inline struct docket_bytes
document_folded(const struct document *document, const struct unit *unit)
{
	if (!unit->folded.source)
		document_fold((struct document *)document, (struct unit *)unit);
	return unit->folded.text;
}

/* The piece of the text that this piece of a unit's folded text comes from. */
struct docket_bytes document_source(const struct document *document,
				    const struct unit *unit, size_t start,
				    size_t end);

/* Does it begin with such a phrase of the document's language? */
const struct entry *document_match(const struct document *document,
				   const struct unit *unit, enum lexeme lexeme,
				   struct match *out_match);

/* The same in any language: mastheads are in English all over the world. */
const struct entry *document_match_any(const struct document *document,
				       const struct unit *unit,
				       enum lexeme lexeme,
				       struct match *out_match);

/* Text as people read it, in a title's length and without a full stop. */
bool document_is_short(const struct unit *unit);

#endif
