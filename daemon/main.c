/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main.c - docketd: options, start, end
 *
 * Puts the house together in the order in which its parts need one another
 * and takes it apart in the reverse. Exit codes: 0 after SIGTERM or SIGINT, 64
 * usage, 74 the state failed or cannot be had now, which another try may mend,
 * 78 the configuration or the state is refused, which only a person can mend.
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include "house.h"
#include "log.h"

static const char usage[] =
	"usage: docketd [--config FILE] [--state DIR --inbox DIR] [--check]\n"
	"\n"
	"  --config FILE  instead of the installed docket.conf\n"
	"  --state DIR    by hand: state, control socket and bus below DIR\n"
	"  --inbox DIR    with --state: an inbox named \"inbox\"\n"
	"  --check        print the effective configuration and end\n"
	"  --verbose      log more\n"
	"  --version, --help\n";

struct arguments {
	struct config_request request;
	bool is_check;
	bool is_verbose;
};

/* 0, or what to exit with, plus one. */
static int
parse_arguments(int argc, char **argv, struct arguments *arguments)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "state", required_argument, NULL, 's' },
		{ "inbox", required_argument, NULL, 'i' },
		{ "check", no_argument, NULL, 'n' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'c':
			arguments->request.file = optarg;
			break;
		case 's':
			arguments->request.state = optarg;
			break;
		case 'i':
			arguments->request.inbox = optarg;
			break;
		case 'n':
			arguments->is_check = true;
			break;
		case 'v':
			arguments->is_verbose = true;
			break;
		case 'V':
			puts("docketd " DOCKET_VERSION);
			return 1;
		case 'h':
			fputs(usage, stdout);
			return 1;
		default:
			fputs(usage, stderr);
			return FAULT_EXIT_USAGE + 1;
		}
	}
	if (optind < argc)
		fprintf(stderr, "docketd: \"%s\" is a word too many\n",
			argv[optind]);
	else if (arguments->request.inbox != NULL &&
		 arguments->request.state == NULL)
		fputs("docketd: --inbox goes with --state\n", stderr);
	else
		return 0;
	fputs(usage, stderr);
	return FAULT_EXIT_USAGE + 1;
}

/* By hand, folders that are not there yet are made. */
static void
make_folders(const struct config_request *request)
{
	if (request->state != NULL)
		mkdir(request->state, 0700);
	if (request->inbox != NULL)
		mkdir(request->inbox, 0755);
}

static int
load(struct house *house, const struct arguments *arguments,
     struct fault *fault)
{
	int status;

	if (!arguments->is_check)
		make_folders(&arguments->request);
	status = config_load(&arguments->request, &house->config, fault);
	if (status == 0)
		status = catalog_load(&house->catalog, &house->config, fault);
	return status;
}

static void
print_check(const struct house *house)
{
	auto_buffer struct buffer text = { 0 };

	config_put(&text, &house->config);
	fwrite(text.data, 1, text.size, stdout);
	for (size_t i = 0; i < house->catalog.count; i++) {
		const struct catalog_plugin *plugin =
			&house->catalog.plugins[i];

		printf("# plugin %s: %s%s%s\n", plugin->name,
		       catalog_state_name(plugin->state),
		       plugin->detail != NULL ? ": " : "",
		       plugin->detail != NULL ? plugin->detail : "");
	}
}

/* ---- putting the house together ---- */

/* What a full disk needs to be recovered was kept for that. */
static int
open_journal(struct house *house, struct fault *fault)
{
	int status = journal_open(&house->journal, &house->config,
				  house->folder.state, fault);

	if (status == -ENOSPC && room_sacrifice(house->folder.state))
		status = journal_open(&house->journal, &house->config,
				      house->folder.state, fault);
	if (status == 0)
		room_init(&house->room, &house->journal.store,
			  house->folder.state, house->config.daemon.state,
			  house->config.daemon.ballast_bytes);
	return status;
}

