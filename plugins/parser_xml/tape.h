/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tape.h - an XML document as a list of what begins, ends, and stands between
 *
 * Flat, so that one can look ahead from any element to its end.
 */
#ifndef PARSER_XML_TAPE_H
#define PARSER_XML_TAPE_H

#include <stdbool.h>
#include <stdint.h>

#include <docket/plugin.h>

#define TAPE_DEPTH 256
#define TAPE_ATTRIBUTES 1000  /* of one element */
#define TAPE_NODES (4u << 20) /* of a document */
#define TAPE_NAMES 20000      /* that differ */
#define TAPE_MESSAGE 160

enum tape_kind {
	TAPE_TEXT = 0,
	TAPE_OPEN,
	TAPE_CLOSE,
};

struct tape_node {
	uint8_t kind;
	bool has_text;	   /* OPEN: it holds text itself, not only elements */
	bool is_preserved; /* TEXT: white space stays (xml:space) */
	const char *name;  /* OPEN, CLOSE: without its prefix */
	uint32_t at;	   /* TEXT: in text; OPEN: its first attribute */
	uint32_t size;	   /* TEXT: bytes; OPEN: how many attributes */
	uint32_t end;	   /* OPEN: index of its CLOSE */
};

struct tape_attribute {
	const char *name; /* without its prefix, but "xml:lang" */
	uint32_t at;	  /* of its value in text */
	uint32_t size;
};

/* Why a document was not read to its end. */
enum tape_fault {
	TAPE_FINE = 0,
	TAPE_BROKEN, /* not well-formed: what could be read is there */
	TAPE_HAS_ENTITIES,
	TAPE_TOO_DEEP,
	TAPE_TOO_MANY_ATTRIBUTES,
	TAPE_TOO_MANY_NODES,
	TAPE_TOO_MANY_NAMES,
};

struct tape {
	struct tape_node *nodes;
	size_t count;
	size_t capacity;
	struct tape_attribute *attributes;
	size_t attribute_count;
	size_t attribute_capacity;
	char *text;
	size_t text_size;
	size_t text_capacity;
	enum tape_fault fault;
	char message[TAPE_MESSAGE]; /* of BROKEN: "line 7: ..." */
	void *names;		    /* what names lend from */
};

/* Read UTF-8. Every OPEN has its CLOSE. The caller's until tape_fini(). */
void tape_read(struct tape *tape, struct docket_bytes utf8);
void tape_fini(struct tape *tape);

static inline struct docket_bytes
tape_bytes(const struct tape *tape, const struct tape_node *node)
{
	return (struct docket_bytes){ tape->text + node->at, node->size };
}

/* The value of an attribute of the OPEN at the index; data is NULL if none. */
struct docket_bytes tape_attribute(const struct tape *tape, size_t index,
				   const char *name);

/*
 * All text within the OPEN at the index but what stands in elements called
 * `without`, white space collapsed, cut to the buffer.
 */
struct docket_bytes tape_gather(const struct tape *tape, size_t index,
				const char *without, char *buffer, size_t size);

/* The first OPEN of that name within the one at the index; 0: there is none. */
size_t tape_find(const struct tape *tape, size_t index, const char *name);

#endif
