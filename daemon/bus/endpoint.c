/* SPDX-License-Identifier: Apache-2.0 */
/*
 * endpoint.c - one stream's two sockets, their addresses and limits
 *
 * Owns the sockets and the files of their addresses. Ends the process never; libzmq
 * does, on errors of its own, and docketd starts another.
 *
 * libzmq unlinks whatever lies at an ipc address before it binds, be it a
 * letter or the socket of a living program. So the address is looked at first:
 * nothing there, or a socket that nobody answers, or we refuse. Between look
 * and bind a second docket-bus could still slip in; the lock that docketd holds
 * on its state keeps it from existing. The file stays when we end, as it
 * would after a crash.
 */
#include "endpoint.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <zmq.h>

#define IPC "ipc://"
#define TCP "tcp://"

/* How many subscriptions a turn takes: some milliseconds of work. */
enum { DRAIN_LIMIT = 10000 };

/*
 * What strangers may cost us. Set before bind, as libzmq wants them; not one is
 * its default. ZMQ_XPUB_NODROP stays off: it lets one slow subscriber starve
 * all. ZMQ_MAXMSGSIZE limits only what comes in.
 */
static const struct limit {
	int option;
	int value;
} limits[] = {
	{ ZMQ_SNDHWM, 1000 },	     /* events waiting for a slow one */
	{ ZMQ_HANDSHAKE_IVL, 3000 }, /* ms for a peer to say what it is */
	{ ZMQ_HEARTBEAT_IVL, 5000 }, /* ms between pings */
	{ ZMQ_HEARTBEAT_TIMEOUT, 15000 },
	{ ZMQ_HEARTBEAT_TTL, 15000 },
	{ ZMQ_BACKLOG, 64 },
	{ ZMQ_IPV6, 0 },
	{ ZMQ_LINGER, 500 }, /* ms for the last events when we end */
};
static const int64_t inbound_limit_bytes = 1024;

static char *
dup_bytes(struct docket_bytes bytes)
{
	char *string = mem_alloc(bytes.size + 1);

	if (bytes.size > 0)
		memcpy(string, bytes.data, bytes.size);
	return string;
}

void
endpoint_init(struct endpoint *endpoint, const struct message_endpoint *message)
{
	*endpoint = (struct endpoint){
		.index = message->index,
		.name = dup_bytes(message->name),
		.address = dup_bytes(message->address),
		.replay = dup_bytes(message->replay),
		.stream = dup_bytes(message->stream),
		.head = message->head,
	};
}

/* The path of an ipc address, borrowed; NULL with a sentence. */
static const char *
find_path(const char *address, struct fault *fault)
{
	const char *path = address + strlen(IPC);

	if (strncmp(address, TCP, strlen(TCP)) == 0)
		fault_set(fault, 0,
			  "%s: TCP needs CURVE keys, which this version does "
			  "not have yet; use ipc://PATH",
			  address);
	else if (strncmp(address, IPC, strlen(IPC)) != 0)
		fault_set(fault, 0, "%s is no address; use ipc://PATH",
			  address);
	else if (*path == '\0' || *path == '*' || *path == '@')
		fault_set(fault, 0,
			  "%s names no file whose owner and mode could say who "
			  "may connect; use ipc://PATH",
			  address);
	else
		return path;
	return NULL;
}

