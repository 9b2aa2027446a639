/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notify.h - what systemd wants to be told (sd_notify(3), as a datagram)
 */
#ifndef DAEMON_NOTIFY_H
#define DAEMON_NOTIFY_H

/* "READY=1", "WATCHDOG=1" ...; nothing where nobody asked (NOTIFY_SOCKET). */
void notify_systemd(const char *state);

#endif
