/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sections.h - the line that an annex begins with
 */
#ifndef ANNOTATOR_OFFICIAL_SECTIONS_H
#define ANNOTATOR_OFFICIAL_SECTIONS_H

#include "document.h"

struct section_label {
	enum docket_part_kind kind;
	struct docket_bytes number;
	struct docket_bytes title; /* on the same line; or nothing */
};

/* Is the unit "Annex II", "Appendix", "Annex to the letter dated ..."? */
bool section_read_label(const struct document *document,
			const struct unit *unit,
			struct section_label *out_label);

#endif
