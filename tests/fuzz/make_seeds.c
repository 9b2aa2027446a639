/* SPDX-License-Identifier: Apache-2.0 */
/*
 * make_seeds.c - good inputs from which fuzzing starts
 *
 * Writes them below the folder given, one folder for each target. What cannot
 * be written ends the process.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "event.h"
#include "message.h"
#include "record.h"

/* Write FOLDER/<target>/<name> and empty the buffer. */
static void
write_seed(const char *folder, const char *target, const char *name,
	   struct buffer *seed)
{
	auto_free char *parent = mem_format("%s/%s", folder, target);
	auto_free char *path = mem_format("%s/%s", parent, name);
	FILE *file;

	mkdir(parent, 0777);
	file = fopen(path, "wb");
	if (!file || fwrite(seed->data, 1, seed->size, file) != seed->size ||
	    fclose(file) != 0)
		err(EXIT_FAILURE, "%s", path);
	buffer_fini(seed);
}

/* ---- records ---- */

static void
put_annex(struct record_builder *builder)
{
	const struct docket_part annex = { .kind = DOCKET_PART_ANNEX,
					   .number = { "II", 2 },
					   .title = { "Liste", 5 } };
	const struct docket_block list = { .kind = DOCKET_BLOCK_LIST };
	const struct docket_block item = { .kind = DOCKET_BLOCK_ITEM,
					   .number = { "a", 1 },
					   .level = 1 };

	record_open_part(builder, &annex);
	record_open_block(builder, &list);
	record_open_block(builder, &item);
	record_put_text(builder, bytes_of("\xd0\xbe\xd0\xb4\xd0\xb8\xd0\xbd"));
	record_close_block(builder);
	record_open_block(builder, &item);
	record_close_block(builder);
	record_close_block(builder);
	record_close_part(builder);
}

static void
put_letter(struct record_builder *builder)
{
	record_put_text(builder, bytes_of("Lettre dat\xc3\xa9"
					  "e\n\n1. Un\n\f2. Deux\n"));
	put_annex(builder);
	record_put_field(builder, DOCKET_FIELD_LANGUAGE, bytes_of("fr"));
	record_put_field(builder, DOCKET_FIELD_TO, bytes_of("\xc3\xa0 tous"));
	record_put_field(builder, DOCKET_FIELD_TO, bytes_of("et toutes"));
	record_put_mark(builder,
			&(struct docket_mark){ .start = 0,
					       .end = 6,
					       .kind = DOCKET_MARK_ACTION,
					       .value = { "letter", 6 },
					       .uri = { "/akn", 4 } });
}

static void
make_records(const struct record_limits *limits, const char *folder)
{
	struct record_builder *builder = record_builder_new(limits);
	struct buffer seed = { 0 };

	record_finish(builder, &seed);
	write_seed(folder, "record", "empty", &seed);
	record_builder_free(builder);

	builder = record_builder_new(limits);
	put_letter(builder);
	record_settle(builder);
	record_set_block_language(builder, 1, "es");
	record_put_tokens(builder, bytes_of("lettr datee =date un deux "));
	record_finish(builder, &seed);
	write_seed(folder, "record", "letter", &seed);
	record_builder_free(builder);
}

/* ---- what programs write ---- */

/* Every member, and what a string can hold. */
static const char document[] =
	"{\"text\":\"T\\u00e9\\n\\ud83d\\ude00 a\\nb\\nc\",\"title\":\"T\","
	"\"date\":null,\"symbols\":[\"S/1\"],\"warnings\":[],\"size\":-1e5,"
	"\"parts\":[{\"kind\":\"annex\",\"number\":\"I\",\"title\":null,"
	"\"anchor\":\"a\",\"start\":0,\"end\":14,\"blocks\":["
	"{\"kind\":\"heading\",\"level\":1,\"start\":0,\"end\":3},"
	"{\"kind\":\"row\",\"start\":4,\"end\":12,\"page\":2},"
	"{\"kind\":\"cell\",\"start\":4,\"end\":10,\"language\":\"fr\"},"
	"{\"kind\":\"cell\",\"start\":11,\"end\":12,\"role\":\"operative\"}],"
	"\"parts\":[{\"start\":13,\"end\":14}]}],"
	"\"marks\":[{\"kind\":\"date\",\"start\":4,\"end\":8,"
	"\"value\":\"2003\",\"uri\":\"/akn\"}],\"children\":[true,{\"a\":[]}]}";

