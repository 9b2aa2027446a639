/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parties.c - names into the record, without articles, apart, in nominative
 *
 * What parts two names, which articles stand before one, and how offices are
 * inflected are the language's data. Out of memory ends the process.
 */
#include <stdlib.h>
#include <string.h>

#include "clean.h"
#include "glyph.h"
#include "stages.h"

#define NAMES_LIMIT 64
#define WORDS_LIMIT 8 /* before an office: "Permanent", "Deputy" */

struct names {
	struct document *document;
	enum docket_field field;
	struct docket_bytes text;
	struct folds folds;
};

static struct docket_bytes
folded_of(const struct names *names)
{
	return (struct docket_bytes){ names->folds.data, names->folds.size };
}

/* ---- one name ---- */

static size_t
skip_articles(const struct names *names, size_t start, size_t end)
{
	struct docket_bytes folded = { names->folds.data, end };
	struct match match;

	for (int i = 0; i < 2; i++) {
		while (start < end && strchr(" ,", folded.data[start]))
			start++;
		if (start >= end ||
		    !lexicon_match(names->document->lexicon,
				   names->document->languages, LEXEME_ARTICLE,
				   folded, start, &match) ||
		    match.end >= end)
			break;
		start = match.end;
	}
	while (start < end && strchr(" ,", folded.data[start]))
		start++;
	return start;
}

static void
append(struct folds *out, struct docket_bytes text)
{
	out->data = realloc(out->data, out->size + text.size + 1);
	if (!out->data)
		abort();
	memcpy(out->data + out->size, text.data, text.size);
	out->size += text.size;
}

static struct docket_bytes
source_of(const struct names *names, size_t start, size_t end)
{
	const uint32_t *source = names->folds.source;

	return (struct docket_bytes){ names->text.data + source[start],
				      source[end] - source[start] };
}

/* The ending of such words in the nominative; NULL: it stays. */
static const struct entry *
find_ending(const struct names *names, const char *group,
	    struct docket_bytes word, size_t *out_size)
{
	const struct lexicon *lexicon = names->document->lexicon;
	const struct span *spans = lexicon->spans[LEXEME_ENDING];
	size_t end = spans[lexicon->language_count - 1].end;

	for (size_t i = spans[0].start; i < end; i++) {
		const struct entry *entry = &lexicon->entries[i];
		size_t size = strcspn(entry->source, " ");

		if ((names->document->languages & (1u << entry->language)) &&
		    strcmp(entry->argument, group) == 0 && word.size > size &&
		    memcmp(word.data + word.size - size, entry->source, size) ==
			    0) {
			*out_size = size;
			return entry;
		}
	}
	return NULL;
}

static void
append_word(const struct names *names, const char *group,
	    struct docket_bytes word, struct folds *out)
{
	size_t size = 0;
	const struct entry *entry = find_ending(names, group, word, &size);

	if (!entry) {
		append(out, word);
		return;
	}
	append(out, (struct docket_bytes){ word.data, word.size - size });
	append(out, (struct docket_bytes){ entry->source + size + 1,
					   strlen(entry->source) - size - 1 });
}

/* The office as it is printed, but for its ending. */
static void
append_office(const struct names *names, size_t at, size_t end,
	      const struct entry *entry, struct folds *out)
{
	size_t named = strcspn(entry->argument, ".");
	struct folds folded = { 0 };
	size_t same = 0;

	fold_add(&names->document->lexicon->table, &folded,
		 (struct docket_bytes){ entry->argument, named }, 0);
	while (same < folded.size && at + same < end &&
	       folded.data[same] == names->folds.data[at + same])
		same++;
	while (same && ((unsigned char)folded.data[same] & 0xc0) == 0x80)
		same--;
	append(out, source_of(names, at, at + same));
	append(out,
	       (struct docket_bytes){ entry->argument + same, named - same });
	fold_fini(&folded);
}

