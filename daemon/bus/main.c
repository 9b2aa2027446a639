/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main.c - docket-bus: events out of the journal, to whoever subscribed
 *
 * Started by docketd with a socketpair on descriptor 3; a lock that it inherits
 * on another stays open for as long as it lives. Owns the ZeroMQ context,
 * reads orders, writes subscribers' sockets. Ends with 0 when docketd closes
 * its end, with 78 where an address is refused, with 70 where docketd makes no
 * sense, by SIGKILL with docketd, and by abort() wherever libzmq is at a loss:
 * nothing here is worth saving, docketd starts another.
 *
 * A plain loop over zmq_poll() does it. libzmq's own descriptors are edge
 * triggered, and any call on a socket may eat the edge; in a foreign loop that
 * stalls.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <zmq.h>

#include "log.h"
#include "order.h"

enum {
	ORDERS_FD = 3,
	ORDER_LIMIT_BYTES = 64 << 10,
	TICK_MS = 1000,
};

/* Signals that a terminal sends to all of docketd's children at once. */
static const int ignored_signals[] = { SIGINT, SIGHUP, SIGQUIT, SIGPIPE };

/* A subscriber is a descriptor; libzmq aborts when they run out. */
static void
raise_descriptor_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static void
prepare_process(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(ignored_signals); i++)
		signal(ignored_signals[i], SIG_IGN);
	umask(0117); /* owner and group may connect */
	raise_descriptor_limit();
}

static int64_t
read_timer_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int
wait_for_work(struct bus *bus, zmq_pollitem_t *items, int64_t until_ms)
{
	int64_t wait_ms = until_ms - read_timer_ms();

	items[0].events = ZMQ_POLLIN;
	if (bus->answers.size > 0)
		items[0].events |= ZMQ_POLLOUT;
	if (zmq_poll(items, 2 * (int)bus->endpoint_count + 1,
		     wait_ms > 0 ? (long)wait_ms : 0) < 0 &&
	    errno != EINTR)
		return -errno;
	return 0;
}

static zmq_pollitem_t *
list_descriptors(const struct bus *bus)
{
	zmq_pollitem_t *items =
		mem_alloc_array(2 * bus->endpoint_count + 1, sizeof(*items));
	zmq_pollitem_t *item = items;

	item++->fd = bus->orders.fd;
	for (size_t i = 0; i < bus->endpoint_count; i++) {
		const struct endpoint *endpoint = &bus->endpoints[i];

		*item++ = (zmq_pollitem_t){ .socket = endpoint->socket,
					    .events = ZMQ_POLLIN };
		*item++ = (zmq_pollitem_t){ .socket = endpoint->router,
					    .events = ZMQ_POLLIN };
	}
	return items;
}

/* Say on every endpoint that it lives, if that is due; then *due_ms is next. */
static int
send_due_ticks(struct bus *bus, int64_t *due_ms)
{
	int64_t now_ms = read_timer_ms();
	int error = 0;

	if (now_ms < *due_ms)
		return 0;
	for (size_t i = 0; i < bus->endpoint_count && !error; i++)
		error = publish_tick(&bus->publisher, &bus->endpoints[i]);
	*due_ms += TICK_MS;
	if (*due_ms <= now_ms) /* stopped for a while: no catching up */
		*due_ms = now_ms + TICK_MS;
	return error;
}

/* What subscribers say: the one kind for libzmq, the other for us. */
static int
hear_subscribers(struct bus *bus, int64_t now_ms)
{
	int error = 0;

	for (size_t i = 0; i < bus->endpoint_count && !error; i++) {
		endpoint_drain(&bus->endpoints[i]);
		error = replay_read(&bus->replay, &bus->endpoints[i], now_ms);
	}
	return error;
}

/* Serve until docketd ends: ORDER_ENDED, or a negative errno. */
static int
serve(struct bus *bus)
{
	auto_free zmq_pollitem_t *items = list_descriptors(bus);
	int64_t tick_ms = read_timer_ms() + TICK_MS;
	int answer = 0;

	while (answer == 0) {
		int64_t now_ms = read_timer_ms();

		answer = hear_subscribers(bus, now_ms);
		if (answer == 0)
			answer = order_obey(bus, now_ms);
		if (answer == 0)
			answer = order_answer(bus, now_ms);
		if (answer == 0)
			answer = send_due_ticks(bus, &tick_ms);
		if (answer == 0)
			answer = wait_for_work(
				bus, items,
				replay_due_ms(&bus->replay, tick_ms));
	}
	return answer;
}

static void
close_all(struct bus *bus)
{
	for (size_t i = 0; i < bus->endpoint_count; i++)
		endpoint_fini(&bus->endpoints[i]);
	free(bus->endpoints);
	replay_fini(&bus->replay);
	publish_fini(&bus->publisher);
	frame_stream_fini(&bus->orders);
	buffer_fini(&bus->answers);
	zmq_ctx_term(bus->context);
}

static int
explain(int answer)
{
	switch (answer) {
	case ORDER_ENDED:
		return EXIT_SUCCESS;
	case ORDER_REFUSED:
		return FAULT_EXIT_CONFIG;
	default:
		log_error("cannot do what docketd wants: %s",
			  strerror(-answer));
		return FAULT_EXIT_SOFTWARE;
	}
}

int
main(void)
{
	struct bus bus = { 0 };
	int answer;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	log_open("docket-bus", LOG_LEVEL_INFO);
	if (fcntl(ORDERS_FD, F_GETFD) < 0) {
		log_error("docketd starts this program; it is of no use alone");
		return FAULT_EXIT_USAGE;
	}
	prepare_process();
	replay_init(&bus.replay);
	frame_stream_init(&bus.orders, ORDERS_FD, ORDER_LIMIT_BYTES);
	bus.context = zmq_ctx_new();
	answer = order_set_up(&bus);
	if (answer == 0)
		answer = serve(&bus);
	close_all(&bus);
	return explain(answer);
}
