/* SPDX-License-Identifier: Apache-2.0 */
/*
 * abi.c - a descriptor as its plugin was built, taken into this host's shapes
 *
 * Reads the plugin's constant data, runs none of its code and owns the copy.
 * Nothing here ends the process.
 *
 * The stamp (struct docket_abi) never changes its shape: it is what tells the
 * sizes of everything else. A struct is read only as far as its stamp says.
 */
#include "abi.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "option.h"

#define NAME_LIMIT 32
#define OPTIONS_LIMIT 256
#define KNOWN_NEEDS                                                     \
	(DOCKET_NEED_NETWORK | DOCKET_NEED_EXEC | DOCKET_NEED_THREADS | \
	 DOCKET_NEED_PROCESS)
#define KNOWN_WANTS DOCKET_WANT_TOKENS
/* What helps a plugin that was built for another docket. */
#define BUILD_AGAIN "build it again with the headers of docket " DOCKET_VERSION

/* What a kind is made of, here and in the plugin. */
struct kind {
	const char *name;
	size_t stamp;	 /* its size as built, in struct docket_abi */
	size_t member;	 /* the pointer to it, in struct docket_plugin */
	size_t place;	 /* the copy, in struct abi */
	size_t size;	 /* of the copy */
	size_t required; /* the callback that must be there, in the copy */
	const char *callback;
	uint32_t needs; /* what it may ask of the sandbox */
};

