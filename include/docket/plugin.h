/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plugin.h - what every docket plugin declares, whatever its kind
 *
 * A plugin is one shared object with one DOCKET_PLUGIN descriptor. docket-worker
 * loads it, never docketd. The descriptor is constant data; everything that
 * changes lives in `self`, which the host allocates (zeroed, self_size bytes)
 * and fills from the option table before it calls open().
 *
 * Life of a plugin, in the order in which the host calls it:
 *
 *   load    the descriptor is read, docket_abi is compared
 *   options the table is filled in from the configuration
 *   prepare once, before the last step of the sandbox: open what must be open
 *   open    once, inside the sandbox
 *   ...     the callbacks of its kind, one at a time, never from two threads
 *   close   once; also after a failed open
 *
 * An absent (NULL) callback means "nothing to do, went well", unless its
 * comment says otherwise.
 *
 * Functions named docket_... are provided by the host; link against nothing.
 * Text is UTF-8. Invalid UTF-8 handed to the host becomes U+FFFD and is
 * counted; it is never an error.
 */
#ifndef DOCKET_PLUGIN_H
#define DOCKET_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Whatever hides symbols by default: the host exports these. */
#pragma GCC visibility push(default)

/* Changes when a struct below changes in a way that sizes cannot express. */
#define DOCKET_ABI_VERSION 1

/* What a callback answers. The host acts on it; see docs/plugin-authors.md. */
enum docket_status {
	DOCKET_OK = 0,	   /* done */
	DOCKET_SKIP = 1,   /* not mine: ask the next plugin */
	DOCKET_RETRY = 2,  /* the world's fault: ask me again later */
	DOCKET_REJECT = 3, /* the document's fault: set it aside, say why */
	DOCKET_BROKEN = 4, /* my fault: restart me */
};

/* A run of bytes that somebody else owns. data may be NULL when size is 0. */
struct docket_bytes {
	const char *data;
	size_t size; /* bytes */
};

/* What the sandbox must leave open for this plugin. */
enum docket_need {
	DOCKET_NEED_NETWORK = 1, /* notifiers only */
	DOCKET_NEED_EXEC = 2,	 /* to run another program */
	DOCKET_NEED_THREADS = 4, /* to start threads */
	/*
	 * Parsers only: each document is read in a process of its own, forked
	 * from one that has loaded, prepared and opened the plugin. For large
	 * libraries that read what strangers wrote.
	 */
	DOCKET_NEED_PROCESS = 8,
};

/* The C type that an option fills in `self`. */
enum docket_option_type {
	DOCKET_OPTION_STRING = 0,   /* const char *, owned by the host */
	DOCKET_OPTION_INT = 1,	    /* int64_t */
	DOCKET_OPTION_SIZE = 2,	    /* uint64_t bytes: 512, 64K, 16M, 2G */
	DOCKET_OPTION_DURATION = 3, /* int64_t milliseconds: 500ms 2s 5m 1h */
	DOCKET_OPTION_BOOL = 4,	    /* bool: yes no true false on off 1 0 */
};

/* One row of an option table. */
struct docket_option {
	const char *name; /* as in [plugin NAME] of docket.conf */
	enum docket_option_type type;
	size_t offset;	      /* offsetof(struct mine, member) */
	const char *fallback; /* the default, as it would be written */
	const char *summary;  /* one line for --describe */
	int64_t minimum;      /* INT SIZE DURATION: both 0 is no limit */
	int64_t maximum;      /* less than minimum: there is none */
};

struct docket_parser;
struct docket_annotator;
struct docket_indexer;
struct docket_notifier;

/* What DOCKET_PLUGIN defines. Exactly one kind is not NULL. */
struct docket_plugin {
	const char *name;    /* [a-z0-9_]{1,32}, unique in an installation */
	const char *version; /* free text; NULL is docket's own version */
	const char *summary; /* one line for people */
	uint32_t needs;	     /* enum docket_need, or-ed */
	uint32_t wants;	     /* enum docket_want, or-ed; indexer.h */
	const char *const *data; /* files it reads, NULL-terminated, or NULL */
	size_t self_size;	 /* bytes of private state; may be 0 */
	const struct docket_option *options; /* ends with .name = NULL */

	enum docket_status (*prepare)(void *self);
	enum docket_status (*open)(void *self);
	void (*close)(void *self);

	const struct docket_parser *parser;
	const struct docket_annotator *annotator;
	const struct docket_indexer *indexer;
	const struct docket_notifier *notifier;
};

/* What the macro writes down so that a host can tell old from new. */
struct docket_abi {
	uint32_t version;     /* DOCKET_ABI_VERSION */
	uint32_t plugin_size; /* sizeof, bytes; a kind not included is 0 */
	uint32_t option_size;
	uint32_t parser_size;
	uint32_t annotator_size;
	uint32_t indexer_size;
	uint32_t notifier_size;
};

/* The header of a kind replaces its own line. */
#define DOCKET_PARSER_SIZE 0
#define DOCKET_ANNOTATOR_SIZE 0
#define DOCKET_INDEXER_SIZE 0
#define DOCKET_NOTIFIER_SIZE 0

#ifdef __cplusplus
#define DOCKET_EXPORT extern "C" __attribute__((visibility("default")))
#else
#define DOCKET_EXPORT extern __attribute__((visibility("default")))
#endif

#define DOCKET_PLUGIN                                           \
	DOCKET_EXPORT const struct docket_abi docket_abi;       \
	const struct docket_abi docket_abi = {                  \
		DOCKET_ABI_VERSION,                             \
		(uint32_t)sizeof(struct docket_plugin),         \
		(uint32_t)sizeof(struct docket_option),         \
		(uint32_t)DOCKET_PARSER_SIZE,                   \
		(uint32_t)DOCKET_ANNOTATOR_SIZE,                \
		(uint32_t)DOCKET_INDEXER_SIZE,                  \
		(uint32_t)DOCKET_NOTIFIER_SIZE,                 \
	};                                                      \
	DOCKET_EXPORT const struct docket_plugin docket_plugin; \
	const struct docket_plugin docket_plugin

/* Log one line in the name of the plugin. Control characters are escaped. */
void docket_log(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * The folder with docket's data (languages, name lists), without a trailing
 * slash. Borrowed, valid as long as the process. To be called from prepare().
 */
const char *docket_data_folder(void);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
