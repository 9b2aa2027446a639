/* SPDX-License-Identifier: Apache-2.0 */
/*
 * action.c - what is decided, asked or stated in a passage, by whom, of whom
 *
 * A verb counts where it has its place: at the beginning of a paragraph that
 * resolves something, behind somebody who may do it, or joined by "and" to one
 * that counted. Linear. Owns nothing.
 */
#include "action.h"

#include <stdio.h>
#include <string.h>

/* How far from its paragraph's beginning a verb may open it: "12. (a) Also". */
#define OPENING_TOKENS 8
/* So many small words stand between who and what. */
#define SMALL_TOKENS 6
/* An aside between commas: "the Council, in its resolution 1 (1946), decided" */
#define ASIDE_TOKENS 24
#define MARKER_BYTES 3
#define VALUE_TEXT 256
#define ANCHOR_TEXT 128
#define FULL_STOP 0x3002u

/* What is asked of somebody; of the others nobody is. */
static const char *const asking[] = {
	"requests", "calls-upon", "urges",	"encourages",
	"invites",  "authorizes", "recommends", "demands",
};

/* A phrase that was met. */
struct met {
	size_t at; /* token */
	size_t count;
	uint32_t value;
};

/* A passage while it is read. */
struct scan {
	struct action_reader *reader;
	const struct passages *passages;
	const struct tokens *tokens;
	struct docket_bytes text;
	struct finds *finds;
	uint32_t language;
	size_t begin; /* of the sentence */
	bool has_opening;
	/* The last of the sentence; count 0: none */
	struct met subject;
	struct met list;
	bool has_verb;
	char actor[PARTY_NAME]; /* of its last verb */
};

static const struct token *
token_at(const struct scan *scan, size_t index)
{
	static const struct token none = { .kind = TOKEN_SIGN };

	return index < scan->tokens->count ? &scan->tokens->items[index]
					   : &none;
}

static bool
meet(const struct scan *scan, size_t index, struct met *out_met)
{
	const struct verbs *verbs = scan->reader->verbs;
	struct phrase_match match;

	if (index >= scan->tokens->count ||
	    token_at(scan, index)->kind == TOKEN_NUMBER ||
	    !phrases_find(verbs->phrases, verbs->writing, scan->text,
			  scan->tokens, index, scan->language, &match))
		return false;
	*out_met = (struct met){ index, match.count, match.value };
	return true;
}

/* ---- who ---- */

static void
put_words(const struct scan *scan, const struct met *met, char *out)
{
	size_t used = 0;

	for (size_t i = met->at; i < met->at + met->count; i++) {
		const struct token *token = token_at(scan, i);
		size_t size = token->end - token->start;
		bool has_space = i > met->at && token->flags & TOKEN_SPACED;

		if (used + size + has_space >= PARTY_NAME)
			break;
		if (has_space)
			out[used++] = ' ';
		memcpy(out + used, scan->text.data + token->start, size);
		used += size;
	}
	out[used] = '\0';
}

/* Nothing but small words from one token to another. */
static bool
is_small_between(const struct scan *scan, size_t from, size_t to)
{
	size_t at = from;

	if (to < from || to - from > SMALL_TOKENS)
		return false;
	while (at < to) {
		struct met met;

		if (!meet(scan, at, &met) || verbs_use(met.value) != VERB_SMALL)
			return false;
		at += met.count;
	}
	return at == to;
}

/* From ", ..." to "... ," and small words behind it. */
static bool
is_aside_between(const struct scan *scan, size_t from, size_t to)
{
	size_t at = to;

	if (to <= from || to - from > ASIDE_TOKENS ||
	    !token_is_sign(token_at(scan, from), ','))
		return false;
	while (at > from + 1 && !token_is_sign(token_at(scan, at - 1), ','))
		at--;
	return at > from + 1 && is_small_between(scan, at, to);
}

