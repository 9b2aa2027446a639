/* SPDX-License-Identifier: Apache-2.0 */
/*
 * iri.h - the IRIs of what is cited, in the AKN4UN form
 *
 *   /akn/un/{type}/{subtype}/{author}/{date}/{number}
 *
 * The date is the one of adoption or issue, and where only the year is known
 * the year. Where not even that is known, or what kind of document a symbol
 * stands for, there is no IRI.
 */
#ifndef ANNOTATOR_REFERENCE_IRI_H
#define ANNOTATOR_REFERENCE_IRI_H

#include <stdbool.h>

#define IRI_TEXT 192

/* Entities of the ontology: treaties and rules. */
#define IRI_REFERENCE "/akn/ontology/reference/"

/* Of a symbol that tells kind, author and year. false: it does not. */
bool iri_of_symbol(const char *symbol, char *out_iri);

#endif
