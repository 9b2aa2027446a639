/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main.c - docket-worker: plugins at work, in a process of their own
 *
 * docketd starts it with a socketpair on descriptor 3 and a lock on descriptor
 * 4, which is left alone so that it dies with the process. The worker ends with
 * 0 when the socketpair does; with 70 when docketd breaks the protocol or a
 * plugin says that it is broken; with 78 when the sandbox cannot be built.
 */
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "describe.h"
#include "farewell.h"
#include "log.h"
#include "worker.h"

#define SOCKET_FD 3

static const char help[] = "Usage: docket-worker reader|indexer|notifier\n"
			   "       docket-worker --describe FILE.so...\n"
			   "\n"
			   "Hosts docket's plugins. The first form is for "
			   "docketd, which speaks to\n"
			   "it on descriptor 3. The second writes what plugins "
			   "declare to standard\n"
			   "output, as frames (lib/message.h).\n"
			   "\n"
			   "  --help     print this\n"
			   "  --version  print the version\n";

static const struct role {
	const char *name;
	enum message_role role;
	int (*run)(struct worker *worker);
} roles[] = {
	{ "reader", ROLE_READER, read_documents },
	{ "indexer", ROLE_INDEXER, follow_as_indexer },
	{ "notifier", ROLE_NOTIFIER, follow_as_notifier },
};

/*
 * A log that nobody reads is no reason to die; and what somebody types at the
 * terminal is for docketd, which ends its workers in order.
 */
static const int ignored[] = { SIGPIPE, SIGINT, SIGQUIT, SIGHUP };

static int
start_and_run(struct worker *worker, const struct role *role)
{
	struct fault fault = { "" };

	if (!setup_receive(worker, role->role))
		return EXIT_SUCCESS;
	if (role->role == ROLE_READER)
		name_types_load(&worker->name_types, worker->setup.data_folder);
	if (start_plugins(worker, &fault)) {
		log_error("%s", fault.text);
		return FAULT_EXIT_CONFIG;
	}
	return role->run(worker);
}

static int
run_role(const struct role *role)
{
	struct worker worker = { 0 };
	int code;

	/*
	 * A parent that died before this line is noticed all the same: the
	 * socketpair has ended, too.
	 */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	mem_keep();
	for (size_t i = 0; i < ARRAY_SIZE(ignored); i++)
		signal(ignored[i], SIG_IGN);
	farewell_open(SOCKET_FD);
	wire_init(&worker.wire, SOCKET_FD);
	code = start_and_run(&worker, role);
	start_undo(&worker);
	name_types_fini(&worker.name_types);
	setup_fini(&worker.setup);
	wire_fini(&worker.wire);
	return code;
}

static int
refuse_usage(void)
{
	fputs(help, stderr);
	return FAULT_EXIT_USAGE;
}

static int
choose_role(int count, char *const *names)
{
	for (size_t i = 0; count == 1 && i < ARRAY_SIZE(roles); i++)
		if (strcmp(roles[i].name, names[0]) == 0)
			return run_role(&roles[i]);
	return refuse_usage();
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "describe", no_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ 0 },
	};
	int option = getopt_long(argc, argv, "", options, NULL);

	log_open("docket-worker", LOG_LEVEL_INFO);
	switch (option) {
	case -1:
		return choose_role(argc - optind, argv + optind);
	case 'd':
		if (optind == argc)
			return refuse_usage();
		return describe_files(argv + optind, argc - optind);
	case 'h':
		fputs(help, stdout);
		return EXIT_SUCCESS;
	case 'v':
		puts("docket-worker " DOCKET_VERSION);
		return EXIT_SUCCESS;
	default:
		return refuse_usage();
	}
}
