/* SPDX-License-Identifier: Apache-2.0 */
/*
 * advice.c - what a person can do with a document that no plugin reads
 *
 * Formats that programs of today can save as something that is read. Owns and
 * ends nothing.
 */
#include "advice.h"

#include <string.h>

#include "mem.h"

static const struct {
	const char *type;
	const char *advice;
} advices[] = {
	{ "application/msword",
	  " Save it in Word or LibreOffice as DOCX or ODT, and drop that." },
	{ "application/rtf",
	  " Save it in Word or LibreOffice as DOCX or ODT, and drop that." },
	{ "application/vnd.wordperfect",
	  " Save it in LibreOffice as ODT or PDF, and drop that." },
	{ "application/vnd.ms-excel",
	  " Save it in Excel or LibreOffice as PDF, and drop that." },
	{ "application/vnd.ms-powerpoint",
	  " Save it in PowerPoint or LibreOffice as PDF, and drop that." },
	{ "application/vnd.ms-outlook",
	  " Save the mail as EML, and drop that." },
	{ "application/postscript", " Save it as PDF, and drop that." },
};

const char *
advice_of(struct docket_bytes media_type)
{
	for (size_t i = 0; i < ARRAY_SIZE(advices); i++)
		if (bytes_equal(media_type, bytes_of(advices[i].type)))
			return advices[i].advice;
	return "";
}
