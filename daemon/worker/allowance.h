/* SPDX-License-Identifier: Apache-2.0 */
/*
 * allowance.h - how much processor time one document may take
 */
#ifndef WORKER_ALLOWANCE_H
#define WORKER_ALLOWANCE_H

#include <stdint.h>
#include <time.h>

struct allowance {
	uint64_t limit_ms; /* 0: none, and nothing happens */
	timer_t clock;
};

/* In the process that reads: clocks are not copied when it forks. */
void allowance_open(struct allowance *allowance, uint64_t limit_ms);

/* Around a document: past the limit SIGXCPU ends the process. */
void allowance_begin(const struct allowance *allowance);
/* So much of it another process has spent, for the same document. */
void allowance_charge(const struct allowance *allowance, uint64_t spent_ms);
void allowance_end(const struct allowance *allowance);

#endif
