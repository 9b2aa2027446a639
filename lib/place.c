/* SPDX-License-Identifier: Apache-2.0 */
/*
 * place.c - where programs, plugins and data are
 *
 * Owns nothing. Reads /proc/self/exe and folders; PLACE_... are the installed
 * paths, set by the build. Without /proc the installed paths are taken.
 */
#include "place.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PLUGIN_SUFFIX ".so"

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* BUILD where BUILD/bin/X is running; NULL where it is no such place. */
static char *
find_build_tree(void)
{
	char path[PATH_MAX];
	ssize_t size = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	if (size < 0)
		return NULL;
	path[size] = '\0';
	for (int level = 0; level < 2; level++) {
		slash = strrchr(path, '/');
		if (!slash || (level == 1 && strcmp(slash, "/bin") != 0))
			return NULL;
		*slash = '\0';
	}
	return mem_dup_string(path);
}

static bool
take_build_tree(struct place *place)
{
	auto_free char *build = find_build_tree();
	auto_free char *plugins = NULL;
	auto_free char *data = NULL;

	if (!build)
		return false;
	plugins = mem_format("%s/plugins", build);
	data = mem_format("%s/share", build);
	if (!is_folder(plugins) || !is_folder(data))
		return false;
	place->worker = mem_format("%s/bin/docket-worker", build);
	place->bus = mem_format("%s/bin/docket-bus", build);
	place->plugins = take(plugins);
	place->data = take(data);
	return true;
}

static void
take_installed(struct place *place)
{
	place->worker = mem_dup_string(PLACE_PROGRAMS "/docket-worker");
	place->bus = mem_dup_string(PLACE_PROGRAMS "/docket-bus");
	place->plugins = mem_dup_string(PLACE_PLUGINS);
	place->data = mem_dup_string(PLACE_DATA);
}

void
place_init(struct place *place)
{
	if (!take_build_tree(place))
		take_installed(place);
	place->config = mem_dup_string(PLACE_CONFIG);
}

void
place_fini(struct place *place)
{
	free(place->worker);
	free(place->bus);
	free(place->plugins);
	free(place->data);
	free(place->config);
	*place = (struct place){ 0 };
}

static bool
is_plugin(const char *name, const char *const *prefixes)
{
	size_t size = strlen(name);
	size_t suffix = strlen(PLUGIN_SUFFIX);

	if (name[0] == '.' || size <= suffix ||
	    strcmp(name + size - suffix, PLUGIN_SUFFIX) != 0)
		return false;
	for (; prefixes && *prefixes; prefixes++)
		if (strncmp(name, *prefixes, strlen(*prefixes)) == 0)
			return true;
	return !prefixes;
}

static int
compare_paths(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The list, NULL at its end; or NULL and errno. */
static char **
read_folder(DIR *dir, const char *folder, const char *const *prefixes)
{
	char **paths = NULL;
	size_t count = 0;
	size_t capacity = 0;
	const struct dirent *entry;

	for (;;) {
		paths = mem_grow_array(paths, count, &capacity, sizeof(*paths));
		paths[count] = NULL;
		errno = 0;
		entry = readdir(dir);
		if (!entry)
			break;
		if (is_plugin(entry->d_name, prefixes))
			paths[count++] =
				mem_format("%s/%s", folder, entry->d_name);
	}
	if (errno) {
		int error = errno;

		place_free_list(paths);
		errno = error;
		return NULL;
	}
	qsort(paths, count, sizeof(*paths), compare_paths);
	return paths;
}

int
place_list_plugins(const char *folder, const char *const *prefixes,
		   char ***out_paths, struct fault *fault)
{
	DIR *dir = opendir(folder);
	char **paths = dir ? read_folder(dir, folder, prefixes) : NULL;
	int error = errno;

	if (dir)
		closedir(dir);
	if (!paths)
		return fault_set_errno(fault, -error, "the plugin folder %s",
				       folder);
	*out_paths = paths;
	return 0;
}

void
place_free_list(char **paths)
{
	for (char **path = paths; path && *path; path++)
		free(*path);
	free(paths);
}

char *
place_read_data(const char *data_folder, const char *name)
{
	auto_free char *path = mem_format("%s/%s", data_folder, name);
	auto_file FILE *file = fopen(path, "re");
	auto_buffer struct buffer text = { 0 };
	size_t count = 0;

	while (file &&
	       (count = fread(buffer_reserve(&text, 4096), 1, 4096, file)) > 0)
		text.size += count;
	buffer_put(&text, "", 1);
	return mem_dup_string(text.data);
}
