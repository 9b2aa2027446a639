/* SPDX-License-Identifier: Apache-2.0 */
/*
 * intake.c - from a name in an inbox to bytes that are ours
 *
 * Owns the claims: which are pending, copied batch by batch, resting because
 * they changed or because there is no room, or to be cleared. What a claim does
 * is claim.c's business. Ends the process with exit 74 when the store fails.
 */
#include "intake_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "spool.h"

#define BATCH_LIMIT 64
/* Those that were copied wait no longer than that for the rest of a batch. */
#define BATCH_NS 5000000
#define BATCH_BYTES (4u << 20)
#define OPEN_LIMIT 256
#define OPEN_BYTES_LIMIT (16u << 20)
#define REST_MS 2000
#define RESTING_LIMIT 256
#define TRIES_LIMIT 3

/* ---- all of them ---- */

struct claim *
intake_new_claim(struct intake *intake, const struct config_inbox *inbox,
		 struct inbox_folder *folder, const char *name,
		 enum arrival_origin origin)
{
	struct claim *claim = claim_new(intake, inbox, folder, name, origin);

	LIST_INSERT_HEAD(&intake->claims, claim, in_all);
	return claim;
}

void
intake_end_claim(struct claim *claim)
{
	LIST_REMOVE(claim, in_all);
	claim_free(claim);
}

static void
end_all(struct claim_list *list)
{
	struct claim *claim;

	while ((claim = claim_list_take(list)) != NULL)
		intake_end_claim(claim);
}

