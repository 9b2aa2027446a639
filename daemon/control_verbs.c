/* SPDX-License-Identifier: Apache-2.0 */
/*
 * control_verbs.c - what can be asked on the control socket, as one table
 *
 * A verb either answers at once or becomes the connection's task: questions to
 * the journal, page by page, each asked when the page before has been sent.
 */
#include "control.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "journal_tie.h"

#define PAGE_ROWS 500
#define PAGE_BYTES (4u << 20)
#define NEW_ONLY UINT64_MAX

static const char no_such_arrival[] =
	"there is no such arrival; docket list shows those there are";

static char *
dup_bytes(struct docket_bytes bytes)
{
	return bytes.size == 0
		       ? NULL
		       : mem_format("%.*s", (int)bytes.size, bytes.data);
}

void
control_end_task(struct control_connection *connection)
{
	free(take(connection->inbox));
	free(take(connection->topic));
	free(take(connection->hits));
	connection->hit_count = 0;
	connection->is_following = false;
	connection->task = TASK_NONE;
}

static struct journal_query *
new_question(struct control_connection *connection,
	     enum journal_question question,
	     void (*done)(struct journal_query *))
{
	struct journal_query *query =
		journal_query_new(question, connection, done);

	connection->pending++;
	return query;
}

static void
ask(struct control_connection *connection, struct journal_query *query)
{
	journal_ask(connection->control->journal, query);
}

static uint32_t
page_limit(const struct control_connection *connection)
{
	return connection->left < PAGE_ROWS ? (uint32_t)connection->left
					    : PAGE_ROWS;
}

/* ---- list ---- */

static void
put_row(struct control_connection *connection, struct docket_bytes row)
{
	struct arrival arrival;

	if (arrival_decode(row, &arrival) == 0)
		link_put(&connection->link, MESSAGE_ARRIVAL, &arrival);
}

static void
take_list_page(struct journal_query *query)
{
	struct control_connection *connection = query->owner;
	bool is_last = query->count < query->limit;

	if (control_resume(connection)) {
		for (size_t i = 0; i < query->count; i++) {
			put_row(connection, buffer_bytes(&query->items[i].row));
			connection->after = query->items[i].key;
		}
		if (connection->left != UINT64_MAX)
			connection->left -= query->count;
		if (is_last || connection->left == 0)
			control_end(connection, 0, "");
		else
			link_flush(&connection->link);
	}
	journal_query_free(query);
}

static void
ask_list_page(struct control_connection *connection, uint32_t newest)
{
	struct journal_query *query =
		new_question(connection, QUERY_ARRIVALS, take_list_page);

	query->after = connection->after;
	query->newest = newest;
	query->limit = page_limit(connection);
	query->states = connection->states;
	if (connection->inbox != NULL)
		query->inbox = mem_dup_string(connection->inbox);
	ask(connection, query);
}

static int
do_list(struct control_connection *connection, struct frame *frame)
{
	struct message_list list;

	if (message_decode(frame, &list) < 0)
		return -1;
	connection->task = TASK_LIST;
	connection->after = list.after;
	connection->left = list.limit > 0 ? list.limit : UINT64_MAX;
	connection->states = list.states;
	connection->inbox = dup_bytes(list.inbox);
	ask_list_page(connection, list.is_newest ? list.limit : 0);
	return 0;
}

/* ---- events ---- */

static void
put_event(struct control_connection *connection, struct docket_bytes body)
{
	auto_buffer struct buffer topic = { 0 };
	const char *prefix = connection->topic;
	struct event event;

	if (event_decode(body, &event) < 0)
		return;
	event_put_topic(&topic, &event);
	if (event_topic_matches(buffer_bytes(&topic), &prefix,
				prefix != NULL ? 1 : 0))
		link_put(&connection->link, MESSAGE_EVENT, &event);
}

static void ask_events_page(struct control_connection *connection);

/* Some that were asked for are deleted: those up to here. */
static void
put_gap(struct control_connection *connection, uint64_t floor)
{
	auto_free char *value = mem_format("%llu", (unsigned long long)floor);
	struct message_fact gap = { bytes_of("gap"), bytes_of(value) };

	link_put(&connection->link, MESSAGE_FACT, &gap);
}

