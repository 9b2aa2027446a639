/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule.c - what the elements of Akoma Ntoso are to a record
 *
 * Pure: two tables, and what the number in a label is.
 */
#include "rule.h"

#include <stdlib.h>
#include <string.h>

#define NOTHING RULE_NO_MARK
#define RULE(name, kind)               \
	{                              \
		name, (kind), NOTHING, \
	}
#define MARK(name, mark)                  \
	{                                 \
		name, RULE_INLINE, (mark) \
	}

static const struct rule other = RULE("", RULE_OTHER);

/* Sorted by name as strcmp() sorts. */
static const struct rule akoma_rules[] = {
	MARK("a", DOCKET_MARK_LINK),
	RULE("act", RULE_DOCUMENT),
	RULE("address", RULE_BLOCK),
	RULE("alinea", RULE_SECTION),
	RULE("amendment", RULE_DOCUMENT),
	RULE("amendmentBody", RULE_BODY),
	RULE("amendmentList", RULE_DOCUMENT),
	RULE("article", RULE_SECTION),
	RULE("attachment", RULE_ANNEX),
	RULE("authorialNote", RULE_NOTE),
	RULE("b", RULE_INLINE),
	RULE("bill", RULE_DOCUMENT),
	RULE("block", RULE_BLOCK),
	RULE("blockList", RULE_LIST),
	RULE("body", RULE_BODY),
	RULE("book", RULE_SECTION),
	RULE("br", RULE_BREAK),
	RULE("caption", RULE_BLOCK),
	RULE("chapter", RULE_SECTION),
	RULE("citation", RULE_SECTION),
	RULE("clause", RULE_SECTION),
	MARK("concept", DOCKET_MARK_INSTRUMENT),
	RULE("conclusions", RULE_BODY),
	RULE("container", RULE_CONTAINER),
	RULE("coverPage", RULE_COVER),
	RULE("crossHeading", RULE_HEADING),
	MARK("date", DOCKET_MARK_DATE),
	RULE("debate", RULE_DOCUMENT),
	RULE("debateBody", RULE_BODY),
	RULE("debateReport", RULE_DOCUMENT),
	RULE("debateSection", RULE_SECTION),
	RULE("division", RULE_SECTION),
	RULE("doc", RULE_DOCUMENT),
	MARK("docDate", DOCKET_MARK_DATE),
	RULE("documentCollection", RULE_DOCUMENT),
	RULE("eol", RULE_BREAK),
	RULE("formula", RULE_FORMULA),
	RULE("from", RULE_BLOCK),
	RULE("hcontainer", RULE_SECTION),
	RULE("heading", RULE_HEADING),
	RULE("indent", RULE_ITEM),
	RULE("item", RULE_ITEM),
	RULE("judgment", RULE_DOCUMENT),
	RULE("judgmentBody", RULE_BODY),
	RULE("level", RULE_SECTION),
	RULE("li", RULE_ITEM),
	RULE("list", RULE_LIST),
	RULE("listIntroduction", RULE_BLOCK),
	RULE("listWrapUp", RULE_BLOCK),
	MARK("location", DOCKET_MARK_PLACE),
	RULE("mainBody", RULE_BODY),
	RULE("meta", RULE_SKIP),
	RULE("mref", RULE_INLINE),
	RULE("narrative", RULE_BLOCK),
	RULE("noteRef", RULE_INLINE),
	RULE("num", RULE_NUM),
	RULE("officialGazette", RULE_DOCUMENT),
	RULE("ol", RULE_LIST),
	MARK("organization", DOCKET_MARK_ORGANISATION),
	RULE("p", RULE_BLOCK),
	RULE("paragraph", RULE_SECTION),
	RULE("part", RULE_SECTION),
	MARK("person", DOCKET_MARK_PERSON),
	RULE("point", RULE_ITEM),
	RULE("preamble", RULE_PREAMBLE),
	RULE("preface", RULE_COVER),
	RULE("proviso", RULE_SECTION),
	RULE("recital", RULE_SECTION),
	MARK("ref", DOCKET_MARK_REFERENCE),
	RULE("remark", RULE_INLINE),
	MARK("rref", DOCKET_MARK_REFERENCE),
	RULE("rule", RULE_SECTION),
	RULE("section", RULE_SECTION),
	RULE("statement", RULE_DOCUMENT),
	RULE("subchapter", RULE_SECTION),
	RULE("subclause", RULE_SECTION),
	RULE("subdivision", RULE_SECTION),
	RULE("subheading", RULE_HEADING),
	RULE("sublist", RULE_LIST),
	RULE("subparagraph", RULE_SECTION),
	RULE("subpart", RULE_SECTION),
	RULE("subrule", RULE_SECTION),
	RULE("subsection", RULE_SECTION),
	RULE("subtitle", RULE_SECTION),
	RULE("table", RULE_TABLE),
	RULE("tblock", RULE_SECTION),
	RULE("td", RULE_CELL),
	RULE("th", RULE_CELL),
	RULE("title", RULE_SECTION),
	RULE("toc", RULE_LIST),
	RULE("tocItem", RULE_ITEM),
	RULE("tome", RULE_SECTION),
	RULE("tr", RULE_ROW),
	RULE("transitional", RULE_SECTION),
	RULE("ul", RULE_LIST),
};

