/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store.c - content-addressed bytes in files, immutable once they are there
 *
 * Owns STATE/store. A file is written as STATE/store/tmp-<pid>-<count>-<random>
 * and gets its name, two hex digits of its digest as folder and the rest, when
 * it is complete and on the disk; so a named file is always whole. Nothing here
 * ends the process.
 */
#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define TEMPORARY "tmp-"
#define FLOOR_BYTES (16u << 20)
#define FILE_FLAGS (O_CLOEXEC | O_NOFOLLOW)
#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | FILE_FLAGS)

/* Where a digest is kept: "ab" and "cdef...". */
struct place_of {
	char folder[3];
	char path[3 + 62 + 1]; /* ab/cdef... */
};

static void
find_place(const struct digest *digest, struct place_of *out_place)
{
	char text[DIGEST_TEXT_SIZE];
	const char *hex = digest_format(digest, text) + strlen("sha256:");

	snprintf(out_place->folder, sizeof(out_place->folder), "%.2s", hex);
	snprintf(out_place->path, sizeof(out_place->path), "%.2s/%.62s", hex,
		 hex + 2);
}

static int
sync_folder(int at, const char *path)
{
	auto_fd int folder = openat(at, path, FOLDER_FLAGS);

	if (folder < 0)
		return -errno;
	return fsync(folder) < 0 ? -errno : 0;
}

static int
make_folder(int at, const char *path)
{
	if (mkdirat(at, path, 0700) < 0 && errno != EEXIST)
		return -errno;
	return 0;
}

uint64_t
store_floor(uint64_t total_bytes)
{
	uint64_t share = total_bytes / 8;

	return share < FLOOR_BYTES ? share : FLOOR_BYTES;
}

uint64_t
store_free_bytes(const struct store *store)
{
	struct statvfs space;

	if (fstatvfs(store->folder, &space) < 0)
		return UINT64_MAX;
	return (uint64_t)space.f_bavail * space.f_frsize;
}

bool
store_has_room(const struct store *store, uint64_t size)
{
	uint64_t free_bytes = store_free_bytes(store);

	return free_bytes >= store->floor_bytes &&
	       (free_bytes - store->floor_bytes) / 2 >= size;
}

int
store_open(int state_folder, struct store *out_store, struct fault *fault)
{
	int result = make_folder(state_folder, "store");
	struct statvfs space;
	int folder;

	if (result == 0)
		result = sync_folder(state_folder, ".");
	if (result < 0)
		return fault_set_errno(fault, result, "cannot make store/");
	folder = openat(state_folder, "store", FOLDER_FLAGS);
	if (folder < 0)
		return fault_set_errno(fault, -errno, "cannot open store/");
	*out_store = (struct store){ .folder = folder };
	if (fstatvfs(folder, &space) == 0)
		out_store->floor_bytes =
			store_floor((uint64_t)space.f_blocks * space.f_frsize);
	return 0;
}

void
store_close(struct store *store)
{
	if (store->folder >= 0)
		close(store->folder);
	store->folder = -1;
}

/* A name that no other thread, and no earlier life of this pid, has taken. */
static int
make_name(char *out_name, size_t size)
{
	static atomic_uint counter;
	uint32_t random;

	if (getrandom(&random, sizeof(random), 0) != sizeof(random))
		return -errno;
	snprintf(out_name, size, TEMPORARY "%d-%u-%08" PRIx32, getpid(),
		 atomic_fetch_add(&counter, 1), random);
	return 0;
}

int
store_begin(const struct store *store, struct store_writer *out_writer)
{
	struct store_writer writer = { .store = store };
	int result = make_name(writer.name, sizeof(writer.name));

	if (result < 0)
		return result;
	writer.fd = openat(store->folder, writer.name,
			   O_WRONLY | O_CREAT | O_EXCL | FILE_FLAGS, 0600);
	if (writer.fd < 0)
		return -errno;
	writer.digest = digest_new();
	*out_writer = writer;
	return 0;
}

int
store_write(struct store_writer *writer, const void *data, size_t size)
{
	const char *at = data;
	size_t left = size;

	while (left > 0) {
		ssize_t written = write(writer->fd, at, left);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		at += written;
		left -= (size_t)written;
	}
	digest_add(writer->digest, data, size);
	writer->size += size;
	return 0;
}

void
store_abort(struct store_writer *writer)
{
	if (!writer->store)
		return;
	if (writer->fd >= 0)
		close(writer->fd);
	if (writer->name[0])
		unlinkat(writer->store->folder, writer->name, 0);
	digest_free(writer->digest);
	*writer = (struct store_writer){ .fd = -1 };
}

/* Whatever a file system has put off telling comes out at close. */
static int
seal_file(struct store_writer *writer)
{
	if (fchmod(writer->fd, 0400) < 0 || fsync(writer->fd) < 0)
		return -errno;
	return close(take_fd(&writer->fd)) < 0 ? -errno : 0;
}

/*
 * One that is there already has the same bytes: it is replaced by them, which
 * also mends one that was damaged. The folder above is synced for the sake of
 * a folder that is new.
 */
static int
name_file(struct store_writer *writer, const struct digest *digest)
{
	int folder = writer->store->folder;
	struct place_of place;
	int result;

	find_place(digest, &place);
	result = make_folder(folder, place.folder);
	if (result < 0)
		return result;
	if (renameat(folder, writer->name, folder, place.path) < 0)
		return -errno;
	writer->name[0] = '\0';
	result = sync_folder(folder, place.folder);
	return result < 0 ? result : sync_folder(folder, ".");
}

int
store_finish(struct store_writer *writer, struct digest *out_digest)
{
	struct digest digest = digest_finish(take(writer->digest));
	int result = seal_file(writer);

	if (result == 0)
		result = name_file(writer, &digest);
	store_abort(writer);
	if (result == 0)
		*out_digest = digest;
	return result;
}

int
store_read(const struct store *store, const struct digest *digest)
{
	struct place_of place;
	int fd;

	find_place(digest, &place);
	fd = openat(store->folder, place.path, O_RDONLY | FILE_FLAGS);
	return fd < 0 ? -errno : fd;
}

bool
store_has(const struct store *store, const struct digest *digest)
{
	struct place_of place;

	find_place(digest, &place);
	return faccessat(store->folder, place.path, F_OK,
			 AT_SYMLINK_NOFOLLOW) == 0;
}

int
store_remove(const struct store *store, const struct digest *digest)
{
	struct place_of place;

	find_place(digest, &place);
	if (unlinkat(store->folder, place.path, 0) == 0)
		return sync_folder(store->folder, place.folder);
	return errno == ENOENT ? 0 : -errno;
}

int
store_sweep(const struct store *store)
{
	int fd = openat(store->folder, ".", FOLDER_FLAGS);
	struct dirent *entry;
	int result = 0;
	DIR *folder;

	if (fd < 0)
		return -errno;
	folder = fdopendir(fd);
	if (!folder) {
		result = -errno;
		close(fd);
		return result;
	}
	while (errno = 0, (entry = readdir(folder))) {
		if (strncmp(entry->d_name, TEMPORARY, strlen(TEMPORARY)))
			continue;
		if (unlinkat(store->folder, entry->d_name, 0) < 0)
			result = -errno;
	}
	if (errno != 0 && result == 0)
		result = -errno;
	closedir(folder);
	return result;
}