static void
take_events_page(struct journal_query *query)
{
	struct control_connection *connection = query->owner;
	bool is_last = query->count < PAGE_ROWS;

	if (control_resume(connection)) {
		if (query->after < query->floor)
			put_gap(connection, query->floor);
		if (connection->after < query->floor)
			connection->after = query->floor;
		for (size_t i = 0; i < query->count; i++) {
			put_event(connection,
				  buffer_bytes(&query->items[i].body));
			connection->after = query->items[i].key;
		}
		connection->has_news |= !is_last;
		if (is_last && !connection->is_following)
			control_end(connection, 0, "");
		else if (link_backlog(&connection->link) > 0)
			link_flush(&connection->link);
		else if (connection->has_news)
			ask_events_page(connection);
	}
	journal_query_free(query);
}

static void
ask_events_page(struct control_connection *connection)
{
	struct journal_query *query =
		new_question(connection, QUERY_EVENTS, take_events_page);

	connection->has_news = false;
	query->after = connection->after;
	query->limit = PAGE_ROWS;
	ask(connection, query);
}

static int
do_events(struct control_connection *connection, struct frame *frame)
{
	struct message_fact source = {
		bytes_of("source"),
		bytes_of(connection->control->source),
	};
	struct message_events events;

	if (message_decode(frame, &events) < 0)
		return -1;
	connection->task = TASK_EVENTS;
	connection->after = events.after;
	connection->is_following = events.follow != 0;
	connection->topic = dup_bytes(events.topic);
	link_put(&connection->link, MESSAGE_FACT, &source);
	if (connection->after == NEW_ONLY)
		connection->after = connection->control->last_event;
	ask_events_page(connection);
	return 0;
}

/* ---- show and get ---- */

static void
put_content(struct control_connection *connection, struct journal_item *item)
{
	struct message_content content = {
		.arrival = buffer_bytes(&item->row),
		.size = item->size,
		.content = buffer_bytes(&item->content),
	};
	int fd = journal_item_take_fd(item);

	if (fd >= 0)
		link_put_fd(&connection->link, MESSAGE_CONTENT, &content, fd);
	else
		link_put(&connection->link, MESSAGE_CONTENT, &content);
}

/* What it came out of, then what came out of it. */
static void
put_relatives(struct control_connection *connection,
	      const struct journal_query *query)
{
	put_row(connection, buffer_bytes(&query->items[0].parent));
	for (size_t i = 1; i < query->count; i++)
		put_row(connection, buffer_bytes(&query->items[i].row));
}

static void
take_document(struct journal_query *query)
{
	struct control_connection *connection = query->owner;

	if (control_resume(connection)) {
		if (query->count > 0) {
			put_relatives(connection, query);
			put_content(connection, &query->items[0]);
		}
		control_end(connection, query->count > 0 ? 0 : EXIT_FAILURE,
			    query->count > 0 ? "" : no_such_arrival);
	}
	journal_query_free(query);
}

static int
ask_document(struct control_connection *connection, struct frame *frame,
	     enum journal_question question, enum journal_content content)
{
	struct message_document document;
	struct journal_query *query;

	if (message_decode(frame, &document) < 0)
		return -1;
	connection->task = TASK_DOCUMENT;
	query = new_question(connection, question, take_document);
	query->number = document.arrival;
	query->digest = document.digest;
	query->content = content;
	ask(connection, query);
	return 0;
}

static int
do_show(struct control_connection *connection, struct frame *frame)
{
	return ask_document(connection, frame, QUERY_FAMILY, CONTENT_RECORD);
}

static int
do_get(struct control_connection *connection, struct frame *frame)
{
	return ask_document(connection, frame, QUERY_ARRIVAL, CONTENT_BLOB);
}

/* ---- refs ---- */

static void
put_relation(struct control_connection *connection,
	     const struct journal_item *item)
{
	auto_free char *name = tie_relation_name((uint32_t)item->key);
	struct message_relation relation = {
		.relation = bytes_of(name),
		.symbol = buffer_bytes(&item->body),
		.other = buffer_bytes(&item->row),
	};

	link_put(&connection->link, MESSAGE_RELATION, &relation);
}

static void
take_relations(struct journal_query *query)
{
	struct control_connection *connection = query->owner;

	if (control_resume(connection)) {
		for (size_t i = 0; i < query->count; i++)
			put_relation(connection, &query->items[i]);
		control_end(connection, query->head > 0 ? 0 : EXIT_FAILURE,
			    query->head > 0 ? "" : no_such_arrival);
	}
	journal_query_free(query);
}

static int
do_refs(struct control_connection *connection, struct frame *frame)
{
	struct message_refs refs;
	struct journal_query *query;

	if (message_decode(frame, &refs) < 0)
		return -1;
	connection->task = TASK_DOCUMENT;
	query = new_question(connection, QUERY_RELATIONS, take_relations);
	query->number = refs.arrival;
	query->digest = refs.digest;
	query->states = refs.which;
	ask(connection, query);
	return 0;
}

