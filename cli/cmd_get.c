/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_get.c - docket get: the original bytes of a document, checked
 *
 * Writes to stdout or, under another name first, to the file of -o. Nothing is
 * written of bytes whose SHA-256 is not the document's.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "document.h"
#include "escape.h"
#include "fault.h"
#include "log.h"
#include "talk.h"

struct get_options {
	const char *file;
};

static const struct argument arguments[] = {
	{ { "o", DOCKET_OPTION_STRING, offsetof(struct get_options, file), NULL,
	    "Write to FILE, which is there whole or not at all;\n"
	    "-: to stdout even if that is a terminal",
	    0, 0 },
	  "FILE" },
	{ { 0 }, NULL },
};

static int
explain_file(const char *path)
{
	log_error("cannot write %s: %s", path, strerror(errno));
	return FAULT_EXIT_IO;
}

/* A new file beside path, with the permissions that path would have had. */
static int
open_beside(const char *path, char **out_name)
{
	auto_free char *name = mem_format("%s.XXXXXX", path);
	int fd = mkostemp(name, O_CLOEXEC);
	mode_t mask = umask(0);

	umask(mask);
	if (fd < 0 || fchmod(fd, 0666 & ~mask) < 0) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	*out_name = take(name);
	return fd;
}

static int
write_beside(const char *path, struct docket_bytes bytes)
{
	auto_free char *name = NULL;
	auto_fd int fd = open_beside(path, &name);
	struct output out = { .fd = fd };
	int code;

	if (fd < 0)
		return explain_file(path);
	code = output_write(&out, bytes);
	if (code == 0 && rename(name, path) < 0)
		code = explain_file(path);
	if (code)
		unlink(name);
	return code;
}

/* Devices and pipes are written to; anything else is replaced. */
static int
write_file(const char *path, struct docket_bytes bytes)
{
	struct stat status;
	struct output out = { 0 };
	auto_fd int fd = -1;

	if (stat(path, &status) < 0 || S_ISREG(status.st_mode))
		return write_beside(path, bytes);
	fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return explain_file(path);
	out.fd = fd;
	return output_write(&out, bytes);
}

/* Text without control characters but those that lay lines out. */
static bool
is_showable(struct docket_bytes bytes)
{
	size_t at = 0;

	while (at < bytes.size) {
		uint32_t code;
		size_t size =
			escape_decode(bytes.data + at, bytes.size - at, &code);

		if (size == 0 || code == 0 || (code >= 0x7f && code < 0xa0) ||
		    (code < ' ' && !strchr("\t\n\r\f", (int)code)))
			return false;
		at += size;
	}
	return true;
}

static int
write_content(const struct call *call, struct docket_bytes bytes)
{
	const struct get_options *options = call->options;

	if (options->file && strcmp(options->file, "-") != 0)
		return write_file(options->file, bytes);
	if (call->out->is_terminal && !options->file && !is_showable(bytes)) {
		log_error("these are no bytes for a terminal; "
			  "docket get -o FILE %s saves them",
			  call->operands[0]);
		return EXIT_FAILURE;
	}
	return output_write(call->out, bytes);
}

static int
check_digest(const struct arrival *arrival, struct docket_bytes bytes)
{
	struct digest digest = digest_of(bytes);

	if (digest_equal(&digest, &arrival->digest))
		return 0;
	log_error("the bytes of arrival %" PRIu64 " are not those that were "
		  "registered: their SHA-256 differs",
		  arrival->number);
	return FAULT_EXIT_IO;
}

/* What was refused at intake never came, what was discarded went. */
static int
check_kept(const struct arrival *arrival)
{
	if (arrival->state != ARRIVAL_DISCARDED &&
	    !digest_is_zero(&arrival->digest))
		return 0;
	log_error("arrival %" PRIu64 " is %s and has no bytes here",
		  arrival->number, arrival_state_name(arrival->state));
	return EXIT_FAILURE;
}

static int
take_row(void *owner, const struct frame *row)
{
	const struct call *call = owner;
	struct message_content message;
	struct document_content content;
	struct arrival arrival;
	int code = talk_decode(row, MESSAGE_CONTENT, &message);

	if (code == 0)
		code = talk_decode_arrival(message.arrival, &arrival);
	if (code == 0)
		code = document_open(message.content, message.size, row->fd,
				     &content);
	if (code)
		return code;
	code = check_kept(&arrival);
	if (code == 0)
		code = check_digest(&arrival, content.bytes);
	if (code == 0)
		code = write_content(call, content.bytes);
	document_close(&content);
	return code;
}

static int
run_get(const struct call *call)
{
	struct document_name name;
	int code = document_parse_name(call->operands[0], &name);

	if (code)
		return code;
	if (name.anchor) {
		log_error("get: originals come whole; docket show %s shows "
			  "that part",
			  call->operands[0]);
		return FAULT_EXIT_USAGE;
	}
	return talk_ask(&(struct talk){
		.state = call->state,
		.type = MESSAGE_GET,
		.message = &name.document,
		.needs_row = true,
		.take_row = take_row,
		.owner = (void *)(uintptr_t)call,
	});
}

static const struct command_code codes[] = {
	{ 0, "The bytes are those that were registered, and written" },
	{ 1, "Not there, without bytes, or not fit for a terminal" },
	{ 0, NULL },
};

const struct command cmd_get = {
	.name = "get",
	.operands = "ID",
	.summary = "The original bytes of a document, checked",
	.text = "ID is the number of an arrival, or sha256: with 64 digits, or "
		"the\n"
		"digits alone. The SHA-256 of what came is compared before "
		"anything\n"
		"is written.",
	.arguments = arguments,
	.options_size = sizeof(struct get_options),
	.operands_min = 1,
	.operands_max = 1,
	.codes = codes,
	.run = run_get,
};
