/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recorder.hh - the device that writes a page down instead of drawing it
 */
#ifndef PARSER_PDF_RECORDER_HH
#define PARSER_PDF_RECORDER_HH

#include <memory>
#include <vector>

#include <GfxState.h>
#include <OutputDev.h>

extern "C" {
#include "page.h"
}

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
	/* Another page, which is empty, from the state that pages begin in. */
	void begin(struct page *target);
	/* Has the page drawn more than any page does? */
	bool countStep();

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

	struct page *page = nullptr;
	unsigned saved = 0;
	std::shared_ptr<GfxFont> font; /* of which these are: */
	double font_scale = 1;	       /* if it has a matrix of its own */
	uint8_t font_flags = 0;
	bool is_vertical = false;
	uint8_t turns = 0;
	float size = 0;
	bool is_outlined = false;
	std::vector<bool> marked; /* is this level an artifact? */
	unsigned artifacts = 0;
	struct span actual = {};
};

#endif