static int
open_house(struct house *house, struct fault *fault)
{
	int status;

	status = uv_loop_init(&house->loop);
	if (status < 0)
		return fault_set_errno(fault, status, "cannot make a loop");
	fact_queue_init(&house->queue, &house->loop);
	dispatch_init(&house->dispatch);
	status = folder_open(&house->folder, &house->config, fault);
	if (status == 0)
		status = open_journal(house, fault);
	if (status == 0)
		status = receipts_init(&house->receipts, &house->loop,
				       &house->queue, &house->journal,
				       &house->config, fault);
	if (status == 0)
		status = inboxes_open(&house->inboxes, &house->loop,
				      &house->config, &house->queue, fault);
	if (status == 0)
		status = control_open(&house->control, &house->loop,
				      &house->journal, &house->config,
				      &services, house, fault);
	if (status < 0)
		return status;
	house->last_event = house->journal.last_event;
	intake_init(&house->intake, &house->loop, &house->queue,
		    &house->journal.store);
	pool_init(&house->pool, &house->loop, &house->queue, &house->catalog,
		  &house->config, &house->journal.store, house->folder.children,
		  NULL);
	specialists_init(&house->specialists, &house->loop, &house->queue,
			 &house->catalog, &house->config, &house->journal.store,
			 house->folder.children);
	follow_init(&house->follow, &house->loop, &house->queue,
		    &house->journal, &house->catalog, &house->config,
		    house->folder.children);
	publish_init(&house->publish, &house->loop, &house->queue,
		     &house->journal, &house->catalog, &house->config,
		     house->folder.children);
	retain_init(&house->retain, &house->journal, &house->config);
	turn_init(house);
	return 0;
}

/* ---- what a crash left, and what is to be told ---- */

static void
take_queued(struct journal_query *query)
{
	struct house *house = query->owner;

	for (size_t i = 0; i < query->count; i++)
		turn_queue(house, query->items[i].key, query->items[i].attempts,
			   query->items[i].not_before_ms);
	if (query->count > 0)
		log_notice("%zu arrivals from before are queued again",
			   query->count);
	journal_query_free(query);
	fact_want_turn(&house->queue);
}

static void
recover(struct house *house)
{
	journal_ask(&house->journal,
		    journal_query_new(QUERY_QUEUED, house, take_queued));
}

static void
tell_start(struct house *house)
{
	struct fact_queue *queue = &house->queue;

	fact_tell(queue,
		  house->reload.kept != NULL ? EVENT_DAEMON_RELOADED
					     : EVENT_DAEMON_STARTED,
		  NULL,
		  house->reload.refusal != NULL ? house->reload.refusal
						: "docketd " DOCKET_VERSION);
	for (size_t i = 0; i < house->catalog.count; i++) {
		const struct catalog_plugin *plugin =
			&house->catalog.plugins[i];

		if (plugin->state == CATALOG_LOADED)
			fact_tell(queue, EVENT_PLUGIN_LOADED, plugin->name,
				  NULL);
		if (plugin->state != CATALOG_REFUSED)
			continue;
		log_error("plugin %s is refused: %s", plugin->name,
			  plugin->detail);
		fact_tell(queue, EVENT_PLUGIN_REFUSED, plugin->name,
			  plugin->detail);
	}
}

/* ---- running ---- */

#define SIGNALS 3

static void
on_signal(uv_signal_t *handle, int number)
{
	if (number == SIGHUP)
		services_reload(handle->data);
	else
		turn_stop(handle->data, false);
}

static void
watch_signals(struct house *house, uv_signal_t signals[SIGNALS])
{
	static const int numbers[SIGNALS] = { SIGTERM, SIGINT, SIGHUP };

	signal(SIGPIPE, SIG_IGN);
	/* Somebody writes to a file that an inbox is just looking at. */
	signal(SIGIO, SIG_IGN);
	for (int i = 0; i < SIGNALS; i++) {
		uv_signal_init(&house->loop, &signals[i]);
		signals[i].data = house;
		uv_signal_start(&signals[i], on_signal, numbers[i]);
		uv_unref((uv_handle_t *)&signals[i]);
	}
}

