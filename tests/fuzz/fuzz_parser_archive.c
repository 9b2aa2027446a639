/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_parser_archive.c - strangers' bytes as an archive
 *
 * Whatever comes, it ends, and within the limits. The size decides whether it
 * may be one compressed file.
 */
#include "fuzz.h"

#include <assert.h>

#include "unpack.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct docket_bytes bytes = { (const char *)data, size };
	struct unpack_member member;
	struct unpack unpack;

	if (unpack_open(&unpack, bytes, size % 2 ? "single" : NULL))
		while (unpack_next(&unpack, &member) == UNPACK_MEMBER)
			assert(member.content.size > 0);
	assert(unpack.entries <= UNPACK_ENTRIES_LIMIT + 1);
	unpack_close(&unpack);
	return 0;
}
