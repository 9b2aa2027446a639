/* SPDX-License-Identifier: Apache-2.0 */
/*
 * load.h - one plugin in this process, from its file to its close()
 *
 * The life in plugin.h, a function for each step. A step that failed has said
 * why; afterwards only load_free() may follow.
 */
#ifndef WORKER_LOAD_H
#define WORKER_LOAD_H

#include "abi.h"

struct plugin {
	char *path;   /* absolute, without symbolic links; a program has none */
	void *handle; /* of dlopen() */
	struct abi abi;
	void *self; /* options filled in; NULL if self_size is 0 */
	bool has_opened;
	/* of a program; program_plugin.h */
	const char *const *names; /* patterns of file names, or NULL */
	bool is_elsewhere;	  /* another process runs it */
	char **types;		  /* of a file that is elsewhere */
};

/*
 * Load a file and fill the options with their defaults. Refused are files
 * that somebody else might change: not regular, writable for the world, or of
 * an owner who is neither root nor us. Runs the constructors of the object.
 * 0, or a negative errno with a sentence.
 */
int load_plugin(const char *path, struct plugin **out_plugin,
		struct fault *fault);

/*
 * The same of a program, which goes by the name that it is given (borrowed).
 * What runs elsewhere is only known here, and needs nothing.
 */
int load_program(enum message_role role, const char *name, bool is_elsewhere,
		 struct plugin **out_plugin, struct fault *fault);

/*
 * A file whose documents go elsewhere: it is not loaded, but known by name,
 * path and types (words), all borrowed.
 */
struct plugin *load_elsewhere(const char *name, const char *path,
			      const char *types);

/* Before prepare. -EINVAL with a sentence: unknown, or a bad value. */
int load_set_option(struct plugin *plugin, const char *name, const char *value,
		    struct fault *fault);

/* Call the plugin's callbacks. 0, or -EINVAL with a sentence. */
int load_prepare(struct plugin *plugin, struct fault *fault);
int load_open(struct plugin *plugin, struct fault *fault);

/* Calls close() if open() was called. NULL is taken; returns NULL. */
struct plugin *load_free(struct plugin *plugin);

#endif
