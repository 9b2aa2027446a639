/* SPDX-License-Identifier: Apache-2.0 */
/*
 * advice.h - what a person can do with a document that no plugin reads
 */
#ifndef WORKER_ADVICE_H
#define WORKER_ADVICE_H

#include <docket/plugin.h>

/* A sentence behind a space, or "" where there is nothing better to do. */
const char *advice_of(struct docket_bytes media_type);

#endif
