/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_office.c - documents of word processors: Word, OpenDocument
 *
 * Looks what it is, and hands the package over to the format's own files. Ends
 * the process where memory runs out.
 */
#include <docket/parser.h>

#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libxml/parser.h>

#include "odt.h"
#include "package.h"
#include "refusal.h"
#include "text.h"
#include "warnings.h"
#include "word.h"

/* The stream in which Office puts a document that has a password; UTF-16. */
static const char encrypted_stream[] =
	"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

static bool
has_encrypted_stream(struct docket_bytes bytes)
{
	return memmem(bytes.data, bytes.size, encrypted_stream,
		      sizeof(encrypted_stream) - 1) != NULL;
}

static enum docket_status
reject(struct docket_job *job, const struct refusal *refusal)
{
	docket_job_explain(job, "%s", refusal->sentence);
	docket_job_reason(job, refusal->word);
	return DOCKET_REJECT;
}

/* An OLE file: a document with a password, or not ours. */
static enum docket_status
parse_ole(struct docket_job *job)
{
	struct refusal refusal = { 0 };

	if (!has_encrypted_stream(docket_job_bytes(job)))
		return DOCKET_SKIP;
	refuse(&refusal, "encrypted",
	       "It asks for a password. Save it without one.");
	return reject(job, &refusal);
}

static void
put_children(struct docket_job *job, const struct package *package)
{
	for (size_t i = 0; i < package->count; i++) {
		const struct package_part *part = &package->parts[i];
		const char *name = strrchr(part->name, '/');

		if (package_is_embedded(part) && part->size)
			docket_put_child(
				job, bytes_from(name ? name + 1 : part->name),
				(struct docket_bytes){ part->data,
						       part->size });
	}
	warnings_put(job, package->foreign,
		     "It has an object of another program, which is left out.",
		     "objects of other programs, which are left out.");
	warnings_put(job, package->has_macros,
		     "It has macros, which are not looked at.", "macros.");
}

static enum docket_status
parse_package(struct docket_job *job)
{
	struct refusal refusal = { 0 };
	struct package package = { 0 };
	bool is_good = package_open(&package, docket_job_bytes(job), &refusal);

	if (is_good && package_find(&package, bytes_from("content.xml")).data)
		is_good = odt_read(job, &package, &refusal);
	else if (is_good)
		is_good = word_read(job, &package, &refusal);
	if (is_good)
		put_children(job, &package);
	package_close(&package);
	return is_good ? DOCKET_OK : reject(job, &refusal);
}

static enum docket_status
parse(void *self, struct docket_job *job)
{
	struct docket_bytes bytes = docket_job_bytes(job);

	(void)self;
	if (bytes_begin(bytes, "\xd0\xcf\x11\xe0"))
		return parse_ole(job);
	return parse_package(job);
}

/*
 * What the libraries look up in files, they look up here, and not in the process
 * of each document: libxml2 its tables, libarchive the C library's character
 * sets, and for each member the time zone, unless the environment names one.
 */
static enum docket_status
prepare(void *self)
{
	iconv_t converter = iconv_open("UTF-8", "ASCII");

	(void)self;
	if (converter != (iconv_t)-1)
		iconv_close(converter);
	setenv("TZ", ":/etc/localtime", 0);
	tzset();
	xmlInitParser();
	return DOCKET_OK;
}

#define OOXML "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define ODF "application/vnd.oasis.opendocument."

static const char *const types[] = {
	OOXML "document",
	OOXML "template",
	"application/vnd.ms-word.document.macroEnabled.12",
	"application/vnd.ms-word.template.macroEnabled.12",
	ODF "text",
	ODF "text-template",
	ODF "text-master",
	"application/x-ole-storage",
	NULL,
};

static const struct docket_parser parser = {
	.types = types,
	.parse = parse,
};

DOCKET_PLUGIN = {
	.name = "office",
	.summary = "Documents of Word (DOCX) and LibreOffice (ODT)",
	.needs = DOCKET_NEED_PROCESS,
	.prepare = prepare,
	.parser = &parser,
};
