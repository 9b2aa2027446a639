/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz.h - what every target defines, and what calls it
 *
 * Under libFuzzer its own main() calls the target; elsewhere run_seeds.c does.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