#define KIND(kind, callback_, needs_)                                  \
	{                                                              \
		.name = #kind,                                         \
		.stamp = offsetof(struct docket_abi, kind##_size),     \
		.member = offsetof(struct docket_plugin, kind),        \
		.place = offsetof(struct abi, kind),                   \
		.size = sizeof(struct docket_##kind),                  \
		.required = offsetof(struct docket_##kind, callback_), \
		.callback = #callback_, .needs = (needs_),             \
	}

static const struct kind kinds[] = {
	[PLUGIN_PARSER] = KIND(parser, parse,
			       DOCKET_NEED_EXEC | DOCKET_NEED_THREADS |
				       DOCKET_NEED_PROCESS),
	[PLUGIN_ANNOTATOR] = KIND(annotator, annotate, DOCKET_NEED_THREADS),
	[PLUGIN_INDEXER] = KIND(indexer, put, DOCKET_NEED_THREADS),
	[PLUGIN_NOTIFIER] =
		KIND(notifier, notify, KNOWN_NEEDS & ~DOCKET_NEED_PROCESS),
};

const char *
abi_kind_name(enum message_plugin_kind kind)
{
	return kinds[kind].name;
}

/* A pointer that lies somewhere in a struct. */
static const void *
read_pointer(const void *from, size_t offset)
{
	const void *pointer;

	memcpy(&pointer, (const char *)from + offset, sizeof(pointer));
	return pointer;
}

static void
write_pointer(void *to, size_t offset, const void *pointer)
{
	memcpy((char *)to + offset, &pointer, sizeof(pointer));
}

static uint32_t
read_stamp(const struct docket_abi *stamp, const struct kind *kind)
{
	uint32_t size;

	memcpy(&size, (const char *)stamp + kind->stamp, sizeof(size));
	return size;
}

/* A struct that a plugin has, and how large it may be. */
struct shape {
	const char *name;   /* behind "docket_" */
	const char *header; /* that declares it */
	size_t size;	    /* here */
	size_t least;	    /* with what no plugin can do without */
};

/* Can a struct of the size that it was built with be read? */
static int
check_size(const struct shape *shape, size_t built_size, struct fault *fault)
{
	if (built_size == 0)
		return fault_set(fault, -EINVAL,
				 "does not say how large its struct docket_%s "
				 "is; build it with #include <docket/%s.h>",
				 shape->name, shape->header);
	if (built_size > shape->size)
		return fault_set(fault, -EINVAL,
				 "was built for a newer docket: its struct "
				 "docket_%s has %zu bytes, here it has %zu; "
				 "install that docket, or " BUILD_AGAIN,
				 shape->name, built_size, shape->size);
	if (built_size < shape->least || built_size % _Alignof(void *))
		return fault_set(fault, -EINVAL,
				 "says that its struct docket_%s has %zu "
				 "bytes, which no docket had; " BUILD_AGAIN,
				 shape->name, built_size);
	return 0;
}

/* Copy what the plugin was built with; the rest of to is zeros already. */
static int
copy_struct(void *to, const void *from, size_t built_size,
	    const struct shape *shape, struct fault *fault)
{
	int rc = check_size(shape, built_size, fault);

	if (!rc)
		memcpy(to, from, built_size);
	return rc;
}

static bool
is_name(const char *name)
{
	size_t size = name ? strnlen(name, NAME_LIMIT + 1) : 0;

	return size > 0 && size <= NAME_LIMIT &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == size;
}

/* The one kind that is declared; 0 with a fault if there is not one. */
static enum message_plugin_kind
find_kind(const struct docket_plugin *plugin, struct fault *fault)
{
	unsigned found = 0;

	for (unsigned kind = PLUGIN_PARSER; kind < ARRAY_SIZE(kinds); kind++) {
		if (!read_pointer(plugin, kinds[kind].member))
			continue;
		if (found) {
			fault_set(fault, -EINVAL,
				  "declares two kinds, %s and %s",
				  kinds[found].name, kinds[kind].name);
			return 0;
		}
		found = kind;
	}
	if (!found)
		fault_set(fault, -EINVAL,
			  "declares no kind: parser, annotator, indexer or "
			  "notifier");
	return found;
}

static int
adopt_kind(const struct docket_abi *stamp, struct abi *abi, struct fault *fault)
{
	const struct kind *kind;
	struct shape shape;
	void *copy;
	int rc;

	abi->kind = find_kind(&abi->plugin, fault);
	if (!abi->kind)
		return -EINVAL;

	kind = &kinds[abi->kind];
	shape = (struct shape){
		.name = kind->name,
		.header = kind->name,
		.size = kind->size,
		.least = kind->required + sizeof(void *),
	};
	copy = (char *)abi + kind->place;
	rc = copy_struct(copy, read_pointer(&abi->plugin, kind->member),
			 read_stamp(stamp, kind), &shape, fault);
	if (rc)
		return rc;
	write_pointer(&abi->plugin, kind->member, copy);
	if (!read_pointer(copy, kind->required))
		return fault_set(fault, -EINVAL, "has no %s callback",
				 kind->callback);
	if (abi->plugin.needs & ~kind->needs)
		return fault_set(fault, -EINVAL,
				 "needs %#x of the sandbox, of which a %s may "
				 "have %#x",
				 abi->plugin.needs, kind->name, kind->needs);
	return 0;
}

/* How many rows a table has that is built of rows of this size. */
static size_t
count_options(const char *table, size_t row_size)
{
	size_t count = 0;

	while (count < OPTIONS_LIMIT &&
	       read_pointer(table + count * row_size,
			    offsetof(struct docket_option, name)))
		count++;
	return count;
}

static int
adopt_options(const struct docket_abi *stamp, struct abi *abi,
	      struct fault *fault)
{
	static const struct shape shape = {
		.name = "option",
		.header = "plugin",
		.size = sizeof(struct docket_option),
		.least = offsetof(struct docket_option, summary),
	};
	const char *table = (const char *)abi->plugin.options;
	size_t row_size = stamp->option_size;
	size_t count;

	if (table && check_size(&shape, row_size, fault))
		return -EINVAL;
	count = table ? count_options(table, row_size) : 0;
	if (count == OPTIONS_LIMIT)
		return fault_set(fault, -EINVAL,
				 "has an option table without an end");

	abi->options = mem_alloc_array(count + 1, sizeof(abi->options[0]));
	for (size_t i = 0; i < count; i++)
		memcpy(&abi->options[i], table + i * row_size, row_size);
	abi->plugin.options = abi->options;
	return 0;
}

/* How many bytes of self an option fills; 0: there is no such type. */
static size_t
option_size(enum docket_option_type type)
{
	switch (type) {
	case DOCKET_OPTION_STRING:
		return sizeof(const char *);
	case DOCKET_OPTION_INT:
	case DOCKET_OPTION_SIZE:
	case DOCKET_OPTION_DURATION:
		return sizeof(int64_t);
	case DOCKET_OPTION_BOOL:
		return sizeof(bool);
	}
	return 0;
}

/* Would filling in this option stay within self, and is its default one? */
static int
check_option(const struct docket_option *option, size_t self_size,
	     struct fault *fault)
{
	struct docket_option alone = *option;
	size_t size = option_size(option->type);
	int64_t scratch[2] = { 0 };
	struct docket_option table[2] = { 0 };
	int rc;

	if (!is_name(option->name))
		return fault_set(fault, -EINVAL,
				 "has an option with a bad name");
	if (!size || size > self_size || option->offset > self_size - size)
		return fault_set(fault, -EINVAL,
				 "has an option %s that lies outside its self",
				 option->name);
	if (!option->fallback)
		return 0; /* stays zero */

	alone.offset = 0;
	table[0] = alone;
	rc = option_set(&alone, scratch, option->fallback, fault);
	option_fini(table, scratch);
	if (rc)
		return fault_prefix(fault, rc,
				    "has an option %s with a bad default",
				    option->name);
	return 0;
}

static int
check_common(const struct docket_plugin *plugin, struct fault *fault)
{
	if (!is_name(plugin->name))
		return fault_set(fault, -EINVAL,
				 "has a name that is not [a-z0-9_]{1,%d}",
				 NAME_LIMIT);
	if (plugin->wants & ~(uint32_t)KNOWN_WANTS)
		return fault_set(fault, -EINVAL,
				 "wants %#x, of which this docket knows %#x",
				 plugin->wants, KNOWN_WANTS);
	return 0;
}

static int
adopt(const struct docket_abi *stamp, const struct docket_plugin *from,
      struct abi *abi, struct fault *fault)
{
	static const struct shape shape = {
		.name = "plugin",
		.header = "plugin",
		.size = sizeof(struct docket_plugin),
		.least = offsetof(struct docket_plugin, annotator),
	};
	int rc;

	if (stamp->version != DOCKET_ABI_VERSION)
		return fault_set(fault, -EINVAL,
				 "was built for version %u of the plugin "
				 "interface, this docket has version %d; "
				 "%s" BUILD_AGAIN,
				 stamp->version, DOCKET_ABI_VERSION,
				 stamp->version > DOCKET_ABI_VERSION
					 ? "install a newer docket, or "
					 : "");
	rc = copy_struct(&abi->plugin, from, stamp->plugin_size, &shape, fault);
	if (!rc)
		rc = check_common(&abi->plugin, fault);
	if (!rc)
		rc = adopt_kind(stamp, abi, fault);
	if (!rc && abi->kind == PLUGIN_PARSER &&
	    (!abi->parser.types || !abi->parser.types[0]))
		rc = fault_set(fault, -EINVAL, "names no media types");
	if (!rc)
		rc = adopt_options(stamp, abi, fault);
	for (size_t i = 0; !rc && abi->options[i].name; i++)
		rc = check_option(&abi->options[i], abi->plugin.self_size,
				  fault);
	return rc;
}

int
abi_adopt(const struct docket_abi *stamp, const struct docket_plugin *from,
	  struct abi *out_abi, struct fault *fault)
{
	int rc;

	*out_abi = (struct abi){ 0 };
	rc = adopt(stamp, from, out_abi, fault);
	if (rc)
		abi_fini(out_abi);
	else if (!out_abi->plugin.version)
		out_abi->plugin.version = DOCKET_VERSION;
	return rc;
}

void
abi_fini(struct abi *abi)
{
	free(abi->options);
	*abi = (struct abi){ 0 };
}
