/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settle.h - who adopted what is cited
 */
#ifndef ANNOTATOR_REFERENCE_SETTLE_H
#define ANNOTATOR_REFERENCE_SETTLE_H

#include "citations.h"

/*
 * Settle the citations of a whole document into finds. own_symbol, which may be
 * empty, is the document's: its series tells who speaks. What stays uncertain
 * is left out.
 */
void settle_citations(const struct citations *citations,
		      const struct vocabulary *vocabulary,
		      struct docket_bytes own_symbol, struct finds *finds);

#endif
