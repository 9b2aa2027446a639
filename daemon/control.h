/* SPDX-License-Identifier: Apache-2.0 */
/*
 * control.h - the control socket: who may ask docketd what, and the answers
 *
 * One request a connection at a time, rows, one MESSAGE_END. What a verb needs
 * from the rest of the house comes through struct control_services, so this
 * module knows none of it.
 */
#ifndef DAEMON_CONTROL_H
#define DAEMON_CONTROL_H

#include "journal_query.h"
#include "link.h"

struct control_connection;

/* The answer to a search; hits are best first and borrowed. */
typedef void control_found_cb(void *request, uint32_t status,
			      struct docket_bytes detail,
			      const struct message_hit *hits, size_t count);

/* The answer to an audit; rows are borrowed, none: docketd stops. */
typedef void control_audit_cb(void *request, const struct message_account *rows,
			      size_t count, bool is_balanced);

/* What the house does for the verbs. */
struct control_services {
	/* Put MESSAGE_FACT rows about everything but the journal. */
	void (*put_status)(void *house, struct link *link);
	/* Put MESSAGE_PLUGIN_ROW rows. */
	void (*put_plugins)(void *house, struct link *link);
	/* Do the accounts balance? The answer comes later, once. */
	void (*audit)(void *house, void *request, control_audit_cb *done);
	/* What a person asks for an arrival; control_answer() follows. */
	void (*order)(void *house, enum fact_kind kind, uint64_t number,
		      void *request);
	/*
	 * Take a descriptor in; control_answer() follows. 0, -EINVAL, or
	 * -ENOSPC while there is no room.
	 */
	int (*add)(void *house, const struct message_add *add, int fd,
		   void *request, struct fault *fault);
	/*
	 * Take up a new configuration: control_end() or control_hand_over()
	 * follows. 0 or -EBUSY.
	 */
	int (*reload)(void *house, void *request);
	int (*search)(void *house, struct docket_bytes query, uint32_t limit,
		      void *request, control_found_cb *done);
};

struct control {
	uv_loop_t *loop;
	struct journal *journal; /* borrowed */
	const struct control_services *services;
	void *house;  /* borrowed; theirs */
	char *source; /* of CloudEvents */
	char *path;
	int fd;
	int spare;	 /* a descriptor to hang up with when there is none */
	gid_t groups[3]; /* of control.c's table; -1: there is none */
	uint64_t last_event; /* in the journal, as far as is known here */
	uv_poll_t poll;
	struct control_connection *connections;
	size_t count;
	bool is_stopping;
};

enum control_task {
	TASK_NONE = 0,
	TASK_LIST,
	TASK_EVENTS,
	TASK_DOCUMENT,
	TASK_SEARCH,
	TASK_STATUS,
	TASK_ADD,
	TASK_ORDER,
	TASK_AUDIT,
	TASK_RELOAD,
};

struct control_connection {
	struct control_connection *next;
	struct control *control;
	struct link link;
	unsigned rights; /* bits of enum control_right */
	uid_t uid;
	uint64_t idle_since_ms;
	bool is_gone;	/* the peer; freed when nothing is pending */
	bool is_closed; /* the link */
	size_t pending; /* answers that will come, peer or no peer */
	enum control_task task;
	/* of the task */
	uint64_t ordered; /* the arrival that is to be moved */
	uint64_t after;
	uint64_t left; /* rows; UINT64_MAX: no limit */
	uint32_t states;
	char *inbox;
	char *topic;
	bool is_following;
	bool has_news;
	struct message_hit *hits;
	size_t hit_count;
};

enum control_right {
	RIGHT_DROP = 1,
	RIGHT_READ = 2,
	RIGHT_ADMIN = 4,
};

/* Bind RUNTIME/control.sock. 0, or a negative errno with a sentence. */
int control_open(struct control *control, uv_loop_t *loop,
		 struct journal *journal, const struct config *config,
		 const struct control_services *services, void *house,
		 struct fault *fault);

/* Now and then: whoever asks for nothing makes room for others. */
void control_tend(struct control *control);

/* There are new events up to last_event, for those who follow. */
void control_wake(struct control *control, uint64_t last_event);

/*
 * What was asked for is committed, or is not to be had: row is
 * arrival_encode(), empty where there is no such arrival.
 */
void control_answer(void *request, enum fact_outcome outcome,
		    struct docket_bytes row);

/* A reload was refused: the sentence says why. */
void control_refuse(void *request, const char *detail);
/*
 * The answer will be given by the next docketd: another descriptor of the
 * asker's connection, the caller's, or -1 if the asker is gone. Of this
 * docketd the connection waits until the end.
 */
int control_hand_over(void *request);

/* Close the handles; the loop runs once more; then free the memory. */
void control_stop(struct control *control);
void control_free(struct control *control);

/* ---- control_verbs.c ---- */

/* A frame from a connection that may say so. */
void control_take(struct control_connection *connection, struct frame *frame);
/* The link is empty: a task may go on. */
void control_continue(struct control_connection *connection);
/* The rights a verb needs, or 0 for no verb. */
unsigned control_rights_of(unsigned type);
/* Forget the task. */
void control_end_task(struct control_connection *connection);

/* ---- control_order.c, for control_verbs.c: 0, or -1 for nonsense ---- */

int control_do_add(struct control_connection *connection, struct frame *frame);
int control_do_retry(struct control_connection *connection,
		     struct frame *frame);
int control_do_discard(struct control_connection *connection,
		       struct frame *frame);
int control_do_reload(struct control_connection *connection,
		      struct frame *frame);

/* ---- control.c, for control_verbs.c ---- */

/* Answer MESSAGE_END and flush. */
void control_end(struct control_connection *connection, uint32_t code,
		 const char *detail);
/* An answer came for a connection: true if somebody is still there. */
bool control_resume(struct control_connection *connection);

#endif
