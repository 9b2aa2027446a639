/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drawer.cc - the device that draws a page, for who must look at it
 *
 * poppler's own, in grey on white, that also keeps count of what pictures
 * cover: a page that is one, or is made of strips, was scanned. Owns its bitmap.
 */
#include "drawer.hh"

#include <cmath>

namespace
{
/* SplashOutputDev copies it, but asks for what it could write to. */
SplashColor white = { 0xff, 0xff, 0xff, 0 };
/* Rows begin where it is cheap to read them. */
constexpr int ROW_BYTES = 4;
} // namespace

Drawer::Drawer() : SplashOutputDev(splashModeMono8, ROW_BYTES, false, white)
{
	setFontAntialias(true);
	setVectorAntialias(true);
}

double
Drawer::share() const
{
	auto self = const_cast<Drawer *>(this);
	double width = self->getBitmapWidth();
	double height = self->getBitmapHeight();

	return width > 0 && height > 0 ? covered / (width * height) : 0;
}

double
Drawer::fineness() const
{
	return largest > 0 ? std::sqrt(dots / largest) : 1;
}

/* A picture is the unit square, wherever that is. */
void
Drawer::addPicture(const GfxState *state, int width, int height)
{
	const double *m = state->getCTM();
	double size = std::fabs(m[0] * m[3] - m[1] * m[2]);

	if (!std::isfinite(size))
		return;
	covered += size;
	if (size <= largest)
		return;
	largest = size;
	dots = static_cast<double>(width) * height;
}

void
Drawer::drawImageMask(GfxState *state, Object *ref, Stream *stream, int width,
		      int height, bool invert, bool interpolate, bool is_inline)
{
	addPicture(state, width, height);
	SplashOutputDev::drawImageMask(state, ref, stream, width, height,
				       invert, interpolate, is_inline);
}

void
Drawer::drawImage(GfxState *state, Object *ref, Stream *stream, int width,
		  int height, GfxImageColorMap *colors, bool interpolate,
		  const int *mask, bool is_inline)
{
	addPicture(state, width, height);
	SplashOutputDev::drawImage(state, ref, stream, width, height, colors,
				   interpolate, mask, is_inline);
}

void
Drawer::drawMaskedImage(GfxState *state, Object *ref, Stream *stream, int width,
			int height, GfxImageColorMap *colors, bool interpolate,
			Stream *mask, int mask_width, int mask_height,
			bool mask_invert, bool mask_interpolate)
{
	addPicture(state, width, height);
	SplashOutputDev::drawMaskedImage(
		state, ref, stream, width, height, colors, interpolate, mask,
		mask_width, mask_height, mask_invert, mask_interpolate);
}

void
Drawer::drawSoftMaskedImage(GfxState *state, Object *ref, Stream *stream,
			    int width, int height, GfxImageColorMap *colors,
			    bool interpolate, Stream *mask, int mask_width,
			    int mask_height, GfxImageColorMap *mask_colors,
			    bool mask_interpolate)
{
	addPicture(state, width, height);
	SplashOutputDev::drawSoftMaskedImage(
		state, ref, stream, width, height, colors, interpolate, mask,
		mask_width, mask_height, mask_colors, mask_interpolate);
}
