/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_xml.c - Akoma Ntoso, and XML documents of any other kind
 *
 * Decode, read, put: what talks to the host of the whole is here, the rest in a
 * file of its own. Ends the process where memory runs out.
 */
#include <docket/parser.h>

#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>

#include "decode.h"
#include "fields.h"
#include "tape.h"
#include "walk.h"

#define DOCUMENT_LIMIT (64u << 20)

/* Without a word of their own they are rejected, as their sentences say. */
static const struct {
	const char *reason;
	const char *sentence;
} faults[] = {
	[TAPE_BROKEN] = { "damaged", "It is no XML that can be read." },
	[TAPE_HAS_ENTITIES] = { "xml-entities",
				"It defines entities, which are not expanded. "
				"Save it with what they stand for." },
	[TAPE_TOO_DEEP] = { NULL, "Its elements lie more than 256 deep in "
				  "each other. Save it with fewer levels." },
	[TAPE_TOO_MANY_ATTRIBUTES] = { NULL, "An element of it has more than "
					     "1,000 attributes. Save what is "
					     "in them as elements." },
	[TAPE_TOO_MANY_NODES] = { NULL, "It has more than two million "
					"elements. Divide it." },
	[TAPE_TOO_MANY_NAMES] = { NULL, "Its elements have more than 20,000 "
					"different names. Divide it." },
};

static void
put_string(struct docket_job *job, enum docket_field field, const char *string)
{
	docket_put_field(job, field,
			 (struct docket_bytes){ string, strlen(string) });
}

static enum docket_status
refuse(struct docket_job *job, const char *reason, const char *sentence)
{
	if (reason)
		docket_job_reason(job, reason);
	docket_job_explain(job, "%s", sentence);
	return DOCKET_REJECT;
}

/* By its root, whatever namespace that has. */
static bool
is_akoma(const struct tape *tape)
{
	return tape->count && strcmp(tape->nodes[0].name, "akomaNtoso") == 0;
}

static void
warn_broken(struct docket_job *job, const struct tape *tape)
{
	char sentence[TAPE_MESSAGE + 96];

	snprintf(sentence, sizeof(sentence),
		 "It is not well-formed (%s): something may be missing.",
		 tape->message);
	put_string(job, DOCKET_FIELD_WARNING, sentence);
}

static enum docket_status
put_document(struct docket_job *job, const struct tape *tape)
{
	if (tape->fault > TAPE_BROKEN ||
	    (tape->fault == TAPE_BROKEN && !tape->count))
		return refuse(job, faults[tape->fault].reason,
			      faults[tape->fault].sentence);
	if (is_akoma(tape))
		fields_put(job, tape);
	else
		fields_put_plain(job, tape);
	if (!walk_put(job, tape, is_akoma(tape)))
		put_string(job, DOCKET_FIELD_WARNING,
			   "There is no text in it.");
	if (tape->fault == TAPE_BROKEN)
		warn_broken(job, tape);
	return DOCKET_OK;
}

static enum docket_status
parse(void *self, struct docket_job *job)
{
	struct docket_bytes bytes = docket_job_bytes(job);
	enum docket_status status;
	struct decoded decoded;
	struct tape tape;

	(void)self;
	if (bytes.size > DOCUMENT_LIMIT)
		return refuse(job, NULL, "It has more than 64 MiB. Divide it.");
	if (!decode(bytes, &decoded))
		return refuse(job, "damaged",
			      "It names an encoding that is not known.");
	put_string(job, DOCKET_FIELD_CHARSET, decoded.name);
	tape_read(&tape, decoded.utf8);
	status = put_document(job, &tape);
	tape_fini(&tape);
	decode_fini(&decoded);
	return status;
}

/* Here, not in open(): what it sets up once may read files. */
static enum docket_status
prepare(void *self)
{
	(void)self;
	xmlInitParser();
	return DOCKET_OK;
}

static const char *const types[] = {
	"application/akn+xml",
	"application/xml",
	"text/xml",
	NULL,
};

static const struct docket_parser parser = {
	.types = types,
	.parse = parse,
};

DOCKET_PLUGIN = {
	.name = "xml",
	.summary = "Akoma Ntoso, and XML documents of any other kind",
	.prepare = prepare,
	.parser = &parser,
};
