/* SPDX-License-Identifier: Apache-2.0 */
/*
 * odt.c - an OpenDocument text, from its package into the record
 *
 * Owns styles and lists while it is read. styles.xml comes first: what the
 * text is based on, and the headers and footers. Running out of memory ends
 * the process.
 */
#include "odt.h"

#include <stdlib.h>

#include "lines.h"
#include "odt_body.h"
#include "properties.h"
#include "warnings.h"
#include "xml.h"

#define SOFT_BREAK "text:soft-page-break"

struct odt {
	struct docket_job *job;
	const struct package *package;
	struct refusal *refusal;
	struct odt_styles common;
	struct odt_styles own;
	struct odt_lists lists;
	struct text headers;
	struct text footers;
};

static struct docket_bytes
find(const struct odt *odt, const char *name)
{
	return package_find(odt->package, bytes_from(name));
}

/* ---- passwords ---- */

static void
start_encryption(void *reader, const struct xml_element *element)
{
	bool *is_encrypted = reader;

	(void)element;
	*is_encrypted = true;
}

static const struct xml_rule manifest_rules[] = {
	{ SPACE_MANIFEST, "encryption-data", .start = start_encryption },
};

static const struct xml_grammar manifest_grammar = {
	.tables = { { manifest_rules, 1 } },
};

/* A manifest that is damaged does not matter: the text will tell. */
static bool
is_encrypted(const struct odt *odt)
{
	struct refusal ignored = { 0 };
	struct docket_bytes manifest = find(odt, "META-INF/manifest.xml");
	bool found = false;

	if (manifest.data)
		xml_read(manifest, "manifest", &manifest_grammar, &found,
			 &ignored);
	return found;
}

/* ---- its parts ---- */

/* Styles, list styles, headers and footers. */
static bool
read_styles(struct odt *odt)
{
	struct docket_bytes part = find(odt, "styles.xml");
	struct text nothing = { 0 };
	struct flow flow = { .captured = &nothing };
	struct odt_body body = {
		.job = odt->job,
		.flow = &flow,
		.own = &odt->common,
		.lists = &odt->lists,
		.heads = { &odt->headers, &odt->footers },
	};
	bool is_good = !part.data ||
		       odt_body_read(&body, part, "styles.xml", odt->refusal);

	flow_fini(&flow);
	text_fini(&nothing);
	text_fini(&body.title);
	return is_good;
}

static void
put_warnings(struct docket_job *job, const struct odt_body *body)
{
	warnings_put(job, body->comments,
		     "It has a comment, which is left out.",
		     "comments, which are left out.");
	warnings_put(job, body->deleted,
		     "It has a tracked deletion, which is left out.",
		     "tracked deletions, which are left out.");
	warnings_put(job, body->hidden,
		     "It has hidden text in a place, which is left out.",
		     "places with hidden text, which is left out.");
}

static bool
read_content(struct odt *odt, struct properties *properties)
{
	struct docket_bytes part = find(odt, "content.xml");
	struct flow flow = { .job = odt->job };
	struct odt_body body = {
		.job = odt->job,
		.flow = &flow,
		.own = &odt->own,
		.common = &odt->common,
		.lists = &odt->lists,
		.page = properties->pages == 1 ||
			memmem(part.data, part.size, SOFT_BREAK,
			       sizeof(SOFT_BREAK) - 1),
	};
	bool is_good;

	lines_put(odt->job, &odt->headers);
	is_good = odt_body_read(&body, part, "content.xml", odt->refusal);
	if (is_good) {
		lines_put(odt->job, &odt->footers);
		put_warnings(odt->job, &body);
		properties_put_title(properties, text_bytes(&body.title));
	}
	flow_fini(&flow);
	text_fini(&body.title);
	return is_good;
}

static bool
read_document(struct odt *odt)
{
	struct properties properties = { .job = odt->job };
	bool is_good;

	if (is_encrypted(odt))
		return refuse(odt->refusal, "encrypted",
			      "It asks for a password. Save it without one.");
	is_good = properties_read(&properties, find(odt, "meta.xml"),
				  odt->refusal) &&
		  read_styles(odt) && read_content(odt, &properties);
	properties_fini(&properties);
	return is_good;
}

bool
odt_read(struct docket_job *job, struct package *package,
	 struct refusal *refusal)
{
	struct odt odt = { .job = job, .package = package, .refusal = refusal };
	bool is_good;

	odt_lists_init(&odt.lists);
	is_good = read_document(&odt);
	odt_styles_fini(&odt.common);
	odt_styles_fini(&odt.own);
	odt_lists_fini(&odt.lists);
	text_fini(&odt.headers);
	text_fini(&odt.footers);
	return is_good;
}
