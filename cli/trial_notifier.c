/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trial_notifier.c - a notifier on trial: an event of each type that it wants
 *
 * Owns its worker. The events are examples; each is told as docketd tells it,
 * the last one twice, as may happen after a crash.
 */
#include <stdlib.h>

#include "event.h"
#include "trial.h"

#define TIME_MS 1763980800123 /* any: 2025-11-24T10:40:00.123Z */

static struct docket_bytes
say(const char *text)
{
	return bytes_of(text);
}

/* What events of documents have; of the others only the plugin's is kept. */
static struct event
make_event(enum event_type type, uint64_t number)
{
	struct event event = {
		.number = number,
		.type = type,
		.time_ms = TIME_MS,
		.plugin = say("text"),
		.reason = say("rejected"),
		.detail = say("It is an example."),
	};

	if (type > EVENT_DOCUMENT_FORGOTTEN)
		return event;
	event.arrival = 17;
	event.has_digest = true;
	event.digest = digest_of(say("example"));
	event.inbox = say("letters");
	event.name = say("lettre d’exemple.txt");
	event.language = say("fr");
	event.class = say("letter");
	event.symbols = say("A/58/444\nS/2003/992");
	event.title = say("Lettre datée du 10 octobre 2003");
	return event;
}

/* The same of a file whose name is any bytes, and with long strings. */
static void
make_odd(struct event *event, struct buffer *title)
{
	for (int i = 0; i < 2000; i++)
		buffer_put_string(title, "“\"\\ ");
	event->name = say("\xff\xfe\n\"\t.txt");
	event->title = buffer_bytes(title);
}

/* Does it want events of that topic? */
static bool
is_wanted(const struct trial *trial, struct docket_bytes topic)
{
	struct docket_bytes lines = trial->plugin->about.types;
	struct docket_bytes line;

	if (lines.size == 0)
		return true;
	while (description_next_line(&lines, &line)) {
		auto_free char *prefix =
			mem_format("%.*s", (int)line.size, line.data);
		const char *prefixes[] = { prefix };

		if (event_topic_matches(topic, prefixes, 1))
			return true;
	}
	return false;
}

/* ---- telling ---- */

static uint32_t
say_answer(struct trial *trial, const char *label, const struct frame *frame)
{
	static const struct {
		enum trial_verdict verdict;
		const char *what;
	} answers[] = {
		[DOCKET_OK] = { TRIAL_OK, "ok" },
		[DOCKET_SKIP] = { TRIAL_OK, "skip: it is not for it" },
		[DOCKET_RETRY] = { TRIAL_WRONG, "retry: docketd would tell it "
						"again and again" },
		[DOCKET_REJECT] = { TRIAL_WRONG, "reject: docketd would give "
						 "this event up" },
		[DOCKET_BROKEN] = { TRIAL_WRONG, "broken: docketd would start "
						 "it afresh" },
	};
	struct message_failed answer = { .status = DOCKET_BROKEN };
	uint32_t status;

	message_decode(frame, &answer);
	status = answer.status < ARRAY_SIZE(answers) ? answer.status
						     : DOCKET_BROKEN;
	trial_say(trial, answers[status].verdict, "%s: %s", label,
		  answers[status].what);
	return status;
}

/* false: the worker is gone, said. */
static bool
tell(struct trial *trial, struct own_worker *worker, const struct event *event,
     const char *label)
{
	auto_buffer struct buffer body = { 0 };
	struct message_notify order = { .number = event->number };
	struct frame frame;
	int answer;

	event_encode(&body, event);
	order.event = buffer_bytes(&body);
	own_worker_send(worker, MESSAGE_NOTIFY, &order);
	do {
		answer = own_worker_receive(worker, (int)trial->deadline_ms,
					    &frame);
	} while (answer == 1 && frame.type != MESSAGE_NOTIFIED);
	if (answer != 1) {
		trial_say_lost(trial, worker, answer, label);
		return false;
	}
	if (say_answer(trial, label, &frame) == DOCKET_BROKEN)
		own_worker_fini(worker); /* it is ending by itself */
	return worker->pid;
}

/* The wanted event of a type, if it is; true: the trial goes on. */
static bool
try_type(struct trial *trial, struct own_worker *worker, enum event_type type,
	 struct event *last)
{
	struct event event = make_event(type, last->number + 1);
	auto_buffer struct buffer topic = { 0 };

	event_put_topic(&topic, &event);
	if (event_is_report(type) || !is_wanted(trial, buffer_bytes(&topic)))
		return true;
	*last = event;
	buffer_put(&topic, "", 1);
	return tell(trial, worker, &event, topic.data);
}

static void
try_events(struct trial *trial, struct own_worker *worker)
{
	auto_buffer struct buffer title = { 0 };
	struct event last = { .number = 0 };

	for (int type = EVENT_NONE + 1; type < EVENT_TYPE_COUNT; type++)
		if (!try_type(trial, worker, (enum event_type)type, &last))
			return;
	if (last.number == 0) {
		trial_say(trial, TRIAL_WRONG,
			  "its topics begin no event that notifiers are told");
		return;
	}
	if (!tell(trial, worker, &last, "the last one told again"))
		return;
	make_odd(&last, &title);
	last.number++;
	tell(trial, worker, &last, "one with an odd name and a long title");
}

int
trial_notifier(struct trial *trial)
{
	struct worker_setup setup = trial_setup(trial, ROLE_NOTIFIER);
	struct own_worker worker;

	own_worker_init(&worker);
	trial_add_plugin(trial, &setup);
	if (trial_start(trial, &worker, &setup)) {
		trial_say(trial, TRIAL_OK, "it opens");
		try_events(trial, &worker);
		trial_close(trial, &worker, &setup);
	}
	own_worker_fini(&worker);
	worker_setup_fini(&setup);
	return 0;
}
