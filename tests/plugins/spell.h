/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spell.h - the words on which the test plugins misbehave
 */
#ifndef TESTS_SPELL_H
#define TESTS_SPELL_H

#include <string.h>

#include <docket/plugin.h>

static inline int
has_spell(struct docket_bytes text, const char *words)
{
	return memmem(text.data, text.size, words, strlen(words)) != NULL;
}

#endif
