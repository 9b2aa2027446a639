/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocabulary.h - the words by which texts cite, and who adopts what
 *
 * All of it is data: [reference] of languages/<code>.conf, its months, and
 * the tables names/series.tsv, organs.tsv, organisations.tsv, instruments.tsv.
 */
#ifndef ANNOTATOR_REFERENCE_VOCABULARY_H
#define ANNOTATOR_REFERENCE_VOCABULARY_H

#include "data.h"
#include "phrases.h"
#include "series.h"

/* What a phrase is to a citation. */
enum role {
	ROLE_NONE = 0,	 /* nothing: it only looks like another */
	ROLE_RESOLUTION, /* resolution */
	ROLE_DECISION,	 /* decision */
	ROLE_OWN,	 /* its */
	ROLE_LIST,	 /* and */
	ROLE_FILL,	 /* of: may stand within a citation */
	ROLE_MONTH,	 /* May; its number behind it */
	ROLE_NUMBER,	 /* No. */
	ROLE_ORGAN,	 /* the Security Council; its number behind it */
	ROLE_SHORT,	 /* the Council; which word of organs.tsv it is */
	ROLE_INSTRUMENT, /* its number behind it */
	/* Both at once: its resolution (Arabic). */
	ROLE_OWN_RESOLUTION,
	ROLE_OWN_DECISION,
};

#define ROLE_SHIFT 24
#define ROLE_PAYLOAD ((1u << ROLE_SHIFT) - 1)

/* Forms of numbers, as bits: which an organ's resolutions have. */
enum form {
	FORM_SESSION = 1,      /* 48/161 */
	FORM_YEAR = 2,	       /* 2004/52 */
	FORM_SPECIAL = 4,      /* S-23/2 */
	FORM_DATED = 8,	       /* 1373 (2001) */
	FORM_ROMAN = 16,       /* 2625 (XXV) */
	FORM_PLAIN = 32,       /* 1373 */
	FORM_DOTTED = 64,      /* 69.2 */
	FORM_PARTIES = 128,    /* 1/CP.21 */
	FORM_LETTER = 256,     /* J (70) */
	FORM_CONFERENCE = 512, /* 14/COP.12 */
};

#define ORGANS_LIMIT 64
#define ORGAN_TEXT 32

/* Who adopts resolutions, and how they are cited. */
struct organ {
	char id[ORGAN_TEXT];	     /* of organisations.tsv */
	char resolution[ORGAN_TEXT]; /* before the number; "" if none */
	char decision[ORGAN_TEXT];
	char word[ORGAN_TEXT]; /* what it is called for short */
	char series
		[ORGAN_TEXT]; /* what the symbols of its documents begin with */
	uint32_t forms;
	uint32_t defaults; /* forms that are its own where nobody is named */
	/* Sessions in digits, and in Roman numbers, that it has had or may. */
	uint32_t first_session;
	uint32_t last_session;
	uint32_t last_roman;
	uint32_t rate; /* at most so many numbers for each of those; 0: any */
};

/* Any organisation that is not in organs.tsv: what it adopts has no symbol. */
#define ORGAN_OTHER ORGANS_LIMIT
#define ORGAN_UNKNOWN (ORGANS_LIMIT + 1)

/* Words of organs.tsv, column "short". */
#define WORDS_LIMIT 8

struct instrument {
	char *id;
	char *name; /* English */
};

struct vocabulary {
	struct writing *writing;
	struct phrases *phrases;
	struct series_table series;
	struct organ organs[ORGANS_LIMIT];
	uint32_t organ_count;
	char words[WORDS_LIMIT][ORGAN_TEXT];
	uint32_t word_count;
	struct instrument *instruments;
	uint32_t instrument_count;
	bool is_body; /* while organisations.tsv is read: the row adopts */
};

/*
 * Read all of it from docket's data folder. 0, or a negative errno with the
 * reason; the vocabulary is to be freed in any case.
 */
int vocabulary_read(struct vocabulary *vocabulary, const char *folder,
		    struct data_error *error);
void vocabulary_fini(struct vocabulary *vocabulary);

static inline enum role
vocabulary_role(uint32_t value)
{
	return (enum role)(value >> ROLE_SHIFT);
}

#endif