/* Names that mean the same wherever they are used. Sorted. */
static const struct rule plain_rules[] = {
	RULE("h1", RULE_HEADING),	RULE("h2", RULE_HEADING),
	RULE("h3", RULE_HEADING),	RULE("h4", RULE_HEADING),
	RULE("h5", RULE_HEADING),	RULE("h6", RULE_HEADING),
	RULE("head", RULE_HEADING),	RULE("heading", RULE_HEADING),
	RULE("subtitle", RULE_HEADING), RULE("title", RULE_HEADING),
};

static int
compare_names(const void *left, const void *right)
{
	const struct rule *rule = right;

	return strcmp(left, rule->name);
}

const struct rule *
rule_find(const char *name, bool is_akoma)
{
	const struct rule *table = is_akoma ? akoma_rules : plain_rules;
	size_t size = is_akoma ? sizeof(akoma_rules) : sizeof(plain_rules);
	const struct rule *found = bsearch(name, table, size / sizeof(*table),
					   sizeof(*table), compare_names);

	return found ? found : &other;
}

/* What may stand around a number and behind it. */
static const char *const punctuation[] = {
	" ",  ".",  ")",  "(", "]", "[", ":",  ";", "-", "、",
	"．", "）", "（", "º", "–", "،", "\"", "“", "«",
};

static bool
is_in(char c, const char *set)
{
	return c && strchr(set, c);
}

/* Bytes of the sign that the label begins, or ends, with. */
static size_t
measure_sign(struct docket_bytes label, bool is_end)
{
	for (size_t i = 0; i < sizeof(punctuation) / sizeof(punctuation[0]);
	     i++) {
		size_t size = strlen(punctuation[i]);
		size_t at = is_end ? label.size - size : 0;

		if (label.size >= size &&
		    memcmp(label.data + at, punctuation[i], size) == 0)
			return size;
	}
	return 0;
}

/* Digits, a Roman number, a single letter. */
static bool
is_number(struct docket_bytes word)
{
	size_t digits = 0;
	size_t roman = 0;

	for (size_t i = 0; i < word.size; i++) {
		digits += is_in(word.data[i], "0123456789");
		roman += is_in(word.data[i], "IVXLCDMivxlcdm");
	}
	return word.size == 1 || digits || (word.size && roman == word.size);
}

struct docket_bytes
rule_number(struct docket_bytes label)
{
	struct docket_bytes last;
	size_t size;

	while ((size = measure_sign(label, false)) > 0) {
		label.data += size;
		label.size -= size;
	}
	while ((size = measure_sign(label, true)) > 0)
		label.size -= size;
	last = label;
	for (size_t i = 0; i < label.size; i++)
		if (label.data[i] == ' ') {
			last.data = label.data + i + 1;
			last.size = label.size - i - 1;
		}
	return is_number(last) ? last : label;
}
