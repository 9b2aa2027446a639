/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encoding.c - bytes of unknown encoding to UTF-8
 *
 * Owns the decoded text. Reads every byte once to see what there is (`scan`);
 * everything up to the last resort is decided from those counts. The last
 * resort, ICU's statistics, sees a sample around the first bytes that are not
 * ASCII. Running out of memory ends the process.
 */
#include "encoding.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

#include "array.h"

#define SAMPLE_LIMIT (64u << 10)
/* More than one control character in so many bytes is no text. */
#define CONTROLS_RATIO 64
/* A broken sequence in so many whole ones is damage, not another encoding. */
#define DAMAGE_RATIO 20
#define PIVOT_SIZE 4096

static const struct {
	char mark[5];
	size_t size;
	const char *name;
} order_marks[] = {
	{ "\xef\xbb\xbf", 3, "UTF-8" },	   { "\xff\xfe\0\0", 4, "UTF-32LE" },
	{ "\0\0\xfe\xff", 4, "UTF-32BE" }, { "\xff\xfe", 2, "UTF-16LE" },
	{ "\xfe\xff", 2, "UTF-16BE" },
};

/* What statistics call the letters of western Europe. */
static const char *const western[] = {
	"ISO-8859-1",	"ISO-8859-2",	"ISO-8859-9",
	"windows-1250", "windows-1252", "windows-1254",
};

struct scan {
	size_t controls; /* that no text has */
	size_t zeros[2]; /* at even and at odd offsets */
	size_t whole;	 /* UTF-8 sequences of two bytes and more */
	size_t broken;
	size_t first_high; /* offset of the first byte that is not ASCII */
	size_t returns;	   /* CR that no LF follows */
	size_t feeds;	   /* LF */
	bool has_escapes;
};

bool
encoding_exists(const char *name)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *converter = ucnv_open(name, &error);

	if (U_FAILURE(error))
		return false;
	ucnv_close(converter);
	return true;
}

/* ---- seeing what there is ---- */

static void
scan_ascii(struct scan *scan, struct docket_bytes bytes, size_t at)
{
	unsigned char c = (unsigned char)bytes.data[at];

	if (c >= 0x20)
		return;
	if (c == '\0')
		scan->zeros[at & 1]++;
	if (c == '\n')
		scan->feeds++;
	else if (c == '\r')
		scan->returns +=
			at + 1 == bytes.size || bytes.data[at + 1] != '\n';
	else if (c == 0x1b)
		scan->has_escapes = true;
	else if ((c < 0x08 || c > 0x0d) && c != 0x1a)
		scan->controls++;
}

/* Past ASCII that is no control, eight bytes at a time; the last few stay. */
static size_t
skip_plain(const uint8_t *data, size_t at, size_t size)
{
	uint64_t piece;

	for (; size - at >= sizeof(piece); at += sizeof(piece)) {
		memcpy(&piece, data + at, sizeof(piece));
		piece = le64toh(piece);
		piece = (piece | (piece - UINT64_C(0x2020202020202020))) &
			UINT64_C(0x8080808080808080);
		if (piece)
			return at + (size_t)__builtin_ctzll(piece) / 8;
	}
	return at;
}

static void
scan_bytes(struct docket_bytes bytes, struct scan *out_scan)
{
	const uint8_t *data = (const uint8_t *)bytes.data;
	struct scan scan = { .first_high = bytes.size };
	size_t at = 0;

	while ((at = skip_plain(data, at, bytes.size)) < bytes.size) {
		UChar32 c;

		if (data[at] < 0x80) {
			scan_ascii(&scan, bytes, at++);
			continue;
		}
		if (scan.first_high == bytes.size)
			scan.first_high = at;
		U8_NEXT(data, at, bytes.size, c);
		scan.whole += c >= 0;
		scan.broken += c < 0;
	}
	*out_scan = scan;
}

/* ---- converting ---- */

struct output {
	char *data;
	size_t size;
	size_t capacity;
};

