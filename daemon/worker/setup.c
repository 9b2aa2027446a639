/* SPDX-License-Identifier: Apache-2.0 */
/*
 * setup.c - what docketd says before the first document
 *
 * HELLO, then each PLUGIN with its OPTIONs, then START. Everything is only
 * remembered here: plugins are loaded when all is known. Owns copies of what
 * the frames lend. A frame that has no place here ends the process.
 */
#include <stdlib.h>

#include "worker.h"

static char *
dup_bytes(struct docket_bytes bytes)
{
	return mem_format("%.*s", (int)bytes.size,
			  bytes.data ? bytes.data : "");
}

static void
take_hello(struct setup *setup, const struct frame *frame)
{
	struct message_hello hello;

	wire_decode(frame, &hello);
	if (hello.role != setup->role)
		wire_refuse("hello for role %u in a worker of role %d",
			    hello.role, setup->role);
	setup->wants = hello.wants;
	setup->data_folder = dup_bytes(hello.data_folder);
	setup->state_folder = dup_bytes(hello.state_folder);
	setup->source = dup_bytes(hello.source);
	setup->text_limit_bytes = hello.text_limit_bytes;
	setup->memory_limit_bytes = hello.memory_limit_bytes;
	setup->cpu_limit_ms = hello.cpu_limit_ms;
}

static void
take_plugin(struct setup *setup, const struct frame *frame)
{
	struct message_plugin plugin;

	wire_decode(frame, &plugin);
	setup->wishes =
		mem_grow_array(setup->wishes, setup->wish_count,
			       &setup->wish_capacity, sizeof(setup->wishes[0]));
	setup->wishes[setup->wish_count++] = (struct wish){
		.name = dup_bytes(plugin.name),
		.path = dup_bytes(plugin.path),
		.is_elsewhere = plugin.is_elsewhere,
		.types = dup_bytes(plugin.types),
	};
}

static void
take_option(struct setup *setup, const struct frame *frame)
{
	struct message_option option;
	struct wish *wish;

	wire_decode(frame, &option);
	if (!setup->wish_count)
		wire_refuse("an option before any plugin");
	wish = &setup->wishes[setup->wish_count - 1];
	wish->options = mem_grow_array(wish->options, wish->option_count,
				       &wish->option_capacity,
				       sizeof(wish->options[0]));
	wish->options[wish->option_count++] = (struct wish_option){
		.name = dup_bytes(option.name),
		.value = dup_bytes(option.value),
	};
}

bool
setup_receive(struct worker *worker, enum message_role role)
{
	struct setup *setup = &worker->setup;
	struct frame frame = { 0 };

	setup->role = role;
	while (wire_receive(&worker->wire, &frame)) {
		bool is_greeted = setup->data_folder != NULL;

		if (frame.type == MESSAGE_HELLO && !is_greeted)
			take_hello(setup, &frame);
		else if (frame.type == MESSAGE_PLUGIN && is_greeted)
			take_plugin(setup, &frame);
		else if (frame.type == MESSAGE_OPTION && is_greeted)
			take_option(setup, &frame);
		else if (frame.type == MESSAGE_START && is_greeted)
			break;
		else
			wire_refuse("a %s during the set-up",
				    message_type_name(frame.type));
	}
	if (frame.type != MESSAGE_START)
		return false;
	wire_decode(&frame, NULL);
	return true;
}

static void
free_wish(struct wish *wish)
{
	for (size_t i = 0; i < wish->option_count; i++) {
		free(wish->options[i].name);
		free(wish->options[i].value);
	}
	free(wish->options);
	free(wish->name);
	free(wish->path);
	free(wish->types);
}

void
setup_fini(struct setup *setup)
{
	for (size_t i = 0; i < setup->wish_count; i++)
		free_wish(&setup->wishes[i]);
	free(setup->wishes);
	free(setup->data_folder);
	free(setup->state_folder);
	free(setup->source);
	*setup = (struct setup){ 0 };
}