static void
make_programs(const struct record_limits *limits, const char *folder)
{
	struct record_builder *builder = record_builder_new(limits);
	const struct record_origin origin = { .name = { "letter", 6 } };
	auto_buffer struct buffer image = { 0 };
	struct docket_record record;
	struct buffer seed = { 0 };
	struct json json;

	put_letter(builder);
	record_settle(builder);
	record_finish(builder, &image);
	if (record_open(buffer_bytes(&image), &record) < 0)
		errx(EXIT_FAILURE, "a record that cannot be opened");
	json_init(&json, &seed);
	record_put_json(&json, &record, &origin);
	write_seed(folder, "program", "letter", &seed);
	record_builder_free(builder);
	buffer_put_string(&seed, document);
	write_seed(folder, "program", "document", &seed);
}

/* The operations of fuzz_build.c, each once and nested. */
static void
make_builds(const char *folder)
{
	static const char calls[] = "\xff\xff\xff\xff"
				    "\0\x08one\n\ntwo" /* text */
				    "\x03\x02\x02II"   /* part */
				    "\x05\x07"	       /* page */
				    "\x01\x02\x01\x01"
				    "7" /* list */
				    "\x01\x03\0\x01"
				    "a"			/* item */
				    "\0\x05x\xff\r\n\f" /* text */
				    "\x02\x02"
				    "\0\x05loose"
				    "\x04"
				    "\x06\x02\x03S/1" /* field */
				    "\x07\x01\x02\x01\x01v"
				    "\x09\x00"
				    "\x08\x01\x02"
				    "fr";
	struct buffer seed = { 0 };

	buffer_put(&seed, calls, sizeof(calls) - 1);
	write_seed(folder, "build", "calls", &seed);
}

/* ---- events and messages ---- */

static struct event
make_event(unsigned type)
{
	return (struct event){
		.number = 42,
		.type = (enum event_type)type,
		.time_ms = 1795428000123,
		.arrival = 17,
		.has_digest = true,
		.inbox = { "letters", 7 },
		.name = { "lettre\xff.txt", 11 },
		.language = { "fr", 2 },
		.symbols = { "A/1\nS/2", 7 },
		.title = { "Lettres", 7 },
		.detail = { "it\nbroke", 8 },
		.parent = 16,
		.children = 3,
	};
}

static void
make_events(const char *folder)
{
	struct buffer seed = { 0 };

	for (unsigned type = EVENT_NONE + 1; type < EVENT_TYPE_COUNT; type++) {
		struct event event = make_event(type);

		event_encode(&seed, &event);
		write_seed(folder, "event",
			   event_type_name((enum event_type)type), &seed);
	}
}

/* Room for any message. */
union any {
	struct message_hello hello;
	struct message_plugin_row row;
	struct arrival arrival;
	struct event event;
	char bytes[1024];
};

/* A frame of each type; its strings are empty but for some. */
static void
put_message(struct buffer *out, unsigned type)
{
	union any message = { 0 };

	if (type == MESSAGE_EVENT)
		message.event = make_event(EVENT_DOCUMENT_PARSED);
	if (type == MESSAGE_ARRIVAL)
		message.arrival.symbols = bytes_of("A/1\nS/2");
	if (type == MESSAGE_PLUGIN_ROW)
		message.row.path = bytes_of("/lib/parser_text.so");
	message_encode(out, (enum message_type)type, &message);
}

