/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message.h - what docket's processes say to one another
 *
 * Each message is a struct and a row of one table; message_encode() and
 * message_decode() are the only code. A message whose struct is empty carries
 * nothing. Strings are lent, by whoever holds the frame.
 *
 *   d>w docketd to a worker    w>d back      (also docket parse)
 *   d>b docketd to docket-bus  b>d back
 *   c>d docket to docketd      d>c back      (the control socket)
 */
#ifndef LIB_MESSAGE_H
#define LIB_MESSAGE_H

#include "arrival.h"
#include "frame.h"

enum message_type {
	/* d>w, d>b: first, how it is set up */
	MESSAGE_HELLO = 1, /* message_hello */
	MESSAGE_PLUGIN,	   /* message_plugin: load this one */
	MESSAGE_OPTION,	   /* message_option: of the plugin before it */
	MESSAGE_ENDPOINT,  /* message_endpoint: d>b */
	MESSAGE_START,	   /* nothing more to set up */
	/* w>d, b>d */
	MESSAGE_LOADED,	 /* message_loaded */
	MESSAGE_REFUSED, /* message_refused */
	MESSAGE_READY,	 /* message_sequence: resume from here */

	/* readers: d>w, then w>d */
	MESSAGE_JOB = 32, /* message_job (+ descriptor) */
	MESSAGE_STARTED,  /* message_lease */
	MESSAGE_PROGRESS, /* message_lease: alive, a new deadline */
	MESSAGE_RECORD,	  /* message_record */
	MESSAGE_FAILED,	  /* message_failed */
	MESSAGE_DYING,	  /* message_dying: w>d, the last word of a reader */
	/*
	 * before the RECORD of what they were in, in its order; a FAILED in its
	 * place takes them back: w>d
	 */
	MESSAGE_CHILD,	     /* message_child */
	MESSAGE_CHILD_BYTES, /* message_child_bytes: more of the one before */

	/* followers: d>w, then w>d */
	MESSAGE_PUT = 64,  /* message_put (+ descriptor) */
	MESSAGE_REMOVE,	   /* message_put */
	MESSAGE_COMMIT,	   /* message_sequence */
	MESSAGE_COMMITTED, /* message_sequence */
	MESSAGE_FIND,	   /* message_find */
	MESSAGE_HIT,	   /* message_hit */
	MESSAGE_FOUND,	   /* message_found */
	MESSAGE_NOTIFY,	   /* message_notify */
	MESSAGE_NOTIFIED,  /* message_failed: lease is the event's number */

	/* bus: d>b, then b>d */
	MESSAGE_PUBLISH = 96, /* message_publish */
	MESSAGE_PUBLISHED,    /* message_published */
	/* catch-up: b>d one question at a time, then d>b rows and an end */
	MESSAGE_FETCH,	   /* message_fetch */
	MESSAGE_FETCHED,   /* message_publish */
	MESSAGE_FETCH_END, /* message_fetch_end */

	/* docket-worker --describe, on its standard output */
	MESSAGE_DESCRIPTION = 128, /* message_description */
	MESSAGE_DESCRIBED_OPTION,  /* message_described_option */

	/* control: c>d */
	MESSAGE_STATUS = 160, /* nothing */
	MESSAGE_PLUGINS,      /* nothing */
	MESSAGE_LIST,	      /* message_list */
	MESSAGE_SHOW,	      /* message_document; ARRIVALs of kin come first */
	MESSAGE_GET,	      /* message_document */
	MESSAGE_ADD,	      /* message_add + descriptor */
	MESSAGE_SEARCH,	      /* message_search */
	MESSAGE_EVENTS,	      /* message_events */
	MESSAGE_RETRY,	      /* message_order */
	MESSAGE_DISCARD,      /* message_order */
	MESSAGE_RELOAD,	      /* nothing */
	MESSAGE_AUDIT,	      /* nothing */
	MESSAGE_REFS,	      /* message_refs */
	/* control: d>c, rows and then one MESSAGE_END */
	MESSAGE_FACT = 192, /* message_fact: one line of docket status */
	MESSAGE_PLUGIN_ROW, /* message_plugin_row */
	MESSAGE_ARRIVAL,    /* arrival_encode() */
	MESSAGE_EVENT,	    /* event_encode() */
	MESSAGE_CONTENT,    /* message_content (+ descriptor): SHOW and GET */
	MESSAGE_FINDING,    /* message_finding (+ descriptor): SEARCH */
	MESSAGE_END,	    /* message_end */
	MESSAGE_ACCOUNT,    /* message_account: one line of docket audit */
	MESSAGE_RELATION,   /* message_relation */
	MESSAGE_TYPE_COUNT
};

