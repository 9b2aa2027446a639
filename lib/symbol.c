/* SPDX-License-Identifier: Apache-2.0 */
/*
 * symbol.c - document symbols as keys
 *
 * Pure; owns and ends nothing.
 */
#include "symbol.h"

#include <string.h>

static const struct {
	const char *modifier;
	const char *name;
} changes[SYMBOL_CHANGE_COUNT] = {
	[SYMBOL_ADDENDUM] = { "Add.", "addendum" },
	[SYMBOL_CORRIGENDUM] = { "Corr.", "corrigendum" },
	[SYMBOL_REVISION] = { "Rev.", "revision" },
	[SYMBOL_AMENDMENT] = { "Amend.", "amendment" },
	[SYMBOL_SUMMARY] = { "Summary", "summary" },
};

/* Does another symbol begin here: one to five capitals and a slash? */
static bool
begins_symbol(struct docket_bytes text)
{
	size_t size = 0;

	while (size < text.size && text.data[size] >= 'A' &&
	       text.data[size] <= 'Z')
		size++;
	return size > 0 && size <= 5 && size < text.size &&
	       text.data[size] == '/';
}

/* May a blank follow? */
static bool
ends_in_word(const struct buffer *key)
{
	return key->size > 0 && key->data[key->size - 1] != ' ';
}

bool
symbol_next(struct docket_bytes symbol, size_t *at, struct buffer *out_key)
{
	size_t begin = *at;

	for (; *at < symbol.size; ++*at) {
		struct docket_bytes rest = { symbol.data + *at + 1,
					     symbol.size - *at - 1 };

		if (symbol.data[*at] == '-' && *at > begin &&
		    begins_symbol(rest))
			break;
		if (symbol.data[*at] != ' ' || ends_in_word(out_key))
			buffer_put(out_key, symbol.data + *at, 1);
	}
	if (*at < symbol.size)
		++*at; /* the hyphen */
	if (out_key->size > 0 && !ends_in_word(out_key))
		out_key->size--;
	return out_key->size > 0;
}

enum symbol_change
symbol_split(struct docket_bytes key, struct docket_bytes *out_base)
{
	const char *slash = key.size ? memrchr(key.data, '/', key.size) : NULL;
	size_t stem = slash ? (size_t)(slash - key.data) : 0;

	*out_base = key;
	if (stem == 0)
		return SYMBOL_PLAIN;
	for (int change = SYMBOL_ADDENDUM; change < SYMBOL_CHANGE_COUNT;
	     change++) {
		const char *modifier = changes[change].modifier;
		size_t size = strlen(modifier);

		if (key.size - stem - 1 < size ||
		    memcmp(slash + 1, modifier, size) != 0)
			continue;
		out_base->size = stem;
		return (enum symbol_change)change;
	}
	return SYMBOL_PLAIN;
}

const char *
symbol_change_name(enum symbol_change change)
{
	return changes[change].name;
}
