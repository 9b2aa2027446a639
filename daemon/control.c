/* SPDX-License-Identifier: Apache-2.0 */
/*
 * control.c - the control socket: connections and their rights
 *
 * Owns the socket and the connections. Who is asking is known from the kernel
 * (SO_PEERCRED, SO_PEERGROUPS): root and the daemon's own user may do
 * everything, members of docket-drop, docket-read and docket-admin what these
 * are for. A connection that others still owe an answer outlives its peer.
 */
#include "control.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "log.h"

#define REQUEST_LIMIT_BYTES (64u << 10)
#define CONNECTIONS_LIMIT 256
#define CONNECTIONS_OF_ONE 64	   /* user; docketd's own and root: no limit */
#define CONNECTIONS_OF_STRANGERS 8 /* of one user without any right */
#define IDLE_TIMEOUT_MS 30000
#define GROUPS_LIMIT 256

static const struct link_events link_events;

/* ---- rights ---- */

static const struct {
	const char *group;
	unsigned rights;
} right_groups[] = {
	{ "docket-drop", RIGHT_DROP },
	{ "docket-read", RIGHT_READ },
	{ "docket-admin", RIGHT_DROP | RIGHT_READ | RIGHT_ADMIN },
};

/* Once: whoever keeps the list of groups may be slow to answer. */
static void
look_up_groups(struct control *control)
{
	static_assert(ARRAY_SIZE(right_groups) == ARRAY_SIZE(control->groups),
		      "one for each row");

	for (size_t i = 0; i < ARRAY_SIZE(right_groups); i++) {
		const struct group *group = getgrnam(right_groups[i].group);

		control->groups[i] = group != NULL ? group->gr_gid : (gid_t)-1;
	}
}

static unsigned
rights_of_group(const struct control *control, gid_t gid)
{
	for (size_t i = 0; i < ARRAY_SIZE(right_groups); i++)
		if (control->groups[i] == gid && gid != (gid_t)-1)
			return right_groups[i].rights;
	return 0;
}

static bool
is_ours(uid_t uid)
{
	return uid == 0 || uid == geteuid();
}

static unsigned
rights_of_peer(const struct control *control, int fd, const struct ucred *peer)
{
	gid_t groups[GROUPS_LIMIT];
	socklen_t size = sizeof(groups);
	unsigned rights;

	if (is_ours(peer->uid))
		return RIGHT_DROP | RIGHT_READ | RIGHT_ADMIN;
	rights = rights_of_group(control, peer->gid);
	if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &size) == 0)
		for (size_t i = 0; i < size / sizeof(*groups); i++)
			rights |= rights_of_group(control, groups[i]);
	return rights;
}

/* ---- connections ---- */

static void
unlink_connection(struct control_connection *connection)
{
	struct control_connection **at = &connection->control->connections;

	while (*at != connection)
		at = &(*at)->next;
	*at = connection->next;
	connection->control->count--;
}

static void
free_if_done(struct control_connection *connection)
{
	if (!connection->is_closed || connection->pending > 0)
		return;
	control_end_task(connection);
	unlink_connection(connection);
	free(connection);
}

static void
on_link_closed(struct link *link)
{
	struct control_connection *connection =
		container_of(link, struct control_connection, link);

	connection->is_closed = true;
	free_if_done(connection);
}

static void
hang_up(struct control_connection *connection)
{
	if (connection->is_gone)
		return;
	connection->is_gone = true;
	link_close(&connection->link, on_link_closed);
}

bool
control_resume(struct control_connection *connection)
{
	connection->pending--;
	if (!connection->is_gone)
		return true;
	free_if_done(connection);
	return false;
}

void
control_end(struct control_connection *connection, uint32_t code,
	    const char *detail)
{
	struct message_end end = { code, bytes_of(detail) };

	control_end_task(connection);
	connection->idle_since_ms = uv_now(connection->control->loop);
	link_put(&connection->link, MESSAGE_END, &end);
	link_flush(&connection->link);
}

static void
on_link_frame(struct link *link, struct frame *frame)
{
	struct control_connection *connection =
		container_of(link, struct control_connection, link);
	unsigned needed = control_rights_of(frame->type);

	if (connection->task != TASK_NONE || connection->pending > 0) {
		/* An answer that is still coming would be taken for its own. */
		control_end(connection, FAULT_EXIT_SOFTWARE,
			    "one request at a time");
		hang_up(connection);
	} else if (needed == 0) {
		control_end(connection, FAULT_EXIT_SOFTWARE,
			    "docketd knows no such request");
	} else if ((needed & connection->rights) == 0) {
		control_end(connection, EXIT_FAILURE,
			    "you may not do this; it takes membership of "
			    "docket-read, docket-drop or docket-admin");
	} else {
		control_take(connection, frame);
	}
	if (frame->fd >= 0)
		close(frame->fd);
}

static void
on_link_end(struct link *link, int status)
{
	(void)status;
	hang_up(container_of(link, struct control_connection, link));
}

static void
on_link_drained(struct link *link)
{
	struct control_connection *connection =
		container_of(link, struct control_connection, link);

	if (!connection->is_gone)
		control_continue(connection);
}

