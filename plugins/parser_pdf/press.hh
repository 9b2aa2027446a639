/* SPDX-License-Identifier: Apache-2.0 */
/*
 * press.hh - page after page written down, with their fonts opened once
 */
#ifndef PARSER_PDF_PRESS_HH
#define PARSER_PDF_PRESS_HH

#include <memory>

#include <Gfx.h>
#include <Object.h>
#include <PDFDoc.h>

#include "recorder.hh"

class Press
{
      public:
	/* Borrows the document. */
	explicit Press(PDFDoc *opened) : doc(opened)
	{
	}

	/* Write down a page, numbered from 1, into an empty one. */
	void read(int number, struct page *target);

      private:
	void set_up(Page *source);
	bool goes_on(Page *source) const;

	PDFDoc *doc;
	Recorder recorder; /* outlives gfx, which writes to it */
	/* What the page before was drawn with: */
	std::unique_ptr<Gfx> gfx;
	Object resources;
	PDFRectangle box;
	int rotate = 0;
};

#endif
