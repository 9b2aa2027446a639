/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log.c - one line a message to stderr, as journald likes it
 *
 * Owns the only process-wide state there is: who speaks, to whom, how much.
 * Each line is one write(), so lines of several processes do not mix.
 */
#include "log.h"

#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "escape.h"

static struct {
	const char *program;
	enum log_level level;
	bool is_journal;
} state = { .program = "docket", .level = LOG_LEVEL_INFO };

/* JOURNAL_STREAM names device and inode of what systemd gave us as stderr. */
static bool
is_stderr_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long device;
	unsigned long long inode;
	struct stat st;

	if (!stream || sscanf(stream, "%llu:%llu", &device, &inode) != 2)
		return false;
	if (fstat(STDERR_FILENO, &st) < 0)
		return false;
	return st.st_dev == device && st.st_ino == inode;
}

void
log_open(const char *program, enum log_level level)
{
	state.program = program;
	state.level = level;
	state.is_journal = is_stderr_journal();
}

static void
put_line(enum log_level level, const char *format, va_list args)
{
	auto_buffer struct buffer line = { 0 };
	auto_free char *text = NULL;
	ssize_t ignored;

	if (level > state.level)
		return;
	if (vasprintf(&text, format, args) < 0)
		abort();
	if (state.is_journal)
		buffer_format(&line, "<%d>", (int)level);
	else
		buffer_format(&line, "%s: ", state.program);
	escape_put_line(&line, bytes_of(text));
	buffer_put(&line, "\n", 1);
	/* There is nobody to tell that telling failed. */
	ignored = write(STDERR_FILENO, line.data, line.size);
	(void)ignored;
}

void
log_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_line(LOG_LEVEL_ERROR, format, args);
	va_end(args);
}

void
log_warning(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_line(LOG_LEVEL_WARNING, format, args);
	va_end(args);
}

void
log_notice(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_line(LOG_LEVEL_NOTICE, format, args);
	va_end(args);
}

void
log_info(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_line(LOG_LEVEL_INFO, format, args);
	va_end(args);
}

void
log_debug(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_line(LOG_LEVEL_DEBUG, format, args);
	va_end(args);
}
