/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recorder.cc - the device that writes a page down instead of drawing it
 *
 * poppler has a page drawn on a device; this one keeps which glyph stands
 * where, and which lines are straight. What glyphs mean is found out in C.
 * Owns nothing but what it needs while a page is drawn.
 */
#include "recorder.hh"

#include <algorithm>
#include <cmath>
#include <string>

#include <Dict.h>
#include <GfxFont.h>
#include <UTF.h>

namespace
{
/* A bar this thin (points) is a line. */
constexpr double THIN = 2.5;
/* A line shorter than this separates nothing. */
constexpr double SHORT = 12;
/* Nobody saves the state of drawing so often without restoring it. */
constexpr unsigned DEEP = 20000;

bool
contains(const std::string &name, const char *word)
{
	return std::search(name.begin(), name.end(), word,
			   word + std::char_traits<char>::length(word),
			   [](char a, char b) { return (a | 0x20) == b; }) !=
	       name.end();
}

/*
 * Does it say which characters its glyphs are? By a map; or because it lies
 * outside of the file, where only its encoding tells what will be drawn.
 */
bool
names_glyphs(const GfxFont *font)
{
	Ref program;

	return font->hasToUnicodeCMap() || (font->getType() != fontType3 &&
					    !font->getEmbeddedFontID(&program));
}

uint8_t
judge_font(const GfxFont *font)
{
	const std::string name = font->getName() ? *font->getName() : "";
	uint8_t flags = 0;

	if (font->isBold() || font->getWeight() >= GfxFont::W600 ||
	    contains(name, "bold") || contains(name, "black") ||
	    contains(name, "heavy"))
		flags |= GLYPH_BOLD;
	if (font->isItalic() || contains(name, "italic") ||
	    contains(name, "oblique"))
		flags |= GLYPH_ITALIC;
	if (!names_glyphs(font))
		flags |= GLYPH_GUESSED;
	return flags;
}

/* The size that a font of type 3 seems to have: there is no other measure. */
double
measure_type3(const GfxFont *font)
{
	const double *matrix = font->getFontMatrix();
	const double *box = font->getFontBBox();
	double height = std::fabs((box[3] - box[1]) * matrix[3]);

	if (height <= 0.01 || !std::isfinite(height))
		height = std::fabs(matrix[3]) * 1000;
	return height > 0.01 && height < 100 ? height : 1;
}

} // namespace

void
Recorder::begin(struct page *target)
{
	page = target;
	saved = 0;
	is_outlined = false;
	marked.clear();
	artifacts = 0;
	actual = {};
}

bool
Recorder::countStep()
{
	return page_count_step(page);
}

void
Recorder::startPage(int number, GfxState *state, XRef *)
{
	page->number = static_cast<uint32_t>(number);
	page->width = static_cast<float>(state->getPageWidth());
	page->height = static_cast<float>(state->getPageHeight());
}

/* What is saved takes memory, and a page can say so in two bytes. */
void
Recorder::saveState(GfxState *)
{
	if (++saved > DEEP)
		page->is_cut = true;
}

void
Recorder::restoreState(GfxState *)
{
	if (saved)
		saved--;
}

/* Asked for every few words: what a font is like is found out once in a row. */
void
Recorder::updateFont(GfxState *state)
{
	if (state->getFont() == font)
		return;
	font = state->getFont();
	font_scale = 1;
	font_flags = 0;
	is_vertical = false;
	if (!font)
		return;
	if (font->getType() == fontType3)
		font_scale = measure_type3(font.get());
	font_flags = judge_font(font.get());
	is_vertical = font->getWMode() != 0;
}

void
Recorder::beginString(GfxState *state, const GooString *)
{
	double a, b, c, d;

	state->getFontTransMat(&a, &b, &c, &d);
	if (std::fabs(a * d) > std::fabs(b * c))
		turns = a > 0 || d < 0 ? 0 : 2;
	else
		turns = c > 0 ? 1 : 3;
	if (is_vertical)
		turns = (turns + 1) & 3;
	size = static_cast<float>(state->getTransformedFontSize() * font_scale);
	/* Bold that no font has is made by drawing the outline as well. */
	is_outlined = (state->getRender() & 3) == 2;
}

