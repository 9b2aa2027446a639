/* SPDX-License-Identifier: Apache-2.0 */
/*
 * iri.h - the IRIs of what is cited, in the AKN4UN form
 *
 *   /akn/un/{type}/{subtype}/{author}/{date}/{number}
 *
 * The date is the day of adoption or issue where the text states it, or else the
 * year where the symbol has it. Where neither is known, or not what kind of
 * document a symbol stands for, there is no IRI.
 */
#ifndef ANNOTATOR_REFERENCE_IRI_H
#define ANNOTATOR_REFERENCE_IRI_H

#include <stdbool.h>

#define IRI_TEXT 192

/* Entities of the ontology: treaties and rules. */
#define IRI_REFERENCE "/akn/ontology/reference/"

/*
 * Of a symbol that tells kind and author; date is as stated (2006-11-20), or "".
 * A date of another year than the symbol's is not taken. false: there is none.
 */
bool iri_of_symbol(const char *symbol, const char *date, char *out_iri);

#endif
