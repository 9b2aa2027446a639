/* SPDX-License-Identifier: Apache-2.0 */
/*
 * token.h - a page as text, and tags that begin and end
 *
 * What a browser's tokenizer finds, without comments, doctypes and the content
 * of scripts and styles.
 */
#ifndef PARSER_HTML_TOKEN_H
#define PARSER_HTML_TOKEN_H

#include "tag.h"

enum token_kind {
	TOKEN_TEXT = 0,
	TOKEN_OPEN,
	TOKEN_CLOSE,
};

enum token_flag {
	TOKEN_IS_CLOSED = 1,  /* <br/> */
	TOKEN_IS_EXACT = 2,   /* text in which & is nothing but that */
	TOKEN_IS_NOTE = 4,    /* a footnote begins here; notes.h */
	TOKEN_IS_MARK = 8,    /* the link of a footnote's mark; notes.h */
	TOKEN_IS_LAYOUT = 16, /* a table that only places things; tables.h */
};

struct token {
	uint32_t at; /* TEXT: the text; OPEN: what stands behind the name */
	uint32_t size;
	uint8_t kind;
	uint8_t flags;
	uint8_t tag;
};

struct tokens {
	struct docket_bytes source;
	struct token *items;
	size_t count;
	size_t capacity;
	const char *unfinished; /* what the page breaks off in, or NULL */
};

/*
 * Take `source` (UTF-8 or nearly; at most 4 GiB) apart; it is lent until
 * tokens_fini(). In XML a tag that ends in "/>" has no content, and CDATA is
 * text.
 */
void tokens_read(struct tokens *tokens, struct docket_bytes source,
		 bool is_xml);
void tokens_fini(struct tokens *tokens);

static inline struct docket_bytes
token_bytes(const struct tokens *tokens, const struct token *token)
{
	return (struct docket_bytes){ tokens->source.data + token->at,
				      token->size };
}

#endif
