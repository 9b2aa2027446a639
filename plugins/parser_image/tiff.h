/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tiff.h - how many pages a TIFF has
 */
#ifndef PARSER_IMAGE_TIFF_H
#define PARSER_IMAGE_TIFF_H

#include <stdint.h>

#include <docket/plugin.h>

/*
 * More than limit where there are more, or where they go round in a circle. 0:
 * there is none, or one that should be there is not.
 */
uint32_t tiff_count_pages(struct docket_bytes bytes, uint32_t limit);

#endif