/* ---- search ---- */

static double
score_of(const struct control_connection *connection, uint64_t number)
{
	for (size_t i = 0; i < connection->hit_count; i++)
		if (connection->hits[i].arrival == number)
			return connection->hits[i].score;
	return 0;
}

static bool
is_in_inbox(const struct control_connection *connection,
	    const struct journal_item *item)
{
	struct arrival arrival;

	return connection->inbox == NULL ||
	       (arrival_decode(buffer_bytes(&item->row), &arrival) == 0 &&
		bytes_equal(arrival.inbox, bytes_of(connection->inbox)));
}

static void
put_finding(struct control_connection *connection, struct journal_item *item)
{
	struct message_finding finding = {
		.arrival = buffer_bytes(&item->row),
		.parent = buffer_bytes(&item->parent),
		.score = score_of(connection, item->key),
		.size = item->size,
		.record = buffer_bytes(&item->content),
	};
	int fd = journal_item_take_fd(item);

	if (fd >= 0)
		link_put_fd(&connection->link, MESSAGE_FINDING, &finding, fd);
	else
		link_put(&connection->link, MESSAGE_FINDING, &finding);
}

/* Findings carry their records: a few at a time. */
static void ask_findings(struct control_connection *connection);

static void
take_findings(struct journal_query *query)
{
	struct control_connection *connection = query->owner;

	if (control_resume(connection)) {
		for (size_t i = 0; i < query->count; i++) {
			if (connection->left == 0 ||
			    !is_in_inbox(connection, &query->items[i]))
				continue;
			put_finding(connection, &query->items[i]);
			if (connection->left != UINT64_MAX)
				connection->left--;
		}
		connection->after += query->number_count;
		if (connection->after >= connection->hit_count ||
		    connection->left == 0)
			control_end(connection, 0, "");
		else if (link_backlog(&connection->link) > 0)
			link_flush(&connection->link);
		else
			ask_findings(connection);
	}
	journal_query_free(query);
}

#define FINDINGS_AT_ONCE 4

static void
ask_findings(struct control_connection *connection)
{
	struct journal_query *query =
		new_question(connection, QUERY_NUMBERS, take_findings);
	size_t count = connection->hit_count - connection->after;

	if (count > FINDINGS_AT_ONCE)
		count = FINDINGS_AT_ONCE;
	query->numbers = mem_alloc_array(count, sizeof(*query->numbers));
	query->number_count = count;
	query->content = CONTENT_RECORD;
	for (size_t i = 0; i < count; i++)
		query->numbers[i] =
			connection->hits[connection->after + i].arrival;
	ask(connection, query);
}

static void
take_hits(void *owner, uint32_t status, struct docket_bytes detail,
	  const struct message_hit *hits, size_t count)
{
	struct control_connection *connection = owner;
	auto_free char *sentence = dup_bytes(detail);

	if (!control_resume(connection))
		return;
	if (status != DOCKET_OK) {
		control_end(connection,
			    status == DOCKET_REJECT ? FAULT_EXIT_USAGE
						    : FAULT_EXIT_UNAVAILABLE,
			    sentence != NULL ? sentence : "");
	} else if (count == 0) {
		control_end(connection, 0, "");
	} else {
		connection->hits = mem_dup(hits, count * sizeof(*hits));
		connection->hit_count = count;
		ask_findings(connection);
	}
}

static int
do_search(struct control_connection *connection, struct frame *frame)
{
	struct control *control = connection->control;
	struct message_search search;
	uint32_t limit;
	int status;

	if (message_decode(frame, &search) < 0)
		return -1;
	connection->task = TASK_SEARCH;
	connection->inbox = dup_bytes(search.inbox);
	connection->after = 0;
	connection->left = search.limit > 0 ? search.limit : UINT64_MAX;
	/* The index knows nothing of inboxes: with one, all hits are asked. */
	limit = connection->inbox == NULL ? search.limit : 0;
	connection->pending++;
	status = control->services->search(control->house, search.query, limit,
					   connection, take_hits);
	if (status < 0) {
		connection->pending--;
		control_end(connection, FAULT_EXIT_UNAVAILABLE,
			    status == -EBUSY
				    ? "too many searches are under way; ask "
				      "again"
				    : "no indexer is ready; docket status "
				      "says why");
	}
	return 0;
}

/* ---- status and plugins ---- */

