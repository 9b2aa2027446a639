/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_annotator_actions.c - what strangers' text decides and asks for */
#include "annotator.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	annotator_run(SOURCE_FOLDER "/etc", data, size);
	return 0;
}
