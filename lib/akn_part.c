/* SPDX-License-Identifier: Apache-2.0 */
/*
 * akn_part.c - parts as preface, preamble, main body, conclusions, attachments
 *
 * A document is a component: what lies in no annex, or what lies in one and in
 * none within that. Its covers are its preface, an annex within it one of its
 * attachments, all else its body; where that opens with preambular paragraphs
 * they are its preamble. Reads the record.
 */
#include "akn_private.h"

/* Enacting formulas are short. */
#define FORMULA_LIMIT 160

static bool
is_attachment(const struct docket_part *part)
{
	return part->kind != DOCKET_PART_COVER &&
	       part->kind != DOCKET_PART_BODY;
}

static const struct docket_block *
get_block(const struct akn *akn, size_t place)
{
	return &akn->blocks[akn->places.order[place]];
}

/* Behind a part and all that lies in it. */
static size_t
skip_part(const struct akn *akn, size_t part)
{
	uint32_t limit = akn->parts[part].end;

	for (part++; part < akn->part_count; part++)
		if (akn->parts[part].start >= limit)
			break;
	return part;
}

/* The parts [first, end) are looked through; self, if any, is the annex. */
struct component {
	size_t self; /* SIZE_MAX: the document */
	size_t first;
	size_t end;
};

/* The next part of a component itself, past attachments; end: none. */
static size_t
find_own(const struct akn *akn, const struct component *component, size_t part)
{
	while (part < component->end && part != component->self &&
	       is_attachment(&akn->parts[part]))
		part = skip_part(akn, part);
	return part < component->end ? part : component->end;
}

/* ---- preface and preamble ---- */

/* Is it told by the name of a container, since a <p> would be a paragraph? */
static bool
is_named(const struct docket_block *block)
{
	return block->kind == DOCKET_BLOCK_HEADING ||
	       block->kind == DOCKET_BLOCK_LINE ||
	       block->kind == DOCKET_BLOCK_FOOTNOTE ||
	       block->kind == DOCKET_BLOCK_SIGNATURE;
}

static void
put_flat_block(struct akn *akn, const struct docket_block *block)
{
	if (!is_named(block)) {
		akn_put_p(akn, block->start, block->end);
		return;
	}
	xml_begin(&akn->xml, "container");
	xml_set(&akn->xml, "name", record_block_kind_name(block->kind));
	akn_put_p(akn, block->start, block->end);
	xml_end(&akn->xml, "container");
}

/* The outermost blocks of places [first, end). */
static void
put_flat(struct akn *akn, size_t first, size_t end)
{
	uint32_t reached = 0;

	for (size_t place = first; place < end; place++) {
		const struct docket_block *block = get_block(akn, place);

		if (block->start < reached ||
		    akn->is_told[akn->places.order[place]])
			continue;
		reached = block->end;
		put_flat_block(akn, block);
	}
}

static void
put_container(struct akn *akn, const char *name, size_t first, size_t end)
{
	if (first == end)
		return;
	xml_begin(&akn->xml, "container");
	xml_set(&akn->xml, "name", name);
	put_flat(akn, first, end);
	xml_end(&akn->xml, "container");
}

static bool
has_blocks(const struct akn *akn, size_t part)
{
	return akn->places.first[part] < akn->places.first[part + 1];
}

/* Where a body's preamble is: [opening, first) is the formula. */
struct preamble {
	size_t part; /* SIZE_MAX: there is none */
	size_t opening;
	size_t first;
	size_t end;
};

static bool
is_formula(const struct docket_block *block)
{
	return block->kind == DOCKET_BLOCK_PARAGRAPH && !block->number.size &&
	       block->end - block->start <= FORMULA_LIMIT;
}

/* Up to the last preambular paragraph before the first operative one. */
static bool
find_in_part(const struct akn *akn, size_t part, struct preamble *out_preamble)
{
	size_t begin = akn->places.first[part],
	       end = akn->places.first[part + 1];
	size_t first = begin;

	while (first < end && get_block(akn, first)->role == DOCKET_ROLE_NONE)
		first++;
	if (first == end ||
	    get_block(akn, first)->role != DOCKET_ROLE_PREAMBULAR)
		return false;
	*out_preamble = (struct preamble){ part, first, first, first };
	if (first > begin && is_formula(get_block(akn, first - 1)))
		out_preamble->opening--;
	for (size_t at = first;
	     at < end && get_block(akn, at)->role != DOCKET_ROLE_OPERATIVE;
	     at++)
		if (get_block(akn, at)->role == DOCKET_ROLE_PREAMBULAR)
			out_preamble->end = at + 1;
	return true;
}

static struct preamble
find_preamble(const struct akn *akn, const struct component *component)
{
	struct preamble preamble = { .part = SIZE_MAX };

	for (size_t part = find_own(akn, component, component->first);
	     part < component->end; part = find_own(akn, component, part + 1))
		if (akn->parts[part].kind != DOCKET_PART_COVER &&
		    find_in_part(akn, part, &preamble))
			break;
	return preamble;
}

