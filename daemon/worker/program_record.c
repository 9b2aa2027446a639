/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program_record.c - what a program wrote becomes a record
 *
 * The lists of program_json.c are put in the order of the text, by the same
 * calls that any parser makes: the text up to where the next thing begins or
 * ends, then that thing. The host may add line feeds, so marks are put at the
 * end, where they came to lie. Owns the list of those moves. Linear but for the
 * sorting of blocks; nothing here ends the process.
 */
#include "program_record.h"

#include <errno.h>
#include <stdlib.h>

#include "program_json.h"

#define DEPTH_LIMIT 64 /* by range; the host flattens those below 32 */

/* From this byte of the program's text on, the record's is so far away. */
struct move {
	uint32_t from;
	uint32_t to;
};

struct replay {
	struct docket_job *job;
	const struct program_json *json;
	struct fault *fault;
	uint32_t at; /* all text before it is put */
	size_t next_part, next_block;
	uint32_t part_ends[DEPTH_LIMIT]; /* of those that are open */
	size_t part_depth;
	uint32_t block_ends[DEPTH_LIMIT];
	size_t block_depth;
	uint32_t page;
	struct move *moves;
	size_t move_count, move_capacity;
};

static int
refuse(struct replay *replay, const char *what, uint32_t start, uint32_t end)
{
	return fault_set(replay->fault, -EINVAL, "%s, from %u to %u.", what,
			 start, end);
}

static uint32_t
innermost(const uint32_t *ends, size_t depth)
{
	return depth > 0 ? ends[depth - 1] : UINT32_MAX;
}

