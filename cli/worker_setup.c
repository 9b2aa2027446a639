/* SPDX-License-Identifier: Apache-2.0 */
/*
 * worker_setup.c - what a docket-worker of ours is told before it is ready
 *
 * Owns the frames that name plugins. Reads the plugin folder.
 */
#include "worker_setup.h"

#include <string.h>

#include "place.h"

/* Of the CloudEvents that a notifier of ours is told. */
#define SOURCE "/docket/test"

void
worker_setup_fini(struct worker_setup *setup)
{
	buffer_fini(&setup->plugins);
}

void
worker_setup_add(struct worker_setup *setup, struct docket_bytes name,
		 const char *path)
{
	struct message_plugin plugin = {
		.name = name,
		.path = bytes_of(path),
	};

	message_encode(&setup->plugins, MESSAGE_PLUGIN, &plugin);
}

void
worker_setup_set(struct worker_setup *setup, struct docket_bytes name,
		 struct docket_bytes value)
{
	struct message_option option = { name, value };

	message_encode(&setup->plugins, MESSAGE_OPTION, &option);
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

int
worker_setup_add_installed(struct worker_setup *setup, const char *except,
			   struct fault *fault)
{
	static const char *const prefixes[] = { "parser_", "annotator_", NULL };
	struct place place;
	char **paths;
	int error;

	place_init(&place);
	error = place_list_plugins(place.plugins, prefixes, &paths, fault);
	place_fini(&place);
	if (error)
		return error;
	for (size_t i = 0; paths[i]; i++) {
		struct docket_bytes stem = get_stem(paths[i]);

		if (!except || !bytes_equal(stem, bytes_of(except)))
			worker_setup_add(setup, stem, paths[i]);
	}
	place_free_list(paths);
	return 0;
}

void
worker_setup_put(const struct worker_setup *setup, const char *data_folder,
		 struct buffer *out)
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
	buffer_put_bytes(out, buffer_bytes(&setup->plugins));
	message_encode(out, MESSAGE_START, NULL);
}