/* Where it is once the page is turned so that it reads from left to right. */
void
Recorder::place(struct glyph *glyph, double x, double y, double dx,
		double dy) const
{
	double w = page->width, h = page->height;
	double from = x, to = x + dx, base = y;

	switch (turns) {
	case 1:
		from = y, to = y + dy, base = w - x;
		break;
	case 2:
		from = w - x, to = w - x - dx, base = h - y;
		break;
	case 3:
		from = h - y, to = h - y - dy, base = x;
		break;
	}
	glyph->x0 = static_cast<float>(std::min(from, to));
	glyph->x1 = static_cast<float>(std::max(from, to));
	glyph->y = static_cast<float>(base);
	glyph->size = size;
	glyph->turns = turns;
	glyph->flags = font_flags;
	if (is_outlined)
		glyph->flags |= GLYPH_BOLD;
	if (artifacts)
		glyph->flags |= GLYPH_ARTIFACT;
}

void
Recorder::add(const struct glyph &glyph, const Unicode *text, int count)
{
	struct glyph added = glyph;

	if (count <= 0)
		return;
	if (count == 1 && (text[0] == ' ' || text[0] == 0xa0 ||
			   text[0] == '\t' || text[0] == 0x3000))
		added.flags |= GLYPH_SPACE;
	page_add_glyph(page, added, text, static_cast<size_t>(count));
}

void
Recorder::drawChar(GfxState *state, double x, double y, double dx, double dy,
		   double, double, CharCode code, int nBytes,
		   const Unicode *text, int count)
{
	double space = state->getCharSpace();
	double sx, sy, x1, y1, w, h;
	struct glyph glyph = {};

	if (code == ' ' && nBytes == 1)
		space += state->getWordSpace();
	state->textTransformDelta(space * state->getHorizScaling(), 0, &sx,
				  &sy);
	state->transformDelta(dx - sx, dy - sy, &w, &h);
	state->transform(x, y, &x1, &y1);
	if (!(size > 0 && std::isfinite(size) && std::isfinite(x1 + w) &&
	      std::isfinite(y1 + h)))
		return;
	if (!(x1 + w >= 0 && x1 <= page->width && y1 + h >= 0 &&
	      y1 <= page->height))
		return; /* beside the page, or nowhere */
	place(&glyph, x1, y1, w, h);
	if (!actual.is_open) {
		add(glyph, text, count);
		return;
	}
	if (actual.is_empty || actual.glyph.turns != glyph.turns) {
		actual.glyph = glyph;
		actual.is_empty = false;
		return;
	}
	actual.glyph.x0 = std::min(actual.glyph.x0, glyph.x0);
	actual.glyph.x1 = std::max(actual.glyph.x1, glyph.x1);
}

void
Recorder::beginActualText(GfxState *, const GooString *text)
{
	Unicode *decoded = nullptr;
	int count = TextStringToUCS4(text->toStr(), &decoded);

	actual.is_open = true;
	actual.is_empty = true;
	actual.text.assign(decoded, decoded + std::max(count, 0));
	gfree(decoded);
}

void
Recorder::endActualText(GfxState *)
{
	if (actual.is_open && !actual.is_empty)
		add(actual.glyph, actual.text.data(),
		    static_cast<int>(actual.text.size()));
	actual.is_open = false;
}

void
Recorder::beginMarkedContent(const char *name, Dict *)
{
	bool is_artifact = name && std::string("Artifact") == name;

	marked.push_back(is_artifact);
	artifacts += is_artifact;
}

void
Recorder::endMarkedContent(GfxState *)
{
	if (marked.empty())
		return;
	artifacts -= marked.back();
	marked.pop_back();
}

/* Of a drawing, what is a straight line along the paper's edges. */
void
Recorder::addPath(GfxState *state, bool is_filled)
{
	const GfxPath *path = state->getPath();

	for (int i = 0; i < path->getNumSubpaths(); i++) {
		const GfxSubpath *sub = path->getSubpath(i);
		double x0 = HUGE_VAL, y0 = HUGE_VAL;
		double x1 = -HUGE_VAL, y1 = -HUGE_VAL;

		/* A stroked box is no line; two points or a thin bar are. */
		if (sub->getNumPoints() > (is_filled ? 6 : 2))
			continue;
		for (int j = 0; j < sub->getNumPoints(); j++) {
			double x, y;

			state->transform(sub->getX(j), sub->getY(j), &x, &y);
			x0 = std::min(x0, x), x1 = std::max(x1, x);
			y0 = std::min(y0, y), y1 = std::max(y1, y);
		}
		if (std::min(x1 - x0, y1 - y0) <= THIN &&
		    std::max(x1 - x0, y1 - y0) >= SHORT)
			page_add_rule(page, { static_cast<float>(x0),
					      static_cast<float>(y0),
					      static_cast<float>(x1),
					      static_cast<float>(y1) });
	}
}

void
Recorder::stroke(GfxState *state)
{
	addPath(state, false);
}

void
Recorder::fill(GfxState *state)
{
	addPath(state, true);
}

void
Recorder::eoFill(GfxState *state)
{
	addPath(state, true);
}
