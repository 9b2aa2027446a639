/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_annotator_reference.c - what strangers' text cites */
#include "annotator.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	annotator_run(SOURCE_FOLDER "/etc", data, size);
	return 0;
}