static void U_CALLCONV
replace_sequence(const void *context, UConverterToUnicodeArgs *args,
		 const char *units, int32_t length,
		 UConverterCallbackReason reason, UErrorCode *error)
{
	static const UChar replacement = 0xfffd;
	uint64_t *count = (uint64_t *)(uintptr_t)context;

	(void)units;
	(void)length;
	if (reason > UCNV_IRREGULAR)
		return;
	++*count;
	*error = U_ZERO_ERROR;
	ucnv_cbToUWriteUChars(args, &replacement, 1, 0, error);
}

static void
convert_all(UConverter *from, UConverter *to, struct docket_bytes bytes,
	    struct output *out)
{
	UChar pivot[PIVOT_SIZE];
	UChar *pivot_from = pivot;
	UChar *pivot_to = pivot;
	const char *source = bytes.data;
	UBool is_first = true;
	UErrorCode error;

	do {
		char *target;

		out->data = array_reserve(out->data, out->size + bytes.size + 8,
					  &out->capacity, 1);
		target = out->data + out->size;
		error = U_ZERO_ERROR;
		ucnv_convertEx(to, from, &target, out->data + out->capacity,
			       &source, bytes.data + bytes.size, pivot,
			       &pivot_from, &pivot_to, pivot + PIVOT_SIZE,
			       is_first, true, &error);
		out->size = (size_t)(target - out->data);
		is_first = false;
	} while (error == U_BUFFER_OVERFLOW_ERROR);
}

static bool
convert(struct docket_bytes bytes, const char *name, struct encoding_text *out)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *from = ucnv_open(name, &error);
	UConverter *to = ucnv_open("UTF-8", &error);
	struct output output = { 0 };

	ucnv_setToUCallBack(from, replace_sequence, &out->replaced, NULL, NULL,
			    &error);
	if (U_SUCCESS(error))
		convert_all(from, to, bytes, &output);
	ucnv_close(from);
	ucnv_close(to);
	out->owned = output.data;
	out->utf8 = (struct docket_bytes){ output.data, output.size };
	return U_SUCCESS(error);
}

/* ---- deciding ---- */

static void
set_name(struct encoding_text *out, const char *name, int confidence)
{
	static const char *const registries[] = { "MIME", "IANA" };
	const char *registered = NULL;

	for (size_t i = 0; i < 2 && !registered; i++) {
		UErrorCode error = U_ZERO_ERROR;

		registered = ucnv_getStandardName(name, registries[i], &error);
	}
	if (registered)
		name = registered;
	strncpy(out->name, name, sizeof(out->name) - 1);
	out->confidence = confidence;
}

static const char *
find_order_mark(struct docket_bytes *bytes)
{
	for (size_t i = 0; i < sizeof(order_marks) / sizeof(order_marks[0]);
	     i++) {
		size_t size = order_marks[i].size;

		if (bytes->size < size ||
		    memcmp(bytes->data, order_marks[i].mark, size) != 0)
			continue;
		bytes->data += size;
		bytes->size -= size;
		return order_marks[i].name;
	}
	return NULL;
}

/*
 * Half the bytes of the ASCII characters in UTF-16 are zero, all on one side;
 * every text has some, if only spaces and line ends.
 */
static const char *
find_wide(struct docket_bytes bytes, const struct scan *scan)
{
	size_t enough = bytes.size / 200 + 1;
	size_t even = scan->zeros[0];
	size_t odd = scan->zeros[1];

	if (odd >= enough && even * 16 < odd)
		return "UTF-16LE";
	if (even >= enough && odd * 16 < even)
		return "UTF-16BE";
	return NULL;
}

static bool
is_western(const char *name)
{
	for (size_t i = 0; i < sizeof(western) / sizeof(western[0]); i++)
		if (strcmp(western[i], name) == 0)
			return true;
	return false;
}

