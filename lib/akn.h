/* SPDX-License-Identifier: Apache-2.0 */
/*
 * akn.h - a record as Akoma Ntoso 3.0, in the profile of the United Nations
 *
 * OASIS LegalDocumentML 1.0 (29 August 2018), AKN4UN guidelines 1.0. What the
 * record does not say is left out; what the schema cannot do without has a
 * value that says so (date 0001-01-01, name "unknown"). docs/akoma-ntoso.md has
 * the mapping.
 */
#ifndef LIB_AKN_H
#define LIB_AKN_H

#include "record.h"

/* Append a whole document. Linear in the size of the record, but for sorting. */
void akn_put(struct buffer *out, const struct docket_record *record,
	     const struct record_origin *origin);

/*
 * Append the IRI of a document by its symbol, for example
 * /akn/un/statement/deliberation/un-ga/2018-10-31/73-7; class and date may be
 * empty.
 */
void akn_put_work_iri(struct buffer *out, struct docket_bytes class,
		      struct docket_bytes symbol, struct docket_bytes date,
		      const char *fallback);

#endif
