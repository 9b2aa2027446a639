/* SPDX-License-Identifier: Apache-2.0 */
/*
 * library.cc - what the plugin asks of poppler, in C
 *
 * Opens, reads pages by way of a recorder, looks up what the file says of
 * itself, unpacks attachments. Owns the opened document and the count of its
 * faults. The library ends the process where memory runs out.
 */
#include "library.h"

#include <algorithm>
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

#include "recorder.hh"

namespace
{
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
