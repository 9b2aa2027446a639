/* SPDX-License-Identifier: Apache-2.0 */
/*
 * picture.c - the pages of a picture file, in grey
 *
 * Owns what leptonica decodes, one page at a time. Every page's header is read
 * before anything is decoded. What a screen shows is enlarged, what was scanned
 * too finely made smaller. Running out of memory ends the process,
 * but a page that there is no room for is damaged.
 */
#include "picture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "gif.h"
#include "tiff.h"

#define SIDE_LIMIT 32767 /* tesseract's */
/* A page whose letters are as small as those of a screen. */
#define COARSE_DPI 130
#define COARSE_WIDTH 1200
#define ENLARGED 2
/* More than this only takes time. */
#define FINE_DPI 300
#define FINE_PIXELS 2e7

/* ---- what it is ---- */

static bool
is_tiff(int format)
{
	return format == IFF_TIFF || format == IFF_TIFF_PACKBITS ||
	       format == IFF_TIFF_RLE || format == IFF_TIFF_G3 ||
	       format == IFF_TIFF_G4 || format == IFF_TIFF_LZW ||
	       format == IFF_TIFF_ZIP || format == IFF_TIFF_JPEG;
}

static const l_uint8 *
get_data(struct docket_bytes bytes)
{
	return (const l_uint8 *)bytes.data;
}

static enum picture_result
judge_size(const struct picture_limits *limits, uint64_t width, uint64_t height)
{
	if (width > SIDE_LIMIT || height > SIDE_LIMIT ||
	    width * height > limits->pixels)
		return PICTURE_PIXELS;
	return width && height ? PICTURE_OK : PICTURE_DAMAGED;
}

/* Cut behind the first frame, with the end that a GIF has. */
static enum picture_result
open_gif(struct picture_file *file)
{
	struct gif_frame frame;

	if (!gif_find_frame(file->bytes, &frame))
		return PICTURE_DAMAGED;
	if (frame.pixels > file->limits.pixels)
		return PICTURE_PIXELS;
	file->has_more = !frame.is_last;
	file->owned = malloc(frame.end + 1);
	if (!file->owned)
		abort();
	memcpy(file->owned, file->bytes.data, frame.end);
	file->owned[frame.end] = ';';
	file->bytes = (struct docket_bytes){ file->owned, frame.end + 1 };
	return PICTURE_OK;
}

static enum picture_result
open_tiff(struct picture_file *file)
{
	uint32_t count = tiff_count_pages(file->bytes, file->limits.pages);

	if (!count)
		return PICTURE_DAMAGED;
	if (count > file->limits.pages)
		return PICTURE_PAGES;
	file->pages = count;
	return PICTURE_OK;
}

enum picture_result
picture_open(struct docket_bytes bytes, const struct picture_limits *limits,
	     struct picture_file *out_file)
{
	struct picture_file file = {
		.bytes = bytes,
		.limits = *limits,
		.pages = 1,
	};
	enum picture_result result = PICTURE_OK;

	/* What is shorter is read past its end by those who tell formats. */
	if (bytes.size < 16 ||
	    findFileFormatBuffer(get_data(bytes), &file.format))
		result = PICTURE_DAMAGED;
	else if (file.format == IFF_GIF)
		result = open_gif(&file);
	else if (is_tiff(file.format))
		result = open_tiff(&file);
	*out_file = file;
	return result;
}

void
picture_close(struct picture_file *file)
{
	free(file->owned);
	*file = (struct picture_file){ 0 };
}

/* ---- decoding ---- */

static enum picture_result
check_page(const struct picture_file *file, uint32_t index)
{
	const l_uint8 *data = get_data(file->bytes);
	l_int32 width = 0;
	l_int32 height = 0;
	l_int32 rc;

	if (file->format == IFF_GIF)
		return PICTURE_OK; /* was looked at when it was opened */
	if (is_tiff(file->format))
		rc = readHeaderMemTiff(data, file->bytes.size, (l_int32)index,
				       &width, &height, NULL, NULL, NULL, NULL,
				       NULL);
	else
		rc = pixReadHeaderMem(data, file->bytes.size, NULL, &width,
				      &height, NULL, NULL, NULL);
	if (rc || width < 0 || height < 0)
		return PICTURE_DAMAGED;
	return judge_size(&file->limits, (uint64_t)width, (uint64_t)height);
}

static PIX *
decode(const struct picture_file *file, uint32_t index)
{
	if (is_tiff(file->format))
		return pixReadMemTiff(get_data(file->bytes), file->bytes.size,
				      (l_int32)index);
	return pixReadMem(get_data(file->bytes), file->bytes.size);
}

/* pix, which is taken, in another shape; NULL goes through. */
static PIX *
replace(PIX *pix, PIX *with)
{
	pixDestroy(&pix);
	return with;
}

/* What is transparent is paper. */
static PIX *
convert_to_grey(PIX *pix)
{
	if (pix && pixGetSpp(pix) == 4)
		pix = replace(pix, pixRemoveAlpha(pix));
	if (pix)
		pix = replace(pix, pixConvertTo8(pix, 0));
	return pix;
}

/* What makes letters as large as tesseract was taught. */
static float
find_scale(PIX *pix)
{
	double width = pixGetWidth(pix);
	double pixels = width * pixGetHeight(pix);
	double dpi = pixGetXRes(pix);
	double scale = 1;

	if (dpi < COARSE_DPI && width < COARSE_WIDTH)
		return ENLARGED;
	if (dpi > FINE_DPI)
		scale = FINE_DPI / dpi;
	if (pixels * scale * scale > FINE_PIXELS)
		scale = sqrt(FINE_PIXELS / pixels);
	return (float)scale;
}

/* Takes pix. */
static PIX *
resize(PIX *pix)
{
	float scale = find_scale(pix);
	int dpi = (int)((float)pixGetXRes(pix) * scale);

	if (scale < 1.0f || scale > 1.0f)
		pix = replace(pix, pixScale(pix, scale, scale));
	if (pix)
		pixSetResolution(pix, dpi, dpi);
	return pix;
}

enum picture_result
picture_read(const struct picture_file *file, uint32_t index,
	     struct picture_page *out_page)
{
	enum picture_result result = check_page(file, index);
	PIX *pix;

	if (result != PICTURE_OK)
		return result;
	pix = convert_to_grey(decode(file, index));
	if (pix)
		pix = resize(pix);
	/* Leptonica has four pixels in a number: in order, they are bytes. */
	if (!pix || pixEndianByteSwap(pix)) {
		pixDestroy(&pix);
		return PICTURE_DAMAGED;
	}
	*out_page = (struct picture_page){
		.pix = pix,
		.picture = {
			.pixels = (const unsigned char *)pixGetData(pix),
			.width = pixGetWidth(pix),
			.height = pixGetHeight(pix),
			.stride = pixGetWpl(pix) * 4,
			.dpi = pixGetXRes(pix),
		},
	};
	return PICTURE_OK;
}

void
picture_page_fini(struct picture_page *page)
{
	pixDestroy(&page->pix);
	*page = (struct picture_page){ 0 };
}
