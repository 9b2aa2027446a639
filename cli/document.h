/* SPDX-License-Identifier: Apache-2.0 */
/*
 * document.h - which document is asked for, and the bytes that came for it
 */
#ifndef CLI_DOCUMENT_H
#define CLI_DOCUMENT_H

#include "message.h"
#include "record.h"

/* What an ID on the command line names. */
struct document_name {
	struct message_document document;
	const char *anchor; /* borrowed from the ID; NULL if it has none */
};

/* 17, sha256:HEX or 64 hex digits; each also with #ANCHOR. 0 or 64, said. */
int document_parse_name(const char *id, struct document_name *out_name);

/* Bytes that came inline, lent by their frame, or mapped from a descriptor. */
struct document_content {
	struct docket_bytes bytes;
	bool is_mapped;
};

/* Make them readable; fd may be -1. 0, 70 or 74, said. */
int document_open(struct docket_bytes inline_bytes, uint64_t size, int fd,
		  struct document_content *out_content);
void document_close(struct document_content *content);

/* record_open(), with what is to be said if it is none. 0 or 70. */
int document_open_record(const struct document_content *content,
			 struct docket_record *out_record);

#endif
