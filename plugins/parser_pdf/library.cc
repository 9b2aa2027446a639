/* SPDX-License-Identifier: Apache-2.0 */
/*
 * library.cc - what the plugin asks of poppler, in C
 *
 * poppler has a page drawn on a device; ours writes down which glyph stands
 * where and draws nothing. That is all the C++ there is: what glyphs mean is
 * found out in C. Owns the opened document. The library ends the process where
 * memory runs out.
 */
#include "library.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <Catalog.h>
#include <Dict.h>
#include <Error.h>
#include <ErrorCodes.h>
#include <FileSpec.h>
#include <GfxFont.h>
#include <GfxState.h>
#include <GlobalParams.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>
#include <UTF.h>

namespace
{
/* A bar this thin (points) is a line. */
constexpr double THIN = 2.5;
/* A line shorter than this separates nothing. */
constexpr double SHORT = 12;
/* Nobody saves the state of drawing so often without restoring it. */
constexpr unsigned DEEP = 20000;

uint32_t faults;

/* A glyph of which only the place counts, until its text is known. */
struct span {
	bool is_open;
	bool is_empty;
	struct glyph glyph;
	std::vector<Unicode> text;
};

class Recorder : public OutputDev
{
      public:
	explicit Recorder(struct page *target) : page(target)
	{
	}

	bool
	upsideDown() override
	{
		return true;
	}
	bool
	useDrawChar() override
	{
		return true;
	}
	bool
	interpretType3Chars() override
	{
		return false;
	}
	bool
	needNonText() override
	{
		return false;
	}

	/* Colours are not looked at, so they need no profiles. */
	void
	initGfxState(GfxState *) override
	{
	}

	void startPage(int number, GfxState *state, XRef *xref) override;
	void saveState(GfxState *state) override;
	void restoreState(GfxState *state) override;
	void updateFont(GfxState *state) override;
	void beginString(GfxState *state, const GooString *string) override;
	void drawChar(GfxState *state, double x, double y, double dx, double dy,
		      double originX, double originY, CharCode code, int nBytes,
		      const Unicode *text, int count) override;
	void beginActualText(GfxState *state, const GooString *text) override;
	void endActualText(GfxState *state) override;
	void beginMarkedContent(const char *name, Dict *properties) override;
	void endMarkedContent(GfxState *state) override;
	void stroke(GfxState *state) override;
	void fill(GfxState *state) override;
	void eoFill(GfxState *state) override;

      private:
	void place(struct glyph *glyph, double x, double y, double dx,
		   double dy) const;
	void add(const struct glyph &glyph, const Unicode *text, int count);
	void addPath(GfxState *state, bool is_filled);

