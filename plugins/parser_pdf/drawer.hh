/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drawer.hh - the device that draws a page, for who must look at it
 */
#ifndef PARSER_PDF_DRAWER_HH
#define PARSER_PDF_DRAWER_HH

#include <SplashOutputDev.h>

class Drawer : public SplashOutputDev
{
      public:
	Drawer();

	/* How much of the page lies under pictures: 1 is all of it, once. */
	double share() const;
	/* How finely the largest of them is scanned: its dots for each drawn. */
	double fineness() const;

	void drawImageMask(GfxState *state, Object *ref, Stream *stream,
			   int width, int height, bool invert, bool interpolate,
			   bool is_inline) override;
	void drawImage(GfxState *state, Object *ref, Stream *stream, int width,
		       int height, GfxImageColorMap *colors, bool interpolate,
		       const int *mask, bool is_inline) override;
	void drawMaskedImage(GfxState *state, Object *ref, Stream *stream,
			     int width, int height, GfxImageColorMap *colors,
			     bool interpolate, Stream *mask, int mask_width,
			     int mask_height, bool mask_invert,
			     bool mask_interpolate) override;
	void drawSoftMaskedImage(GfxState *state, Object *ref, Stream *stream,
				 int width, int height,
				 GfxImageColorMap *colors, bool interpolate,
				 Stream *mask, int mask_width, int mask_height,
				 GfxImageColorMap *mask_colors,
				 bool mask_interpolate) override;

      private:
	void addPicture(const GfxState *state, int width, int height);

	double covered = 0; /* pixels */
	double largest = 0; /* pixels */
	double dots = 0;    /* in that one */
};

#endif
