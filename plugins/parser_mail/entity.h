/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entity.h - characters that HTML writes by name or number
 */
#ifndef PARSER_MAIL_ENTITY_H
#define PARSER_MAIL_ENTITY_H

#include <docket/plugin.h>

#define ENTITY_LIMIT 4

/*
 * What stands at the beginning of text, which begins with '&', as UTF-8 of
 * *out_size bytes. Returns how many bytes of text it is, or 0: no entity.
 */
size_t entity_decode(struct docket_bytes text, char out[ENTITY_LIMIT],
		     size_t *out_size);

#endif
