/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reload.c - a new configuration, all of it or nothing
 *
 * Owns RUNTIME/reload.conf while a reload is under way, and the descriptor that
 * is answered on. Environment variables carry over what the next docketd must
 * know; it takes them out again.
 */
#include "reload.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "log.h"
#include "message.h"

#define ASKER "DOCKET_RELOAD_ASKER"
#define KEPT "DOCKET_RELOAD_KEPT"
#define REFUSAL "DOCKET_RELOAD_REFUSAL"

/* ---- from one docketd to the next ---- */

static char *
take_variable(const char *name)
{
	const char *value = getenv(name);
	char *copy = value != NULL ? mem_dup_string(value) : NULL;

	unsetenv(name);
	return copy;
}

void
reload_init(struct reload *reload, const struct config_request *request,
	    struct config_request *out_request)
{
	auto_free char *asker = take_variable(ASKER);

	*reload = (struct reload){
		.request = *request,
		.asker = asker != NULL ? atoi(asker) : -1,
		.kept = take_variable(KEPT),
		.refusal = take_variable(REFUSAL),
	};
	if (reload->asker <= STDERR_FILENO ||
	    fcntl(reload->asker, F_SETFD, FD_CLOEXEC) < 0)
		reload->asker = -1;
	*out_request = *request;
	if (reload->refusal != NULL && reload->kept != NULL)
		*out_request = (struct config_request){ .file = reload->kept };
}

static void
set_variable(const char *name, const char *value)
{
	if (value != NULL)
		setenv(name, value, 1);
}

/*
 * What lies where this docketd came from, which an upgrade may have replaced;
 * where nothing does any more, this one again.
 */
static void
execute_self(char **argv)
{
	static const char deleted[] = " (deleted)";
	char self[PATH_MAX];
	ssize_t size = readlink("/proc/self/exe", self, sizeof(self) - 1);
	size_t tail = strlen(deleted);

	if (size > (ssize_t)tail &&
	    memcmp(self + size - tail, deleted, tail) == 0)
		size -= (ssize_t)tail;
	if (size > 0) {
		self[size] = '\0';
		execv(self, argv);
	}
	execv("/proc/self/exe", argv);
	log_error("cannot execute docketd again: %s", strerror(errno));
}

/* The descriptor is the only thing that lives on. */
void
reload_execute(struct reload *reload, char **argv)
{
	if (reload->asker >= 0) {
		auto_free char *number = mem_format("%d", reload->asker);

		set_variable(ASKER, number);
		fcntl(reload->asker, F_SETFD, 0);
	}
	set_variable(KEPT, reload->kept);
	set_variable(REFUSAL, reload->refusal);
	/* main() took it from the children, but the next docketd is none. */
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_LEASE, 0, 0);
	execute_self(argv);
}

void
reload_fall_back(struct reload *reload, const struct fault *fault, char **argv)
{
	if (reload->kept == NULL || reload->refusal != NULL)
		return;
	log_error("%s; the configuration before is taken up again",
		  fault->text);
	reload->refusal = mem_dup_string(fault->text);
	reload_execute(reload, argv);
}

void
reload_answer(struct reload *reload)
{
	auto_buffer struct buffer out = { 0 };
	struct message_end end = {
		.code = reload->refusal != NULL ? FAULT_EXIT_CONFIG : 0,
		.detail = bytes_of(reload->refusal ? reload->refusal : ""),
	};

	if (reload->kept != NULL)
		unlink(reload->kept);
	if (reload->asker >= 0) {
		message_encode(&out, MESSAGE_END, &end);
		/* It fits the socket; that the asker is gone is no matter. */
		frame_send_some(reload->asker, out.data, out.size, -1);
		close(reload->asker);
	}
	reload->asker = -1;
	free(take(reload->kept));
	free(take(reload->refusal));
}

void
reload_fini(struct reload *reload)
{
	if (reload->asker >= 0)
		close(reload->asker);
	free(reload->kept);
	free(reload->refusal);
}

/* ---- checking ---- */

/* What is in force for as long as docketd lives. */
static int
check_fixed(struct reload *reload)
{
	const struct config_daemon *after = &reload->config.daemon;
	const struct config_daemon *before = &reload->old->daemon;

	if (strcmp(after->state, before->state) == 0 &&
	    strcmp(after->runtime, before->runtime) == 0)
		return 0;
	return fault_set(&reload->fault, -EINVAL,
			 "state and runtime cannot change while docketd runs; "
			 "stop it and start it again");
}

static void
on_check(uv_work_t *work)
{
	struct reload *reload = container_of(work, struct reload, work);

	reload->status =
		config_load(&reload->request, &reload->config, &reload->fault);
	if (reload->status < 0)
		return;
	reload->status = check_fixed(reload);
	if (reload->status == 0) {
		reload->status = catalog_load(&reload->catalog, &reload->config,
					      &reload->fault);
		catalog_fini(&reload->catalog);
	}
	config_fini(&reload->config);
}

static void
on_checked(uv_work_t *work, int status)
{
	struct reload *reload = container_of(work, struct reload, work);

	(void)status;
	reload->is_checking = false;
	reload->checked(reload, reload->waiter);
}

int
reload_check(struct reload *reload, uv_loop_t *loop, const struct config *old,
	     void *waiter, void (*checked)(struct reload *, void *waiter))
{
	if (reload->is_checking || reload->is_due)
		return -EBUSY;
	reload->is_checking = true;
	reload->old = old;
	reload->waiter = waiter;
	reload->checked = checked;
	return uv_queue_work(loop, &reload->work, on_check, on_checked);
}

/* ---- going over ---- */

static int
keep(const struct config *config, const char *path)
{
	auto_buffer struct buffer text = { 0 };
	auto_file FILE *file = NULL;
	int fd = open(path,
		      O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
		      0600);

	if (fd < 0)
		return -errno;
	file = fdopen(fd, "w");
	config_put(&text, config);
	if (fwrite(text.data, 1, text.size, file) != text.size ||
	    fflush(file) != 0)
		return -errno;
	return 0;
}

int
reload_prepare(struct reload *reload, int asker)
{
	int status;

	free(reload->kept);
	reload->kept =
		mem_format("%s/reload.conf", reload->old->daemon.runtime);
	status = keep(reload->old, reload->kept);
	if (status < 0) {
		fault_set_errno(&reload->fault, status, "%s", reload->kept);
		free(take(reload->kept));
		if (asker >= 0)
			close(asker);
		return status;
	}
	reload->asker = asker;
	reload->is_due = true;
	return 0;
}
