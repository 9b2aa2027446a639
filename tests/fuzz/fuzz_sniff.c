/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_sniff.c - types of strangers' bytes, whatever they are called
 *
 * The first 16 bytes are the name, too. There is always a type, and it is a
 * type; in the memory of a container that is forced open nothing is read past
 * its end.
 */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "name_type.h"
#include "sniff.h"

#define NAME_SIZE 16

static void
check_type(const char *type)
{
	assert(type && strchr(type, '/') && strlen(type) < 128);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct docket_bytes bytes = { (const char *)data, size };
	struct docket_bytes name = { bytes.data,
				     size < NAME_SIZE ? size : NAME_SIZE };
	const char *type = sniff_media_type(bytes, name);

	check_type(type);
	assert(name_type_is_kin(type, type));
	check_type(sniff_text_type(bytes, name));
	if ((type = sniff_zip_type(bytes)))
		check_type(type);
	if ((type = sniff_ole_type(bytes)))
		check_type(type);
	return 0;
}
