/* SPDX-License-Identifier: Apache-2.0 */
/*
 * grow.h - arrays that grow; running out of memory ends the process
 */
#ifndef PARSER_XML_GROW_H
#define PARSER_XML_GROW_H

#include <stdlib.h>

#define GROW_MINIMUM 64

/* The array, moved perhaps, with room for `need` items of `size` bytes. */
static inline void *
grow_array(void *array, size_t need, size_t *capacity, size_t size)
{
	size_t wanted = *capacity * 2;
	size_t bytes;

	if (need <= *capacity)
		return array;
	if (wanted < need)
		wanted = need;
	if (wanted < GROW_MINIMUM)
		wanted = GROW_MINIMUM;
	if (__builtin_mul_overflow(wanted, size, &bytes))
		abort();
	array = realloc(array, bytes);
	if (!array)
		abort();
	*capacity = wanted;
	return array;
}

#endif
