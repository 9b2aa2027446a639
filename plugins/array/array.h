/* SPDX-License-Identifier: Apache-2.0 */
/*
 * array.h - arrays that grow, in plugins that have only the C library
 *
 * Not a plugin: what parsers have in common. Out of memory ends the worker; the
 * document is then given to another one.
 */
#ifndef PLUGINS_ARRAY_H
#define PLUGINS_ARRAY_H

#include <stdlib.h>
#include <string.h>

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

/*
 * One more item, zeroed: array_add(&items, &count, &capacity) points at it
 * until the next one is added.
 */
#define array_add(array, count, capacity)                           \
	(*(array) = array_reserve(*(array), *(count) + 1, capacity, \
				  sizeof(**(array))),               \
	 (__typeof__(*(array)))memset(&(*(array))[(*(count))++], 0, \
				      sizeof(**(array))))

#endif