	struct page *page;
	unsigned saved = 0;
	double font_scale = 1; /* of fonts with a matrix of their own */
	uint8_t font_flags = 0;
	bool is_vertical = false;
	uint8_t turns = 0;
	float size = 0;
	bool is_outlined = false;
	std::vector<bool> marked; /* is this level an artifact? */
	unsigned artifacts = 0;
	struct span actual = {};
};

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

bool
contains(const std::string &name, const char *word)
{
	return std::search(name.begin(), name.end(), word,
			   word + std::char_traits<char>::length(word),
			   [](char a, char b) { return (a | 0x20) == b; }) !=
	       name.end();
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
	if (!font->hasToUnicodeCMap())
		flags |= GLYPH_UNMAPPED;
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

void
Recorder::updateFont(GfxState *state)
{
	const GfxFont *font = state->getFont().get();

	font_scale = 1;
	font_flags = 0;
	is_vertical = false;
	if (!font)
		return;
	if (font->getType() == fontType3)
		font_scale = measure_type3(font);
	font_flags = judge_font(font);
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
	double at[4][3] = {
		{ x, x + dx, y },
		{ y, y + dy, w - x },
		{ w - x, w - x - dx, h - y },
		{ h - y, h - y - dy, x },
	};

	glyph->x0 = static_cast<float>(std::min(at[turns][0], at[turns][1]));
	glyph->x1 = static_cast<float>(std::max(at[turns][0], at[turns][1]));
	glyph->y = static_cast<float>(at[turns][2]);
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

void
count_fault(ErrorCategory, Goffset, const char *)
{
	if (faults < UINT32_MAX)
		faults++;
}

/* Asked every few steps: has a page drawn more than any page does? */
bool
is_page_full(void *data)
{
	auto page = static_cast<struct page *>(data);

	if (++page->steps > PAGE_STEPS_LIMIT)
		page->is_cut = true;
	return page->is_cut;
}

std::string
to_utf8(const std::string &text)
{
	Unicode *decoded = nullptr;
	int count = TextStringToUCS4(text, &decoded);
	std::string out;

	for (int i = 0; i < count; i++) {
		Unicode c = decoded[i];

		if (c < 0x80) {
			out += static_cast<char>(c);
		} else if (c < 0x800) {
			out += static_cast<char>(0xc0 | c >> 6);
			out += static_cast<char>(0x80 | (c & 0x3f));
		} else if (c < 0x10000) {
			out += static_cast<char>(0xe0 | c >> 12);
			out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
			out += static_cast<char>(0x80 | (c & 0x3f));
		} else {
			out += static_cast<char>(0xf0 | (c >> 18 & 7));
			out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
			out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
			out += static_cast<char>(0x80 | (c & 0x3f));
		}
	}
	gfree(decoded);
	return out;
}

} // namespace

struct library_document {
	std::unique_ptr<PDFDoc> doc;
	std::string info, name, content;
};

bool
library_start(void)
{
	setErrorCallback(count_fault);
	if (!globalParams)
		globalParams = std::make_unique<GlobalParams>();
	return globalParams != nullptr;
}

void
library_stop(void)
{
	globalParams.reset();
}

enum library_opened
library_open(struct docket_bytes bytes, struct library_document **out_document)
{
	auto stream =
		new MemStream(bytes.data, 0, static_cast<Goffset>(bytes.size),
			      Object(objNull));
	auto doc = std::make_unique<PDFDoc>(stream);

	faults = 0;
	if (!doc->isOk())
		return doc->getErrorCode() == errEncrypted ? LIBRARY_ENCRYPTED
							   : LIBRARY_DAMAGED;
	*out_document = new library_document{ std::move(doc), "", "", "" };
	return LIBRARY_OPENED;
}

void
library_close(struct library_document *document)
{
	delete document;
}

uint32_t
library_count_pages(struct library_document *document)
{
	return static_cast<uint32_t>(std::max(0, document->doc->getNumPages()));
}

uint32_t
library_count_faults(const struct library_document *)
{
	return faults;
}

void
library_read_page(struct library_document *document, uint32_t number,
		  struct page *page)
{
	Recorder recorder(page);

	document->doc->displayPage(&recorder, static_cast<int>(number), 72, 72,
				   0, true, false, false, is_page_full, page);
}

struct docket_bytes
library_get_info(struct library_document *document, const char *key)
{
	auto value = document->doc->getDocInfoStringEntry(key);

	document->info = value ? to_utf8(value->toStr()) : "";
	return { document->info.data(), document->info.size() };
}

uint32_t
library_count_attachments(struct library_document *document)
{
	Catalog *catalog = document->doc->getCatalog();

	return static_cast<uint32_t>(
		catalog ? std::max(0, catalog->numEmbeddedFiles()) : 0);
}

static void
read_stream(Stream *stream, size_t limit, std::string *out)
{
	int c;

	stream->reset();
	while (out->size() < limit && (c = stream->getChar()) != EOF)
		*out += static_cast<char>(c);
	stream->close();
}

bool
library_read_attachment(struct library_document *document, uint32_t index,
			size_t limit, struct docket_bytes *out_name,
			struct docket_bytes *out_content)
{
	auto spec = document->doc->getCatalog()->embeddedFile(
		static_cast<int>(index));
	EmbFile *file =
		spec && spec->isOk() ? spec->getEmbeddedFile() : nullptr;

	if (!file || !file->isOk())
		return false;
	document->name = spec->getFileName()
				 ? to_utf8(spec->getFileName()->toStr())
				 : "";
	document->content.clear();
	read_stream(file->stream(), limit, &document->content);
	*out_name = { document->name.data(), document->name.size() };
	*out_content = { document->content.data(), document->content.size() };
	return true;
}
