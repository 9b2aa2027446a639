/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fault.h - a sentence for whoever has to act on an error
 *
 * Functions that can fail for reasons a person must understand take a
 * struct fault beside their return code. lib/ fills it and never logs; whoever
 * stops the fault logs it, once.
 */
#ifndef LIB_FAULT_H
#define LIB_FAULT_H

struct fault {
	char text[512]; /* one line, escaped; "" while nothing is wrong */
};

/* Exit codes of every docket program (sysexits.h and systemd use them). */
enum {
	FAULT_EXIT_USAGE = 64,
	FAULT_EXIT_UNAVAILABLE = 69, /* the daemon does not answer */
	FAULT_EXIT_SOFTWARE = 70,
	FAULT_EXIT_IO = 74, /* our own state: stop and recover */
	FAULT_EXIT_CONFIG = 78,
};

/* Write the sentence and return code, so that one line can do both. */
int fault_set(struct fault *fault, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with ": <strerror(-code)>" behind it; code is a negative errno. */
int fault_set_errno(struct fault *fault, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Put "prefix: " before what is there. Returns code. */
int fault_prefix(struct fault *fault, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
