/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tag.h - the elements of HTML that mean something for reading
 */
#ifndef PARSER_HTML_TAG_H
#define PARSER_HTML_TAG_H

#include <stdbool.h>
#include <stdint.h>

#include <docket/plugin.h>

/* Sorted by name, as tags[] is. */
enum tag {
	TAG_NONE = 0, /* any that is not listed: as if it were not there */
	TAG_A,
	TAG_ADDRESS,
	TAG_ANNOTATION,
	TAG_ARTICLE,
	TAG_ASIDE,
	TAG_AUDIO,
	TAG_B,
	TAG_BASE,
	TAG_BDI,
	TAG_BDO,
	TAG_BIG,
	TAG_BLOCKQUOTE,
	TAG_BODY,
	TAG_BR,
	TAG_BUTTON,
	TAG_CANVAS,
	TAG_CAPTION,
	TAG_CENTER,
	TAG_CITE,
	TAG_CODE,
	TAG_COL,
	TAG_COLGROUP,
	TAG_DATALIST,
	TAG_DD,
	TAG_DEL,
	TAG_DESC,
	TAG_DETAILS,
	TAG_DFN,
	TAG_DIALOG,
	TAG_DIR,
	TAG_DIV,
	TAG_DL,
	TAG_DT,
	TAG_EM,
	TAG_EMBED,
	TAG_FIELDSET,
	TAG_FIGCAPTION,
	TAG_FIGURE,
	TAG_FONT,
	TAG_FOOTER,
	TAG_FORM,
	TAG_FRAME,
	TAG_FRAMESET,
	TAG_H1,
	TAG_H2,
	TAG_H3,
	TAG_H4,
	TAG_H5,
	TAG_H6,
	TAG_HEAD,
	TAG_HEADER,
	TAG_HGROUP,
	TAG_HR,
	TAG_HTML,
	TAG_I,
	TAG_IFRAME,
	TAG_IMG,
	TAG_INPUT,
	TAG_INS,
	TAG_KBD,
	TAG_LABEL,
	TAG_LEGEND,
	TAG_LI,
	TAG_LINK,
	TAG_LISTING,
	TAG_MAIN,
	TAG_MARK,
	TAG_MATH,
	TAG_MENU,
	TAG_META,
	TAG_METADATA,
	TAG_NAV,
	TAG_NOBR,
	TAG_NOEMBED,
	TAG_NOFRAMES,
	TAG_NOSCRIPT,
	TAG_OBJECT,
	TAG_OL,
	TAG_OPTGROUP,
	TAG_OPTION,
	TAG_P,
	TAG_PARAM,
	TAG_PLAINTEXT,
	TAG_PRE,
	TAG_Q,
	TAG_S,
	TAG_SAMP,
	TAG_SCRIPT,
	TAG_SEARCH,
	TAG_SECTION,
	TAG_SELECT,
	TAG_SMALL,
	TAG_SOURCE,
	TAG_SPAN,
	TAG_STRIKE,
	TAG_STRONG,
	TAG_STYLE,
	TAG_SUB,
	TAG_SUMMARY,
	TAG_SUP,
	TAG_SVG,
	TAG_TABLE,
	TAG_TBODY,
	TAG_TD,
	TAG_TEMPLATE,
	TAG_TEXTAREA,
	TAG_TFOOT,
	TAG_TH,
	TAG_THEAD,
	TAG_TITLE,
	TAG_TR,
	TAG_TRACK,
	TAG_TT,
	TAG_U,
	TAG_UL,
	TAG_VAR,
	TAG_VIDEO,
	TAG_WBR,
	TAG_XML,
	TAG_XMP,
	TAG_COUNT
};

/* What a tag is, or-ed: also what one closes, and what that does not cross. */
enum tag_trait {
	TAG_IS_BLOCK = 1 << 0,	/* a paragraph ends where it begins and ends */
	TAG_IS_VOID = 1 << 1,	/* has no content and no end */
	TAG_IS_RAW = 1 << 2,	/* its content is no text: scripts, styles */
	TAG_IS_PLAIN = 1 << 3,	/* its content is text without tags */
	TAG_IS_HIDDEN = 1 << 4, /* a browser does not show its content */
	TAG_IS_INLINE =
		1 << 5, /* formatting: may cross the borders of blocks */
	TAG_IS_PARAGRAPH = 1 << 6,
	TAG_IS_HEADING = 1 << 7,
	TAG_IS_LIST = 1 << 8,
	TAG_IS_ITEM = 1 << 9,
	TAG_IS_TERM = 1 << 10, /* dt, dd */
	TAG_IS_TABLE = 1 << 11,
	TAG_IS_ROWS = 1 << 12, /* tbody and its like */
	TAG_IS_ROW = 1 << 13,
	TAG_IS_CELL = 1 << 14,	    /* td, th, and caption */
	TAG_IS_ASIDE = 1 << 15,	    /* beside the document's own text */
	TAG_IS_ARTICLE = 1 << 16,   /* the document's own text */
	TAG_IS_PRESERVED = 1 << 17, /* white space and lines as they are */
	TAG_IS_OWN = 1 << 18,	    /* nothing in it closes what is around it */
};

struct tag_info {
	const char *name;
	uint32_t traits;
	uint32_t closes; /* open elements that end where this one begins */
	uint32_t within; /* but not beyond these */
};

extern const struct tag_info tags[TAG_COUNT];

/* The tag of this name, whatever its case. */
enum tag tag_find(struct docket_bytes name);

#endif
