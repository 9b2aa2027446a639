/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notifier_file.c - appends the topic of each event to a file
 *
 * Where the file cannot be written it asks for the event again.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <docket/notifier.h>

struct file {
	const char *path;
};

static enum docket_status
file_notify(void *self, const struct docket_event *event)
{
	const struct file *file = self;
	char line[1024];
	size_t size = event->topic.size;
	int fd;
	int failed;

	if (size > sizeof(line) - 1)
		size = sizeof(line) - 1;
	memcpy(line, event->topic.data, size);
	line[size++] = '\n';
	fd = open(file->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	failed = fd < 0 || write(fd, line, size) != (ssize_t)size;
	if (failed)
		docket_log("%s: %s", file->path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return failed ? DOCKET_RETRY : DOCKET_OK;
}

static const struct docket_option options[] = {
	{
		.name = "path",
		.type = DOCKET_OPTION_STRING,
		.offset = offsetof(struct file, path),
		.fallback = "/dev/null",
		.summary = "The file to which topics are appended",
	},
	{ .name = NULL },
};

static const char *const topics[] = { "document.", NULL };
static const struct docket_notifier notifier = {
	.topics = topics,
	.notify = file_notify,
};

DOCKET_PLUGIN = {
	.name = "file",
	.summary = "Appends topics to a file",
	.self_size = sizeof(struct file),
	.options = options,
	.notifier = &notifier,
};
