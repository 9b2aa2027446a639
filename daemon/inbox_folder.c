/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inbox_folder.c - one life of an inbox: its folder and its spool, held open
 *
 * Owns the two descriptors from open to the last drop. Never ends the process.
 */
#include "inbox_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "log.h"
#include "owner.h"

#define SPOOL ".docket"
#define ROW_MS 5
#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_CLOEXEC)

/* statfs(2): file systems that others write to without this kernel's help. */
static const unsigned long remote_types[] = {
	0x00006969, /* nfs */
	0x0000517b, /* smb */
	0xff534d42, /* cifs */
	0xfe534d42, /* smb2 */
	0x65735546, /* fuse: sshfs, s3fs, virtiofs */
	0x01021997, /* 9p */
	0x5346414f, /* afs */
	0x6b414653, /* afs of the kernel */
	0x00c36400, /* ceph */
	0x47504653, /* gpfs */
	0x0bd00bd0, /* lustre */
	0x7461636f, /* ocfs2 */
	0x01161970, /* gfs2 */
	0x0000564c, /* ncp */
	0x73757245, /* coda */
};

static int
refuse(const struct config_inbox *config, struct fault *fault, const char *what)
{
	int code = errno;

	return fault_set(fault, -code, "[inbox %s] %s: %s (%s)", config->name,
			 config->path, what, strerror(code));
}

static bool
is_remote(int fd)
{
	struct statfs about;

	if (fstatfs(fd, &about) < 0)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(remote_types); i++)
		if ((unsigned long)(uint32_t)about.f_type == remote_types[i])
			return true;
	return false;
}

static int
open_spool(struct inbox_folder *folder, struct fault *fault)
{
	struct stat here, spool;

	if (mkdirat(folder->folder, SPOOL, 0700) < 0 && errno != EEXIST)
		return refuse(folder->config, fault,
			      "docketd cannot make " SPOOL " in it; give its "
			      "user the right to write there");
	folder->spool =
		openat(folder->folder, SPOOL, FOLDER_FLAGS | O_NOFOLLOW);
	if (folder->spool < 0)
		return refuse(folder->config, fault, SPOOL " cannot be opened");
	if (fstat(folder->folder, &here) < 0 ||
	    fstat(folder->spool, &spool) < 0)
		return refuse(folder->config, fault, "cannot be looked at");
	if (here.st_dev != spool.st_dev) {
		errno = EXDEV;
		return refuse(folder->config, fault,
			      SPOOL " is on another file system; unmount it");
	}
	return 0;
}

/* Out of a sticky folder only its owner and a file's may take the file. */
static int
check_rights(const struct inbox_folder *folder, struct fault *fault)
{
	const struct config_inbox *config = folder->config;
	struct stat meta;

	if (fstat(folder->folder, &meta) < 0)
		return refuse(config, fault, "cannot be looked at");
	if ((meta.st_mode & S_ISVTX) && geteuid() != 0 &&
	    meta.st_uid != geteuid())
		return fault_set(fault, -EPERM,
				 "[inbox %s] %s is sticky and belongs to user "
				 "%u: docketd could not take what others put "
				 "there; give it to docketd's user, %u, or "
				 "chmod -t",
				 config->name, config->path, meta.st_uid,
				 geteuid());
	if ((meta.st_mode & S_IWOTH) && !(meta.st_mode & S_ISVTX))
		log_warning("[inbox %s] everybody may write to %s, and take "
			    "away or replace what others put there; chmod o-w, "
			    "or +t",
			    config->name, config->path);
	return 0;
}

int
inbox_folder_check(const struct config_inbox *config, struct fault *fault)
{
	struct inbox_folder folder = {
		.config = config,
		.folder = open(config->path, FOLDER_FLAGS),
	};
	int status;

	if (folder.folder < 0)
		return refuse(config, fault,
			      "cannot be opened; make the folder, or correct "
			      "its path");
	status = check_rights(&folder, fault);
	close(folder.folder);
	return status;
}

int
inbox_folder_open(const struct config_inbox *config,
		  struct inbox_folder **out_folder, struct fault *fault)
{
	struct inbox_folder *folder = mem_alloc(sizeof(*folder));
	int status;

	*folder = (struct inbox_folder){
		.config = config,
		.holders = 1,
		.spool = -1,
		.folder = open(config->path, FOLDER_FLAGS),
	};
	LIST_INIT(&folder->in_hand);
	if (folder->folder < 0)
		status = refuse(config, fault,
				"cannot be opened; make the folder, or "
				"correct its path");
	else
		status = check_rights(folder, fault);
	if (status == 0)
		status = open_spool(folder, fault);
	if (status == 0)
		status = owner_find(config->owners, &folder->owners,
				    &folder->owner_count, fault);
	if (status < 0) {
		inbox_folder_drop(folder);
		return status;
	}
	folder->is_remote = is_remote(folder->folder);
	*out_folder = folder;
	return 0;
}