static void
run(struct house *house)
{
	uv_signal_t signals[SIGNALS];

	watch_signals(house, signals);
	journal_start(&house->journal, &house->loop);
	uv_unref((uv_handle_t *)&house->journal.async);
	turn_start(house);
	tell_start(house);
	recover(house);
	publish_start(&house->publish);
	pool_start(&house->pool);
	follow_start(&house->follow);
	receipts_start(&house->receipts);
	inboxes_start(&house->inboxes);
	uv_run(&house->loop, UV_RUN_DEFAULT);
	journal_stop(&house->journal);
	for (int i = 0; i < SIGNALS; i++)
		uv_close((uv_handle_t *)&signals[i], NULL);
	/* Ignored is what stays so when a reload executes the next docketd. */
	signal(SIGHUP, SIG_IGN);
	uv_run(&house->loop, UV_RUN_DEFAULT);
}

static void
close_house(struct house *house)
{
	control_free(&house->control);
	pool_free(&house->pool);
	specialists_free(&house->specialists);
	follow_free(&house->follow);
	publish_free(&house->publish);
	receipts_free(&house->receipts);
	inboxes_fini(&house->inboxes);
	dispatch_fini(&house->dispatch);
	folder_close(&house->folder);
	if (uv_loop_close(&house->loop) != 0)
		log_error("the loop still had handles at the end");
	catalog_fini(&house->catalog);
	config_fini(&house->config);
}

/*
 * What the machine refuses may pass, and systemd starts docketd again; what
 * the operator has to change does not.
 */
static int
choose_exit(int status)
{
	switch (status) {
	case -EBUSY: /* a lock, or children of a docketd that ended */
	case -EIO:
	case -ENOSPC:
	case -EDQUOT:
	case -EMFILE:
	case -ENFILE:
	case -ENOMEM:
		return FAULT_EXIT_IO;
	default:
		return FAULT_EXIT_CONFIG;
	}
}

/*
 * An inbox may be made later; what is there is to be of use, and so is its
 * folder of receipts.
 */
static int
check_inboxes(const struct config *config)
{
	int code = 0;

	for (size_t i = 0; i < config->inbox_count; i++) {
		struct fault fault;
		int status = inbox_folder_check(&config->inboxes[i], &fault);

		if (status < 0)
			log_error("%s", fault.text);
		if (status < 0 && status != -ENOENT)
			code = FAULT_EXIT_CONFIG;
		if (receipts_check(&config->inboxes[i], &fault) < 0) {
			log_error("%s", fault.text);
			code = FAULT_EXIT_CONFIG;
		}
	}
	return code;
}

/* As the user that asks: let it be the one that docketd runs as. */
static int
check_only(struct house *house, const struct arguments *arguments)
{
	struct fault fault;
	int code;

	if (load(house, arguments, &fault) < 0) {
		log_error("%s", fault.text);
		return FAULT_EXIT_CONFIG;
	}
	print_check(house);
	code = check_inboxes(&house->config);
	catalog_fini(&house->catalog);
	config_fini(&house->config);
	return code;
}

/* Load, open, run, close; and once more as another process for a reload. */
static int
live(struct house *house, struct arguments *arguments, char **argv)
{
	struct fault fault;
	int status;

	reload_init(&house->reload, &arguments->request, &arguments->request);
	status = load(house, arguments, &fault);
	if (status == 0)
		status = open_house(house, &fault);
	if (status < 0) {
		reload_fall_back(&house->reload, &fault, argv);
		log_error("%s", fault.text);
		return choose_exit(status);
	}
	run(house);
	close_house(house);
	if (house->reload.is_due)
		reload_execute(&house->reload, argv);
	reload_fini(&house->reload);
	return house->reload.is_due ? FAULT_EXIT_SOFTWARE : 0;
}

int
main(int argc, char **argv)
{
	static struct house house;
	struct arguments arguments = { 0 };
	int code = parse_arguments(argc, argv, &arguments);

	if (code != 0)
		return code - 1;
	log_open("docketd",
		 arguments.is_verbose ? LOG_LEVEL_DEBUG : LOG_LEVEL_INFO);
	umask(0077);
	mem_keep();
	/* CAP_LEASE, if there is any, is docketd's and not its children's. */
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	return arguments.is_check ? check_only(&house, &arguments)
				  : live(&house, &arguments, argv);
}
