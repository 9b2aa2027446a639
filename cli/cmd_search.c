/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_search.c - docket search: documents that answer a query, and where
 *
 * docketd sends the hits with their records; where in them the words stand is
 * found here, by the code that made the words. Owns the parsed query.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "command.h"
#include "document.h"
#include "escape.h"
#include "fault.h"
#include "log.h"
#include "outline.h"
#include "query.h"
#include "render.h"
#include "snippet.h"
#include "talk.h"

#define SNIPPET_BYTES 240
#define INDENT 4

struct search_options {
	const char *inbox;
	int64_t limit;
	bool wants_json;
};

static const struct argument arguments[] = {
	{ { "inbox", DOCKET_OPTION_STRING,
	    offsetof(struct search_options, inbox), NULL, "Only in this inbox",
	    0, 0 },
	  "NAME" },
	{ { "limit", DOCKET_OPTION_INT, offsetof(struct search_options, limit),
	    "20", "At most so many, the best ones; 0: all", 0, UINT32_MAX },
	  "N" },
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct search_options, wants_json), NULL,
	    "One JSON object a hit", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

struct search {
	const struct call *call;
	struct word_breaker *breaker;
	struct docket_query *query;
	uint64_t count;
};

/* One hit, opened. All of it is lent. */
struct hit {
	const struct arrival *arrival;
	const struct arrival *parent; /* that it came out of; number 0: none */
	const struct docket_record *record;
	double score;
	struct query_passage passage;
	bool has_block;
	struct docket_block block; /* in which the passage stands */
};

static void
put_matches(struct json *json, const struct query_passage *passage)
{
	json_key(json, "matches");
	json_begin_array(json);
	for (size_t i = 0; i < passage->match_count; i++) {
		json_begin_array(json);
		json_uint(json, passage->matches[i].start - passage->start);
		json_uint(json, passage->matches[i].end - passage->start);
		json_end_array(json);
	}
	json_end_array(json);
}

static void
put_passage(struct json *json, const struct hit *hit)
{
	struct docket_bytes text = docket_record_text(hit->record);
	const struct query_passage *passage = &hit->passage;

	/* Without a block its anchor is empty, too. */
	render_known(json, "anchor", hit->block.anchor);
	json_key(json, "page");
	if (hit->block.page > 0)
		json_uint(json, hit->block.page);
	else
		json_null(json);
	json_key(json, "snippet");
	json_string(json,
		    (struct docket_bytes){ text.data + passage->start,
					   passage->end - passage->start });
	put_matches(json, passage);
}

/* Number and name; null where it came out of nothing. */
static void
put_parent(struct json *json, const struct arrival *parent)
{
	bool is_named = parent->number > 0 && escape_is_utf8(parent->name);

	json_key(json, "parent");
	if (parent->number > 0)
		json_uint(json, parent->number);
	else
		json_null(json);
	render_known(json, "parent_name",
		     is_named ? parent->name : bytes_of(NULL));
}

static void
print_json(struct output *out, const struct hit *hit)
{
	const struct arrival *arrival = hit->arrival;
	char id[DIGEST_TEXT_SIZE];
	struct json json;

	json_init(&json, &out->text);
	json_begin_object(&json);
	json_key(&json, "arrival");
	json_uint(&json, arrival->number);
	json_key(&json, "id");
	json_text(&json, digest_format(&arrival->digest, id));
	render_known(&json, "inbox", arrival->inbox);
	arrival_put_name(&json, arrival->name);
	render_known(&json, "title", arrival->title);
	render_known(&json, "language", arrival->language);
	render_known(&json, "class", arrival->class);
	arrival_put_symbols(&json, arrival->symbols);
	render_known(&json, "date", arrival->date);
	put_parent(&json, hit->parent);
	json_key(&json, "score");
	json_double(&json, hit->score);
	put_passage(&json, hit);
	json_end_object(&json);
	buffer_put_string(&out->text, "\n");
}

/* "2003-10-10 - fr - letters", without what is not known */
static void
print_facts(struct output *out, const struct arrival *arrival)
{
	const struct docket_bytes facts[] = { arrival->date, arrival->language,
					      arrival->class, arrival->inbox };
	const char *separator = "";

	print_spaces(&out->text, INDENT);
	print_style(out, PRINT_DIM);
	for (size_t i = 0; i < ARRAY_SIZE(facts); i++) {
		if (facts[i].size == 0)
			continue;
		buffer_put_string(&out->text, separator);
		escape_put_line(&out->text, facts[i]);
		separator = "  ";
	}
	print_style(out, PRINT_PLAIN);
	buffer_put_string(&out->text, "\n");
}

/* "in 17 message.eml" */
static void
print_parent(struct output *out, const struct arrival *parent)
{
	if (parent->number == 0)
		return;
	print_spaces(&out->text, INDENT);
	buffer_format(&out->text, "in %" PRIu64 " ", parent->number);
	escape_put_line(&out->text, parent->name);
	buffer_put_string(&out->text, "\n");
}