static const struct link_events link_events = {
	.on_frame = on_link_frame,
	.on_end = on_link_end,
	.on_drained = on_link_drained,
};

/* Has that user as many connections as one may have? */
static bool
has_enough(const struct control *control, uid_t uid, unsigned rights)
{
	const struct control_connection *connection = control->connections;
	size_t limit =
		rights != 0 ? CONNECTIONS_OF_ONE : CONNECTIONS_OF_STRANGERS;
	size_t count = 0;

	for (; connection != NULL; connection = connection->next)
		count += connection->uid == uid;
	return !is_ours(uid) && count >= limit;
}

static void
welcome(struct control *control, int fd)
{
	struct control_connection *connection;
	struct ucred peer;
	socklen_t size = sizeof(peer);
	unsigned rights;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0 ||
	    control->count >= CONNECTIONS_LIMIT || control->is_stopping) {
		close(fd);
		return;
	}
	rights = rights_of_peer(control, fd, &peer);
	if (has_enough(control, peer.uid, rights)) {
		close(fd);
		return;
	}
	connection = mem_alloc(sizeof(*connection));
	connection->control = control;
	connection->uid = peer.uid;
	connection->rights = rights;
	connection->idle_since_ms = uv_now(control->loop);
	if (link_open(&connection->link, control->loop, fd, REQUEST_LIMIT_BYTES,
		      &link_events) < 0) {
		free(connection);
		return;
	}
	connection->next = control->connections;
	control->connections = connection;
	control->count++;
}

/*
 * Without descriptors whoever waits would be reported again and again: the
 * spare one is given to the first, to hang up on it.
 */
static void
turn_away(struct control *control)
{
	int fd;

	close(take_fd(&control->spare));
	fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC);
	if (fd >= 0)
		close(fd);
	control->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void
on_connection(uv_poll_t *poll, int status, int events)
{
	struct control *control = container_of(poll, struct control, poll);
	int fd;

	(void)status, (void)events;
	fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd >= 0)
		welcome(control, fd);
	else if ((errno == EMFILE || errno == ENFILE) && control->spare >= 0)
		turn_away(control);
}

/* ---- the socket ---- */

static int
bind_socket(struct control *control, struct fault *fault)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	if (strlen(control->path) >= sizeof(address.sun_path))
		return fault_set(fault, -EINVAL,
				 "%s is longer than the %zu bytes a socket may "
				 "have; choose a shorter runtime or --state "
				 "folder",
				 control->path, sizeof(address.sun_path) - 1);
	strcpy(address.sun_path, control->path);
	control->fd =
		socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	/* The state's lock is ours, so whoever bound it before is gone. */
	unlink(control->path);
	if (control->fd < 0 ||
	    bind(control->fd, (struct sockaddr *)&address, sizeof(address)) <
		    0 ||
	    chmod(control->path, 0666) < 0 || listen(control->fd, 64) < 0)
		return fault_set_errno(fault, -errno, "%s", control->path);
	return 0;
}

int
control_open(struct control *control, uv_loop_t *loop, struct journal *journal,
	     const struct config *config,
	     const struct control_services *services, void *house,
	     struct fault *fault)
{
	int status;

	*control = (struct control){
		.loop = loop,
		.journal = journal,
		.services = services,
		.house = house,
		.source = mem_format("/docket/%s", config->daemon.name),
		.path = mem_format("%s/control.sock", config->daemon.runtime),
		.fd = -1,
		.spare = -1,
		.last_event = journal->last_event,
	};
	look_up_groups(control);
	status = bind_socket(control, fault);
	if (status < 0)
		return status;
	control->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
	uv_poll_init(loop, &control->poll, control->fd);
	return uv_poll_start(&control->poll, UV_READABLE, on_connection);
}

void
control_tend(struct control *control)
{
	struct control_connection *connection = control->connections;
	uint64_t now_ms = uv_now(control->loop);

	for (; connection != NULL; connection = connection->next)
		if (connection->task == TASK_NONE && connection->pending == 0 &&
		    !connection->is_gone &&
		    now_ms - connection->idle_since_ms > IDLE_TIMEOUT_MS)
			hang_up(connection);
}

void
control_wake(struct control *control, uint64_t last_event)
{
	struct control_connection *connection = control->connections;

	control->last_event = last_event;
	for (; connection != NULL; connection = connection->next) {
		connection->has_news = true;
		if (connection->is_following && !connection->is_gone)
			control_continue(connection);
	}
}

void
control_stop(struct control *control)
{
	struct control_connection *connection = control->connections;

	control->is_stopping = true;
	for (; connection != NULL; connection = connection->next)
		hang_up(connection);
	uv_close((uv_handle_t *)&control->poll, NULL);
	unlink(control->path);
}

void
control_free(struct control *control)
{
	while (control->connections != NULL) {
		/* The house it waited for is gone. */
		control->connections->pending = 0;
		free_if_done(control->connections);
	}
	mem_cleanup_fd(&control->fd);
	mem_cleanup_fd(&control->spare);
	free(control->path);
	free(control->source);
	*control = (struct control){ .fd = -1, .spare = -1 };
}
