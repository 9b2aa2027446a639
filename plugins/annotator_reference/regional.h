/* SPDX-License-Identifier: Apache-2.0 */
/*
 * regional.h - symbols that are not parted by slashes alone
 *
 *   AG/RES. 2908 (XLVII-O/17), AG/doc.5673/19   American States
 *   A/SP.1/06/06, C/REG.3/05/09                 West African States
 *   COM(2019) 640                               European Commission
 *   A72/21, A72/4 Rev.1, EB144/9                World Health Organization
 *   40 C/5, 206 EX/5.II, 40 C/Resolution 23     UNESCO
 */
#ifndef ANNOTATOR_REFERENCE_REGIONAL_H
#define ANNOTATOR_REFERENCE_REGIONAL_H

#include "element.h"

/*
 * Read what is behind the code of such a series into the value, as its form
 * tells, and step over it; false: it is none.
 */
bool regional_take(struct scan *scan, const struct series *series);

#endif
