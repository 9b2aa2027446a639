/* SPDX-License-Identifier: Apache-2.0 */
/*
 * talk.c - one question to docketd, and its answer row by row
 *
 * Owns the connection while talk_ask() runs. Reads and writes the control
 * socket: frames of lib/frame.h with messages of lib/message.h.
 */
#include "talk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "fault.h"
#include "log.h"

#define SYSTEM_SOCKET "/run/docket/control.sock"
/* A record is the largest thing that comes in one frame. */
#define ROW_LIMIT_BYTES (600u << 20)
#define PATIENCE_MS 60000

static char *
name_socket(const char *state)
{
	return state ? mem_format("%s/run/control.sock", state)
		     : mem_dup_string(SYSTEM_SOCKET);
}

/*
 * An address holds 107 bytes and folders can be deeper. The kernel follows a
 * link, so a long path is named through a descriptor of the socket itself.
 */
static int
fill_address(const char *path, int *out_fd, struct sockaddr_un *out_address)
{
	*out_address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	*out_fd = -1;
	if (strlen(path) < sizeof(out_address->sun_path)) {
		strcpy(out_address->sun_path, path);
		return 0;
	}
	*out_fd = open(path, O_PATH | O_CLOEXEC);
	if (*out_fd < 0)
		return -errno;
	snprintf(out_address->sun_path, sizeof(out_address->sun_path),
		 "/proc/self/fd/%d", *out_fd);
	return 0;
}

/* The connected socket, or a negative errno. */
static int
dial(const char *path)
{
	struct sockaddr_un address;
	auto_fd int link = -1;
	auto_fd int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int error;

	if (fd < 0)
		return -errno;
	error = fill_address(path, &link, &address);
	if (error)
		return error;
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		return -errno;
	return take_fd(&fd);
}

static int
explain_dial(const struct talk *talk, const char *path, int error)
{
	if (error == -EACCES || error == -EPERM)
		log_error("you may not talk to docketd at %s: %s; "
			  "group docket-read may",
			  path, strerror(-error));
	else if (error != -ENOENT && error != -ECONNREFUSED)
		log_error("docketd at %s: %s", path, strerror(-error));
	else if (talk->state)
		log_error("no docketd answers at %s; start it with "
			  "docketd --state %s --inbox FOLDER",
			  path, talk->state);
	else
		log_error("no docketd answers at %s; start it with "
			  "systemctl start docketd, or name another with "
			  "docket --state DIR",
			  path);
	return FAULT_EXIT_UNAVAILABLE;
}

static int
explain_receive(int answer)
{
	if (answer == 0 || answer == -ECONNRESET)
		log_error("docketd ended before its answer was complete");
	else if (answer == -ETIMEDOUT)
		log_error("docketd did not answer within %d seconds",
			  PATIENCE_MS / 1000);
	else if (answer == -EMSGSIZE || answer == -EPROTO)
		log_error("docketd and docket do not understand each other; "
			  "are they of one version?");
	else
		log_error("cannot read from docketd: %s", strerror(-answer));
	return answer == -EMSGSIZE || answer == -EPROTO
		       ? FAULT_EXIT_SOFTWARE
		       : FAULT_EXIT_UNAVAILABLE;
}

static int
explain_row(const struct frame *row)
{
	log_error("docketd answered with something unasked for (%s)",
		  message_type_name(row->type));
	return FAULT_EXIT_SOFTWARE;
}

static int
explain_damage(const char *name)
{
	log_error("a row of docketd's answer is damaged (%s)", name);
	return FAULT_EXIT_SOFTWARE;
}

int
talk_decode(const struct frame *row, enum message_type type, void *out_message)
{
	if (row->type != type)
		return explain_row(row);
	if (message_decode(row, out_message))
		return explain_damage(message_type_name(row->type));
	return 0;
}

int
talk_decode_arrival(struct docket_bytes from, struct arrival *out_arrival)
{
	if (arrival_decode(from, out_arrival))
		return explain_damage(message_type_name(MESSAGE_ARRIVAL));
	return 0;
}

/* docketd's last word. */
static int
take_end(const struct talk *talk, const struct frame *row, bool has_rows)
{
	struct message_end end;
	int code = talk_decode(row, MESSAGE_END, &end);

	if (code)
		return code;
	if (end.code > UINT8_MAX ||
	    (end.code == 0 && talk->needs_row && !has_rows))
		return explain_row(row);
	if (end.code && end.detail.size == 0)
		log_error("docketd refused, and did not say why");
	else if (end.code)
		log_error("%.*s", (int)end.detail.size, end.detail.data);
	else if (end.detail.size)
		log_notice("%.*s", (int)end.detail.size, end.detail.data);
	return (int)end.code;
}

static int
hear(const struct talk *talk, struct frame_stream *stream)
{
	bool has_rows = false;

	for (;;) {
		struct frame row;
		int patience = talk->is_patient ? -1 : PATIENCE_MS;
		int answer = frame_receive(stream, patience, &row);
		int code;

		if (answer != 1)
			return explain_receive(answer);
		if (row.type == MESSAGE_END)
			return take_end(talk, &row, has_rows);
		code = talk->take_row(talk->owner, &row);
		if (row.fd >= 0)
			close(row.fd);
		if (code)
			return code;
		has_rows = true;
	}
}

static int
say(const struct talk *talk, int socket)
{
	auto_buffer struct buffer out = { 0 };
	int fd = talk->fd > 0 ? talk->fd : -1;
	int error;

	if (fd >= 0)
		message_encode_fd(&out, talk->type, talk->message);
	else
		message_encode(&out, talk->type, talk->message);
	error = frame_send(socket, &out, fd);
	/* Who refuses says why before it closes: that is still to be heard. */
	if (error == 0 || error == -EPIPE || error == -ECONNRESET)
		return 0;
	log_error("cannot write to docketd: %s", strerror(-error));
	return FAULT_EXIT_UNAVAILABLE;
}

bool
talk_is_answered(const char *state)
{
	auto_free char *path = name_socket(state);
	auto_fd int socket = dial(path);

	return socket >= 0 || socket == -EACCES || socket == -EPERM;
}

int
talk_ask(const struct talk *talk)
{
	auto_free char *path = name_socket(talk->state);
	auto_fd int socket = dial(path);
	struct frame_stream stream;
	int code;

	if (socket < 0)
		return explain_dial(talk, path, socket);
	frame_stream_init(&stream, socket, ROW_LIMIT_BYTES);
	code = say(talk, socket);
	if (code == 0)
		code = hear(talk, &stream);
	frame_stream_fini(&stream);
	return code;
}