/* The words before an office agree with it; those behind it stay. */
static void
append_nominative(const struct names *names, size_t start, size_t office,
		  size_t end, const struct entry *entry, struct folds *out)
{
	const char *group = strchr(entry->argument, '.');

	for (size_t at = start; at < office;) {
		const char *space =
			memchr(names->folds.data + at, ' ', office - at);
		size_t next =
			space ? (size_t)(space - names->folds.data) : office;

		append_word(names, group ? group + 1 : "",
			    glyph_trim(source_of(names, at, next)), out);
		append(out, (struct docket_bytes){ " ", 1 });
		at = next + 1;
	}
	append_office(names, office, end, entry, out);
}

/* "Генерального секретаря": the office is found within the first words. */
static bool
put_nominative(const struct names *names, size_t start, size_t end)
{
	const struct document *document = names->document;
	struct docket_bytes folded = { names->folds.data, end };
	struct folds out = { 0 };
	size_t at = start;

	for (int i = 0; i < WORDS_LIMIT && at < end; i++) {
		struct match match;
		const struct entry *entry =
			lexicon_match(document->lexicon, document->languages,
				      LEXEME_OBLIQUE, folded, at, &match);
		const char *space;

		if (entry) {
			append_nominative(names, start, at, match.end, entry,
					  &out);
			if (match.end < end)
				append(&out, (struct docket_bytes){ " ", 1 });
			append(&out, source_of(names, match.end, end));
			docket_put_field(
				document->job, names->field,
				(struct docket_bytes){ out.data, out.size });
			fold_fini(&out);
			return true;
		}
		space = memchr(folded.data + at, ' ', end - at);
		at = space ? (size_t)(space - folded.data) + 1 : end;
	}
	return false;
}

/* What stands before the "~" of such a phrase at `at`, or all; 0: none does. */
static size_t
measure_before(const struct names *names, enum lexeme lexeme, size_t at)
{
	struct docket_bytes folded = folded_of(names);
	struct match match;
	const struct entry *entry = lexicon_match(names->document->lexicon,
						  names->document->languages,
						  lexeme, folded, at, &match);
	struct folds before = { 0 };
	const char *kept;
	size_t size;

	if (!entry)
		return 0;
	kept = strchr(entry->source, '~');
	if (!kept)
		return match.end - at;
	fold_add(&names->document->lexicon->table, &before,
		 (struct docket_bytes){ entry->source,
					(size_t)(kept - entry->source) },
		 0);
	size = before.size;
	fold_fini(&before);
	return size;
}

static void
put_name(const struct names *names, size_t start, size_t end)
{
	size_t author;

	start = skip_articles(names, start, end);
	author = start < end ? measure_before(names, LEXEME_AUTHOR, start) : 0;
	if (author && start + author < end)
		end = start + author;
	while (end > start && strchr(" ,.:;", names->folds.data[end - 1]))
		end--;
	if (start >= end || put_nominative(names, start, end))
		return;
	clean_put_field(names->document->job, names->field,
			source_of(names, start, end));
}

/* ---- several ---- */

static void
put_names(const struct names *names, enum parties parties)
{
	bool has_commas = parties == PARTIES_COUNTRIES;
	enum lexeme lexeme = has_commas ? LEXEME_AND : LEXEME_ADDRESSEE;
	size_t start = 0;
	size_t count = 0;

	for (size_t at = 1; at < names->folds.size && count < NAMES_LIMIT;) {
		size_t size = has_commas && names->folds.data[at] == ','
				      ? 1
				      : measure_before(names, lexeme, at);

		if (!size) {
			at++;
			continue;
		}
		put_name(names, start, at);
		count++;
		start = at + size;
		at = start + 1;
	}
	put_name(names, start, names->folds.size);
}

void
parties_put(struct document *document, enum docket_field field,
	    struct docket_bytes names, enum parties parties)
{
	struct names made = { document, field, names, { 0 } };

	fold_add(&document->lexicon->table, &made.folds, names, 0);
	docket_clear_field(document->job, field);
	if (parties == PARTIES_ONE)
		put_name(&made, 0, made.folds.size);
	else
		put_names(&made, parties);
	fold_fini(&made.folds);
}