enum message_role {
	ROLE_READER = 1,
	ROLE_INDEXER,
	ROLE_NOTIFIER,
	ROLE_BUS,
};

enum message_plugin_kind {
	PLUGIN_PARSER = 1,
	PLUGIN_ANNOTATOR,
	PLUGIN_INDEXER,
	PLUGIN_NOTIFIER,
};

struct message_hello {
	uint32_t role;	/* enum message_role */
	uint32_t wants; /* enum docket_want of all indexers */
	struct docket_bytes data_folder;
	struct docket_bytes state_folder; /* indexers; else empty */
	struct docket_bytes source;	  /* CloudEvents source */
	uint64_t text_limit_bytes;
	uint64_t memory_limit_bytes; /* RLIMIT_DATA; 0: none */
	uint64_t cpu_limit_ms;	     /* per document; 0: none */
};

struct message_plugin {
	struct docket_bytes name;
	struct docket_bytes path;  /* empty: a program, by its options */
	uint32_t is_elsewhere;	   /* its documents go to another reader */
	struct docket_bytes types; /* elsewhere: words; not a program's */
};

struct message_option {
	struct docket_bytes name;
	struct docket_bytes value;
};

struct message_endpoint {
	uint32_t index;
	struct docket_bytes name;
	struct docket_bytes address; /* ipc://... */
	struct docket_bytes replay;  /* the same, for catch-up */
	struct docket_bytes stream;  /* its id */
	uint64_t head;		     /* last sequence that was sent */
};

struct message_loaded {
	uint32_t kind; /* enum message_plugin_kind */
	struct docket_bytes plugin;
	struct docket_bytes version;
};

struct message_refused {
	struct docket_bytes plugin;
	struct docket_bytes detail;
};

struct message_sequence {
	uint64_t sequence;
};

struct message_job {
	uint64_t lease; /* names this attempt; the worker only repeats it */
	struct docket_bytes name;
	struct docket_bytes media_type; /* forced by the dropper, or empty */
	struct docket_bytes past;  /* parser: only those behind it are asked */
	struct docket_bytes types; /* that are taken, with blanks; empty: all */
	uint64_t size;
	struct docket_bytes content; /* or a descriptor, read-only */
};

struct message_lease {
	uint64_t lease;
	uint32_t done;
	uint32_t total;
};

struct message_record {
	uint64_t lease;
	struct docket_bytes plugin; /* the parser */
	struct docket_bytes image;  /* record_open() */
	struct docket_bytes sketch; /* struct sketch, or nothing */
};

/*
 * An attachment, a member of an archive. A large one comes in pieces of
 * MESSAGE_INLINE_LIMIT, so that who takes it holds no more than one.
 */
struct message_child {
	uint64_t lease;
	struct docket_bytes name; /* MESSAGE_CHILD_NAME_LIMIT; no zeros */
	uint64_t size;
	struct docket_bytes content; /* the first of it */
};

struct message_child_bytes {
	uint64_t lease;
	struct docket_bytes content;
};

struct message_failed {
	uint64_t lease;
	uint32_t status;	   /* enum docket_status */
	struct docket_bytes stage; /* read, annotate, notify */
	struct docket_bytes plugin;
	struct docket_bytes reason;	/* one word */
	struct docket_bytes detail;	/* a sentence */
	struct docket_bytes media_type; /* what was sniffed */
};

/* A signal handler sends it, so that docketd learns who was running. */
struct message_dying {
	uint64_t lease;
	uint32_t signal;
	struct docket_bytes plugin;
};

struct message_put {
	uint64_t sequence; /* of the event */
	uint64_t arrival;
	uint64_t size;
	struct docket_bytes image; /* or a descriptor */
};

struct message_find {
	uint64_t request;
	uint32_t limit;		   /* 0: all */
	struct docket_bytes query; /* as typed */
};

struct message_hit {
	uint64_t request;
	uint64_t arrival;
	double score;
};

struct message_found {
	uint64_t request;
	uint32_t status; /* enum docket_status */
	struct docket_bytes detail;
};

struct message_notify {
	uint64_t number;
	struct docket_bytes event; /* event_encode() */
};

struct message_publish {
	uint32_t index; /* of the endpoint */
	uint64_t sequence;
	struct docket_bytes event; /* event_encode() */
};

struct message_published {
	uint32_t index;
	uint64_t sequence;
};

