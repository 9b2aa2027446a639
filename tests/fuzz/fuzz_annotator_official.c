/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_annotator_official.c - what strangers' text claims to be */
#include "annotator.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	annotator_run(SOURCE_FOLDER "/etc", data, size);
	return 0;
}
