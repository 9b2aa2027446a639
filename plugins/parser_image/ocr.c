/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr.c - text out of grey pictures of pages
 *
 * Owns the engines, one for each script that the languages are written in: an
 * engine that has to consider all six reads slower and worse. The script, and
 * how the page is turned, is found out first; where that fails, each engine
 * reads and the surest is believed. Running out of memory ends the process.
 *
 * Tesseract would start threads: in a process that may have none that is fatal.
 */
#include "ocr.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <tesseract/capi.h>

#include "ocr_text.h"

/* Of OpenMP, whose header comes with one compiler and not with the next. */
extern void omp_set_max_active_levels(int levels);

#define SIDE_LIMIT 32767
#define COMPANION "eng"
#define NAMES_LIMIT 256
/* Turned by this much surer than not: turn it. */
#define TURNED_MINIMUM 2.0f
/* What is taken for the resolution where none is given: A4, this wide. */
#define PAGE_WIDTH_INCHES 8
#define DPI_MINIMUM 70
#define DPI_MAXIMUM 600

enum script { LATIN, CYRILLIC, ARABIC, HAN, SCRIPT_COUNT };

static const struct {
	const char *language;
	enum script script;
} languages_known[] = {
	{ "rus", CYRILLIC }, { "ukr", CYRILLIC }, { "bel", CYRILLIC },
	{ "bul", CYRILLIC }, { "srp", CYRILLIC }, { "ara", ARABIC },
	{ "fas", ARABIC },   { "urd", ARABIC },	  { "chi_sim", HAN },
	{ "chi_tra", HAN },  { "jpn", HAN },
};

/* What the detector of scripts calls them. */
static const struct {
	const char *name;
	enum script script;
} scripts_known[] = {
	{ "Latin", LATIN }, { "Cyrillic", CYRILLIC }, { "Arabic", ARABIC },
	{ "Han", HAN },	    { "Japanese", HAN },
};

struct ocr {
	TessBaseAPI *engines[SCRIPT_COUNT]; /* NULL: nothing reads it */
	char languages[SCRIPT_COUNT][NAMES_LIMIT];
	TessBaseAPI *detector; /* of scripts; NULL: not installed */
};

/* ---- engines ---- */

static TessBaseAPI *
close_engine(TessBaseAPI *engine)
{
	if (engine) {
		TessBaseAPIEnd(engine);
		TessBaseAPIDelete(engine);
	}
	return NULL;
}

/* NULL where a model is missing. */
static TessBaseAPI *
open_engine(const char *languages, TessOcrEngineMode mode)
{
	TessBaseAPI *engine = TessBaseAPICreate();

	if (!engine)
		abort();
	TessBaseAPISetVariable(engine, "debug_file", "/dev/null");
	if (TessBaseAPIInit2(engine, NULL, languages, mode))
		return close_engine(engine);
	return engine;
}

static enum script
find_script(const char *language)
{
	for (size_t i = 0;
	     i < sizeof(languages_known) / sizeof(languages_known[0]); i++)
		if (strcmp(languages_known[i].language, language) == 0)
			return languages_known[i].script;
	return LATIN;
}

/* "eng" to "eng+fra". */
static void
add_language(char names[NAMES_LIMIT], const char *language)
{
	size_t size = strlen(names);

	if (size + strlen(language) + 2 > NAMES_LIMIT)
		return;
	if (size)
		names[size++] = '+';
	strcpy(names + size, language);
}

static void
add_languages(struct ocr *ocr, const char *languages)
{
	char *copy = strdup(languages);
	char *rest = copy;
	const char *language;

	if (!copy)
		abort();
	while ((language = strsep(&rest, " ,+")))
		if (language[0])
			add_language(ocr->languages[find_script(language)],
				     language);
	free(copy);
}

/*
 * Cyrillic documents have symbols and mastheads in Latin letters. In Arabic ones
 * this would cost more than it brings: words that are hard to read would become
 * English ones that are not there.
 */
