/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool_answer.c - what readers say, and how they end
 *
 * Every answer becomes a fact, and so does every end. A reader that dies costs
 * the document it had started; those that only waited in it go back. Of one that
 * must be killed the first signal is one it can answer: it says which plugin
 * was running. What makes no sense costs the reader its life.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "pool_private.h"

/* ---- leases ---- */

static struct pool_lease *
find_lease(struct pool_reader *reader, uint64_t number)
{
	for (size_t i = 0; i < reader->count; i++)
		if (reader->leases[i].number == number)
			return &reader->leases[i];
	return NULL;
}

static void
on_deadline(uv_timer_t *timer)
{
	struct pool_reader *reader =
		container_of(timer, struct pool_reader, deadline);

	reader->is_overdue = true;
	child_interrupt(&reader->child);
}

void
pool_renew_deadline(struct pool_reader *reader)
{
	uint64_t deadline =
		(uint64_t)reader->pool->config->daemon.read_deadline_ms;

	uv_timer_start(&reader->deadline, on_deadline, deadline, 0);
}

static void
drop_lease(struct pool_reader *reader, struct pool_lease *lease)
{
	size_t at = (size_t)(lease - reader->leases);

	reader->count--;
	reader->bytes -= lease->size;
	memmove(lease, lease + 1,
		(reader->count - at) * sizeof(*reader->leases));
	if (reader->count > 0) {
		pool_renew_deadline(reader); /* to begin the next one */
		return;
	}
	reader->is_alone = false;
	uv_timer_stop(&reader->deadline);
}

/* ---- what readers say ---- */

struct fact *
pool_make_fact(enum fact_kind kind, uint64_t number)
{
	struct fact *fact = fact_new(kind);

	fact->arrival.number = number;
	return fact;
}

/* Are there members of that document, or none? */
static bool
may_have_members(const struct pool_reader *reader, uint64_t number)
{
	return reader->members.lease == 0 || reader->members.lease == number;
}

/* There was no room for what is in it: there may be at another time. */
static struct fact *
make_postponed(uint64_t number, int error)
{
	struct fact *fact = pool_make_fact(FACT_POSTPONED, number);
	auto_free char *detail = mem_format(
		"there is no room for what is in it: %s", strerror(-error));

	fact_explain(fact, "read", bytes_of(""), bytes_of("room"),
		     bytes_of(detail));
	return fact;
}

static struct fact *
make_read(const struct message_record *record)
{
	struct fact *fact = pool_make_fact(FACT_READ, record->lease);

	fact->arrival.plugin = fact_keep(fact, record->plugin);
	fact->sketch = fact_keep(fact, record->sketch);
	buffer_put_bytes(&fact->content, record->image);
	return fact;
}

static bool
take_record(struct pool_reader *reader, struct frame *frame)
{
	struct members *members = &reader->members;
	struct message_record record;
	struct pool_lease *lease;
	struct fact *fact;

	if (message_decode(frame, &record) < 0 ||
	    (lease = find_lease(reader, record.lease)) == NULL ||
	    !may_have_members(reader, record.lease) ||
	    !members_are_whole(members))
		return false;
	fact = members->error < 0 ? make_postponed(record.lease, members->error)
				  : make_read(&record);
	members_give(members, fact);
	drop_lease(reader, lease);
	fact_put(reader->pool->queue, fact);
	return true;
}

/* The disk decides how fast they come, and is no fault of the reader. */
static bool
wait_for_disk(struct pool_reader *reader, int answer)
{
	if (answer < 0)
		return false;
	if (answer == 0) {
		pool_renew_deadline(reader);
		return true;
	}
	uv_timer_stop(&reader->deadline);
	link_hold(&reader->child.link);
	return true;
}

static bool
take_member(struct pool_reader *reader, struct frame *frame)
{
	struct message_child child;
	struct pool_lease *lease;

	if (message_decode(frame, &child) < 0 ||
	    (lease = find_lease(reader, child.lease)) == NULL ||
	    !lease->is_started)
		return false;
	return wait_for_disk(reader, members_take(&reader->members, &child));
}

static bool
take_more_of_member(struct pool_reader *reader, struct frame *frame)
{
	struct message_child_bytes more;

	if (message_decode(frame, &more) < 0)
		return false;
	return wait_for_disk(reader,
			     members_take_more(&reader->members, &more));
}