static void
print_place(struct output *out, const struct hit *hit)
{
	if (!hit->has_block)
		return;
	print_spaces(&out->text, INDENT);
	buffer_format(&out->text, "%" PRIu64 "#", hit->arrival->number);
	escape_put_line(&out->text, hit->block.anchor);
	buffer_put_string(&out->text, "  ");
	outline_put_place(&out->text, hit->record, hit->passage.block);
	buffer_put_string(&out->text, "\n");
}

static void
print_hit(struct output *out, const struct hit *hit)
{
	const struct arrival *arrival = hit->arrival;
	struct docket_bytes title =
		arrival->title.size > 0 ? arrival->title : arrival->name;
	auto_buffer struct buffer line = { 0 };

	buffer_format(&line, "%" PRIu64 "  ", arrival->number);
	print_prose(&line, title);
	print_style(out, PRINT_BOLD);
	print_cut(&out->text, buffer_bytes(&line),
		  out->columns ? out->columns : SIZE_MAX);
	print_style(out, PRINT_PLAIN);
	buffer_put_string(&out->text, "\n");
	print_facts(out, arrival);
	print_parent(out, hit->parent);
	print_place(out, hit);
	snippet_print(out, docket_record_text(hit->record), &hit->passage,
		      INDENT);
	buffer_put_string(&out->text, "\n");
}

static int
print_found(struct search *search, struct hit *hit)
{
	const struct search_options *options = search->call->options;
	struct output *out = search->call->out;

	query_find_passage(search->query, search->breaker, hit->record,
			   SNIPPET_BYTES, &hit->passage);
	hit->has_block = hit->passage.block != SIZE_MAX;
	if (hit->has_block)
		hit->block =
			docket_record_block(hit->record, hit->passage.block);
	search->count++;
	if (options->wants_json)
		print_json(out, hit);
	else
		print_hit(out, hit);
	return output_pass(out);
}

static int
take_row(void *owner, const struct frame *row)
{
	struct message_finding finding;
	struct document_content content;
	struct docket_record record;
	struct arrival arrival, parent = { 0 };
	struct hit hit = {
		.arrival = &arrival,
		.parent = &parent,
		.record = &record,
	};
	int code = talk_decode(row, MESSAGE_FINDING, &finding);

	if (code == 0)
		code = talk_decode_arrival(finding.arrival, &arrival);
	if (code == 0 && finding.parent.size > 0)
		code = talk_decode_arrival(finding.parent, &parent);
	if (code == 0)
		code = document_open(finding.record, finding.size, row->fd,
				     &content);
	if (code)
		return code;
	hit.score = finding.score;
	code = document_open_record(&content, &record);
	if (code == 0)
		code = print_found(owner, &hit);
	document_close(&content);
	return code;
}

static int
ask(struct search *search, struct docket_bytes words)
{
	const struct search_options *options = search->call->options;
	struct message_search message = {
		.query = words,
		.inbox = bytes_of(options->inbox),
		.limit = (uint32_t)options->limit,
	};
	int code = talk_ask(&(struct talk){
		.state = search->call->state,
		.type = MESSAGE_SEARCH,
		.message = &message,
		.take_row = take_row,
		.owner = search,
	});

	if (code == 0 && search->count == 0 && !options->wants_json)
		log_notice("nothing found");
	return code;
}

static int
run_search(const struct call *call)
{
	struct search search = {
		.call = call,
		.breaker = word_breaker_new(),
	};
	auto_buffer struct buffer words = { 0 };
	struct fault fault = { "" };
	int code;

	for (size_t i = 0; i < call->operand_count; i++) {
		if (i > 0)
			buffer_put_string(&words, " ");
		buffer_put_string(&words, call->operands[i]);
	}
	if (query_parse(buffer_bytes(&words), search.breaker, &search.query,
			&fault)) {
		log_error("search: %s", fault.text);
		code = FAULT_EXIT_USAGE;
	} else {
		code = ask(&search, buffer_bytes(&words));
		query_free(search.query);
	}
	word_breaker_free(search.breaker);
	return code;
}

static const struct command_code codes[] = {
	{ 0, "Searched, even if nothing was found" },
	{ 1, "docketd refuses; it says why" },
	{ 0, NULL },
};

const struct command cmd_search = {
	.name = "search",
	.operands = "WORD...",
	.summary = "Find documents, and the paragraph that answers",
	.text = "Every WORD must be in a document, in one of its forms in the "
		"six\n"
		"languages of the United Nations.\n\n"
		"  word word      both, anywhere\n"
		"  '\"word word\"'  in a row; the outer quotes are the "
		"shell's\n"
		"  word OR word   either\n"
		"  -word          not where this one is\n"
		"  word*          words that begin so\n\n"
		"The best come first. A hit shows number and title, what is "
		"known of\n"
		"the document, what it came out of if it is an attachment, "
		"the\n"
		"paragraph (as docket show takes it) and the passage. In JSON "
		"matches\n"
		"are byte ranges of the snippet.",
	.arguments = arguments,
	.options_size = sizeof(struct search_options),
	.operands_min = 1,
	.operands_max = SIZE_MAX,
	.mode = ARGUMENT_DASH_WORDS,
	.codes = codes,
	.run = run_search,
};
