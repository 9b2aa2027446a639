/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message.c - what docket's processes say to one another, as one table
 *
 * Owns nothing. Reads frames from other processes: what does not fit its row
 * exactly is refused. Encoding a message of no known type ends the process.
 */
#include "message.h"

#include <assert.h>
#include <errno.h>

#include "event.h"

/* A member of struct message_<name>, a table's end. */
#define MEMBER(name, member) FRAME_MEMBER(struct message_##name, member)
#define END                  \
	{                    \
		FRAME_END, 0 \
	}

static const struct frame_field nothing[] = { END };

static const struct frame_field hello[] = {
	MEMBER(hello, role),
	MEMBER(hello, wants),
	MEMBER(hello, data_folder),
	MEMBER(hello, state_folder),
	MEMBER(hello, source),
	MEMBER(hello, text_limit_bytes),
	MEMBER(hello, memory_limit_bytes),
	MEMBER(hello, cpu_limit_ms),
	END,
};

static const struct frame_field plugin[] = {
	MEMBER(plugin, name),
	MEMBER(plugin, path),
	MEMBER(plugin, is_elsewhere),
	MEMBER(plugin, types),
	END,
};

static const struct frame_field option[] = {
	MEMBER(option, name),
	MEMBER(option, value),
	END,
};

static const struct frame_field endpoint[] = {
	MEMBER(endpoint, index),
	MEMBER(endpoint, name),
	MEMBER(endpoint, address),
	MEMBER(endpoint, replay),
	MEMBER(endpoint, stream),
	MEMBER(endpoint, head),
	END,
};

static const struct frame_field loaded[] = {
	MEMBER(loaded, kind),
	MEMBER(loaded, plugin),
	MEMBER(loaded, version),
	END,
};

static const struct frame_field refused[] = {
	MEMBER(refused, plugin),
	MEMBER(refused, detail),
	END,
};

static const struct frame_field sequence[] = {
	MEMBER(sequence, sequence),
	END,
};

static const struct frame_field job[] = {
	MEMBER(job, lease),	 MEMBER(job, name),
	MEMBER(job, media_type), MEMBER(job, past),
	MEMBER(job, types),	 MEMBER(job, size),
	MEMBER(job, content),	 END,
};

static const struct frame_field lease[] = {
	MEMBER(lease, lease),
	MEMBER(lease, done),
	MEMBER(lease, total),
	END,
};

static const struct frame_field record[] = {
	MEMBER(record, lease),
	MEMBER(record, plugin),
	MEMBER(record, image),
	MEMBER(record, sketch),
	END,
};

static const struct frame_field child[] = {
	MEMBER(child, lease),
	MEMBER(child, name),
	MEMBER(child, size),
	MEMBER(child, content),
	END,
};

static const struct frame_field child_bytes[] = {
	MEMBER(child_bytes, lease),
	MEMBER(child_bytes, content),
	END,
};

static const struct frame_field failed[] = {
	MEMBER(failed, lease),	    MEMBER(failed, status),
	MEMBER(failed, stage),	    MEMBER(failed, plugin),
	MEMBER(failed, reason),	    MEMBER(failed, detail),
	MEMBER(failed, media_type), END,
};

static const struct frame_field dying[] = {
	MEMBER(dying, lease),
	MEMBER(dying, signal),
	MEMBER(dying, plugin),
	END,
};

static const struct frame_field put[] = {
	MEMBER(put, sequence),
	MEMBER(put, arrival),
	MEMBER(put, size),
	MEMBER(put, image),
	END,
};

static const struct frame_field find[] = {
	MEMBER(find, request),
	MEMBER(find, limit),
	MEMBER(find, query),
	END,
};

static const struct frame_field hit[] = {
	MEMBER(hit, request),
	MEMBER(hit, arrival),
	MEMBER(hit, score),
	END,
};

static const struct frame_field found[] = {
	MEMBER(found, request),
	MEMBER(found, status),
	MEMBER(found, detail),
	END,
};

static const struct frame_field notify[] = {
	MEMBER(notify, number),
	MEMBER(notify, event),
	END,
};

static const struct frame_field publish[] = {
	MEMBER(publish, index),
	MEMBER(publish, sequence),
	MEMBER(publish, event),
	END,
};

static const struct frame_field published[] = {
	MEMBER(published, index),
	MEMBER(published, sequence),
	END,
};

static const struct frame_field fetch[] = {
	MEMBER(fetch, index),
	MEMBER(fetch, limit),
	MEMBER(fetch, after),
	END,
};

static const struct frame_field fetch_end[] = {
	MEMBER(fetch_end, checked),
	MEMBER(fetch_end, floor),
	MEMBER(fetch_end, head),
	END,
};