/* The likeliest that is not Unicode, which was excluded before. */
static const char *
find_best(UCharsetDetector *detector, int *confidence)
{
	UErrorCode error = U_ZERO_ERROR;
	int32_t count = 0;
	const UCharsetMatch **matches =
		ucsdet_detectAll(detector, &count, &error);

	for (int32_t i = 0; U_SUCCESS(error) && i < count; i++) {
		const char *name = ucsdet_getName(matches[i], &error);

		if (!name || strncmp(name, "UTF-", 4) == 0 ||
		    !encoding_exists(name))
			continue;
		*confidence = ucsdet_getConfidence(matches[i], &error);
		return name;
	}
	return "windows-1252";
}

/* Lines that end in CR alone come from a Macintosh of before 2001. */
static void
detect(struct docket_bytes bytes, const struct scan *scan,
       struct encoding_text *out)
{
	size_t start = scan->has_escapes ? 0 : scan->first_high;
	size_t size = bytes.size - start;
	UErrorCode error = U_ZERO_ERROR;
	UCharsetDetector *detector = ucsdet_open(&error);
	int confidence = 0;
	const char *name;

	if (size > SAMPLE_LIMIT)
		size = SAMPLE_LIMIT;
	ucsdet_setText(detector, bytes.data + start, (int32_t)size, &error);
	name = find_best(detector, &confidence);
	if (scan->returns > scan->feeds && is_western(name))
		set_name(out, "macintosh", 100);
	else
		set_name(out, name, confidence);
	ucsdet_close(detector);
}

static bool
is_shifted(const char *name)
{
	return strncmp(name, "ISO-2022", 8) == 0;
}

/* Seven bits are ASCII, unless escape sequences shift to something else. */
static bool
decode_ascii(struct docket_bytes bytes, const struct scan *scan,
	     struct encoding_text *out)
{
	if (scan->has_escapes) {
		detect(bytes, scan, out);
		if (is_shifted(out->name))
			return convert(bytes, out->name, out);
	}
	set_name(out, "US-ASCII", 100);
	out->utf8 = bytes;
	return true;
}

static bool
decode_unmarked(struct docket_bytes bytes, const char *fallback,
		struct encoding_text *out)
{
	struct scan scan;
	const char *wide;

	scan_bytes(bytes, &scan);
	wide = find_wide(bytes, &scan);
	if (wide) {
		set_name(out, wide, 100);
		/* Half of what looks like UTF-16 and is not has no meaning. */
		return convert(bytes, wide, out) &&
		       out->replaced * CONTROLS_RATIO <= bytes.size;
	}
	if (scan.controls * CONTROLS_RATIO > bytes.size)
		return false;
	if (scan.first_high == bytes.size)
		return decode_ascii(bytes, &scan, out);
	set_name(out, "UTF-8", 100);
	out->utf8 = bytes;
	if (!scan.broken)
		return true;
	if (scan.broken * DAMAGE_RATIO <= scan.whole)
		return convert(bytes, "UTF-8", out);
	if (fallback && fallback[0])
		set_name(out, fallback, 100);
	else
		detect(bytes, &scan, out);
	return convert(bytes, out->name, out);
}

bool
encoding_decode(struct docket_bytes bytes, const char *fallback,
		struct encoding_text *out_text)
{
	struct encoding_text text = { 0 };
	struct scan scan;
	const char *name;
	bool is_text;

	/* Nothing grows to more than three times its size. */
	if (bytes.size > UINT32_MAX / 4)
		return false;
	name = find_order_mark(&bytes);
	if (!name)
		is_text = decode_unmarked(bytes, fallback, &text);
	else
		is_text = convert(bytes, name, &text);
	if (name)
		set_name(&text, name, 100);
	if (is_text && text.owned) {
		scan_bytes(text.utf8, &scan);
		is_text = scan.controls * CONTROLS_RATIO <= text.utf8.size;
	}
	if (!is_text)
		encoding_fini(&text);
	else
		*out_text = text;
	return is_text;
}

void
encoding_fini(struct encoding_text *text)
{
	free(text->owned);
	*text = (struct encoding_text){ 0 };
}