static uint32_t
lesser(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* Where the next part or block begins. */
static uint32_t
find_start(const struct replay *replay)
{
	const struct program_json *json = replay->json;
	uint32_t start = UINT32_MAX;

	if (replay->next_part < json->part_count)
		start = json->parts[replay->next_part].start;
	if (replay->next_block < json->block_count)
		start = lesser(start,
			       json->blocks[replay->next_block].block.start);
	return start;
}

static void
put_text(struct replay *replay, uint32_t end)
{
	const char *data = replay->json->text.data + replay->at;
	struct move move = { .from = replay->at };

	if (end <= replay->at)
		return;
	move.to = docket_put_text(
		replay->job, (struct docket_bytes){ data, end - replay->at });
	replay->moves = mem_grow_array(replay->moves, replay->move_count,
				       &replay->move_capacity, sizeof(move));
	replay->moves[replay->move_count++] = move;
	replay->at = end;
}

/*
 * The line feed behind a block belongs to it, or the host would put another.
 * There may be blanks before it.
 */
static void
end_line(struct replay *replay)
{
	struct docket_bytes text = replay->json->text;
	uint32_t end = replay->at;

	while (end < text.size &&
	       (text.data[end] == ' ' || text.data[end] == '\t'))
		end++;
	if (end < text.size && text.data[end] == '\n' &&
	    end < find_start(replay))
		put_text(replay, end + 1);
}

/* ---- what begins and ends ---- */

static void
close_blocks(struct replay *replay)
{
	while (innermost(replay->block_ends, replay->block_depth) <=
	       replay->at) {
		/* Once for all that end there. */
		if (replay->block_ends[replay->block_depth - 1] == replay->at)
			end_line(replay);
		docket_close_block(replay->job);
		replay->block_depth--;
	}
}

static void
close_parts(struct replay *replay)
{
	while (innermost(replay->part_ends, replay->part_depth) <= replay->at) {
		docket_close_part(replay->job);
		replay->part_depth--;
	}
}

static int
open_part(struct replay *replay)
{
	const struct docket_part *part =
		&replay->json->parts[replay->next_part++];

	if (part->start < replay->at)
		return refuse(replay, "A part begins before the one it follows",
			      part->start, part->end);
	if (replay->block_depth > 0)
		return refuse(replay, "A part begins within a block",
			      part->start, part->end);
	if (part->end > innermost(replay->part_ends, replay->part_depth))
		return refuse(replay, "A part ends behind the one it is in",
			      part->start, part->end);
	if (replay->part_depth == DEPTH_LIMIT)
		return refuse(replay, "Parts lie too deep in one another",
			      part->start, part->end);
	docket_open_part(replay->job, part);
	replay->part_ends[replay->part_depth++] = part->end;
	return 0;
}

static int
open_block(struct replay *replay)
{
	const struct docket_block *block =
		&replay->json->blocks[replay->next_block++].block;

	if (block->end > innermost(replay->block_ends, replay->block_depth) ||
	    block->end > innermost(replay->part_ends, replay->part_depth))
		return refuse(replay, "A block ends behind what it is in",
			      block->start, block->end);
	if (replay->block_depth == DEPTH_LIMIT)
		return refuse(replay, "Blocks lie too deep in one another",
			      block->start, block->end);
	if (block->page > 0 && block->page != replay->page)
		docket_put_page(replay->job, block->page);
	if (block->page > 0)
		replay->page = block->page;
	docket_open_block(replay->job, block);
	replay->block_ends[replay->block_depth++] = block->end;
	return 0;
}

/* Is it the turn of a part? At one place it goes before blocks. */
static bool
is_part_next(const struct replay *replay)
{
	return replay->next_part < replay->json->part_count &&
	       replay->json->parts[replay->next_part].start ==
		       find_start(replay);
}

/* Everything that ends, and the one thing that begins where we are. */
static int
step(struct replay *replay)
{
	int rc = 0;

	close_blocks(replay);
	if (replay->block_depth == 0)
		close_parts(replay);
	if (find_start(replay) <= replay->at)
		rc = is_part_next(replay) ? open_part(replay)
					  : open_block(replay);
	return rc;
}

static int
replay_all(struct replay *replay)
{
	uint32_t size = (uint32_t)replay->json->text.size;

	for (;;) {
		uint32_t next = lesser(find_start(replay),
				       lesser(innermost(replay->block_ends,
							replay->block_depth),
					      innermost(replay->part_ends,
							replay->part_depth)));
		int rc;

		if (next == UINT32_MAX)
			break;
		put_text(replay, next);
		rc = step(replay);
		if (rc)
			return rc;
	}
	put_text(replay, size);
	return 0;
}

/* ---- marks and fields ---- */

/* Where a byte of the program's text is in the record. */
static uint32_t
find_place(const struct replay *replay, uint32_t at)
{
	size_t low = 0, high = replay->move_count;

	while (low + 1 < high) {
		size_t middle = low + (high - low) / 2;

		if (replay->moves[middle].from <= at)
			low = middle;
		else
			high = middle;
	}
	if (high == 0)
		return at;
	return replay->moves[low].to + (at - replay->moves[low].from);
}

/* The end is where its last byte is, and one more. */
static void
put_mark(struct replay *replay, const struct docket_mark *mark)
{
	struct docket_mark moved = *mark;

	moved.start = find_place(replay, mark->start);
	moved.end = moved.start;
	if (mark->end > mark->start)
		moved.end = find_place(replay, mark->end - 1) + 1;
	docket_put_mark(replay->job, &moved);
}

int
program_record_put(struct docket_job *job, struct buffer *output,
		   struct fault *fault)
{
	struct program_json json;
	struct replay replay = { .job = job, .json = &json, .fault = fault };
	int rc = program_json_read(output, &json, fault);

	if (!rc)
		rc = replay_all(&replay);
	for (size_t i = 0; !rc && i < json.mark_count; i++)
		put_mark(&replay, &json.marks[i]);
	for (size_t i = 0; !rc && i < json.value_count; i++)
		docket_put_field(job, json.values[i].field,
				 json.values[i].value);
	free(replay.moves);
	program_json_fini(&json);
	return rc;
}