/* No inbox is called by a slash. */
char *
intake_name(const struct config_inbox *inbox, const char *name)
{
	return mem_format("%s/%s", inbox->name, name);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char **
intake_list(const struct intake *intake, size_t *out_count)
{
	const struct claim *claim;
	char **names = NULL;
	size_t count = 0, capacity = 0;

	LIST_FOREACH(claim, &intake->claims, in_all)
	{
		names = mem_grow_array(names, count, &capacity, sizeof(*names));
		names[count++] = intake_name(claim->inbox, claim->spooled);
	}
	if (count > 1)
		qsort(names, count, sizeof(*names), compare_names);
	*out_count = count;
	return names;
}

/* ---- copying ---- */

static void
explain(struct fact *fact, const struct claim *claim)
{
	auto_buffer struct buffer detail = { 0 };

	claim_put_detail(claim, &detail);
	fact_explain(fact, "intake", (struct docket_bytes){ "", 0 },
		     bytes_of(claim_reason(claim->result)),
		     buffer_bytes(&detail));
}

static enum fact_kind
kind_of(enum claim_result result)
{
	if (result == CLAIM_TAKEN)
		return FACT_TAKEN;
	return result == CLAIM_VANISHED ? FACT_VANISHED : FACT_REFUSED;
}

static struct fact *
make_fact(struct claim *claim)
{
	struct fact *fact = fact_new(kind_of(claim->result));

	fact->arrival = (struct arrival){
		.origin = claim->origin,
		.inbox = bytes_of(claim->inbox->name),
		.name = fact_keep(fact, bytes_of(claim->name)),
		.size = claim->size,
		.device = claim->device,
		.inode = claim->origin != ORIGIN_ADDED ? claim->inode : 0,
		.mtime_ns = claim->mtime_ns,
		.owner = claim->owner,
	};
	fact->is_name_cut = spool_is_cut(claim->lane, claim->spooled);
	fact->claim = claim;
	fact->request = claim->request;
	if (claim->result == CLAIM_TAKEN) {
		fact->arrival.digest = claim->digest;
		fact->content = claim->content;
		fact->is_stored = claim->is_stored;
		claim->content = (struct buffer){ 0 };
		claim->held_bytes = fact->content.size;
	} else {
		explain(fact, claim);
	}
	return fact;
}

/* Not yet: it may be whole, or there may be room, after a while. */
static bool
can_rest(const struct claim *claim)
{
	if (claim->result == CLAIM_STARVED)
		return claim->origin != ORIGIN_ADDED;
	return claim->result == CLAIM_NO_ROOM ||
	       (claim->lane >= 0 && claim->result == CLAIM_UNSTABLE &&
		claim->tries < TRIES_LIMIT);
}

static void
rest(struct intake *intake, struct claim *claim)
{
	claim_shut(claim);
	if (claim->result == CLAIM_NO_ROOM && !claim->has_waited) {
		log_warning("%s waits for room%s%s", claim->name,
			    claim->error < 0 ? ": " : "",
			    claim->error < 0 ? strerror(-claim->error) : "");
		claim->has_waited = true;
	}
	claim_list_append(&intake->resting, claim);
	uv_timer_again(&intake->timer);
}

/* What failed was not the file but what is ours: only the disk knows more. */
static void
check_store(const struct claim *claim)
{
	if (claim->result != CLAIM_BROKEN)
		return;
	log_error("store: %s; docketd ends, so that a fresh start recovers "
		  "from disk",
		  strerror(-claim->error));
	_exit(FAULT_EXIT_IO);
}

static void
finish_copy(struct intake *intake, struct claim *claim)
{
	struct fact *fact;

	check_store(claim);
	if (claim->lane >= 0 || !can_rest(claim))
		inbox_folder_let_go(&claim->hand);
	if (can_rest(claim)) {
		rest(intake, claim);
		return;
	}
	fact = make_fact(claim);
	intake->open++;
	intake->open_bytes += claim->held_bytes;
	fact_put(intake->queue, fact);
}

static void
on_copied(uv_work_t *work, int status)
{
	struct intake_batch *batch =
		container_of(work, struct intake_batch, work);
	struct intake *intake = batch->intake;

	(void)status;
	while (batch->copied-- > 0)
		finish_copy(intake, claim_list_take(&batch->claims));
	claim_list_put_back(&intake->pending, &batch->claims);
	if (intake->is_stopping)
		end_all(&intake->pending);
	intake_start_copies(intake);
}

static bool
is_large(const struct claim *claim)
{
	return claim->is_open && claim->size > STORE_SMALL_LIMIT;
}

/*
 * A large one holds up neither those that were copied before it nor those
 * behind it: it goes back, and then alone.
 */
static bool
must_go_back(const struct intake_batch *batch, struct claim *claim)
{
	return batch->claims.count > 1 && claim_open(claim) && is_large(claim);
}

static void
on_copy(uv_work_t *work)
{
	struct intake_batch *batch =
		container_of(work, struct intake_batch, work);
	struct claim *claim = batch->claims.first;
	uint64_t end_ns = uv_hrtime() + BATCH_NS;
	size_t bytes = 0;

	batch->copied = 0;
	while (claim != NULL && !must_go_back(batch, claim) &&
	       (batch->copied == 0 ||
		(uv_hrtime() < end_ns && bytes < BATCH_BYTES))) {
		claim_copy(claim, batch->intake->store);
		bytes += claim->content.size;
		batch->copied++;
		claim = claim->next;
	}
}

static bool
may_copy(const struct intake *intake)
{
	return !intake->is_stopping && intake->pending.count > 0 &&
	       intake->open < OPEN_LIMIT &&
	       intake->open_bytes < OPEN_BYTES_LIMIT;
}

/* Nobody waits for a stranger's descriptor: it may be one that hangs. */
static bool
goes_alone(const struct claim *claim)
{
	return claim->origin == ORIGIN_ADDED || is_large(claim);
}

static void
fill_batch(struct intake_batch *batch, struct claim_list *pending)
{
	do
		claim_list_append(&batch->claims, claim_list_take(pending));
	while (batch->claims.count < BATCH_LIMIT && pending->count > 0 &&
	       !goes_alone(batch->claims.first) && !goes_alone(pending->first));
}

void
intake_start_copies(struct intake *intake)
{
	for (size_t i = 0; i < INTAKE_BATCHES && may_copy(intake); i++) {
		struct intake_batch *batch = &intake->batches[i];

		if (batch->claims.count > 0)
			continue;
		fill_batch(batch, &intake->pending);
		uv_queue_work(intake->loop, &batch->work, on_copy, on_copied);
	}
}

void
intake_begin(struct intake *intake, struct claim *claim)
{
	claim_list_append(&intake->pending, claim);
	intake_start_copies(intake);
}

static void
on_rested(uv_timer_t *timer)
{
	struct intake *intake = container_of(timer, struct intake, timer);

	uv_timer_stop(timer);
	claim_list_move(&intake->pending, &intake->resting);
	claim_list_move(&intake->to_clear, &intake->uncleared);
	intake_flush(intake);
}

void
intake_init(struct intake *intake, uv_loop_t *loop, struct fact_queue *queue,
	    const struct store *store)
{
	*intake = (struct intake){
		.loop = loop,
		.queue = queue,
		.store = store,
	};
	claim_list_init(&intake->pending);
	claim_list_init(&intake->resting);
	claim_list_init(&intake->to_clear);
	claim_list_init(&intake->clearing);
	claim_list_init(&intake->uncleared);
	for (size_t i = 0; i < INTAKE_BATCHES; i++) {
		intake->batches[i].intake = intake;
		claim_list_init(&intake->batches[i].claims);
	}
	uv_timer_init(loop, &intake->timer);
	uv_timer_init(loop, &intake->clear_timer);
	uv_timer_start(&intake->timer, on_rested, REST_MS, REST_MS);
	uv_timer_stop(&intake->timer);
}

bool
intake_has_room(const struct intake *intake)
{
	return !intake->is_stopping && intake->pending.count < BATCH_LIMIT &&
	       intake->resting.count < RESTING_LIMIT &&
	       intake->open < OPEN_LIMIT &&
	       intake->open_bytes < OPEN_BYTES_LIMIT;
}

size_t
intake_count(const struct intake *intake)
{
	size_t committed = intake->to_clear.count + intake->clearing.count +
			   intake->uncleared.count;
	size_t count = intake->pending.count + intake->open - committed;

	for (size_t i = 0; i < INTAKE_BATCHES; i++)
		count += intake->batches[i].claims.count;
	return count;
}

size_t
intake_short_of_room(const struct intake *intake)
{
	const struct claim *claim = intake->resting.first;
	size_t count = 0;

	for (; claim != NULL; claim = claim->next)
		count += claim->result == CLAIM_NO_ROOM;
	return count;
}

void
intake_claim(struct intake *intake, struct inbox_folder *folder,
	     const char *name, enum arrival_origin origin, unsigned move)
{
	struct claim *claim =
		intake_new_claim(intake, folder->config, folder, name, origin);

	claim->move = move;
	inbox_folder_take_in_hand(folder, &claim->hand, claim->name);
	claim_list_append(&intake->pending, claim);
}

void
intake_add(struct intake *intake, const struct config_inbox *inbox,
	   struct docket_bytes name, int fd, void *request)
{
	auto_free char *string = mem_format("%.*s", (int)name.size, name.data);
	struct claim *claim =
		intake_new_claim(intake, inbox, NULL, string, ORIGIN_ADDED);

	claim->file = fd;
	claim->request = request;
	intake_begin(intake, claim);
}

/* ---- what lies in a spool ---- */

static DIR *
open_lane(const struct inbox_folder *folder, int number)
{
	int fd = spool_open_lane(folder->spool, number, false);
	DIR *lane = fd >= 0 ? fdopendir(fd) : NULL;

	if (lane == NULL && fd >= 0)
		close(fd);
	return lane;
}

static void
recover_lane(struct intake *intake, struct inbox_folder *folder, int number,
	     DIR *lane)
{
	struct dirent *entry;

	while ((entry = readdir(lane)) != NULL) {
		auto_free char *path = NULL;
		struct claim *claim;

		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		path = spool_path(number, entry->d_name);
		claim = intake_new_claim(intake, folder->config, folder, path,
					 ORIGIN_FOUND);
		free(claim->spooled);
		claim->spooled = mem_dup_string(entry->d_name);
		claim->lane = number;
		claim_list_append(&intake->pending, claim);
	}
}

int
intake_recover(struct intake *intake, struct inbox_folder *folder)
{
	int fd = openat(folder->spool, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *spool = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;

	if (spool == NULL)
		return -errno;
	while ((entry = readdir(spool)) != NULL) {
		char *end;
		long number = strtol(entry->d_name, &end, 10);
		DIR *lane;

		if (end == entry->d_name || *end != '\0' || number < 0 ||
		    number >= 2 * SPOOL_LANES)
			continue;
		lane = open_lane(folder, (int)number);
		if (lane == NULL)
			continue;
		recover_lane(intake, folder, (int)number, lane);
		closedir(lane);
	}
	closedir(spool);
	intake_start_copies(intake);
	return 0;
}

/* ---- the end ---- */

void
intake_stop(struct intake *intake)
{
	struct claim *claim;

	intake->is_stopping = true;
	end_all(&intake->pending);
	end_all(&intake->resting);
	while ((claim = claim_list_take(&intake->uncleared)) != NULL)
		intake_close_out(intake, claim);
	intake_clear(intake);
	uv_close((uv_handle_t *)&intake->timer, NULL);
	uv_close((uv_handle_t *)&intake->clear_timer, NULL);
}

static bool
is_copying(const struct intake *intake)
{
	for (size_t i = 0; i < INTAKE_BATCHES; i++)
		if (intake->batches[i].claims.count > 0)
			return true;
	return false;
}

bool
intake_is_idle(const struct intake *intake)
{
	return !is_copying(intake) && intake->open == 0 &&
	       intake->clearing.count == 0;
}