static void
put_preface(struct akn *akn, const struct component *component,
	    const struct preamble *preamble)
{
	bool is_open = false;

	for (size_t part = find_own(akn, component, component->first);
	     part < component->end; part = find_own(akn, component, part + 1)) {
		bool is_cover = akn->parts[part].kind == DOCKET_PART_COVER;
		size_t first = akn->places.first[part];
		size_t end = is_cover ? akn->places.first[part + 1] : first;

		if (part == preamble->part)
			end = preamble->opening;
		if (first == end)
			continue;
		if (!is_open)
			xml_begin(&akn->xml, "preface");
		is_open = true;
		put_container(akn, is_cover ? "cover" : "body", first, end);
	}
	if (is_open)
		xml_end(&akn->xml, "preface");
}

static void
put_preamble(struct akn *akn, const struct preamble *preamble)
{
	size_t place = preamble->first;

	if (preamble->part == SIZE_MAX)
		return;
	xml_begin(&akn->xml, "preamble");
	if (preamble->opening < preamble->first) {
		xml_begin(&akn->xml, "formula");
		xml_set(&akn->xml, "name", "enactingFormula");
		put_flat(akn, preamble->opening, preamble->first);
		xml_end(&akn->xml, "formula");
	}
	for (; place < preamble->end; place++) {
		const struct docket_block *block = get_block(akn, place);

		if (akn->is_told[akn->places.order[place]])
			continue;
		xml_begin(&akn->xml, "container");
		akn_put_id(akn, block->anchor);
		xml_set(&akn->xml, "name",
			block->role == DOCKET_ROLE_PREAMBULAR
				? "preambular"
				: record_block_kind_name(block->kind));
		akn_put_p(akn, block->start, block->end);
		xml_end(&akn->xml, "container");
	}
	xml_end(&akn->xml, "preamble");
}

/* ---- main body ---- */

/* Where the signatures at the end of a body begin: its conclusions. */
static size_t
find_conclusions(const struct akn *akn, size_t first, size_t end)
{
	size_t conclusions = end;
	uint32_t reached = 0;

	for (size_t place = first; place < end; place++) {
		const struct docket_block *block = get_block(akn, place);

		if (block->start < reached)
			continue; /* it lies in another */
		reached = block->end;
		if (block->kind != DOCKET_BLOCK_SIGNATURE)
			conclusions = end;
		else if (conclusions == end)
			conclusions = place;
	}
	return conclusions;
}

static void
put_conclusions(struct akn *akn, size_t first, size_t end)
{
	if (first == end)
		return;
	xml_begin(&akn->xml, "conclusions");
	put_flat(akn, first, end);
	xml_end(&akn->xml, "conclusions");
}

static void
put_main_body(struct akn *akn, const struct component *component,
	      const struct preamble *preamble)
{
	size_t last = SIZE_MAX;
	size_t conclusions = 0, end = 0;
	bool is_empty = true;

	for (size_t part = find_own(akn, component, component->first);
	     part < component->end; part = find_own(akn, component, part + 1))
		if (akn->parts[part].kind != DOCKET_PART_COVER &&
		    has_blocks(akn, part))
			last = part;
	xml_begin(&akn->xml, "mainBody");
	for (size_t part = find_own(akn, component, component->first);
	     part < component->end; part = find_own(akn, component, part + 1)) {
		size_t first = part == preamble->part ? preamble->end
						      : akn->places.first[part];

		if (akn->parts[part].kind == DOCKET_PART_COVER)
			continue;
		end = conclusions = akn->places.first[part + 1];
		if (part == last)
			conclusions = find_conclusions(akn, first, end);
		is_empty &= first == conclusions;
		akn_put_blocks(akn, first, conclusions);
		if (part == last)
			break;
	}
	if (is_empty)
		akn_put_p(akn, 0, 0);
	xml_end(&akn->xml, "mainBody");
	put_conclusions(akn, conclusions, end);
}

/* ---- components ---- */

static void put_component(struct akn *akn, const struct component *component);

static void
put_attachment(struct akn *akn, size_t part, size_t end)
{
	const struct docket_part *annex = &akn->parts[part];
	const struct component component = { part, part, end };

	xml_begin(&akn->xml, "attachment");
	akn_put_id(akn, annex->anchor);
	xml_begin(&akn->xml, "doc");
	xml_set(&akn->xml, "name", record_part_kind_name(annex->kind));
	xml_set(&akn->xml, "contains", "originalVersion");
	akn_put_meta(akn, annex);
	put_component(akn, &component);
	xml_end(&akn->xml, "doc");
	xml_end(&akn->xml, "attachment");
}

static void
put_attachments(struct akn *akn, const struct component *component)
{
	bool is_open = false;
	size_t next;

	for (size_t part = component->first; part < component->end;
	     part = next) {
		next = part + 1;
		if (part == component->self ||
		    !is_attachment(&akn->parts[part]))
			continue;
		next = skip_part(akn, part);
		if (!is_open)
			xml_begin(&akn->xml, "attachments");
		is_open = true;
		put_attachment(akn, part, next);
	}
	if (is_open)
		xml_end(&akn->xml, "attachments");
}

static void
put_component(struct akn *akn, const struct component *component)
{
	struct preamble preamble = find_preamble(akn, component);

	put_preface(akn, component, &preamble);
	put_preamble(akn, &preamble);
	put_main_body(akn, component, &preamble);
	put_attachments(akn, component);
}

void
akn_put_content(struct akn *akn)
{
	const struct component document = { SIZE_MAX, 0, akn->part_count };

	put_component(akn, &document);
}