/* It is written down: on with the next, or with the end of a dead reader's. */
void
pool_take_on(struct members *members)
{
	struct pool_reader *reader =
		container_of(members, struct pool_reader, members);

	if (reader->parting != NULL) {
		members_give(members, reader->parting);
		fact_put(reader->pool->queue, take(reader->parting));
		return;
	}
	pool_renew_deadline(reader);
	link_release(&reader->child.link);
}

/* What a plugin's status means for the document. */
static const unsigned char fact_of_status[] = {
	[DOCKET_SKIP] = FACT_SKIPPED,
	[DOCKET_RETRY] = FACT_POSTPONED,
	[DOCKET_REJECT] = FACT_REJECTED,
	[DOCKET_BROKEN] = FACT_FAILED,
};

/* The specialist that a light reader leaves the document to; NULL: none. */
static const struct catalog_plugin *
find_specialist(const struct pool *pool, const struct message_failed *failed)
{
	const struct catalog_plugin *plugin = NULL;

	if (failed->status == DOCKET_SKIP && failed->plugin.size > 0 &&
	    pool->specialist == NULL)
		plugin = catalog_find(pool->catalog, failed->plugin);
	return plugin != NULL && catalog_is_specialist(plugin) ? plugin : NULL;
}

/*
 * Not an answer yet: another pool is asked, each specialist once. A reader that a
 * document has taken over might send it round for ever; so hops are counted.
 */
static bool
pass_on(struct pool_reader *reader, const struct message_failed *failed,
	struct route route)
{
	struct pool *pool = reader->pool;
	const struct catalog_plugin *specialist = find_specialist(pool, failed);
	bool is_past =
		pool->specialist != NULL && failed->status == DOCKET_SKIP;
	struct fact *fact;

	if ((specialist == NULL && !is_past) ||
	    ++route.hops > 2 * pool->catalog->count)
		return false;
	if (is_past)
		route.past = pool->specialist->name;
	fact = pool_make_fact(FACT_RETURNED, failed->lease);
	fact->elsewhere = specialist;
	fact->route = route;
	fact_put(pool->queue, fact);
	return true;
}

/*
 * An annotator may fail when what the parser took out is here already: then the
 * fact has the members, as one that ends a dead reader's lease, and they go. But
 * a parser that skips a document has taken nothing out of it.
 */
static bool
are_members_in_order(const struct pool_reader *reader,
		     const struct message_failed *failed)
{
	return reader->members.lease != failed->lease ||
	       (failed->status != DOCKET_SKIP &&
		members_are_whole(&reader->members));
}

static bool
take_failure(struct pool_reader *reader, struct frame *frame)
{
	struct message_failed failed;
	struct pool_lease *lease;
	struct fact *fact;

	if (message_decode(frame, &failed) < 0 ||
	    (lease = find_lease(reader, failed.lease)) == NULL ||
	    !are_members_in_order(reader, &failed) ||
	    failed.status == DOCKET_OK ||
	    failed.status >= ARRAY_SIZE(fact_of_status))
		return false;
	if (pass_on(reader, &failed, lease->route)) {
		drop_lease(reader, lease);
		return true;
	}
	fact = pool_make_fact((enum fact_kind)fact_of_status[failed.status],
			      failed.lease);
	fact_explain(fact, "read", failed.plugin, failed.reason, failed.detail);
	fact->arrival.media_type = fact_keep(fact, failed.media_type);
	fact->may_block = catalog_lacks_reader(reader->pool->catalog);
	if (reader->members.lease == failed.lease)
		members_give(&reader->members, fact);
	drop_lease(reader, lease);
	fact_put(reader->pool->queue, fact);
	return true;
}

static bool
take_lease(struct pool_reader *reader, struct frame *frame)
{
	struct message_lease message;
	struct pool_lease *lease;

	if (message_decode(frame, &message) < 0 ||
	    (lease = find_lease(reader, message.lease)) == NULL)
		return false;
	lease->is_started = true;
	child_note_work(&reader->child);
	pool_renew_deadline(reader);
	return true;
}

static bool
take_last_word(struct pool_reader *reader, struct frame *frame)
{
	struct message_dying dying;

	if (message_decode(frame, &dying) < 0)
		return false;
	free(reader->last_word);
	reader->last_word =
		mem_format("%.*s", (int)dying.plugin.size, dying.plugin.data);
	return true;
}

static bool
take_refusal(struct pool_reader *reader, struct frame *frame)
{
	struct message_refused refused;
	struct catalog_plugin *plugin;

	if (message_decode(frame, &refused) < 0)
		return false;
	plugin = catalog_find(reader->pool->catalog, refused.plugin);
	if (plugin == NULL || plugin->state == CATALOG_REFUSED)
		return true;
	catalog_refuse(plugin, refused.detail);
	log_error("plugin %s is refused: %s", plugin->name, plugin->detail);
	fact_tell(reader->pool->queue, EVENT_PLUGIN_REFUSED, plugin->name,
		  plugin->detail);
	return true;
}

