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
	void addPicture(const GfxState *state);

	double covered = 0; /* pixels */
};

#endif
