/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ask.c - which plugin is asked, and in which order
 *
 * Pure: reads descriptors only, owns nothing and ends nothing.
 */
#include "ask.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Does "text/plain" or the pattern "text/(star)" stand for the type? */
static enum ask_fit
compare_type(const char *pattern, size_t size, struct docket_bytes type)
{
	if (size == type.size && strncasecmp(pattern, type.data, size) == 0)
		return ASK_EXACT;
	if (size == 3 && memcmp(pattern, "*/*", 3) == 0)
		return ASK_FAMILY;
	if (size > 2 && memcmp(pattern + size - 2, "/*", 2) == 0 &&
	    type.size >= size && strncasecmp(pattern, type.data, size - 1) == 0)
		return ASK_FAMILY;
	return ASK_NOT;
}

static struct docket_bytes
drop_parameters(struct docket_bytes type)
{
	const char *end = type.size ? memchr(type.data, ';', type.size) : NULL;

	if (end)
		type.size = (size_t)(end - type.data);
	while (type.size && type.data[type.size - 1] == ' ')
		type.size--;
	return type;
}

enum ask_fit
ask_fit(const struct docket_parser *parser, struct docket_bytes media_type)
{
	struct docket_bytes type = drop_parameters(media_type);
	enum ask_fit best = ASK_NOT;

	if (!type.size)
		return ASK_NOT;
	for (const char *const *at = parser->types; *at; at++) {
		enum ask_fit fit = compare_type(*at, strlen(*at), type);

		if (fit > best)
			best = fit;
	}
	return best;
}

bool
ask_is_listed(struct docket_bytes list, struct docket_bytes media_type)
{
	struct docket_bytes type = drop_parameters(media_type);
	size_t size;

	for (size_t at = 0; at < list.size; at += size + 1) {
		const char *word = list.data + at;
		const char *end = memchr(word, ' ', list.size - at);

		size = end ? (size_t)(end - word) : list.size - at;
		if (size && type.size && compare_type(word, size, type))
			return true;
	}
	return false;
}

/* By the last part of the path that it had in the inbox. */
static bool
is_named(const struct plugin *plugin, struct docket_bytes name)
{
	const char *slash =
		name.size ? memrchr(name.data, '/', name.size) : NULL;
	const char *base = slash ? slash + 1 : name.data;
	auto_free char *file = NULL;

	if (!plugin->names || !plugin->names[0] || !name.size)
		return false;
	file = mem_format("%.*s", (int)(name.data + name.size - base), base);
	for (const char *const *at = plugin->names; *at; at++)
		if (fnmatch(*at, file, FNM_CASEFOLD) == 0)
			return true;
	return false;
}

enum ask_fit
ask_fit_job(const struct plugin *plugin, struct docket_bytes media_type,
	    struct docket_bytes name)
{
	if (is_named(plugin, name))
		return ASK_NAMED;
	return ask_fit(&plugin->abi.parser, media_type);
}

static int32_t
find_order(const struct abi *abi)
{
	return abi->kind == PLUGIN_ANNOTATOR ? abi->annotator.order : 0;
}

static int
compare(const void *a, const void *b)
{
	const struct abi *one = &(*(struct plugin *const *)a)->abi;
	const struct abi *two = &(*(struct plugin *const *)b)->abi;

	if (one->kind != two->kind)
		return one->kind < two->kind ? -1 : 1;
	if (find_order(one) != find_order(two))
		return find_order(one) < find_order(two) ? -1 : 1;
	return strcmp(one->plugin.name, two->plugin.name);
}

void
ask_sort(struct plugin **plugins, size_t count)
{
	if (count)
		qsort(plugins, count, sizeof(plugins[0]), compare);
}