/* Events of an endpoint's stream above `after`, at most `limit` of them. */
struct message_fetch {
	uint32_t index;
	uint32_t limit;
	uint64_t after;
};

/* All up to `checked` were told; none where `after` is no place in between. */
struct message_fetch_end {
	uint64_t checked;
	uint64_t floor; /* the journal keeps what is above it */
	uint64_t head;	/* the last there is */
};

struct message_description {
	uint32_t kind; /* enum message_plugin_kind */
	uint32_t needs;
	uint32_t wants;
	struct docket_bytes name;
	struct docket_bytes version;
	struct docket_bytes summary;
	struct docket_bytes types; /* media types or topics, a line each */
};

struct message_described_option {
	uint32_t type; /* enum docket_option_type */
	struct docket_bytes name;
	struct docket_bytes fallback;
	struct docket_bytes summary;
	int64_t minimum;
	int64_t maximum;
};

struct message_list {
	uint64_t after;		   /* arrivals above this number */
	uint32_t limit;		   /* 0: all */
	uint32_t is_newest;	   /* the last `limit` of them, not the first */
	uint32_t states;	   /* bits, 1 << enum arrival_state; 0: all */
	struct docket_bytes inbox; /* empty: all */
};

struct message_document {
	uint64_t arrival;     /* or 0 */
	struct digest digest; /* when arrival is 0 */
};

enum message_which_refs {
	REFS_CITES = 1,
	REFS_CITED_BY = 2,
	REFS_RELATED = 4,
};

struct message_refs {
	uint64_t arrival;     /* or 0 */
	struct digest digest; /* when arrival is 0 */
	uint32_t which;	      /* enum message_which_refs */
};

struct message_order {
	uint64_t arrival;
};

struct message_add {
	struct docket_bytes inbox; /* empty: the only one */
	struct docket_bytes name;
};

struct message_search {
	struct docket_bytes query;
	struct docket_bytes inbox; /* empty: all that the asker may read */
	uint32_t limit;
};

struct message_events {
	uint64_t after;	 /* event numbers above this; ~0: only new ones */
	uint32_t follow; /* 0 or 1 */
	struct docket_bytes topic; /* prefix; empty: all */
};

struct message_fact {
	struct docket_bytes name; /* dotted: inbox.letters.waiting */
	struct docket_bytes value;
};

struct message_plugin_row {
	struct message_description description; /* kind 0: would not load */
	struct docket_bytes path;
	uint32_t is_program;
	struct docket_bytes state; /* loaded, refused, disabled */
	struct docket_bytes detail;
};

struct message_content {
	struct docket_bytes arrival; /* arrival_encode() */
	uint64_t size;
	struct docket_bytes content; /* or a descriptor */
};

struct message_finding {
	struct docket_bytes arrival; /* arrival_encode() */
	struct docket_bytes parent;  /* of what it came out of, or empty */
	double score;
	uint64_t size;
	struct docket_bytes record; /* image, or a descriptor */
};

/* One tie of a document to another, or to a symbol that nobody has. */
struct message_relation {
	struct docket_bytes relation; /* "cites", "translation-of" ... */
	struct docket_bytes symbol;
	struct docket_bytes other; /* arrival_encode(), or nothing */
};

/* One account of an audit. */
struct message_account {
	struct docket_bytes part;    /* inbox, spool, journal, store ... */
	struct docket_bytes subject; /* its name; empty: there is one */
	struct docket_bytes what;    /* is counted: "waiting" */
	uint64_t count;
	uint32_t is_wrong;	    /* the books do not balance */
	struct docket_bytes detail; /* names, numbers; any bytes */
};

/* code is 0 or one of the exit codes of fault.h or EXIT_FAILURE. */
struct message_end {
	uint32_t code;
	struct docket_bytes detail;
};

/* Append a frame. */
void message_encode(struct buffer *out, enum message_type type,
		    const void *message);
/* The same for a frame that a descriptor goes with. */
void message_encode_fd(struct buffer *out, enum message_type type,
		       const void *message);

/* Pair: into the struct of the frame's type. 0, or -EBADMSG. */
int message_decode(const struct frame *frame, void *out_message);

/* For log lines: "record", "put" ... */
const char *message_type_name(unsigned type);

/* Bodies over this travel as a descriptor. */
#define MESSAGE_INLINE_LIMIT (256u << 10)

/* What is taken out of one document. */
#define MESSAGE_CHILDREN_LIMIT 1000u
#define MESSAGE_CHILDREN_BYTES_LIMIT (256u << 20)
#define MESSAGE_CHILD_NAME_LIMIT 1024u

#endif
