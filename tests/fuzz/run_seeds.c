/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run_seeds.c - a fuzz target run on its seeds and on what is near them
 *
 * For machines without libFuzzer and for every test run: each file, and each
 * file of each folder given, goes to the target whole, cut after every byte,
 * and with some bits turned over, the same ones each time. Each input is in
 * memory of its exact size, so that a sanitizer sees a step too far. A file
 * that cannot be read ends the process, as does a target that fails.
 */
#include "fuzz.h"

#include <dirent.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "mem.h"

#define FLIPPED_RUNS 500
#define FLIPS 4 /* at most, in one run */

static size_t runs;

static void
run_copy(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		abort();
	memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
	runs++;
}

static void
run_cut(const uint8_t *data, size_t size)
{
	for (size_t cut = 0; cut <= size; cut++)
		run_copy(data, cut);
}

/* The minimal standard generator: the same numbers everywhere. */
static uint32_t
get_random(uint32_t *state)
{
	*state = (uint32_t)((uint64_t)*state * 48271 % 2147483647);
	return *state;
}

static void
run_flipped(uint8_t *data, size_t size)
{
	uint32_t state = 1;

	for (int run = 0; run < FLIPPED_RUNS && size > 0; run++) {
		auto_free uint8_t *copy = mem_dup(data, size);
		int flips = 1 + (int)(get_random(&state) % FLIPS);

		for (int i = 0; i < flips; i++) {
			size_t bit = get_random(&state) % (size * 8);

			copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
		}
		run_copy(copy, size);
	}
}

static void
run_file(const char *path)
{
	auto_file FILE *file = fopen(path, "rb");
	auto_buffer struct buffer in = { 0 };
	size_t count;

	if (!file)
		err(EXIT_FAILURE, "%s", path);
	while (count = fread(buffer_reserve(&in, 65536), 1, 65536, file),
	       count > 0)
		in.size += count;
	if (ferror(file))
		err(EXIT_FAILURE, "%s", path);
	run_cut((uint8_t *)in.data, in.size);
	run_flipped((uint8_t *)in.data, in.size);
}

static void
run_folder(const char *path)
{
	struct dirent **entries;
	int count = scandir(path, &entries, NULL, alphasort);

	if (count < 0)
		err(EXIT_FAILURE, "%s", path);
	for (int i = 0; i < count; i++) {
		auto_free char *file =
			mem_format("%s/%s", path, entries[i]->d_name);

		if (entries[i]->d_name[0] != '.')
			run_file(file);
		free(entries[i]);
	}
	free(entries);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		struct stat status;

		if (stat(argv[i], &status) < 0)
			err(EXIT_FAILURE, "%s", argv[i]);
		if (S_ISDIR(status.st_mode))
			run_folder(argv[i]);
		else
			run_file(argv[i]);
	}
	if (runs == 0)
		errx(EXIT_FAILURE, "no seeds");
	printf("%zu inputs\n", runs);
	return 0;
}
