/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tag.c - the elements of HTML that mean something for reading
 *
 * Pure: one table. What closes what follows the HTML standard's tree
 * construction as far as it decides where a paragraph, an item or a cell ends.
 */
#include "tag.h"

#include <string.h>

#define NAME_LIMIT 10

#define BLOCK TAG_IS_BLOCK
#define INLINE TAG_IS_INLINE
#define VOID TAG_IS_VOID
#define HIDDEN TAG_IS_HIDDEN
#define RAW (TAG_IS_RAW | TAG_IS_HIDDEN)

/* Most blocks end an open paragraph; cells and the like keep theirs inside. */
#define WALLS (TAG_IS_CELL | TAG_IS_TABLE | TAG_IS_OWN)
#define ENDS_P TAG_IS_PARAGRAPH, WALLS
#define ENDS_HEADING                       \
	TAG_IS_PARAGRAPH | TAG_IS_HEADING, \
		WALLS | TAG_IS_LIST | TAG_IS_ITEM | TAG_IS_ARTICLE
#define ENDS_CELL TAG_IS_CELL, TAG_IS_TABLE | TAG_IS_ROW
#define ENDS_ROW TAG_IS_CELL | TAG_IS_ROW, TAG_IS_TABLE
#define ENDS_ROWS TAG_IS_CELL | TAG_IS_ROW | TAG_IS_ROWS, TAG_IS_TABLE
#define ENDS_ITEM TAG_IS_PARAGRAPH | TAG_IS_ITEM, WALLS | TAG_IS_LIST
#define ENDS_TERM TAG_IS_PARAGRAPH | TAG_IS_TERM, WALLS | TAG_IS_LIST
#define ENDS_NOTHING 0, 0