static void
add_companion(struct ocr *ocr)
{
	if (ocr->languages[CYRILLIC][0] && ocr_has_language(ocr, COMPANION))
		add_language(ocr->languages[CYRILLIC], COMPANION);
}

/* Those that it has a model of are left in names. */
static TessBaseAPI *
open_script(char names[NAMES_LIMIT])
{
	TessBaseAPI *engine =
		names[0] ? open_engine(names, OEM_LSTM_ONLY) : NULL;
	char **loaded;

	names[0] = '\0';
	if (!engine)
		return NULL;
	loaded = TessBaseAPIGetLoadedLanguagesAsVector(engine);
	for (char **at = loaded; *at; at++)
		add_language(names, *at);
	TessDeleteTextArray(loaded);
	return engine;
}

struct ocr *
ocr_open(const char *languages)
{
	struct ocr *ocr = calloc(1, sizeof(*ocr));
	int count = 0;

	if (!ocr)
		abort();
	omp_set_max_active_levels(0);
	add_languages(ocr, languages);
	add_companion(ocr);
	for (int i = 0; i < SCRIPT_COUNT; i++) {
		ocr->engines[i] = open_script(ocr->languages[i]);
		count += ocr->engines[i] != NULL;
	}
	if (!count)
		return ocr_close(ocr);
	if (count > 1)
		ocr->detector = open_engine("osd", OEM_TESSERACT_ONLY);
	return ocr;
}

struct ocr *
ocr_close(struct ocr *ocr)
{
	if (!ocr)
		return NULL;
	for (int i = 0; i < SCRIPT_COUNT; i++)
		close_engine(ocr->engines[i]);
	close_engine(ocr->detector);
	free(ocr);
	return NULL;
}

int
ocr_has_language(const struct ocr *ocr, const char *language)
{
	const char *names = ocr->languages[find_script(language)];
	size_t size = strlen(language);

	for (const char *at = names; (at = strstr(at, language)); at += size)
		if ((at == names || at[-1] == '+') &&
		    (at[size] == '+' || at[size] == '\0'))
			return 1;
	return 0;
}

/* ---- the picture ---- */

static int
guess_dpi(const struct ocr_picture *picture)
{
	int side = picture->width < picture->height ? picture->width
						    : picture->height;
	int dpi = picture->dpi > 0 ? picture->dpi : side / PAGE_WIDTH_INCHES;

	if (dpi < DPI_MINIMUM)
		dpi = DPI_MINIMUM;
	return dpi < DPI_MAXIMUM ? dpi : DPI_MAXIMUM;
}

static void
show_picture(TessBaseAPI *engine, const struct ocr_picture *picture)
{
	TessBaseAPISetImage(engine, picture->pixels, picture->width,
			    picture->height, 1, picture->stride);
	TessBaseAPISetSourceResolution(engine, guess_dpi(picture));
}

static size_t
turn_place(const struct ocr_picture *from, int degrees, size_t x, size_t y)
{
	size_t width = (size_t)from->width;
	size_t height = (size_t)from->height;

	switch (degrees) {
	case 90:
		return x * height + (height - 1 - y);
	case 180:
		return (height - 1 - y) * width + (width - 1 - x);
	default:
		return (width - 1 - x) * height + y;
	}
}

/* Clockwise by 90, 180 or 270 degrees; the pixels, or NULL without memory. */
static unsigned char *
turn(const struct ocr_picture *from, int degrees, struct ocr_picture *to)
{
	size_t size = (size_t)from->width * (size_t)from->height;
	unsigned char *pixels = malloc(size);

	*to = *from;
	to->pixels = pixels;
	if (degrees != 180) {
		to->width = from->height;
		to->height = from->width;
	}
	to->stride = to->width;
	for (size_t y = 0; pixels && y < (size_t)from->height; y++)
		for (size_t x = 0; x < (size_t)from->width; x++)
			pixels[turn_place(from, degrees, x, y)] =
				from->pixels[y * (size_t)from->stride + x];
	return pixels;
}

/* ---- which script, which way up ---- */

