/* SPDX-License-Identifier: Apache-2.0 */
/*
 * place.h - where programs, plugins and data are
 *
 * In a build tree everything lies beside the running program: BUILD/bin/docketd,
 * BUILD/plugins, BUILD/share. Installed, at the paths that were compiled in.
 * The first of the two that exists is taken; environment variables are not
 * looked at.
 */
#ifndef LIB_PLACE_H
#define LIB_PLACE_H

#include "fault.h"
#include "mem.h"

struct place {
	char *worker;  /* docket-worker */
	char *bus;     /* docket-bus */
	char *plugins; /* folder of <kind>_<name>.so */
	char *data;    /* folder with languages/ and names/ */
	char *config;  /* /etc/docket/docket.conf, whether it is there or not */
};

void place_init(struct place *place);
void place_fini(struct place *place);

/* The text of a file of the data folder, "" if it is not there; the caller's. */
char *place_read_data(const char *data_folder, const char *name);

/*
 * The paths of all plugins in a folder whose file name begins with one of the
 * prefixes ("parser_", NULL-terminated; NULL: all kinds), sorted by name.
 * NULL-terminated; the caller's, as are the strings. -errno with a sentence if
 * the folder cannot be read.
 */
int place_list_plugins(const char *folder, const char *const *prefixes,
		       char ***out_paths, struct fault *fault);
void place_free_list(char **paths);

#endif
