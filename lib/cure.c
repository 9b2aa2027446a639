/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cure.c - what a person can do about a document that was set aside
 *
 * The one place where cures are written down: docket show and list, receipts
 * and docs/operations.md say the same.
 */
#include "cure.h"

#include <string.h>

#include "mem.h"

static const struct cure cures[] = {
	{ "not-regular", "Drop the file itself, not a link to it." },
	{ "unreadable", "Give docketd's user the right to read it and drop it "
			"again." },
	{ "too-large", "Raise the inbox's size_limit and drop it again." },
	{ "unstable", "Drop it again when it is complete." },
	{ "unmovable", "Let docketd's user write into the inbox, or drop the "
		       "file with another name." },
	{ "owner", "Let a user drop it whom the inbox's owners names." },
	{ "starved", "Raise the limits of docketd's service and drop it "
		     "again." },
	{ "empty", "Drop the document, not an empty file." },
	{ "type", "Add its type to the inbox's types, reload docketd and retry "
		  "it." },
	{ "unsupported", "Install a plugin that reads its type, reload docketd "
			 "and retry it." },
	{ "limit", "Raise text_limit, or a program's output_limit, and retry "
		   "it." },
	{ "entries", "Unpack it and drop the documents that are wanted." },
	{ "expansion", "Unpack it and drop the documents that are wanted." },
	{ "nesting", "Retry it, if it is wanted: it is read, and what is in it "
		     "waits." },
	{ "encrypted",
	  "Drop it without a password, or as its reader sees it." },
	{ "damaged", "Have it sent again, or scanned again, and drop the new "
		     "one." },
	{ "pages", "Raise the plugin's limit and retry it, or drop it in "
		   "pieces." },
	{ "pixels", "Drop it as a smaller picture: 300 dots an inch are "
		    "enough." },
	{ "xml-entities", "Have it written without entities of its own and "
			  "drop the new one." },
	{ "unreadable-text", "Have it sent in another form, or scan it with "
			     "300 dots an inch." },
	{ "room", "Make room on the disk of docketd's state and retry it." },
	{ "rejected", "Mend the document as the sentence says and drop the new "
		      "one." },
	{ "retry", "See that what the plugin waits for is there and retry "
		   "it." },
	{ "plugin-broken",
	  "Correct the plugin's options or tell its author, and "
	  "retry it." },
	{ "signal-", "Tell the plugin's author; retry it with the next version "
		     "of the plugin." },
	{ "exit-", "Tell the plugin's author; retry it with the next version "
		   "of the plugin." },
	{ "deadline",
	  "Raise read_deadline, or a program's deadline, and retry it, "
	  "or tell its author." },
	{ "output", "Tell the program's author what the sentence says, and "
		    "retry it." },
	{ "protocol", "Tell docket's authors, and retry it with the next "
		      "version." },
};

const struct cure *
cure_at(size_t index)
{
	return index < ARRAY_SIZE(cures) ? &cures[index] : NULL;
}

static bool
is_about(const struct cure *cure, struct docket_bytes reason)
{
	size_t size = strlen(cure->reason);
	bool is_prefix = cure->reason[size - 1] == '-';

	return reason.size >= size && (is_prefix || reason.size == size) &&
	       memcmp(reason.data, cure->reason, size) == 0;
}

const char *
cure_find(struct docket_bytes reason)
{
	for (size_t i = 0; i < ARRAY_SIZE(cures); i++)
		if (is_about(&cures[i], reason))
			return cures[i].sentence;
	return "See what the sentence says, and retry it.";
}