static const struct frame_field description[] = {
	MEMBER(description, kind),    MEMBER(description, needs),
	MEMBER(description, wants),   MEMBER(description, name),
	MEMBER(description, version), MEMBER(description, summary),
	MEMBER(description, types),   END,
};

static const struct frame_field described_option[] = {
	MEMBER(described_option, type),
	MEMBER(described_option, name),
	MEMBER(described_option, fallback),
	MEMBER(described_option, summary),
	MEMBER(described_option, minimum),
	MEMBER(described_option, maximum),
	END,
};

static const struct frame_field list[] = {
	MEMBER(list, after),  MEMBER(list, limit), MEMBER(list, is_newest),
	MEMBER(list, states), MEMBER(list, inbox), END,
};

static const struct frame_field document[] = {
	MEMBER(document, arrival),
	MEMBER(document, digest),
	END,
};

static const struct frame_field order[] = {
	MEMBER(order, arrival),
	END,
};

static const struct frame_field add[] = {
	MEMBER(add, inbox),
	MEMBER(add, name),
	END,
};

static const struct frame_field search[] = {
	MEMBER(search, query),
	MEMBER(search, inbox),
	MEMBER(search, limit),
	END,
};

static const struct frame_field events[] = {
	MEMBER(events, after),
	MEMBER(events, follow),
	MEMBER(events, topic),
	END,
};

static const struct frame_field fact[] = {
	MEMBER(fact, name),
	MEMBER(fact, value),
	END,
};

static const struct frame_field plugin_row[] = {
	MEMBER(plugin_row, description.kind),
	MEMBER(plugin_row, description.needs),
	MEMBER(plugin_row, description.wants),
	MEMBER(plugin_row, description.name),
	MEMBER(plugin_row, description.version),
	MEMBER(plugin_row, description.summary),
	MEMBER(plugin_row, description.types),
	MEMBER(plugin_row, path),
	MEMBER(plugin_row, is_program),
	MEMBER(plugin_row, state),
	MEMBER(plugin_row, detail),
	END,
};

static const struct frame_field content[] = {
	MEMBER(content, arrival),
	MEMBER(content, size),
	MEMBER(content, content),
	END,
};

static const struct frame_field finding[] = {
	MEMBER(finding, arrival), MEMBER(finding, parent),
	MEMBER(finding, score),	  MEMBER(finding, size),
	MEMBER(finding, record),  END,
};

static const struct frame_field refs[] = {
	MEMBER(refs, arrival),
	MEMBER(refs, digest),
	MEMBER(refs, which),
	END,
};

static const struct frame_field relation[] = {
	MEMBER(relation, relation),
	MEMBER(relation, symbol),
	MEMBER(relation, other),
	END,
};

static const struct frame_field account[] = {
	MEMBER(account, part),
	MEMBER(account, subject),
	MEMBER(account, what),
	MEMBER(account, count),
	MEMBER(account, is_wrong),
	MEMBER(account, detail),
	END,
};

static const struct frame_field end[] = {
	MEMBER(end, code),
	MEMBER(end, detail),
	END,
};

static void
put_arrival(struct buffer *out, const void *message)
{
	arrival_encode(out, message);
}

static int
get_arrival(struct docket_bytes from, void *out_message)
{
	return arrival_decode(from, out_message);
}

static void
put_event(struct buffer *out, const void *message)
{
	event_encode(out, message);
}

static int
get_event(struct docket_bytes from, void *out_message)
{
	return event_decode(from, out_message);
}

/* Either fields, or a body that has an encoding of its own. */
struct message_row {
	const char *name;
	const struct frame_field *fields;
	void (*put)(struct buffer *out, const void *message);
	int (*get)(struct docket_bytes from, void *out_message);
};

