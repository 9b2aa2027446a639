/* SPDX-License-Identifier: Apache-2.0 */
/*
 * intake_clear.c - what becomes of a claim when its fact is committed
 *
 * Most files leave their spool, many at once. One that was written to after its
 * copy is a claim of its own; one that cannot be removed is tried again.
 */
#include <stdlib.h>
#include <string.h>

#include "intake_private.h"
#include "log.h"

/* Files are taken out of a spool so many at once, or after so long. */
#define CLEAR_BATCH 64
#define CLEAR_MS 20

void
intake_close_out(struct intake *intake, struct claim *claim)
{
	intake->open--;
	intake->open_bytes -= claim->held_bytes;
	intake_end_claim(claim);
}

void
intake_repeat(struct intake *intake, struct claim *claim)
{
	intake->open--;
	intake->open_bytes -= claim->held_bytes;
	if (intake->is_stopping) {
		intake_end_claim(claim); /* its file says what it was */
		return;
	}
	claim->held_bytes = 0;
	claim_shut(claim);
	intake_begin(intake, claim);
}

void
intake_leave(struct intake *intake, struct claim *claim)
{
	intake_close_out(intake, claim);
	intake_start_copies(intake);
}

void
intake_settle(struct intake *intake, struct claim *claim, uint64_t number)
{
	claim->number = number;
	if (claim->lane < 0)
		intake_close_out(intake, claim);
	else
		claim_list_append(&intake->to_clear, claim);
}

static void
on_clear(uv_work_t *work)
{
	struct intake *intake = container_of(work, struct intake, clear_work);

	claim_clear(intake->clearing.first);
}

/* The file that is there now was never taken in: it is a claim of its own. */
static void
claim_again(struct intake *intake, const struct claim *claim)
{
	struct claim *again =
		intake_new_claim(intake, claim->inbox, claim->folder,
				 claim->name, claim->origin);

	free(again->spooled);
	again->spooled = mem_dup_string(claim->spooled);
	again->lane = claim->lane;
	claim_list_append(&intake->resting, again);
	uv_timer_again(&intake->timer);
}

/* Its row goes on saying that the file is there, so the next start knows. */
static void
put_off(struct intake *intake, struct claim *claim)
{
	if (!claim->is_put_off)
		log_warning("[inbox %s] %s cannot be removed from the spool: "
			    "%s; it is tried again",
			    claim->inbox->name, claim->name,
			    strerror(-claim->error));
	claim->is_put_off = true;
	if (intake->is_stopping) {
		intake_close_out(intake, claim);
		return;
	}
	claim_list_append(&intake->uncleared, claim);
	uv_timer_again(&intake->timer);
}

static void
tell_cleared(struct intake *intake, const struct claim *claim)
{
	struct fact *fact =
		fact_new(claim->is_superseded ? FACT_SUPERSEDED : FACT_CLEARED);

	fact->arrival.number = claim->number;
	fact->is_lazy = !claim->is_superseded;
	if (claim->is_superseded)
		claim_again(intake, claim);
	fact_put(intake->queue, fact);
}

static void
on_cleared(uv_work_t *work, int status)
{
	struct intake *intake = container_of(work, struct intake, clear_work);
	struct claim *claim;

	(void)status;
	while ((claim = claim_list_take(&intake->clearing)) != NULL) {
		if (claim->error < 0) {
			put_off(intake, claim);
		} else {
			tell_cleared(intake, claim);
			intake_close_out(intake, claim);
		}
	}
	intake_flush(intake);
	fact_want_turn(intake->queue); /* there is room again */
}

void
intake_clear(struct intake *intake)
{
	if (intake->clearing.count > 0 || intake->to_clear.count == 0)
		return;
	uv_timer_stop(&intake->clear_timer);
	claim_list_move(&intake->clearing, &intake->to_clear);
	uv_queue_work(intake->loop, &intake->clear_work, on_clear, on_cleared);
}

static void
on_clear_time(uv_timer_t *timer)
{
	intake_clear(container_of(timer, struct intake, clear_timer));
}

/*
 * A lane that is synced makes the journal's own sync wait, so it is done for
 * many files at once, and not in the middle of what somebody waits for.
 */
void
intake_flush(struct intake *intake)
{
	intake_start_copies(intake);
	if (intake->is_stopping || intake->to_clear.count >= CLEAR_BATCH)
		intake_clear(intake);
	else if (intake->to_clear.count > 0 &&
		 !uv_is_active((uv_handle_t *)&intake->clear_timer))
		uv_timer_start(&intake->clear_timer, on_clear_time, CLEAR_MS,
			       0);
}