static void
make_messages(const char *folder)
{
	struct buffer stream = { 0 };
	struct buffer frame = { 0 };
	struct buffer seed = { 0 };

	buffer_put(&stream, "\x0c\0", 2); /* pieces of 13 bytes, no fd */
	for (unsigned type = 0; type < MESSAGE_TYPE_COUNT; type++) {
		uint16_t number = (uint16_t)type;

		if (!strcmp(message_type_name(type), "unknown"))
			continue;
		frame.size = 0;
		put_message(&frame, type);
		if (type < MESSAGE_JOB)
			buffer_put_bytes(&stream, buffer_bytes(&frame));
		buffer_put(&seed, &number, sizeof(number));
		buffer_put(&seed, frame.data + FRAME_HEADER_SIZE,
			   frame.size - FRAME_HEADER_SIZE);
		write_seed(folder, "message", message_type_name(type), &seed);
	}
	write_seed(folder, "frame", "setup", &stream);
	buffer_fini(&frame);
}

/* Two frames with a descriptor each, in one piece and its successors. */
static void
make_frames(const char *folder)
{
	const struct message_job job = { .lease = 1, .name = { "n", 1 } };
	struct buffer seed = { 0 };

	buffer_put(&seed, "\xff\x01", 2);
	message_encode_fd(&seed, MESSAGE_JOB, &job);
	message_encode(&seed, MESSAGE_START, NULL);
	write_seed(folder, "frame", "descriptor", &seed);
}

/* ---- what subscribers ask for ---- */

static void
put_request_frame(struct buffer *seed, const char *frame)
{
	char size = (char)strlen(frame);

	buffer_put(seed, &size, 1);
	buffer_put_string(seed, frame);
}

static void
make_requests(const char *folder)
{
	static const char *const frames[] = {
		"docket.replay/1",
		"0f3c2b1a-7d5e-4c3b-9a8f-1e2d3c4b5a69",
		"00000000000000000042",
		"1000",
		"document.parsed/letters/",
		"",
	};
	struct buffer seed = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(frames); i++)
		put_request_frame(&seed, frames[i]);
	write_seed(folder, "request", "two_topics", &seed);
	for (size_t i = 0; i < 16; i++)
		put_request_frame(&seed, "daemon.");
	write_seed(folder, "request", "too_many_topics", &seed);
	buffer_fini(&seed);
}

/* ---- words and queries ---- */

/* Each script that is broken in a way of its own, and what is dropped. */
static const char words[] = "R\xc3\xa9solution 1373 (2001), l\xe2\x80\x99"
			    "e\xcc\x81t\xc3\xa9 co\xc2\xado\n"
			    "\xd0\xba\xd1\x80\xd0\xb0\xd0\xb8\xcc\x86 "
			    "\xd8\xa7\xd9\x84\xd9\x82\xd9\x88\xd8\xa9 "
			    "\xe5\xae\x89\xe7\x90\x86\n\xe4\xbc\x9a "
			    "\xe3\x81\x8b\xe3\x82\x99 "
			    "\xe0\xb8\xa0\xe0\xb8\xb2\xe0\xb8\xa9\xe0\xb8"
			    "\xb2\xe0\xb9\x84\xe0\xb8\x97\xe0\xb8\xa2 "
			    "\xef\xac\x83 \xed\x95\x9c \xff";

static void
make_words(const char *folder)
{
	static const char query[] = "r\xc3\xa9solution* OR \"1373 2001\" "
				    "-absent \xe5\xae\x89 \xc2\xab"
				    "co o\xc2\xbb\n";
	struct buffer seed = { 0 };

	for (char language = 1; language < 6; language++) {
		char name[] = { (char)('0' + language), '\0' };

		buffer_put(&seed, &language, 1);
		buffer_put(&seed, words, sizeof(words) - 1);
		write_seed(folder, "word", name, &seed);
	}
	buffer_put(&seed, query, sizeof(query) - 1);
	buffer_put(&seed, words, sizeof(words) - 1);
	write_seed(folder, "query", "all", &seed);
}

int
main(int argc, char **argv)
{
	const struct record_limits limits = { 1 << 20, 1000, 1000, 1000 };

	if (argc != 2)
		errx(EXIT_FAILURE, "usage: make_seeds FOLDER");
	mkdir(argv[1], 0777);
	make_records(&limits, argv[1]);
	make_programs(&limits, argv[1]);
	make_builds(argv[1]);
	make_events(argv[1]);
	make_messages(argv[1]);
	make_frames(argv[1]);
	make_requests(argv[1]);
	make_words(argv[1]);
	return 0;
}
