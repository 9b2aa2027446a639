/* SPDX-License-Identifier: Apache-2.0 */
/*
 * find.h - a question to an indexer: MESSAGE_FIND to MESSAGE_FOUND
 */
#ifndef WORKER_FIND_H
#define WORKER_FIND_H

#include "load.h"
#include "wire.h"
#include "word.h"

/* Answer the frame with HITs and one FOUND; what the plugin answered. */
enum docket_status find_and_answer(struct wire *wire,
				   const struct plugin *indexer,
				   struct word_breaker *breaker,
				   const struct frame *frame);

#endif
