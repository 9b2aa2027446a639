/* SPDX-License-Identifier: Apache-2.0 */
/*
 * press.cc - page after page written down, with their fonts opened once
 *
 * poppler makes a Gfx for each page, which opens all fonts of the page: it
 * inflates and reads their maps and looks into their programs. Most documents
 * have the same fonts on page after page, so that was a quarter of the time.
 * Here a page goes on with the Gfx of the page before, if it has the same size
 * and resources. Owns that Gfx.
 */
#include "press.hh"

#include <string>

#include <Annot.h>
#include <Page.h>

namespace
{
/* Fonts that are written into a page's resources are at the third level. */
constexpr int DEPTH = 6;

bool is_same(const Object &a, const Object &b, int depth);

bool
is_same_array(const Object &a, const Object &b, int depth)
{
	if (a.arrayGetLength() != b.arrayGetLength())
		return false;
	for (int i = 0; i < a.arrayGetLength(); i++)
		if (!is_same(a.arrayGetNF(i), b.arrayGetNF(i), depth))
			return false;
	return true;
}

bool
is_same_dict(const Dict *a, const Dict *b, int depth)
{
	if (a->getLength() != b->getLength())
		return false;
	for (int i = 0; i < a->getLength(); i++)
		if (std::string(a->getKey(i)) != b->getKey(i) ||
		    !is_same(a->getValNF(i), b->getValNF(i), depth))
			return false;
	return true;
}

/* As they are written, what they refer to is the same then; if in doubt, no. */
bool
is_same(const Object &a, const Object &b, int depth)
{
	if (a.getType() != b.getType() || !depth)
		return false;
	switch (a.getType()) {
	case objNull:
		return true;
	case objBool:
		return a.getBool() == b.getBool();
	case objInt:
		return a.getInt() == b.getInt();
	case objReal:
		return a.getReal() == b.getReal();
	case objName:
		return std::string(a.getName()) == b.getName();
	case objRef:
		return a.getRef() == b.getRef();
	case objArray:
		return is_same_array(a, b, depth - 1);
	case objDict:
		return is_same_dict(a.getDict(), b.getDict(), depth - 1);
	default:
		return false;
	}
}

bool
is_same_box(const PDFRectangle &a, const PDFRectangle &b)
{
	return a.x1 == b.x1 && a.y1 == b.y1 && a.x2 == b.x2 && a.y2 == b.y2;
}

/* Asked every few steps. */
bool
is_page_full(void *data)
{
	return static_cast<Recorder *>(data)->countStep();
}
} // namespace

/*
 * What marked content leaves open on a page would hide the next one, but only
 * where content can be hidden at all.
 */
bool
Press::goes_on(Page *source) const
{
	return gfx && !doc->getOptContentConfig() &&
	       source->getRotate() == rotate &&
	       is_same_box(*source->getMediaBox(), box) &&
	       is_same(*source->getResourceDictObject(), resources, DEPTH);
}

void
Press::set_up(Page *source)
{
	box = *source->getMediaBox();
	rotate = source->getRotate();
	resources = source->getResourceDictObject()->copy();
	gfx.reset();
	gfx = std::make_unique<Gfx>(doc, &recorder, source->getNum(),
				    source->getResourceDict(), 72, 72, &box,
				    nullptr, rotate, is_page_full, &recorder);
}

void
Press::read(int number, struct page *target)
{
	Page *source = doc->getPage(number);
	Object contents;

	if (!source)
		return;
	recorder.begin(target);
	if (goes_on(source))
		recorder.startPage(number, gfx->getState(), nullptr);
	else
		set_up(source);
	gfx->saveState();
	contents = source->getContents();
	if (!contents.isNull())
		gfx->display(&contents);
	gfx->restoreState();
	gfx->saveState();
	for (Annot *annotation : source->getAnnots()->getAnnots())
		annotation->draw(gfx.get(), false);
	gfx->restoreState();
}
