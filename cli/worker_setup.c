/* SPDX-License-Identifier: Apache-2.0 */
/*
 * worker_setup.c - what a docket-worker of ours is told before it is ready
 *
 * Owns the frames that name plugins, and the list of specialists. Reads the
 * plugin folder, and what is known of docket's own plugins.
 */
#include "worker_setup.h"

#include <stdlib.h>
#include <string.h>

#include "offer.h"
#include "place.h"

/* Of the CloudEvents that a notifier of ours is told. */
#define SOURCE "/docket/test"

void
worker_setup_fini(struct worker_setup *setup)
{
	for (size_t i = 0; i < setup->specialist_count; i++) {
		free(setup->specialists[i].name);
		free(setup->specialists[i].path);
		free(setup->specialists[i].types);
	}
	free(take(setup->specialists));
	setup->specialist_count = 0;
	buffer_fini(&setup->plugins);
	buffer_fini(&setup->shared);
}

/* Where the plugin that was added last is. */
static struct buffer *
get_last(struct worker_setup *setup)
{
	return setup->is_last_shared ? &setup->shared : &setup->plugins;
}

void
worker_setup_add(struct worker_setup *setup, enum message_plugin_kind kind,
		 struct docket_bytes name, const char *path)
{
	struct message_plugin plugin = {
		.name = name,
		.path = bytes_of(path),
	};

	setup->is_last_shared = kind == PLUGIN_ANNOTATOR;
	message_encode(get_last(setup), MESSAGE_PLUGIN, &plugin);
}

void
worker_setup_set(struct worker_setup *setup, struct docket_bytes name,
		 struct docket_bytes value)
{
	struct message_option option = { name, value };

	message_encode(get_last(setup), MESSAGE_OPTION, &option);
}

/* "parser_text" out of ".../parser_text.so" */
static struct docket_bytes
get_stem(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	return (struct docket_bytes){ name,
				      (size_t)(strrchr(name, '.') - name) };
}

#define PARSER_PREFIX "parser_"
#define ANNOTATOR_PREFIX "annotator_"

static bool
begins_with(struct docket_bytes stem, const char *prefix)
{
	size_t size = strlen(prefix);

	return stem.size > size && memcmp(stem.data, prefix, size) == 0;
}

static void
add_specialist(struct worker_setup *setup, const char *path,
	       const struct offer *offer)
{
	setup->specialists = mem_grow_array(
		setup->specialists, setup->specialist_count,
		&setup->specialist_capacity, sizeof(setup->specialists[0]));
	setup->specialists[setup->specialist_count++] =
		(struct worker_specialist){
			.name = mem_dup_string(offer->name +
					       strlen(PARSER_PREFIX)),
			.path = mem_dup_string(path),
			.types = mem_dup_string(offer->types),
		};
}

static void
add_installed(struct worker_setup *setup, struct docket_bytes stem,
	      const char *path, const struct offers *offers)
{
	bool is_parser = begins_with(stem, PARSER_PREFIX);
	const struct offer *offer = offers_find(offers, stem);

	if (is_parser && offer && offer->is_apart)
		add_specialist(setup, path, offer);
	else
		worker_setup_add(setup,
				 is_parser ? PLUGIN_PARSER : PLUGIN_ANNOTATOR,
				 stem, path);
}

int
worker_setup_add_installed(struct worker_setup *setup, const char *except,
			   struct fault *fault)
{
	static const char *const prefixes[] = { PARSER_PREFIX, ANNOTATOR_PREFIX,
						NULL };
	struct offers offers;
	struct place place;
	char **paths;
	int error;

	place_init(&place);
	offers_load(&offers, place.data);
	error = place_list_plugins(place.plugins, prefixes, &paths, fault);
	place_fini(&place);
	for (size_t i = 0; !error && paths[i]; i++) {
		struct docket_bytes stem = get_stem(paths[i]);

		if (!except || !bytes_equal(stem, bytes_of(except)))
			add_installed(setup, stem, paths[i], &offers);
	}
	if (!error)
		place_free_list(paths);
	offers_fini(&offers);
	return error;
}

/* One that is loaded, or one whose documents go elsewhere. */
static void
put_specialist(const struct worker_specialist *specialist, bool is_elsewhere,
	       struct buffer *out)
{
	struct message_plugin plugin = {
		.name = bytes_of(specialist->name),
		.path = bytes_of(specialist->path),
		.is_elsewhere = is_elsewhere,
		.types = bytes_of(specialist->types),
	};

	message_encode(out, MESSAGE_PLUGIN, &plugin);
}

void
worker_setup_put(const struct worker_setup *setup,
		 const struct worker_specialist *specialist,
		 const char *data_folder, struct buffer *out)
{
	struct message_hello hello = {
		.role = setup->role,
		.wants = setup->wants,
		.data_folder = bytes_of(data_folder),
		.state_folder = bytes_of(setup->state_folder),
		.source = bytes_of(SOURCE),
		.text_limit_bytes = setup->text_limit_bytes,
		.memory_limit_bytes = setup->memory_limit_bytes,
	};

	message_encode(out, MESSAGE_HELLO, &hello);
	if (specialist)
		put_specialist(specialist, false, out);
	else
		buffer_put_bytes(out, buffer_bytes(&setup->plugins));
	for (size_t i = 0; !specialist && i < setup->specialist_count; i++)
		put_specialist(&setup->specialists[i], true, out);
	buffer_put_bytes(out, buffer_bytes(&setup->shared));
	message_encode(out, MESSAGE_START, NULL);
}