struct inbox_folder *
inbox_folder_hold(struct inbox_folder *folder)
{
	folder->holders++;
	return folder;
}

struct inbox_folder *
inbox_folder_drop(struct inbox_folder *folder)
{
	if (folder == NULL || --folder->holders > 0)
		return NULL;
	if (folder->spool >= 0)
		close(folder->spool);
	if (folder->folder >= 0)
		close(folder->folder);
	free(folder->owners);
	free(folder);
	return NULL;
}

static bool
is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool
inbox_folder_is_in_place(const struct inbox_folder *folder)
{
	struct stat here, there, spool, spool_there;

	return fstat(folder->folder, &here) == 0 &&
	       stat(folder->config->path, &there) == 0 &&
	       is_same(&here, &there) && fstat(folder->spool, &spool) == 0 &&
	       fstatat(folder->folder, SPOOL, &spool_there,
		       AT_SYMLINK_NOFOLLOW) == 0 &&
	       is_same(&spool, &spool_there);
}

bool
inbox_folder_is_same(const struct inbox_folder *a, const struct inbox_folder *b)
{
	struct stat one, other;

	return fstat(a->folder, &one) == 0 && fstat(b->folder, &other) == 0 &&
	       is_same(&one, &other);
}

bool
inbox_folder_takes_from(const struct inbox_folder *folder, uid_t owner)
{
	for (size_t i = 0; i < folder->owner_count; i++)
		if (folder->owners[i] == owner)
			return true;
	return folder->owner_count == 0;
}

unsigned
inbox_folder_count_move(struct inbox_folder *folder, uint64_t now_ms)
{
	atomic_store(&folder->is_row, now_ms - folder->moved_ms < ROW_MS);
	folder->moved_ms = now_ms;
	return atomic_fetch_add(&folder->moves, 1) + 1;
}

/* ---- what is in hand ---- */

void
inbox_folder_take_in_hand(struct inbox_folder *folder, struct inbox_hand *hand,
			  const char *name)
{
	hand->name = name;
	LIST_INSERT_HEAD(&folder->in_hand, hand, in_folder);
}

void
inbox_folder_let_go(struct inbox_hand *hand)
{
	if (hand->name == NULL)
		return;
	LIST_REMOVE(hand, in_folder);
	hand->name = NULL;
}

bool
inbox_folder_has_in_hand(const struct inbox_folder *folder, const char *name)
{
	const struct inbox_hand *hand;

	LIST_FOREACH(hand, &folder->in_hand, in_folder)
	if (strcmp(hand->name, name) == 0)
		return true;
	return false;
}

/* ---- folders below ---- */

/* A folder in another, on that file system. */
static int
open_step(int above, const char *name, dev_t device)
{
	auto_fd int fd = openat(above, name, FOLDER_FLAGS | O_NOFOLLOW);
	struct stat meta;

	if (fd < 0 || fstat(fd, &meta) < 0)
		return -errno;
	return meta.st_dev == device ? take_fd(&fd) : -EXDEV;
}

/*
 * openat2() would do it in one call, but is not to be had on every kernel nor
 * in every container.
 */
int
inbox_folder_open_below(const struct inbox_folder *folder, const char *path)
{
	auto_free char *names = mem_dup_string(path);
	struct stat meta;
	char *rest, *name;
	int fd;

	if (fstat(folder->folder, &meta) < 0)
		return -errno;
	fd = openat(folder->folder, ".", FOLDER_FLAGS);
	if (fd < 0)
		return -errno;
	for (name = strtok_r(names, "/", &rest); name != NULL && fd >= 0;
	     name = strtok_r(NULL, "/", &rest)) {
		auto_fd int above = fd;

		fd = strcmp(name, "..") == 0
			     ? -EXDEV
			     : open_step(above, name, meta.st_dev);
	}
	return fd;
}

int
inbox_folder_open_parent(const struct inbox_folder *folder, const char *path,
			 const char **out_leaf)
{
	const char *slash = strrchr(path, '/');
	auto_free char *parent = NULL;

	*out_leaf = slash == NULL ? path : slash + 1;
	if (slash == NULL) {
		int fd = fcntl(folder->folder, F_DUPFD_CLOEXEC, 0);

		return fd < 0 ? -errno : fd;
	}
	parent = mem_dup(path, (size_t)(slash - path) + 1);
	parent[slash - path] = '\0';
	return inbox_folder_open_below(folder, parent);
}
