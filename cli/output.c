/* SPDX-License-Identifier: Apache-2.0 */
/*
 * output.c - standard output: gathered, written, and checked
 *
 * Owns the text that waits to be written. Reads the terminal's size and the
 * environment variables NO_COLOR and TERM.
 */
#include "output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "fault.h"
#include "log.h"

#define WRITE_AT_BYTES (64u << 10)
#define COLUMNS_FALLBACK 80
#define COLUMNS_MIN 40

static size_t
measure_terminal(int fd)
{
	struct winsize size;

	if (ioctl(fd, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return COLUMNS_FALLBACK;
	return size.ws_col < COLUMNS_MIN ? COLUMNS_MIN : size.ws_col;
}

/* https://no-color.org: set and not empty means no colours. */
static bool
wants_style(void)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	return !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

void
output_init(struct output *out, int fd)
{
	*out = (struct output){ .fd = fd, .is_terminal = isatty(fd) };
	if (out->is_terminal) {
		out->columns = measure_terminal(fd);
		out->is_styled = wants_style();
	}
}

void
output_fini(struct output *out)
{
	buffer_fini(&out->text);
}

static int
write_all(struct output *out, struct docket_bytes bytes)
{
	while (bytes.size > 0 && !out->failed) {
		ssize_t written = write(out->fd, bytes.data, bytes.size);

		if (written >= 0) {
			bytes.data += written;
			bytes.size -= (size_t)written;
		} else if (errno != EINTR) {
			log_error("cannot write: %s", strerror(errno));
			out->failed = FAULT_EXIT_IO;
		}
	}
	return out->failed;
}

int
output_flush(struct output *out)
{
	int code = write_all(out, buffer_bytes(&out->text));

	out->text.size = 0;
	return code;
}

int
output_pass(struct output *out)
{
	return out->text.size < WRITE_AT_BYTES ? out->failed
					       : output_flush(out);
}

int
output_write(struct output *out, struct docket_bytes bytes)
{
	int code = output_flush(out);

	return code ? code : write_all(out, bytes);
}
