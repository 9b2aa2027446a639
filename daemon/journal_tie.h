/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_tie.h - what ties documents of one inbox to one another
 *
 * By symbols: language versions share one, corrigenda and their like have
 * another's with a modifier, references name one. By text: renditions of one
 * are alike. Everything is written down in the transaction that makes an arrival
 * done, so a reference that pointed nowhere is resolved by the arrival that it
 * waited for.
 */
#ifndef DAEMON_JOURNAL_TIE_H
#define DAEMON_JOURNAL_TIE_H

#include "journal.h"
#include "record.h"
#include "sketch.h"
#include "symbol.h"

/* Numbers are stored: append only. */
enum tie_relation {
	TIE_TRANSLATION = 1, /* the same symbol in another language */
	TIE_RENDITION = 2,   /* the same symbol and language */
	TIE_SAME_TEXT = 3,
	TIE_CITES = 4,
	TIE_CITED_BY = 5,
	TIE_CHANGE_OF = 16,  /* + enum symbol_change: it is a corrigendum of */
	TIE_CHANGED_BY = 32, /* + the same: it has a corrigendum */
};

/* "translation-of", "corrigendum-of", "has-corrigendum" ...; the caller's. */
char *tie_relation_name(uint32_t relation);

/* Somebody is told of what was found, at most once for each other arrival. */
struct journal_tie_teller {
	void (*tell)(void *owner, uint64_t other, uint32_t relation);
	void *owner;
};

/* An arrival is done; sketch may be NULL. */
void journal_tie(struct journal *journal, const struct arrival *arrival,
		 const struct docket_record *record,
		 const struct sketch *sketch,
		 const struct journal_tie_teller *teller);

#endif
