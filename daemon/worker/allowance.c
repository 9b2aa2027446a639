/* SPDX-License-Identifier: Apache-2.0 */
/*
 * allowance.c - how much processor time one document may take
 *
 * Owns a clock of the process's processor time. Ends the process by SIGXCPU
 * when the time is up, and where there is no such clock: a limit that docketd
 * set is kept or not worked under.
 */
#include "allowance.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include "wire.h"

void
allowance_open(struct allowance *allowance, uint64_t limit_ms)
{
	struct sigevent event = {
		.sigev_notify = SIGEV_SIGNAL,
		.sigev_signo = SIGXCPU,
	};

	allowance->limit_ms = limit_ms;
	if (limit_ms &&
	    timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &allowance->clock))
		wire_refuse("a CPU limit that cannot be kept: %s",
			    strerror(errno));
}

/* 0 stops it. */
static void
set(const struct allowance *allowance, uint64_t time_ms)
{
	struct itimerspec time = {
		.it_value = { .tv_sec = (time_t)(time_ms / 1000),
			      .tv_nsec = (long)(time_ms % 1000) * 1000000 },
	};

	if (allowance->limit_ms)
		timer_settime(allowance->clock, 0, &time, NULL);
}

void
allowance_begin(const struct allowance *allowance)
{
	set(allowance, allowance->limit_ms);
}

/* What is left is never nothing, which would stop the clock. */
void
allowance_charge(const struct allowance *allowance, uint64_t spent_ms)
{
	struct itimerspec now;
	uint64_t left_ms;

	if (!allowance->limit_ms || timer_gettime(allowance->clock, &now))
		return;
	left_ms = (uint64_t)now.it_value.tv_sec * 1000 +
		  (uint64_t)now.it_value.tv_nsec / 1000000;
	set(allowance, left_ms > spent_ms ? left_ms - spent_ms : 1);
}

void
allowance_end(const struct allowance *allowance)
{
	set(allowance, 0);
}
