/* SPDX-License-Identifier: Apache-2.0 */
/*
 * marker.h - "7." "(a)" "IV." "一、" at the head of a unit
 */
#ifndef ANNOTATOR_OFFICIAL_MARKER_H
#define ANNOTATOR_OFFICIAL_MARKER_H

#include "document.h"

/* The unit's marker; one without a label is none. */
struct marker marker_read(const struct document *document,
			  const struct unit *unit);

/* Its label as printed. */
struct docket_bytes marker_number(const struct document *document,
				  const struct unit *unit);

#endif