void
pool_take_frame(struct child *child, struct frame *frame)
{
	struct pool_reader *reader =
		container_of(child, struct pool_reader, child);
	bool is_good;

	switch (frame->type) {
	case MESSAGE_STARTED:
	case MESSAGE_PROGRESS:
		is_good = take_lease(reader, frame);
		break;
	case MESSAGE_CHILD:
		is_good = take_member(reader, frame);
		break;
	case MESSAGE_CHILD_BYTES:
		is_good = take_more_of_member(reader, frame);
		break;
	case MESSAGE_RECORD:
		is_good = take_record(reader, frame);
		break;
	case MESSAGE_FAILED:
		is_good = take_failure(reader, frame);
		break;
	case MESSAGE_DYING:
		is_good = take_last_word(reader, frame);
		break;
	case MESSAGE_REFUSED:
		is_good = take_refusal(reader, frame);
		break;
	case MESSAGE_LOADED:
		is_good = true;
		break;
	default:
		is_good = false;
	}
	if (frame->fd >= 0)
		close(frame->fd); /* readers have none to give */
	if (!is_good) {
		log_error("%s: a %s message that makes no sense; it is killed",
			  child->name, message_type_name(frame->type));
		child_kill(child);
	}
}

/* ---- how readers end ---- */

static void
name_cause(const struct pool_reader *reader, const struct child_exit *how,
	   char *reason, size_t reason_size, char *detail, size_t detail_size)
{
	if (reader->is_overdue) {
		snprintf(reason, reason_size, "deadline");
		snprintf(detail, detail_size,
			 "no progress for %lld ms; the reader was killed",
			 (long long)
				 reader->pool->config->daemon.read_deadline_ms);
	} else if (how->signal != 0) {
		snprintf(reason, reason_size, "signal-%d", how->signal);
		snprintf(detail, detail_size,
			 "the reader ended in signal %d "
			 "(%s)",
			 how->signal, strsignal(how->signal));
	} else {
		snprintf(reason, reason_size, "exit-%d", how->status);
		snprintf(detail, detail_size, "the reader ended with status %d",
			 how->status);
	}
}

/*
 * The fact that ends a lease of a reader that is gone; members go with it, so
 * that their files do not stay.
 */
static void
put_parting(struct pool_reader *reader, struct fact *fact)
{
	if (reader->members.lease != fact->arrival.number) {
		fact_put(reader->pool->queue, fact);
	} else if (reader->members.is_busy) {
		reader->parting = fact;
	} else {
		members_give(&reader->members, fact);
		fact_put(reader->pool->queue, fact);
	}
}

static void
blame(struct pool_reader *reader, const struct child_exit *how, uint64_t number)
{
	const struct catalog_plugin *specialist = reader->pool->specialist;
	const char *plugin = specialist != NULL ? specialist->name : "";
	struct fact *fact = pool_make_fact(FACT_CRASHED, number);
	char reason[32], detail[160];

	if (reader->last_word != NULL)
		plugin = reader->last_word;
	name_cause(reader, how, reason, sizeof(reason), detail, sizeof(detail));
	log_warning("%s: %s%s%s, at arrival %llu", reader->child.name, detail,
		    *plugin != '\0' ? " in plugin " : "", plugin,
		    (unsigned long long)number);
	fact_explain(fact, "read", bytes_of(plugin), bytes_of(reason),
		     bytes_of(detail));
	put_parting(reader, fact);
}

void
pool_bury(struct child *child, const struct child_exit *how)
{
	struct pool_reader *reader =
		container_of(child, struct pool_reader, child);

	uv_timer_stop(&reader->deadline);
	for (size_t i = 0; i < reader->count; i++) {
		const struct pool_lease *lease = &reader->leases[i];

		/* One that was stopped was not brought down by a document. */
		if (lease->is_started && child->is_wanted)
			blame(reader, how, lease->number);
		else
			put_parting(reader, pool_make_fact(FACT_RETURNED,
							   lease->number));
	}
	if (reader->count == 0 && child->is_wanted)
		log_warning("%s ended with status %d, signal %d", child->name,
			    how->status, how->signal);
	reader->count = 0;
	reader->bytes = 0;
	reader->is_alone = false;
	reader->is_overdue = false;
	free(take(reader->last_word));
}
