/* SPDX-License-Identifier: Apache-2.0 */
/*
 * grid.h - tables whose cells have lines around them
 */
#ifndef PARSER_PDF_GRID_H
#define PARSER_PDF_GRID_H

#include "page.h"

#define GRID_LINES_LIMIT 128u
#define GRIDS_LIMIT 16u

struct grid {
	float xs[GRID_LINES_LIMIT], ys[GRID_LINES_LIMIT];
	uint32_t xs_count, ys_count;
};

struct grids {
	struct grid items[GRIDS_LIMIT];
	uint32_t count;
};

/* From top to bottom. Pages with very many lines are drawings: none there. */
void grids_find(const struct page *page, struct grids *out_grids);

/* The cell that a place is in, by rows and columns from 0. */
bool grid_find_cell(const struct grid *grid, float x, float y,
		    uint32_t *out_row, uint32_t *out_column);

#endif