static const struct message_row rows[MESSAGE_TYPE_COUNT] = {
	[MESSAGE_HELLO] = { .name = "hello", .fields = hello },
	[MESSAGE_PLUGIN] = { .name = "plugin", .fields = plugin },
	[MESSAGE_OPTION] = { .name = "option", .fields = option },
	[MESSAGE_ENDPOINT] = { .name = "endpoint", .fields = endpoint },
	[MESSAGE_START] = { .name = "start", .fields = nothing },
	[MESSAGE_LOADED] = { .name = "loaded", .fields = loaded },
	[MESSAGE_REFUSED] = { .name = "refused", .fields = refused },
	[MESSAGE_READY] = { .name = "ready", .fields = sequence },
	[MESSAGE_JOB] = { .name = "job", .fields = job },
	[MESSAGE_STARTED] = { .name = "started", .fields = lease },
	[MESSAGE_PROGRESS] = { .name = "progress", .fields = lease },
	[MESSAGE_RECORD] = { .name = "record", .fields = record },
	[MESSAGE_FAILED] = { .name = "failed", .fields = failed },
	[MESSAGE_DYING] = { .name = "dying", .fields = dying },
	[MESSAGE_CHILD] = { .name = "child", .fields = child },
	[MESSAGE_CHILD_BYTES] = { .name = "child-bytes",
				  .fields = child_bytes },
	[MESSAGE_PUT] = { .name = "put", .fields = put },
	[MESSAGE_REMOVE] = { .name = "remove", .fields = put },
	[MESSAGE_COMMIT] = { .name = "commit", .fields = sequence },
	[MESSAGE_COMMITTED] = { .name = "committed", .fields = sequence },
	[MESSAGE_FIND] = { .name = "find", .fields = find },
	[MESSAGE_HIT] = { .name = "hit", .fields = hit },
	[MESSAGE_FOUND] = { .name = "found", .fields = found },
	[MESSAGE_NOTIFY] = { .name = "notify", .fields = notify },
	[MESSAGE_NOTIFIED] = { .name = "notified", .fields = failed },
	[MESSAGE_PUBLISH] = { .name = "publish", .fields = publish },
	[MESSAGE_PUBLISHED] = { .name = "published", .fields = published },
	[MESSAGE_FETCH] = { .name = "fetch", .fields = fetch },
	[MESSAGE_FETCHED] = { .name = "fetched", .fields = publish },
	[MESSAGE_FETCH_END] = { .name = "fetch-end", .fields = fetch_end },
	[MESSAGE_DESCRIPTION] = { .name = "description",
				  .fields = description },
	[MESSAGE_DESCRIBED_OPTION] = { .name = "described-option",
				       .fields = described_option },
	[MESSAGE_STATUS] = { .name = "status", .fields = nothing },
	[MESSAGE_PLUGINS] = { .name = "plugins", .fields = nothing },
	[MESSAGE_LIST] = { .name = "list", .fields = list },
	[MESSAGE_SHOW] = { .name = "show", .fields = document },
	[MESSAGE_GET] = { .name = "get", .fields = document },
	[MESSAGE_ADD] = { .name = "add", .fields = add },
	[MESSAGE_SEARCH] = { .name = "search", .fields = search },
	[MESSAGE_EVENTS] = { .name = "events", .fields = events },
	[MESSAGE_RETRY] = { .name = "retry", .fields = order },
	[MESSAGE_DISCARD] = { .name = "discard", .fields = order },
	[MESSAGE_RELOAD] = { .name = "reload", .fields = nothing },
	[MESSAGE_FACT] = { .name = "fact", .fields = fact },
	[MESSAGE_PLUGIN_ROW] = { .name = "plugin-row", .fields = plugin_row },
	[MESSAGE_ARRIVAL] = { .name = "arrival",
			      .put = put_arrival,
			      .get = get_arrival },
	[MESSAGE_EVENT] = { .name = "event",
			    .put = put_event,
			    .get = get_event },
	[MESSAGE_CONTENT] = { .name = "content", .fields = content },
	[MESSAGE_FINDING] = { .name = "finding", .fields = finding },
	[MESSAGE_END] = { .name = "end", .fields = end },
	[MESSAGE_ACCOUNT] = { .name = "account", .fields = account },
	[MESSAGE_AUDIT] = { .name = "audit", .fields = nothing },
	[MESSAGE_REFS] = { .name = "refs", .fields = refs },
	[MESSAGE_RELATION] = { .name = "relation", .fields = relation },
};

/* The row of a type that may come from anybody, or NULL. */
static const struct message_row *
find_row(unsigned type)
{
	if (type >= MESSAGE_TYPE_COUNT || !rows[type].name)
		return NULL;
	return &rows[type];
}

/* Append a frame; returns its place. */
static size_t
put_frame(struct buffer *out, enum message_type type, const void *message)
{
	const struct message_row *row = find_row(type);
	size_t begin;

	assert(row);
	begin = frame_begin(out, (uint16_t)type);
	if (row->fields)
		frame_put_struct(out, row->fields, message);
	else
		row->put(out, message);
	frame_end(out, begin);
	return begin;
}

void
message_encode(struct buffer *out, enum message_type type, const void *message)
{
	put_frame(out, type, message);
}

void
message_encode_fd(struct buffer *out, enum message_type type,
		  const void *message)
{
	frame_flag_fd(out, put_frame(out, type, message));
}

int
message_decode(const struct frame *frame, void *out_message)
{
	const struct message_row *row = find_row(frame->type);
	struct docket_bytes body = { frame->data, frame->size };

	if (!row)
		return -EBADMSG;
	if (row->fields)
		return frame_get_struct(body, row->fields, out_message);
	return row->get(body, out_message);
}

const char *
message_type_name(unsigned type)
{
	const struct message_row *row = find_row(type);

	return row ? row->name : "unknown";
}
