/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log.h - one line a message to stderr, as journald likes it
 *
 * For programs; lib/ itself never calls it. Lines start with <N> (sd-daemon
 * levels) where stderr is the journal (JOURNAL_STREAM), else with the name of
 * the program. Control characters and invalid UTF-8 are escaped, so a name
 * can never forge a line.
 */
#ifndef LIB_LOG_H
#define LIB_LOG_H

enum log_level {
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARNING = 4,
	LOG_LEVEL_NOTICE = 5,
	LOG_LEVEL_INFO = 6,
	LOG_LEVEL_DEBUG = 7
};

/* The name before each line, borrowed, and what is printed at most. */
void log_open(const char *program, enum log_level level);

void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_notice(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
