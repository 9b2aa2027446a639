/* SPDX-License-Identifier: Apache-2.0 */
/*
 * house.h - everything that docketd owns while it runs
 *
 * Only main.c, turn.c, pause.c and services.c see it; the modules in it do not
 * see one another.
 */
#ifndef DAEMON_HOUSE_H
#define DAEMON_HOUSE_H

#include "control.h"
#include "dispatch.h"
#include "folder.h"
#include "follow.h"
#include "gather.h"
#include "inbox.h"
#include "intake.h"
#include "journal_commit.h"
#include "pool.h"
#include "publish.h"
#include "receipts.h"
#include "reload.h"
#include "retain.h"
#include "room.h"
#include "specialists.h"

/* How far the end has got; each waits for what the one before set going. */
enum house_stage {
	STAGE_RUNNING = 0,
	STAGE_CLOSING,	  /* nothing new comes in */
	STAGE_READING,	  /* readers and followers finish */
	STAGE_PUBLISHING, /* the last events go out */
	STAGE_ENDED,
};

struct house {
	uv_loop_t loop;
	struct config config;
	struct catalog catalog;
	struct folder folder;
	struct journal journal;
	struct room room;
	struct fact_queue queue;
	struct inboxes inboxes;
	struct intake intake;
	struct dispatch dispatch;
	struct pool pool;
	struct specialists specialists;
	struct follow follow;
	struct publish publish;
	struct receipts receipts;
	struct retain retain;
	struct control control;
	struct reload reload;

	/* the turn */
	uv_check_t check;
	uv_timer_t tick;
	struct journal_commit commit;
	struct gather gather; /* commits under load are of many facts */
	uv_timer_t gathered;
	bool is_committing;
	bool is_wanted_again; /* a turn, as soon as the commit is done */
	bool is_tick_due;     /* lazy facts are to be written down */
	size_t commit_limit; /* facts at a time; SIZE_MAX unless a disk is full */
	uint64_t kept_up_ms; /* when readers last had room for all there was */
	size_t committing_count;
	size_t committing_bytes;  /* of their contents */
	bool is_waiting_for_room; /* no commit before the next tick */
	bool is_paused;		  /* nothing is taken in, and that was said */
	uint64_t last_event;

	enum house_stage stage;
	uint64_t stage_began_ms;
	bool is_announced; /* systemd was told that we are ready */
};

/* turn.c */
void turn_init(struct house *house);
/* A queued arrival, as its row says, is to be read. */
void turn_queue(struct house *house, uint64_t number, uint32_t attempts,
		int64_t not_before_ms);
void turn_start(struct house *house);
/*
 * Begin the end; the loop runs out of handles when it is done. A reload ends
 * without saying that docketd stops.
 */
void turn_stop(struct house *house, bool is_reload);

/* pause.c, for turn.c: a commit met a full disk, one was written, a second went */
void pause_for_room(struct house *house);
void pause_end(struct house *house);
void pause_tend(struct house *house);

/* services.c */
extern const struct control_services services;
bool services_are_ready(const struct house *house);
/* SIGHUP: as docket reload, without anybody to answer. */
void services_reload(struct house *house);

#endif