const struct tag_info tags[TAG_COUNT] = {
	[TAG_NONE] = { "", 0, ENDS_NOTHING },
	[TAG_A] = { "a", INLINE, ENDS_NOTHING },
	[TAG_ADDRESS] = { "address", BLOCK, ENDS_P },
	[TAG_ANNOTATION] = { "annotation", HIDDEN, ENDS_NOTHING },
	[TAG_ARTICLE] = { "article", BLOCK | TAG_IS_ARTICLE, ENDS_P },
	[TAG_ASIDE] = { "aside", BLOCK | TAG_IS_ASIDE, ENDS_P },
	[TAG_AUDIO] = { "audio", HIDDEN, ENDS_NOTHING },
	[TAG_B] = { "b", INLINE, ENDS_NOTHING },
	[TAG_BASE] = { "base", VOID, ENDS_NOTHING },
	[TAG_BDI] = { "bdi", INLINE, ENDS_NOTHING },
	[TAG_BDO] = { "bdo", INLINE, ENDS_NOTHING },
	[TAG_BIG] = { "big", INLINE, ENDS_NOTHING },
	[TAG_BLOCKQUOTE] = { "blockquote", BLOCK, ENDS_P },
	[TAG_BODY] = { "body", 0, ENDS_NOTHING },
	[TAG_BR] = { "br", VOID, ENDS_NOTHING },
	[TAG_BUTTON] = { "button", TAG_IS_OWN, ENDS_NOTHING },
	[TAG_CANVAS] = { "canvas", HIDDEN, ENDS_NOTHING },
	[TAG_CAPTION] = { "caption", BLOCK | TAG_IS_CELL, ENDS_ROWS },
	[TAG_CENTER] = { "center", BLOCK, ENDS_P },
	[TAG_CITE] = { "cite", INLINE, ENDS_NOTHING },
	[TAG_CODE] = { "code", INLINE, ENDS_NOTHING },
	[TAG_COL] = { "col", VOID, ENDS_NOTHING },
	[TAG_COLGROUP] = { "colgroup", VOID, ENDS_ROWS },
	[TAG_DATALIST] = { "datalist", HIDDEN, ENDS_NOTHING },
	[TAG_DD] = { "dd", BLOCK | TAG_IS_TERM, ENDS_TERM },
	[TAG_DEL] = { "del", INLINE, ENDS_NOTHING },
	[TAG_DESC] = { "desc", HIDDEN, ENDS_NOTHING },
	[TAG_DETAILS] = { "details", BLOCK, ENDS_P },
	[TAG_DFN] = { "dfn", INLINE, ENDS_NOTHING },
	[TAG_DIALOG] = { "dialog", BLOCK, ENDS_P },
	[TAG_DIR] = { "dir", BLOCK | TAG_IS_LIST, ENDS_P },
	[TAG_DIV] = { "div", BLOCK, ENDS_P },
	[TAG_DL] = { "dl", BLOCK | TAG_IS_LIST, ENDS_P },
	[TAG_DT] = { "dt", BLOCK | TAG_IS_TERM, ENDS_TERM },
	[TAG_EM] = { "em", INLINE, ENDS_NOTHING },
	[TAG_EMBED] = { "embed", VOID, ENDS_NOTHING },
	[TAG_FIELDSET] = { "fieldset", BLOCK, ENDS_P },
	[TAG_FIGCAPTION] = { "figcaption", BLOCK, ENDS_P },
	[TAG_FIGURE] = { "figure", BLOCK, ENDS_P },
	[TAG_FONT] = { "font", INLINE, ENDS_NOTHING },
	[TAG_FOOTER] = { "footer", BLOCK | TAG_IS_ASIDE, ENDS_P },
	[TAG_FORM] = { "form", BLOCK, ENDS_P },
	[TAG_FRAME] = { "frame", VOID, ENDS_NOTHING },
	[TAG_FRAMESET] = { "frameset", BLOCK, ENDS_NOTHING },
	[TAG_H1] = { "h1", BLOCK | TAG_IS_HEADING, ENDS_HEADING },
	[TAG_H2] = { "h2", BLOCK | TAG_IS_HEADING, ENDS_HEADING },
	[TAG_H3] = { "h3", BLOCK | TAG_IS_HEADING, ENDS_HEADING },
	[TAG_H4] = { "h4", BLOCK | TAG_IS_HEADING, ENDS_HEADING },
	[TAG_H5] = { "h5", BLOCK | TAG_IS_HEADING, ENDS_HEADING },
	[TAG_H6] = { "h6", BLOCK | TAG_IS_HEADING, ENDS_HEADING },
	[TAG_HEAD] = { "head", 0, ENDS_NOTHING },
	[TAG_HEADER] = { "header", BLOCK | TAG_IS_ASIDE, ENDS_P },
	[TAG_HGROUP] = { "hgroup", BLOCK, ENDS_P },
	[TAG_HR] = { "hr", BLOCK | VOID, ENDS_P },
	[TAG_HTML] = { "html", 0, ENDS_NOTHING },
	[TAG_I] = { "i", INLINE, ENDS_NOTHING },
	[TAG_IFRAME] = { "iframe", RAW, ENDS_NOTHING },
	[TAG_IMG] = { "img", VOID, ENDS_NOTHING },
	[TAG_INPUT] = { "input", VOID, ENDS_NOTHING },
	[TAG_INS] = { "ins", INLINE, ENDS_NOTHING },
	[TAG_KBD] = { "kbd", INLINE, ENDS_NOTHING },
	[TAG_LABEL] = { "label", INLINE, ENDS_NOTHING },
	[TAG_LEGEND] = { "legend", BLOCK, ENDS_P },
	[TAG_LI] = { "li", BLOCK | TAG_IS_ITEM, ENDS_ITEM },
	[TAG_LINK] = { "link", VOID, ENDS_NOTHING },
	[TAG_LISTING] = { "listing", BLOCK | TAG_IS_PRESERVED, ENDS_P },
	[TAG_MAIN] = { "main", BLOCK | TAG_IS_ARTICLE, ENDS_P },
	[TAG_MARK] = { "mark", INLINE, ENDS_NOTHING },
	[TAG_MATH] = { "math", TAG_IS_OWN, ENDS_NOTHING },
	[TAG_MENU] = { "menu", BLOCK | TAG_IS_LIST, ENDS_P },
	[TAG_META] = { "meta", VOID, ENDS_NOTHING },
	[TAG_METADATA] = { "metadata", HIDDEN, ENDS_NOTHING },
	[TAG_NAV] = { "nav", BLOCK | TAG_IS_ASIDE, ENDS_P },
	[TAG_NOBR] = { "nobr", INLINE, ENDS_NOTHING },
	[TAG_NOEMBED] = { "noembed", RAW, ENDS_NOTHING },
	[TAG_NOFRAMES] = { "noframes", RAW, ENDS_NOTHING },
	[TAG_NOSCRIPT] = { "noscript", BLOCK | TAG_IS_ASIDE, ENDS_NOTHING },
	[TAG_OBJECT] = { "object", TAG_IS_OWN, ENDS_NOTHING },
	[TAG_OL] = { "ol", BLOCK | TAG_IS_LIST, ENDS_P },
	[TAG_OPTGROUP] = { "optgroup", HIDDEN, ENDS_NOTHING },
	[TAG_OPTION] = { "option", HIDDEN, ENDS_NOTHING },
	[TAG_P] = { "p", BLOCK | TAG_IS_PARAGRAPH, ENDS_P },
	[TAG_PARAM] = { "param", VOID, ENDS_NOTHING },
	[TAG_PLAINTEXT] = { "plaintext",
			    BLOCK | TAG_IS_PLAIN | TAG_IS_PRESERVED, ENDS_P },
	[TAG_PRE] = { "pre", BLOCK | TAG_IS_PRESERVED, ENDS_P },
	[TAG_Q] = { "q", INLINE, ENDS_NOTHING },
	[TAG_S] = { "s", INLINE, ENDS_NOTHING },
	[TAG_SAMP] = { "samp", INLINE, ENDS_NOTHING },
	[TAG_SCRIPT] = { "script", RAW, ENDS_NOTHING },
	[TAG_SEARCH] = { "search", BLOCK | TAG_IS_ASIDE, ENDS_P },
	[TAG_SECTION] = { "section", BLOCK, ENDS_P },
	[TAG_SELECT] = { "select", HIDDEN | TAG_IS_OWN, ENDS_NOTHING },
	[TAG_SMALL] = { "small", INLINE, ENDS_NOTHING },
	[TAG_SOURCE] = { "source", VOID, ENDS_NOTHING },
	[TAG_SPAN] = { "span", INLINE, ENDS_NOTHING },
	[TAG_STRIKE] = { "strike", INLINE, ENDS_NOTHING },
	[TAG_STRONG] = { "strong", INLINE, ENDS_NOTHING },
	[TAG_STYLE] = { "style", RAW, ENDS_NOTHING },
	[TAG_SUB] = { "sub", INLINE, ENDS_NOTHING },
	[TAG_SUMMARY] = { "summary", BLOCK, ENDS_P },
	[TAG_SUP] = { "sup", INLINE, ENDS_NOTHING },
	[TAG_SVG] = { "svg", TAG_IS_OWN, ENDS_NOTHING },
	[TAG_TABLE] = { "table", BLOCK | TAG_IS_TABLE, ENDS_P },
	[TAG_TBODY] = { "tbody", TAG_IS_ROWS, ENDS_ROWS },
	[TAG_TD] = { "td", BLOCK | TAG_IS_CELL, ENDS_CELL },
	[TAG_TEMPLATE] = { "template", HIDDEN | TAG_IS_OWN, ENDS_NOTHING },
	[TAG_TEXTAREA] = { "textarea", BLOCK | TAG_IS_PLAIN | TAG_IS_PRESERVED,
			   ENDS_NOTHING },
	[TAG_TFOOT] = { "tfoot", TAG_IS_ROWS, ENDS_ROWS },
	[TAG_TH] = { "th", BLOCK | TAG_IS_CELL, ENDS_CELL },
	[TAG_THEAD] = { "thead", TAG_IS_ROWS, ENDS_ROWS },
	[TAG_TITLE] = { "title", TAG_IS_PLAIN | HIDDEN, ENDS_NOTHING },
	[TAG_TR] = { "tr", BLOCK | TAG_IS_ROW, ENDS_ROW },
	[TAG_TRACK] = { "track", VOID, ENDS_NOTHING },
	[TAG_TT] = { "tt", INLINE, ENDS_NOTHING },
	[TAG_U] = { "u", INLINE, ENDS_NOTHING },
	[TAG_UL] = { "ul", BLOCK | TAG_IS_LIST, ENDS_P },
	[TAG_VAR] = { "var", INLINE, ENDS_NOTHING },
	[TAG_VIDEO] = { "video", HIDDEN, ENDS_NOTHING },
	[TAG_WBR] = { "wbr", VOID, ENDS_NOTHING },
	[TAG_XML] = { "xml", HIDDEN, ENDS_NOTHING },
	[TAG_XMP] = { "xmp", BLOCK | TAG_IS_PLAIN | TAG_IS_PRESERVED, ENDS_P },
};

