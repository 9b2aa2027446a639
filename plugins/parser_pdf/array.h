/* SPDX-License-Identifier: Apache-2.0 */
/*
 * array.h - arrays that grow, in a plugin that has only the C library
 *
 * Out of memory ends the process, which reads one document.
 */
#ifndef PARSER_PDF_ARRAY_H
#define PARSER_PDF_ARRAY_H

#include <stdlib.h>

#define ARRAY_MINIMUM 64

/* Room for need items in all; grows by half. Takes array. */
static inline void *
array_reserve(void *array, size_t need, size_t *capacity, size_t size)
{
	size_t wanted = *capacity + *capacity / 2;
	size_t bytes;

	if (array && need <= *capacity)
		return array;
	if (wanted < need)
		wanted = need;
	if (wanted < ARRAY_MINIMUM)
		wanted = ARRAY_MINIMUM;
	if (__builtin_mul_overflow(wanted, size, &bytes))
		abort();
	array = realloc(array, bytes);
	if (!array)
		abort();
	*capacity = wanted;
	return array;
}

/* Zeroed, of a size that is known. */
static inline void *
array_new(size_t count, size_t size)
{
	void *array = calloc(count ? count : 1, size);

	if (!array)
		abort();
	return array;
}

#endif