static void
take_counts(struct journal_query *query)
{
	struct control_connection *connection = query->owner;
	struct control *control = connection->control;

	if (control_resume(connection)) {
		for (size_t i = 0; i < query->count; i++) {
			auto_free char *name = mem_format(
				"arrivals.%s",
				arrival_state_name(
					(enum arrival_state)query->items[i]
						.key));
			auto_free char *value = mem_format(
				"%llu",
				(unsigned long long)query->items[i].size);
			struct message_fact fact = { bytes_of(name),
						     bytes_of(value) };

			link_put(&connection->link, MESSAGE_FACT, &fact);
		}
		control->services->put_status(control->house,
					      &connection->link);
		control_end(connection, 0, "");
	}
	journal_query_free(query);
}

static int
do_status(struct control_connection *connection, struct frame *frame)
{
	if (message_decode(frame, NULL) < 0)
		return -1;
	connection->task = TASK_STATUS;
	ask(connection, new_question(connection, QUERY_COUNTS, take_counts));
	return 0;
}

static int
do_plugins(struct control_connection *connection, struct frame *frame)
{
	struct control *control = connection->control;

	if (message_decode(frame, NULL) < 0)
		return -1;
	control->services->put_plugins(control->house, &connection->link);
	control_end(connection, 0, "");
	return 0;
}

/* ---- audit ---- */

static void
take_accounts(void *request, const struct message_account *rows, size_t count,
	      bool is_balanced)
{
	struct control_connection *connection = request;

	if (!control_resume(connection))
		return;
	for (size_t i = 0; i < count; i++)
		link_put(&connection->link, MESSAGE_ACCOUNT, &rows[i]);
	if (count == 0)
		control_end(connection, FAULT_EXIT_UNAVAILABLE,
			    "docketd stops");
	else
		control_end(connection, is_balanced ? 0 : EXIT_FAILURE,
			    is_balanced ? "" : "the accounts do not balance");
}

static int
do_audit(struct control_connection *connection, struct frame *frame)
{
	struct control *control = connection->control;

	if (message_decode(frame, NULL) < 0)
		return -1;
	connection->task = TASK_AUDIT;
	connection->pending++;
	control->services->audit(control->house, connection, take_accounts);
	return 0;
}

/* ---- the table ---- */

static const struct {
	enum message_type type;
	unsigned rights; /* any of them */
	int (*run)(struct control_connection *, struct frame *);
} verbs[] = {
	{ MESSAGE_STATUS, RIGHT_READ | RIGHT_DROP, do_status },
	{ MESSAGE_PLUGINS, RIGHT_READ, do_plugins },
	{ MESSAGE_LIST, RIGHT_READ, do_list },
	{ MESSAGE_SHOW, RIGHT_READ, do_show },
	{ MESSAGE_GET, RIGHT_READ, do_get },
	{ MESSAGE_ADD, RIGHT_DROP, control_do_add },
	{ MESSAGE_SEARCH, RIGHT_READ, do_search },
	{ MESSAGE_EVENTS, RIGHT_READ, do_events },
	{ MESSAGE_AUDIT, RIGHT_READ, do_audit },
	{ MESSAGE_REFS, RIGHT_READ, do_refs },
	{ MESSAGE_RETRY, RIGHT_ADMIN, control_do_retry },
	{ MESSAGE_DISCARD, RIGHT_ADMIN, control_do_discard },
	{ MESSAGE_RELOAD, RIGHT_ADMIN, control_do_reload },
};

unsigned
control_rights_of(unsigned type)
{
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++)
		if (verbs[i].type == type)
			return verbs[i].rights;
	return 0;
}

void
control_take(struct control_connection *connection, struct frame *frame)
{
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++)
		if (verbs[i].type == frame->type &&
		    verbs[i].run(connection, frame) < 0)
			control_end(connection, FAULT_EXIT_SOFTWARE,
				    "the request makes no sense");
}

void
control_continue(struct control_connection *connection)
{
	if (connection->pending > 0)
		return;
	switch (connection->task) {
	case TASK_LIST:
		ask_list_page(connection, 0);
		break;
	case TASK_EVENTS:
		if (connection->has_news)
			ask_events_page(connection);
		break;
	case TASK_SEARCH:
		ask_findings(connection);
		break;
	case TASK_NONE:
	case TASK_DOCUMENT:
	case TASK_STATUS:
	case TASK_ADD:
	case TASK_ORDER:
	case TASK_AUDIT:
	case TASK_RELOAD:
		break;
	}
}