/* Does a program accept connections on this socket file? 1, 0, -errno. */
static int
is_answered(const char *path)
{
	struct sockaddr_un peer = { .sun_family = AF_UNIX };
	auto_fd int fd = -1;

	if (strlen(path) >= sizeof(peer.sun_path))
		return -ENAMETOOLONG;
	strcpy(peer.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	if (connect(fd, (struct sockaddr *)&peer, sizeof(peer)) == 0)
		return 1;
	if (errno == EAGAIN) /* its queue is full: it lives */
		return 1;
	return errno == ECONNREFUSED ? 0 : -errno;
}

/* May bind() put a socket at path, and remove what is there? */
static int
check_path(const char *path, struct fault *fault)
{
	struct stat there;
	int answer;

	if (lstat(path, &there) < 0)
		return errno == ENOENT
			       ? 0
			       : fault_set_errno(fault, -errno, "%s", path);
	if (!S_ISSOCK(there.st_mode))
		return fault_set(fault, -EEXIST,
				 "%s exists and is not a socket; it is left "
				 "as it is",
				 path);
	answer = is_answered(path);
	if (answer < 0)
		return fault_set_errno(fault, answer, "%s", path);
	if (answer > 0)
		return fault_set(fault, -EADDRINUSE,
				 "another program already serves %s", path);
	return 0;
}

/* A router drops in silence what it cannot hand over, unless told not to. */
static int
tell_what_is_lost(void *router)
{
	int yes = 1;

	if (zmq_setsockopt(router, ZMQ_ROUTER_MANDATORY, &yes, sizeof(yes)) < 0)
		return -errno;
	return 0;
}

static int
set_limits(void *socket)
{
	if (zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &inbound_limit_bytes,
			   sizeof(inbound_limit_bytes)) < 0)
		return -errno;
	for (size_t i = 0; i < ARRAY_SIZE(limits); i++) {
		if (zmq_setsockopt(socket, limits[i].option, &limits[i].value,
				   sizeof(limits[i].value)) < 0)
			return -errno;
	}
	return 0;
}

/* A socket of that kind, with its limits; NULL with a sentence. */
static void *
make_socket(void *context, int kind, struct fault *fault)
{
	void *socket = zmq_socket(context, kind);
	int error;

	if (!socket) {
		fault_set_errno(fault, -errno, "no ZeroMQ socket");
		return NULL;
	}
	error = set_limits(socket);
	if (!error && kind == ZMQ_ROUTER)
		error = tell_what_is_lost(socket);
	if (error) {
		fault_set_errno(fault, error, "ZeroMQ takes no limits");
		zmq_close(socket);
		return NULL;
	}
	return socket;
}

/* The socket is the endpoint's from when it is made, bound or not. */
static int
bind_one(void *context, int kind, const char *address, void **out_socket,
	 struct fault *fault)
{
	const char *path = find_path(address, fault);
	int error;

	if (!path)
		return -EINVAL;
	error = check_path(path, fault);
	if (error)
		return error;
	*out_socket = make_socket(context, kind, fault);
	if (!*out_socket)
		return -EIO;
	if (zmq_bind(*out_socket, address) < 0)
		return fault_set_errno(fault, -errno, "cannot bind %s",
				       address);
	return 0;
}

int
endpoint_bind(struct endpoint *endpoint, void *context, struct fault *fault)
{
	int error = bind_one(context, ZMQ_XPUB, endpoint->address,
			     &endpoint->socket, fault);

	if (error)
		return error;
	return bind_one(context, ZMQ_ROUTER, endpoint->replay,
			&endpoint->router, fault);
}

static int
send_frame(void *socket, struct docket_bytes frame, int flags)
{
	int sent;

	do
		sent = zmq_send(socket, frame.data, frame.size, flags);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? -errno : 0;
}

int
endpoint_answer(struct endpoint *endpoint, struct docket_bytes peer,
		const struct docket_bytes *frames, size_t count)
{
	int error =
		send_frame(endpoint->router, peer, ZMQ_SNDMORE | ZMQ_DONTWAIT);

	for (size_t i = 0; i < count && !error; i++)
		error = send_frame(endpoint->router, frames[i],
				   i + 1 < count ? ZMQ_SNDMORE : 0);
	return error;
}

int
endpoint_send(struct endpoint *endpoint, struct docket_bytes topic,
	      struct docket_bytes body)
{
	int error = send_frame(endpoint->socket, topic, ZMQ_SNDMORE);

	return error ? error : send_frame(endpoint->socket, body, 0);
}

void
endpoint_drain(struct endpoint *endpoint)
{
	char ignored;

	/* The socket keeps the subscription itself; this is only the news. */
	for (int i = 0; i < DRAIN_LIMIT; i++) {
		if (zmq_recv(endpoint->socket, &ignored, sizeof(ignored),
			     ZMQ_DONTWAIT) < 0)
			return;
	}
}

void
endpoint_fini(struct endpoint *endpoint)
{
	if (endpoint->socket)
		zmq_close(endpoint->socket);
	if (endpoint->router)
		zmq_close(endpoint->router);
	free(endpoint->name);
	free(endpoint->replay);
	free(endpoint->address);
	free(endpoint->stream);
	*endpoint = (struct endpoint){ 0 };
}
