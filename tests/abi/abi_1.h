/* SPDX-License-Identifier: Apache-2.0 */
/*
 * abi_1.h - version 1 of the plugin interface, as it was when it was new
 *
 * Never changed, and written down a second time on purpose: plugins that were
 * built long ago lie in people's folders and have these shapes in them. Nothing
 * of include/docket is included here; tests/unit/test_abi_frozen.c compares. The
 * sizes in the plugins are those of machines with 64 bits.
 */
#ifndef TESTS_ABI_1_H
#define TESTS_ABI_1_H

#include <stddef.h>
#include <stdint.h>

#define ABI1_VERSION 1

enum abi1_status {
	ABI1_OK = 0,
	ABI1_SKIP = 1,
	ABI1_RETRY = 2,
	ABI1_REJECT = 3,
	ABI1_BROKEN = 4,
};

enum abi1_option_type {
	ABI1_STRING = 0,
	ABI1_INT = 1,
	ABI1_SIZE = 2,
	ABI1_DURATION = 3,
	ABI1_BOOL = 4,
};

enum { ABI1_NEED_NETWORK = 1, ABI1_NEED_EXEC = 2, ABI1_NEED_THREADS = 4 };
enum { ABI1_WANT_TOKENS = 1 };

struct abi1_bytes {
	const char *data;
	size_t size;
};

struct abi1_option {
	const char *name;
	enum abi1_option_type type;
	size_t offset;
	const char *fallback;
	const char *summary;
	int64_t minimum;
	int64_t maximum;
};

struct abi1_job;
struct abi1_record;
struct abi1_query;
struct abi1_finding;
struct abi1_event;

struct abi1_parser {
	const char *const *types;
	enum abi1_status (*parse)(void *self, struct abi1_job *job);
};

struct abi1_annotator {
	enum abi1_status (*annotate)(void *self, struct abi1_job *job);
	int32_t order;
};

struct abi1_indexer {
	enum abi1_status (*resume)(void *self, uint64_t *out_sequence);
	enum abi1_status (*put)(void *self, uint64_t arrival,
				const struct abi1_record *record);
	enum abi1_status (*remove)(void *self, uint64_t arrival,
				   const struct abi1_record *record);
	enum abi1_status (*commit)(void *self, uint64_t sequence);
	enum abi1_status (*find)(void *self, const struct abi1_query *query,
				 size_t limit, struct abi1_finding *finding);
};

struct abi1_notifier {
	const char *const *topics;
	enum abi1_status (*notify)(void *self, const struct abi1_event *event);
};

struct abi1_plugin {
	const char *name;
	const char *version;
	const char *summary;
	uint32_t needs;
	uint32_t wants;
	const char *const *data;
	size_t self_size;
	const struct abi1_option *options;
	enum abi1_status (*prepare)(void *self);
	enum abi1_status (*open)(void *self);
	void (*close)(void *self);
	const struct abi1_parser *parser;
	const struct abi1_annotator *annotator;
	const struct abi1_indexer *indexer;
	const struct abi1_notifier *notifier;
};

struct abi1_stamp {
	uint32_t version;
	uint32_t plugin_size;
	uint32_t option_size;
	uint32_t parser_size;
	uint32_t annotator_size;
	uint32_t indexer_size;
	uint32_t notifier_size;
};

/* Fields, by number. */
enum {
	ABI1_FIELD_LANGUAGE = 0,
	ABI1_FIELD_CLASS = 1,
	ABI1_FIELD_SYMBOL = 2,
	ABI1_FIELD_DATE = 3,
	ABI1_FIELD_TITLE = 4,
	ABI1_FIELD_FROM = 5,
	ABI1_FIELD_TO = 6,
	ABI1_FIELD_SIGNATORY = 7,
	ABI1_FIELD_AGENDA_ITEM = 8,
	ABI1_FIELD_DISTRIBUTION = 9,
	ABI1_FIELD_ORIGINAL_LANGUAGE = 10,
	ABI1_FIELD_SESSION = 11,
	ABI1_FIELD_JOB_NUMBER = 12,
	ABI1_FIELD_MEDIA_TYPE = 13,
	ABI1_FIELD_CHARSET = 14,
	ABI1_FIELD_PARSER = 15,
	ABI1_FIELD_WARNING = 16,
};

enum { ABI1_PART_COVER, ABI1_PART_BODY, ABI1_PART_ANNEX };

enum {
	ABI1_BLOCK_PARAGRAPH = 0,
	ABI1_BLOCK_HEADING = 1,
	ABI1_BLOCK_LIST = 2,
	ABI1_BLOCK_ITEM = 3,
	ABI1_BLOCK_TABLE = 4,
	ABI1_BLOCK_ROW = 5,
	ABI1_BLOCK_CELL = 6,
	ABI1_BLOCK_SIGNATURE = 7,
	ABI1_BLOCK_FOOTNOTE = 8,
	ABI1_BLOCK_LINE = 9,
};

enum { ABI1_ROLE_NONE, ABI1_ROLE_PREAMBULAR, ABI1_ROLE_OPERATIVE };

enum {
	ABI1_MARK_REFERENCE = 0,
	ABI1_MARK_ORGANISATION = 1,
	ABI1_MARK_PERSON = 2,
	ABI1_MARK_PLACE = 3,
	ABI1_MARK_DATE = 4,
	ABI1_MARK_ACTION = 5,
};

struct abi1_part {
	uint32_t start;
	uint32_t end;
	unsigned kind;
	struct abi1_bytes number;
	struct abi1_bytes title;
	struct abi1_bytes anchor;
};

struct abi1_block {
	uint32_t start;
	uint32_t end;
	unsigned kind;
	unsigned role;
	uint32_t level;
	uint32_t page;
	struct abi1_bytes number;
	struct abi1_bytes anchor;
	struct abi1_bytes language;
};

struct abi1_mark {
	uint32_t start;
	uint32_t end;
	unsigned kind;
	struct abi1_bytes value;
	struct abi1_bytes uri;
};

struct abi1_clause {
	size_t group;
	size_t variants;
	size_t tokens;
	uint8_t is_excluded;
	uint8_t is_prefix;
};

struct abi1_event {
	uint64_t number;
	int64_t time_ms;
	const char *type;
	uint64_t arrival;
	struct abi1_bytes topic;
	struct abi1_bytes json;
};

#endif