/* The token that begins at this offset or behind it. */
static size_t
token_from(const struct scan *scan, uint32_t offset, size_t low)
{
	size_t high = scan->tokens->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (token_at(scan, middle)->start < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Who is named before the verb, in the sentence. */
static bool
find_named(const struct scan *scan, size_t verb, char *out)
{
	const struct party *party = parties_before(scan->reader->parties,
						   token_at(scan, verb)->start);
	size_t behind;

	if (!party || party->start < token_at(scan, scan->begin)->start)
		return false;
	behind = token_from(scan, party->end, scan->begin);
	if (!is_small_between(scan, behind, verb) &&
	    !is_aside_between(scan, behind, verb))
		return false;
	snprintf(out, PARTY_NAME, "%s", party->id);
	return true;
}

static bool
find_subject(const struct scan *scan, size_t verb, char *out)
{
	const struct met *subject = &scan->subject;
	size_t behind = subject->at + subject->count;

	if (find_named(scan, verb, out))
		return true;
	if (!subject->count || (!is_small_between(scan, behind, verb) &&
				!is_aside_between(scan, behind, verb)))
		return false;
	put_words(scan, subject, out);
	return true;
}

static bool
is_asking(const char *class)
{
	for (size_t i = 0; i < sizeof(asking) / sizeof(asking[0]); i++)
		if (strcmp(asking[i], class) == 0)
			return true;
	return false;
}

/* Who is right behind the verb, but for small words. */
static bool
find_behind(const struct scan *scan, size_t at, char *out)
{
	for (size_t i = 0; i < SMALL_TOKENS; i++) {
		const struct token *token = token_at(scan, at);
		const struct party *party =
			parties_from(scan->reader->parties, token->start);
		struct met met;

		if (at >= scan->tokens->count)
			return false;
		if (party && party->start < token->end) {
			snprintf(out, PARTY_NAME, "%s", party->id);
			return true;
		}
		if (!meet(scan, at, &met))
			return false;
		if (verbs_use(met.value) == VERB_OBJECT ||
		    verbs_use(met.value) == VERB_SUBJECT) {
			put_words(scan, &met, out);
			return true;
		}
		if (verbs_use(met.value) != VERB_SMALL)
			return false;
		at += met.count;
	}
	return false;
}

/* ---- what ---- */

static void
find(struct scan *scan, const struct met *verb, const char *actor)
{
	const struct docket_block *block = &scan->passages->block;
	const char *class = verbs_class(scan->reader->verbs, verb->value);
	char object[PARTY_NAME] = "";
	char value[VALUE_TEXT];
	char anchor[ANCHOR_TEXT];

	if (is_asking(class))
		find_behind(scan, verb->at + verb->count, object);
	snprintf(value, sizeof(value), "%s%s%s%s%s", class,
		 actor[0] ? "; actor=" : "", actor, object[0] ? "; of=" : "",
		 object);
	snprintf(anchor, sizeof(anchor), "#%.*s", (int)block->anchor.size,
		 block->anchor.data);
	finds_add(scan->finds, token_at(scan, verb->at)->start,
		  token_at(scan, verb->at + verb->count - 1)->end,
		  DOCKET_MARK_ACTION, value,
		  block->anchor.size ? anchor : NULL);
	scan->has_verb = true;
	if (actor != scan->actor)
		snprintf(scan->actor, sizeof(scan->actor), "%s", actor);
}

/* Of a paragraph's number, or a letter of a list: (a), iii) */
static bool
is_marker(const struct token *token)
{
	return token->kind == TOKEN_NUMBER || token->kind == TOKEN_SIGN ||
	       (token->kind == TOKEN_WORD &&
		token->end - token->start <= MARKER_BYTES);
}

static bool
is_light(const struct met *met)
{
	return verbs_use(met->value) == VERB_SMALL ||
	       verbs_use(met->value) == VERB_LIST;
}

/* Only numbers, signs and small words before it. */
static bool
is_opening(const struct scan *scan, size_t verb)
{
	if (scan->passages->block.role == DOCKET_ROLE_NONE ||
	    scan->passages->is_continued || verb > OPENING_TOKENS)
		return false;
	for (size_t i = 0; i < verb;) {
		struct met met;

		if (meet(scan, i, &met) && is_light(&met)) {
			i += met.count;
			continue;
		}
		if (!is_marker(token_at(scan, i)))
			return false;
		i++;
	}
	return true;
}

/* Right behind "and", and a verb of this sentence before that. */
static bool
is_joined(const struct scan *scan, size_t verb)
{
	return scan->has_verb && scan->list.count &&
	       is_small_between(scan, scan->list.at + scan->list.count, verb);
}

static void
take_verb(struct scan *scan, const struct met *verb)
{
	enum verb_use use = verbs_use(verb->value);
	char actor[PARTY_NAME] = "";

	if (use != VERB_JOINED && is_opening(scan, verb->at)) {
		scan->has_opening = true;
		find(scan, verb, scan->reader->enacting);
	} else if (use != VERB_JOINED && find_subject(scan, verb->at, actor)) {
		find(scan, verb, actor);
	} else if (use == VERB_FIRST &&
		   find_behind(scan, verb->at + verb->count, actor)) {
		find(scan, verb, actor);
	} else if ((use != VERB_OPENING || scan->has_opening) &&
		   is_joined(scan, verb->at)) {
		find(scan, verb, scan->actor);
	}
}

static void
begin_sentence(struct scan *scan, size_t index)
{
	scan->begin = index;
	scan->subject.count = 0;
	scan->list.count = 0;
	scan->has_verb = false;
}

static size_t
take_sign(struct scan *scan, size_t index)
{
	const struct token *token = token_at(scan, index);

	if (token->code == FULL_STOP ||
	    ((token->code == '.' || token->code == '?' || token->code == '!') &&
	     token_at(scan, index + 1)->flags & TOKEN_SPACED))
		begin_sentence(scan, index + 1);
	else if (token->code == ',' || token->code == ';')
		scan->list = (struct met){ index, 1, 0 };
	return 1;
}

static size_t
take_one(struct scan *scan, size_t index)
{
	const struct token *token = &scan->tokens->items[index];
	const struct verbs *verbs = scan->reader->verbs;
	struct met met;

	if (token->kind == TOKEN_SIGN)
		return take_sign(scan, index);
	if (!phrases_may_begin(verbs->phrases, verbs->writing, token) ||
	    !meet(scan, index, &met))
		return 1;
	switch (verbs_use(met.value)) {
	case VERB_OPENING:
	case VERB_SAID:
	case VERB_FIRST:
	case VERB_JOINED:
		take_verb(scan, &met);
		break;
	case VERB_SUBJECT:
		scan->subject = met;
		break;
	case VERB_LIST:
		scan->list = met;
		break;
	case VERB_OBJECT:
	case VERB_SMALL:
		break;
	}
	return met.count;
}

/* "The General Assembly," and no more: who speaks from here on. */
static void
take_enacting(struct scan *scan)
{
	const struct token *last = token_at(scan, scan->tokens->count - 1);
	const struct party *party =
		parties_from(scan->reader->parties, token_at(scan, 0)->start);
	size_t first;

	if (!party || party->end > last->end || !token_is_sign(last, ','))
		return;
	first = token_from(scan, party->start, 0);
	if (is_small_between(scan, 0, first) &&
	    token_from(scan, party->end, 0) + 1 == scan->tokens->count)
		snprintf(scan->reader->enacting, PARTY_NAME, "%s", party->id);
}

void
action_read(struct action_reader *reader, const struct passages *passages,
	    struct finds *finds)
{
	struct scan scan = {
		.reader = reader,
		.passages = passages,
		.tokens = &passages->tokens,
		.text = docket_job_text(passages->job),
		.finds = finds,
		.language =
			phrases_language(reader->verbs->phrases,
					 passages_language(passages), false),
	};

	take_enacting(&scan);
	for (size_t i = 0; i < scan.tokens->count;)
		i += take_one(&scan, i);
}
