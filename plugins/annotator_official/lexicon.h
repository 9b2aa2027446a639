/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lexicon.h - what languages say in official documents, ready to be looked up
 *
 * Phrases come from the section [official] of the files of languages; their
 * keys are the names of lexemes, some with an argument behind a period
 * ("class.letter", "month.3").
 */
#ifndef ANNOTATOR_OFFICIAL_LEXICON_H
#define ANNOTATOR_OFFICIAL_LEXICON_H

#include "pattern.h"
#include "traits.h"

#define LEXICON_LANGUAGES 32
#define LEXICON_ALL UINT32_MAX

enum lexeme {
	LEXEME_MONTH = 0,    /* .1 to .12 */
	LEXEME_DATE,	     /* how a date is written */
	LEXEME_ORDINAL,	     /* .1 ...: words that number annexes */
	LEXEME_UNITED,	     /* the organisation, at the head of a page */
	LEXEME_ORGAN,	     /* .A .S: who adopts, with its series of symbols */
	LEXEME_DISTRIBUTION, /* Distr.: ... */
	LEXEME_ORIGINAL,     /* Original: ... */
	LEXEME_LANGUAGE,     /* .en .ru: names of languages */
	LEXEME_SERIES,	 /* .ITU-T: letters of symbols as others write them */
	LEXEME_APPROVED, /* heads a column of dates of adoption */
	LEXEME_SESSION,
	LEXEME_AGENDA,
	LEXEME_PAGE,
	LEXEME_CLASS,	       /* .letter .report: what a title says */
	LEXEME_CORRESPONDENCE, /* titles that editors give to letters */
	LEXEME_COMPLIMENTS,    /* how notes verbales begin that have no title */
	LEXEME_BELOW,	       /* titles below which stands whose they are */
	LEXEME_ADOPTION,       /* a line that says who adopted it, and when */
	LEXEME_SPONSOR,	       /* .resolution-draft: who proposes it */
	LEXEME_ENACTING,
	LEXEME_PREAMBULAR,
	LEXEME_OPERATIVE,
	LEXEME_MEETING, /* what stands under a resolution */
	LEXEME_ANNEX,
	LEXEME_APPENDIX,
	LEXEME_ENCLOSURE,
	LEXEME_SIGNED,
	LEXEME_OFFICE,	   /* what a signatory is */
	LEXEME_SALUTATION, /* where the text of a speech or letter begins */
	LEXEME_ADDRESS,	   /* whom speeches in meetings begin with */
	LEXEME_CLOSING,	   /* "Sincerely" */
	LEXEME_CONTENTS,
	LEXEME_HEADING,	  /* .1 .2: headings by their words, and their level */
	LEXEME_LIST,	  /* titles of annexes that are lists */
	LEXEME_NOTE,	  /* words under a table or title that head nothing */
	LEXEME_CAPTION,	  /* of a table */
	LEXEME_AND,	  /* parts names */
	LEXEME_ADDRESSEE, /* parts addressees; "~": what follows stays */
	LEXEME_AUTHOR,	/* who writes reports; "~": what follows is not of it */
	LEXEME_ARTICLE, /* before a name, not of it */
	LEXEME_OBLIQUE, /* .nominative: an office as it is inflected */
	LEXEME_ENDING,	/* .x: endings of words before such an office */
	LEXEME_COUNT,
};

struct entry {
	enum lexeme lexeme;
	uint8_t language;
	char *argument; /* "" if it has none */
	char *source;	/* the phrase as written */
	struct pattern pattern;
};

/* The phrases of a lexeme in a language. */
struct span {
	size_t start;
	size_t end;
};

#define BEGINNINGS 256 /* bytes */

/* A phrase that may begin with some byte. */
struct candidate {
	const struct entry *entry; /* NULL: the one before was the last */
	uint64_t traits;	   /* of every text that it is in */
	char second;		   /* byte behind the first; 0: any */
};

struct lexicon {
	struct fold_table table;
	char codes[LEXICON_LANGUAGES][12];
	size_t language_count;
	struct entry *entries; /* by lexeme, then language */
	size_t count;
	size_t capacity;
	struct span spans[LEXEME_COUNT][LEXICON_LANGUAGES];
	/* beginnings.c: lists, and where each begins in them */
	struct candidate *candidates;
	size_t candidate_count;
	size_t candidate_capacity;
	uint32_t *starts;
};

struct lexicon *lexicon_new(void);
struct lexicon *lexicon_free(struct lexicon *lexicon);

/* The language's number, a new one if need be; negative: too many. */
int lexicon_add_language(struct lexicon *lexicon, const char *code);

/*
 * A key and its phrases, parted by "|". Answers what is wrong with it, or
 * NULL. To be followed by lexicon_finish().
 */
const char *lexicon_add(struct lexicon *lexicon, int language, const char *key,
			const char *value);
void lexicon_finish(struct lexicon *lexicon);

/* The bit of that language, all where it is not known. */
uint32_t lexicon_find_language(const struct lexicon *lexicon,
			       struct docket_bytes code);

/* The first phrase that `folded` begins with, from `at` on, or NULL. */
const struct entry *lexicon_match(const struct lexicon *lexicon,
				  uint32_t languages, enum lexeme lexeme,
				  struct docket_bytes folded, size_t at,
				  struct match *out_match);

/* The same in a text that has these traits and no others. */
const struct entry *lexicon_match_traits(const struct lexicon *lexicon,
					 uint32_t languages, enum lexeme lexeme,
					 struct docket_bytes folded, size_t at,
					 uint64_t traits,
					 struct match *out_match);

/* Could a text match that begins with these two bytes? No NULs. */
bool lexicon_may_begin(const struct lexicon *lexicon, uint32_t languages,
		       enum lexeme lexeme, char first, char second);

/* Does it begin like a phrase with that argument (NULL: with any)? */
bool lexicon_begins(const struct lexicon *lexicon, uint32_t languages,
		    enum lexeme lexeme, const char *argument,
		    struct docket_bytes folded);

/* A date at *at, which moves behind it. */
bool lexicon_read_date(const struct lexicon *lexicon, uint32_t languages,
		       struct docket_bytes folded, size_t *at,
		       struct date *out_date);

/* beginnings.c: lists of phrases by what they begin with. */
void beginnings_make(struct lexicon *lexicon);

/* Those that may begin with it, in their order. Lent until there are more. */
const struct candidate *beginnings_find(const struct lexicon *lexicon,
					uint32_t languages, enum lexeme lexeme,
					char byte);

#endif
