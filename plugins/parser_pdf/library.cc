/* SPDX-License-Identifier: Apache-2.0 */
/*
 * library.cc - what the plugin asks of poppler, in C
 *
 * Opens, reads pages by way of a press, draws them, looks up what the file
 * says of itself, unpacks attachments. Owns the opened document and the count of
 * its faults. The library ends the process where memory runs out.
 */
#include "library.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include <Catalog.h>
#include <Error.h>
#include <ErrorCodes.h>
#include <FileSpec.h>
#include <GlobalParams.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>
#include <UTF.h>
#include <splash/SplashBitmap.h>

#include "drawer.hh"
#include "press.hh"

namespace
{
constexpr double POINTS = 72; /* an inch */
constexpr double DPI = 300;
/* Scans are drawn as they were scanned, but not more coarsely. */
constexpr double DPI_OF_SCANS = 150;
/* Fewer show no letters. */
constexpr double DPI_MINIMUM = 36;
/* A3 and some at 300 dots an inch. */
constexpr double PIXELS_LIMIT = 20e6;
constexpr double SIDE_LIMIT = 32767;
/* A page of which pictures cover so much was scanned. */
constexpr double SCAN_SHARE = 0.5;

/* poppler reports faults to a function that is given nothing of ours. */
uint32_t faults;

void
count_fault(ErrorCategory category, Goffset, const char *)
{
	bool is_fault = category == errSyntaxError || category == errIO ||
			category == errInternal;

	if (is_fault && faults < UINT32_MAX)
		faults++;
}

/* Asked every few steps. */
bool
is_page_full(void *data)
{
	return page_count_step(static_cast<struct page *>(data));
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

/* For a page of so many points; 0: there is none. */
double
choose_dpi(double width, double height)
{
	double dpi = DPI;

	if (!(width > 0 && height > 0 && std::isfinite(width * height)))
		return 0;
	dpi = std::min(dpi, POINTS * std::sqrt(PIXELS_LIMIT / width / height));
	dpi = std::min(dpi, POINTS * SIDE_LIMIT / std::max(width, height));
	return dpi < DPI_MINIMUM ? 0 : std::floor(dpi);
}

/* nullptr: it takes too much. */
std::unique_ptr<Drawer>
draw(PDFDoc *doc, int number, double dpi)
{
	auto drawer = std::make_unique<Drawer>();
	struct page steps = {};

	drawer->startDoc(doc);
	doc->displayPage(drawer.get(), number, dpi, dpi, 0, false, true, false,
			 is_page_full, &steps);
	if (steps.is_cut || !drawer->getBitmap()->getDataPtr())
		return nullptr;
	return drawer;
}

void
copy_bitmap(const SplashBitmap *bitmap, struct library_picture *out)
{
	size_t size;

	out->width = bitmap->getWidth();
	out->height = bitmap->getHeight();
	out->stride = bitmap->getRowSize();
	size = static_cast<size_t>(out->stride) *
	       static_cast<size_t>(out->height);
	out->pixels = static_cast<unsigned char *>(std::malloc(size));
	if (!out->pixels)
		std::abort();
	std::memcpy(out->pixels, bitmap->getDataPtr(), size);
}

} // namespace

struct library_document {
	explicit library_document(std::unique_ptr<PDFDoc> opened)
	    : doc(std::move(opened)), press(doc.get())
	{
	}

	std::unique_ptr<PDFDoc> doc;
	Press press;
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
	*out_document = new library_document(std::move(doc));
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
	document->press.read(static_cast<int>(number), page);
}

bool
library_draw_page(struct library_document *document, uint32_t number,
		  struct library_picture *out_picture)
{
	PDFDoc *doc = document->doc.get();
	int index = static_cast<int>(number);
	double dpi = choose_dpi(doc->getPageCropWidth(index),
				doc->getPageCropHeight(index));
	auto drawer = dpi > 0 ? draw(doc, index, dpi) : nullptr;
	double scanned;

	if (!drawer)
		return false;
	*out_picture = {};
	out_picture->is_scan = drawer->share() >= SCAN_SHARE;
	/* Enlarged letters are read worse, Arabic ones much worse. */
	scanned = std::max(std::round(dpi * drawer->fineness()), DPI_OF_SCANS);
	if (out_picture->is_scan && scanned < dpi) {
		dpi = scanned;
		drawer = draw(doc, index, dpi);
		if (!drawer)
			return false;
	}
	copy_bitmap(drawer->getBitmap(), out_picture);
	out_picture->dpi = static_cast<int>(dpi);
	return true;
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
