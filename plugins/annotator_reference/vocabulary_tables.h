/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocabulary_tables.h - names/series.tsv and names/organs.tsv
 */
#ifndef ANNOTATOR_REFERENCE_VOCABULARY_TABLES_H
#define ANNOTATOR_REFERENCE_VOCABULARY_TABLES_H

#include "data.h"

/* Take a cell; user is the vocabulary. */
data_take vocabulary_take_series;
data_take vocabulary_take_organ;

#endif
