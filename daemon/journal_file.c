/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_file.c - the journal's files: writes that follow one another are one
 *
 * A layer above SQLite's own files. What is written is held back while each
 * write begins where the one before it ended, and goes to the file before
 * anything else is done with it: synced, read, measured, cut, closed. So nothing
 * is held that SQLite counts on: it counts on what it has synced.
 *
 * Owns what is held back. A write that fails is told by the call that wanted it
 * done, and what was held is dropped: to SQLite that call has failed, and with
 * it the transaction or the copying of the log that the bytes belong to.
 */
#include "journal_file.h"

#include "mem.h"

#define NAME "docket"
/* SQLite's own files take no more in one call. */
#define HELD_LIMIT ((128u << 10) - 1)

struct file {
	sqlite3_file above; /* what SQLite sees; first */
	struct buffer held;
	sqlite3_int64 held_at;
	sqlite3_file below; /* SQLite's own; the last, and larger than this */
};

static struct file *
file_of(sqlite3_file *above)
{
	return container_of(above, struct file, above);
}

/* ---- what is held ---- */

static int
let_go(struct file *file)
{
	int size = (int)file->held.size;

	if (size == 0)
		return SQLITE_OK;
	file->held.size = 0;
	return file->below.pMethods->xWrite(&file->below, file->held.data, size,
					    file->held_at);
}

static int
write_file(sqlite3_file *above, const void *data, int size, sqlite3_int64 at)
{
	struct file *file = file_of(above);
	bool fits = file->held.size + (size_t)size <= HELD_LIMIT &&
		    at == file->held_at + (sqlite3_int64)file->held.size;
	int code = fits ? SQLITE_OK : let_go(file);

	if (code != SQLITE_OK)
		return code;
	if (file->held.size == 0)
		file->held_at = at;
	buffer_put(&file->held, data, (size_t)size);
	return SQLITE_OK;
}

/* ---- what is done after it is written ---- */

static int
read_file(sqlite3_file *above, void *out, int size, sqlite3_int64 at)
{
	struct file *file = file_of(above);
	int code = let_go(file);

	return code != SQLITE_OK ? code
				 : file->below.pMethods->xRead(&file->below,
							       out, size, at);
}

static int
sync_file(sqlite3_file *above, int flags)
{
	struct file *file = file_of(above);
	int code = let_go(file);

	return code != SQLITE_OK
		       ? code
		       : file->below.pMethods->xSync(&file->below, flags);
}

static int
truncate_file(sqlite3_file *above, sqlite3_int64 size)
{
	struct file *file = file_of(above);
	int code = let_go(file);

	return code != SQLITE_OK
		       ? code
		       : file->below.pMethods->xTruncate(&file->below, size);
}

static int
measure_file(sqlite3_file *above, sqlite3_int64 *out_size)
{
	struct file *file = file_of(above);
	int code = let_go(file);

	return code != SQLITE_OK ? code
				 : file->below.pMethods->xFileSize(&file->below,
								   out_size);
}

static int
close_file(sqlite3_file *above)
{
	struct file *file = file_of(above);
	int code = let_go(file);
	int closed = file->below.pMethods->xClose(&file->below);

	buffer_fini(&file->held);
	return code != SQLITE_OK ? code : closed;
}

/* ---- what has nothing to do with it ---- */

static int
lock_file(sqlite3_file *above, int level)
{
	struct file *file = file_of(above);

	return file->below.pMethods->xLock(&file->below, level);
}

static int
unlock_file(sqlite3_file *above, int level)
{
	struct file *file = file_of(above);

	return file->below.pMethods->xUnlock(&file->below, level);
}

static int
check_lock(sqlite3_file *above, int *out_is_locked)
{
	struct file *file = file_of(above);

	return file->below.pMethods->xCheckReservedLock(&file->below,
							out_is_locked);
}

static int
control_file(sqlite3_file *above, int what, void *argument)
{
	struct file *file = file_of(above);

	return file->below.pMethods->xFileControl(&file->below, what, argument);
}

static int
get_sector_size(sqlite3_file *above)
{
	struct file *file = file_of(above);

	return file->below.pMethods->xSectorSize(&file->below);
}

static int
get_characteristics(sqlite3_file *above)
{
	struct file *file = file_of(above);

	return file->below.pMethods->xDeviceCharacteristics(&file->below);
}

static const sqlite3_io_methods methods = {
	.iVersion = 1, /* without shared memory and mapped pages */
	.xClose = close_file,
	.xRead = read_file,
	.xWrite = write_file,
	.xTruncate = truncate_file,
	.xSync = sync_file,
	.xFileSize = measure_file,
	.xLock = lock_file,
	.xUnlock = unlock_file,
	.xCheckReservedLock = check_lock,
	.xFileControl = control_file,
	.xSectorSize = get_sector_size,
	.xDeviceCharacteristics = get_characteristics,
};

/* ---- opening ---- */

/* SQLite closes what has methods, be it open or not. */
static int
open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *above, int flags,
	  int *out_flags)
{
	sqlite3_vfs *system = vfs->pAppData;
	struct file *file = file_of(above);
	int code;

	file->held = (struct buffer){ 0 };
	file->held_at = 0;
	code = system->xOpen(system, name, &file->below, flags, out_flags);
	above->pMethods = file->below.pMethods != NULL ? &methods : NULL;
	return code;
}

/* All but the files is the system's, whose functions look at no VFS. */
const char *
journal_file_register(void)
{
	static sqlite3_vfs vfs;
	sqlite3_vfs *system;

	if (sqlite3_vfs_find(NAME) != NULL)
		return NAME;
	system = sqlite3_vfs_find(NULL);
	vfs = *system;
	vfs.zName = NAME;
	vfs.szOsFile = (int)sizeof(struct file) + system->szOsFile;
	vfs.pAppData = system;
	vfs.pNext = NULL;
	vfs.xOpen = open_file;
	sqlite3_vfs_register(&vfs, 0);
	return NAME;
}