/* Where the names with each first letter begin, and names as numbers. */
struct index {
	uint8_t firsts['z' - 'a' + 2];
	uint64_t keys[TAG_COUNT];
	bool is_filled;
};

/* The first eight letters; few names have more. */
static uint64_t
make_key(const char lower[NAME_LIMIT + 1])
{
	uint64_t key;

	memcpy(&key, lower, sizeof(key));
	return key;
}

static void
fill(struct index *index)
{
	enum tag tag = TAG_A;

	for (int c = 'a'; c <= 'z' + 1; c++) {
		while (tag < TAG_COUNT && tags[tag].name[0] < c)
			tag++;
		index->firsts[c - 'a'] = (uint8_t)tag;
	}
	for (tag = TAG_A; tag < TAG_COUNT; tag++) {
		char name[NAME_LIMIT + 1] = { 0 };

		memcpy(name, tags[tag].name, strlen(tags[tag].name));
		index->keys[tag] = make_key(name);
	}
	index->is_filled = true;
}

enum tag
tag_find(struct docket_bytes name)
{
	static struct index index;
	char lower[NAME_LIMIT + 1] = { 0 };
	unsigned letter;
	uint64_t key;

	if (name.size == 0 || name.size > NAME_LIMIT)
		return TAG_NONE;
	if (!index.is_filled)
		fill(&index);
	for (size_t i = 0; i < name.size; i++) {
		char c = name.data[i];

		lower[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
	}
	if (lower[0] < 'a' || lower[0] > 'z')
		return TAG_NONE;
	letter = (unsigned)(lower[0] - 'a');
	key = make_key(lower);
	for (enum tag tag = index.firsts[letter];
	     tag < index.firsts[letter + 1]; tag++)
		if (index.keys[tag] == key &&
		    (name.size <= sizeof(key) ||
		     strcmp(tags[tag].name, lower) == 0))
			return tag;
	return TAG_NONE;
}
