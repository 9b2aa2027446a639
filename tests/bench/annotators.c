/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotators.c - what annotators cost: processor time by size of the text
 *
 *   bench_annotators PLUGINS DATA FILE...
 *
 * Loads parser_text and all annotators of a folder of plugins, as a reader
 * would, and has them read each file, repeated to 20 KB, 200 KB and 2 MB. Prints
 * microseconds, and for their sum microseconds per 20 KB: linear is what stays.
 * Ends with status 1 where a plugin refuses.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../daemon/worker/host.h"
#include "../../daemon/worker/job.h"
#include "../../daemon/worker/load.h"
#include "mem.h"

#define PLUGINS_MAX 16
#define ROUNDS 7
#define UNIT 20000

static const size_t sizes[] = { UNIT, UNIT * 10, UNIT * 100 };

struct bench {
	struct plugin *parser;
	struct plugin *annotators[PLUGINS_MAX];
	size_t count;
};

static void
fail(const char *what, const char *why)
{
	fprintf(stderr, "bench_annotators: %s: %s\n", what, why);
	exit(1);
}

static struct plugin *
load(const char *path)
{
	struct plugin *plugin;
	struct fault fault;

	if (load_plugin(path, &plugin, &fault) ||
	    load_prepare(plugin, &fault) || load_open(plugin, &fault))
		fail(path, fault.text);
	return plugin;
}

static int
compare(const void *left, const void *right)
{
	const struct plugin *const *a = left, *const *b = right;

	return (*a)->abi.annotator.order - (*b)->abi.annotator.order;
}

static void
load_all(struct bench *bench, const char *folder)
{
	char path[4096];
	glob_t found;

	snprintf(path, sizeof(path), "%s/parser_text.so", folder);
	bench->parser = load(path);
	snprintf(path, sizeof(path), "%s/annotator_*.so", folder);
	if (glob(path, 0, NULL, &found) || found.gl_pathc > PLUGINS_MAX)
		fail(path, "no annotators, or too many");
	for (size_t i = 0; i < found.gl_pathc; i++)
		bench->annotators[bench->count++] = load(found.gl_pathv[i]);
	globfree(&found);
	qsort(bench->annotators, bench->count, sizeof(struct plugin *),
	      compare);
}

/* The file, over and over, to this size or a little more. */
static void
read_repeated(const char *path, size_t size, struct buffer *text)
{
	char data[1 << 16];
	size_t got;

	text->size = 0;
	while (text->size < size) {
		FILE *file = fopen(path, "r");

		if (!file)
			fail(path, "cannot be read");
		while ((got = fread(data, 1, sizeof(data), file)) > 0)
			buffer_put(text, data, got);
		fclose(file);
		buffer_put_string(text, "\n\n");
	}
}

static double
now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* One round: the time of each annotator, where it is the least so far. */
static void
measure(const struct bench *bench, struct docket_bytes content, double *best)
{
	struct docket_job job = {
		.content = content,
		.name = bytes_of("bench.txt"),
		.media_type = bytes_of("text/plain"),
	};

	job_begin(&job, 0);
	job_enter(&job, "text");
	bench->parser->abi.parser.parse(bench->parser->self, &job);
	job_settle(&job, "text", "1");
	job_leave(&job);
	for (size_t i = 0; i < bench->count; i++) {
		const struct plugin *plugin = bench->annotators[i];
		double began = now_us();
		double took;

		job_enter(&job, plugin->abi.plugin.name);
		plugin->abi.annotator.annotate(plugin->self, &job);
		job_leave(&job);
		took = now_us() - began;
		if (best[i] <= 0 || took < best[i])
			best[i] = took;
	}
	job_end(&job);
}

static void
print_row(const struct bench *bench, const char *path, size_t size)
{
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	double best[PLUGINS_MAX] = { 0 };
	struct buffer text = { 0 };
	double sum = 0;

	read_repeated(path, size, &text);
	for (int i = 0; i < ROUNDS; i++)
		measure(bench, buffer_bytes(&text), best);
	printf("%-24.24s %9zu", name, text.size);
	for (size_t i = 0; i < bench->count; i++) {
		printf(" %10.0f", best[i]);
		sum += best[i];
	}
	printf(" %10.0f %10.0f\n", sum, sum * UNIT / (double)text.size);
	buffer_fini(&text);
}

int
main(int count, char **arguments)
{
	struct bench bench = { 0 };

	if (count < 4)
		fail("usage", "bench_annotators PLUGINS DATA FILE...");
	host_open(arguments[2], "");
	load_all(&bench, arguments[1]);
	printf("%-24s %9s", "microseconds", "bytes");
	for (size_t i = 0; i < bench.count; i++)
		printf(" %10.10s", bench.annotators[i]->abi.plugin.name);
	printf(" %10s %10s\n", "all", "per 20 KB");
	for (int i = 3; i < count; i++)
		for (size_t k = 0; k < ARRAY_SIZE(sizes); k++)
			print_row(&bench, arguments[i], sizes[k]);
	return 0;
}
