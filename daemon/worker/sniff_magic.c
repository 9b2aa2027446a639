/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sniff_magic.c - media types that are known by bytes at a place
 *
 * Pure tables, and two formats whose mark is a sum. What nobody reads is named
 * all the same: "this is a video" helps more than "this is something". Owns and
 * ends nothing.
 */
#include <string.h>

#include "sniff.h"

#define LITERAL(string)                    \
	{                                  \
		string, sizeof(string) - 1 \
	}

struct magic {
	size_t offset;
	struct docket_bytes mark;
	const char *type;
};

/* No text has these. */
static const struct magic magics[] = {
	{ 0, LITERAL("%PDF-"), "application/pdf" },
	{ 0, LITERAL("{\\rtf"), "application/rtf" },
	{ 0, LITERAL("%!PS"), "application/postscript" },
	{ 0, LITERAL("\xc5\xd0\xd3\xc6"), "application/postscript" },
	{ 0, LITERAL("\x1b%-12345X"), "application/vnd.hp-pcl" },
	{ 0, LITERAL("PK\3\4"), "application/zip" },
	{ 0, LITERAL("PK\5\6"), "application/zip" },
	{ 0, LITERAL("PK00PK\3\4"), "application/zip" },
	{ 0, LITERAL("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
	  "application/x-ole-storage" },
	{ 0, LITERAL("\xdb\xa5-\0"), "application/msword" },
	{ 0, LITERAL("\x31\xbe\0\0"), "application/x-mswrite" },
	{ 0, LITERAL("\x32\xbe\0\0"), "application/x-mswrite" },
	{ 0, LITERAL("\xffWPC"), "application/vnd.wordperfect" },
	{ 0, LITERAL("\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d"),
	  "application/onenote" },
	{ 0, LITERAL("\0\1\0\0Standard "), "application/vnd.ms-access" },
	{ 0, LITERAL("!BDN"), "application/vnd.ms-outlook-pst" },
	{ 0, LITERAL("ITSF\3\0"), "application/vnd.ms-htmlhelp" },
	{ 0, LITERAL("SQLite format 3\0"), "application/vnd.sqlite3" },
	{ 0, LITERAL("x\x9f>\""), "application/ms-tnef" },
	/* images */
	{ 0, LITERAL("\x89PNG\r\n\x1a\n"), "image/png" },
	{ 0, LITERAL("\xff\xd8\xff"), "image/jpeg" },
	{ 0, LITERAL("GIF87a"), "image/gif" },
	{ 0, LITERAL("GIF89a"), "image/gif" },
	{ 0, LITERAL("II*\0"), "image/tiff" },
	{ 0, LITERAL("MM\0*"), "image/tiff" },
	{ 0, LITERAL("II+\0"), "image/tiff" },
	{ 0, LITERAL("MM\0+"), "image/tiff" },
	{ 0, LITERAL("\0\0\0\x0cjP  \r\n\x87\n"), "image/jp2" },
	{ 0, LITERAL("\xff\x4f\xff\x51"), "image/j2c" },
	{ 0, LITERAL("\0\0\0\x0cJXL \r\n\x87\n"), "image/jxl" },
	{ 0, LITERAL("\x97JB2\r\n\x1a\n"), "image/jbig2" },
	{ 40, LITERAL(" EMF\0\0\1\0"), "image/emf" },
	{ 0, LITERAL("\xd7\xcd\xc6\x9a"), "image/wmf" },
	{ 0, LITERAL("8BPS\0\1"), "image/vnd.adobe.photoshop" },
	/* archives and what is compressed */
	{ 0, LITERAL("\x1f\x8b\x08"), "application/gzip" },
	{ 0,
	  LITERAL("\xfd"
		  "7zXZ\0"),
	  "application/x-xz" },
	{ 0, LITERAL("\x28\xb5\x2f\xfd"), "application/zstd" },
	{ 5, LITERAL("\xff\xff\xff\xff\xff\xff\xff\xff\0"),
	  "application/x-lzma" },
	{ 0, LITERAL("LZIP\1"), "application/x-lzip" },
	{ 0, LITERAL("\x1f\x9d"), "application/x-compress" },
	{ 0, LITERAL("7z\xbc\xaf\x27\x1c"), "application/x-7z-compressed" },
	{ 0, LITERAL("Rar!\x1a\7"), "application/vnd.rar" },
	{ 0, LITERAL("MSCF\0\0\0\0"), "application/vnd.ms-cab-compressed" },
	{ 0, LITERAL("\xed\xab\xee\xdb"), "application/x-rpm" },
	{ 0, LITERAL("!<arch>\ndebian"),
	  "application/vnd.debian.binary-package" },
	/* signed and encrypted: DER, by the length of its length */
	{ 2, LITERAL("\6\x09\x2a\x86\x48\x86\xf7\x0d\1\7"),
	  "application/pkcs7-mime" },
	{ 3, LITERAL("\6\x09\x2a\x86\x48\x86\xf7\x0d\1\7"),
	  "application/pkcs7-mime" },
	{ 4, LITERAL("\6\x09\x2a\x86\x48\x86\xf7\x0d\1\7"),
	  "application/pkcs7-mime" },
	{ 5, LITERAL("\6\x09\x2a\x86\x48\x86\xf7\x0d\1\7"),
	  "application/pkcs7-mime" },
	/* sounds, moving pictures, programs */
	{ 0, LITERAL("\x1a\x45\xdf\xa3"), "video/x-matroska" },
	{ 0, LITERAL("\0\0\1\xba"), "video/mpeg" },
	{ 0, LITERAL("OggS\0"), "audio/ogg" },
	{ 0, LITERAL("fLaC\0"), "audio/flac" },
	{ 0, LITERAL("\x30\x26\xb2\x75\x8e\x66\xcf\x11"), "video/x-ms-asf" },
	{ 0,
	  LITERAL("\x7f"
		  "ELF"),
	  "application/x-executable" },
};

/* A text may have these; asked where it is known that there is none. */
static const struct magic weak_magics[] = {
	{ 60, LITERAL("BOOKMOBI"), "application/x-mobipocket-ebook" },
	{ 8, LITERAL("WEBPVP8"), "image/webp" },
	{ 12, LITERAL("DJVU"), "image/vnd.djvu" },
	{ 12, LITERAL("DJVM"), "image/vnd.djvu" },
	{ 4, LITERAL("ftypheic"), "image/heic" },
	{ 4, LITERAL("ftypheix"), "image/heic" },
	{ 4, LITERAL("ftypheim"), "image/heic" },
	{ 4, LITERAL("ftypmif1"), "image/heif" },
	{ 4, LITERAL("ftypmsf1"), "image/heif" },
	{ 4, LITERAL("ftypavif"), "image/avif" },
	{ 128, LITERAL("DICM"), "application/dicom" },
	{ 4, LITERAL("1AY&SY"), "application/x-bzip2" },
	{ 257, LITERAL("ustar"), "application/x-tar" },
	{ 32769, LITERAL("CD001"), "application/x-iso9660-image" },
	{ 4, LITERAL("ftypqt"), "video/quicktime" },
	{ 4, LITERAL("ftyp"), "video/mp4" },
	{ 8, LITERAL("AVI LIST"), "video/x-msvideo" },
	{ 8, LITERAL("WAVEfmt "), "audio/x-wav" },
	{ 0, LITERAL("BM"), "image/bmp" },
	{ 0, LITERAL("!<arch>\n"), "application/x-archive" },
	{ 0, LITERAL("070701"), "application/x-cpio" },
	{ 0, LITERAL("070702"), "application/x-cpio" },
	{ 0, LITERAL("070707"), "application/x-cpio" },
	{ 0, LITERAL("\xc7q"), "application/x-cpio" },
	{ 0, LITERAL("]\0\0"), "application/x-lzma" },
	{ 0, LITERAL("AC10"), "image/vnd.dwg" },
	{ 0, LITERAL("\0\0\1\0"), "image/vnd.microsoft.icon" },
	{ 0, LITERAL("\1\0\x09\0\0\3"), "image/wmf" },
	{ 0, LITERAL("ID3"), "audio/mpeg" },
	{ 0, LITERAL("\xff\xfb"), "audio/mpeg" },
	{ 0, LITERAL("MZ"), "application/vnd.microsoft.portable-executable" },
};

static const char *
find(const struct magic *table, size_t count, struct docket_bytes bytes)
{
	for (size_t i = 0; i < count; i++) {
		const struct magic *magic = &table[i];

		if (bytes.size >= magic->offset &&
		    bytes.size - magic->offset >= magic->mark.size &&
		    memcmp(bytes.data + magic->offset, magic->mark.data,
			   magic->mark.size) == 0)
			return magic->type;
	}
	return NULL;
}

/* ---- tar from before ustar: a header that adds up ---- */

#define TAR_HEADER 512
#define TAR_SUM 148
#define TAR_SUM_SIZE 8

/* Octal digits, with blanks before them; -1: there are none. */
static long
read_octal(const char *at, size_t size)
{
	long value = -1;

	for (size_t i = 0; i < size; i++) {
		if (at[i] >= '0' && at[i] <= '7')
			value = (value < 0 ? 0 : value) * 8 + (at[i] - '0');
		else if (at[i] != ' ' || value >= 0)
			break;
	}
	return value;
}

static bool
is_tar(struct docket_bytes bytes)
{
	long sum = ' ' * TAR_SUM_SIZE; /* which stands for itself as blanks */

	if (bytes.size < TAR_HEADER || bytes.data[0] == '\0')
		return false;
	for (size_t i = 0; i < TAR_HEADER; i++)
		if (i < TAR_SUM || i >= TAR_SUM + TAR_SUM_SIZE)
			sum += (unsigned char)bytes.data[i];
	return read_octal(bytes.data + TAR_SUM, TAR_SUM_SIZE) == sum;
}

const char *
sniff_magic(struct docket_bytes bytes, bool is_text)
{
	const char *type = find(magics, ARRAY_SIZE(magics), bytes);

	if (type || is_text)
		return type;
	if (is_tar(bytes))
		return "application/x-tar";
	return find(weak_magics, ARRAY_SIZE(weak_magics), bytes);
}