struct look {
	int script; /* enum script; -1: cannot be told */
	int turned; /* degrees clockwise that put it upright */
};

static int
name_script(const char *name)
{
	for (size_t i = 0;
	     name && i < sizeof(scripts_known) / sizeof(scripts_known[0]); i++)
		if (strcmp(scripts_known[i].name, name) == 0)
			return (int)scripts_known[i].script;
	return -1;
}

static struct look
look_at(const struct ocr *ocr, const struct ocr_picture *picture)
{
	struct look look = { -1, 0 };
	const char *name = NULL;
	float turned_sure = 0;
	float script_sure = 0;
	int degrees = 0;

	if (!ocr->detector)
		return look;
	TessBaseAPISetPageSegMode(ocr->detector, PSM_OSD_ONLY);
	show_picture(ocr->detector, picture);
	if (TessBaseAPIDetectOrientationScript(ocr->detector, &degrees,
					       &turned_sure, &name,
					       &script_sure)) {
		look.script = name_script(name);
		if (turned_sure >= TURNED_MINIMUM)
			look.turned = (360 - degrees) % 360;
	}
	TessBaseAPIClear(ocr->detector);
	return look;
}

/* ---- reading ---- */

static void
read_with(const struct ocr *ocr, int script, const struct ocr_picture *picture,
	  struct ocr_page *page)
{
	TessBaseAPI *engine = ocr->engines[script];
	TessResultIterator *result;

	TessBaseAPISetPageSegMode(engine, PSM_AUTO);
	show_picture(engine, picture);
	page->languages = ocr->languages[script];
	if (TessBaseAPIRecognize(engine, NULL) == 0) {
		result = TessBaseAPIGetIterator(engine);
		ocr_text_collect(result, page);
		if (result)
			TessResultIteratorDelete(result);
	}
	TessBaseAPIClear(engine);
}

/*
 * Each engine that there is; the surest is kept. Where one sees no lines, there
 * are none for the others.
 */
static void
read_with_all(const struct ocr *ocr, const struct ocr_picture *picture,
	      struct ocr_page *best)
{
	for (int i = 0; i < SCRIPT_COUNT; i++) {
		struct ocr_page page = { 0 };

		if (!ocr->engines[i])
			continue;
		read_with(ocr, i, picture, &page);
		if (!page.count)
			return;
		if (best->languages && page.confidence <= best->confidence) {
			ocr_page_fini(&page);
			continue;
		}
		ocr_page_fini(best);
		*best = page;
	}
}

int
ocr_read(struct ocr *ocr, const struct ocr_picture *picture,
	 struct ocr_page *out_page)
{
	struct ocr_picture upright = *picture;
	struct ocr_page page = { 0 };
	unsigned char *pixels = NULL;
	struct look look;

	if (picture->width <= 0 || picture->height <= 0 ||
	    picture->width > SIDE_LIMIT || picture->height > SIDE_LIMIT)
		return -EINVAL;
	look = look_at(ocr, picture);
	if (look.turned)
		pixels = turn(picture, look.turned, &upright);
	if (!upright.pixels)
		return -ENOMEM;
	if (look.script >= 0 && ocr->engines[look.script])
		read_with(ocr, look.script, &upright, &page);
	if (page.confidence < OCR_HOPELESS)
		read_with_all(ocr, &upright, &page);
	free(pixels);
	page.turned = look.turned;
	*out_page = page;
	return 0;
}

int
ocr_is_page_number(const struct ocr_page *page, size_t index)
{
	const struct ocr_paragraph *paragraph = &page->paragraphs[index];
	int is_edge = index == 0 || index + 1 == page->count;

	if (!is_edge || paragraph->lines != 1 || page->count < 3)
		return 0;
	for (size_t i = paragraph->start; i < paragraph->end; i++)
		if (!strchr("0123456789-/. ", page->text[i]))
			return 0;
	return 1;
}

void
ocr_page_fini(struct ocr_page *page)
{
	free(page->text);
	free(page->paragraphs);
	*page = (struct ocr_page){ 0 };
}
