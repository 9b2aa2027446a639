/* SPDX-License-Identifier: Apache-2.0 */
/*
 * abi_1_host.h - what a host of version 1 gives to plugins, and their stamp
 *
 * Never changed, as abi_1.h is not.
 */
#ifndef TESTS_ABI_1_HOST_H
#define TESTS_ABI_1_HOST_H

#include "abi_1.h"

/* Any plugin. */
void docket_log(const char *format, ...);
const char *docket_data_folder(void);

/* Parsers and annotators. */
struct abi1_bytes docket_job_bytes(const struct abi1_job *job);
struct abi1_bytes docket_job_name(const struct abi1_job *job);
struct abi1_bytes docket_job_media_type(const struct abi1_job *job);
void docket_job_explain(struct abi1_job *job, const char *format, ...);
void docket_job_progress(struct abi1_job *job, uint32_t done, uint32_t total);
uint32_t docket_put_text(struct abi1_job *job, struct abi1_bytes text);
void docket_open_block(struct abi1_job *job, const struct abi1_block *block);
void docket_close_block(struct abi1_job *job);
void docket_open_part(struct abi1_job *job, const struct abi1_part *part);
void docket_close_part(struct abi1_job *job);
void docket_put_page(struct abi1_job *job, uint32_t page);
void docket_put_field(struct abi1_job *job, unsigned field,
		      struct abi1_bytes value);
void docket_put_mark(struct abi1_job *job, const struct abi1_mark *mark);
void docket_put_child(struct abi1_job *job, struct abi1_bytes name,
		      struct abi1_bytes content);

/* Annotators. */
struct abi1_bytes docket_job_text(const struct abi1_job *job);
size_t docket_job_blocks(const struct abi1_job *job);
struct abi1_block docket_job_block(const struct abi1_job *job, size_t index);
struct abi1_bytes docket_job_field(const struct abi1_job *job, unsigned field,
				   size_t index);
void docket_set_block_language(struct abi1_job *job, size_t index,
			       const char *language);

/* Indexers. */
struct abi1_bytes docket_record_text(const struct abi1_record *record);
struct abi1_bytes docket_record_field(const struct abi1_record *record,
				      unsigned field, size_t index);
size_t docket_record_parts(const struct abi1_record *record);
struct abi1_part docket_record_part(const struct abi1_record *record,
				    size_t index);
size_t docket_record_blocks(const struct abi1_record *record);
struct abi1_block docket_record_block(const struct abi1_record *record,
				      size_t index);
size_t docket_record_marks(const struct abi1_record *record);
struct abi1_mark docket_record_mark(const struct abi1_record *record,
				    size_t index);
struct abi1_bytes docket_record_tokens(const struct abi1_record *record);
const char *docket_state_folder(void);
uint32_t docket_word_version(void);
size_t docket_query_clauses(const struct abi1_query *query);
struct abi1_clause docket_query_clause(const struct abi1_query *query,
				       size_t clause);
struct abi1_bytes docket_query_token(const struct abi1_query *query,
				     size_t clause, size_t variant,
				     size_t token);
void docket_put_hit(struct abi1_finding *finding, uint64_t arrival,
		    double score);
void docket_finding_explain(struct abi1_finding *finding, const char *format,
			    ...);

#define ABI1_EXPORT extern __attribute__((visibility("default")))

/* The two symbols, with the sizes that this plugin says it was built with. */
#define ABI1_PLUGIN(plugin_size, option_size, parser_size, annotator_size, \
		    indexer_size, notifier_size)                           \
	ABI1_EXPORT const struct abi1_stamp docket_abi;                    \
	const struct abi1_stamp docket_abi = {                             \
		ABI1_VERSION,	plugin_size,  option_size,   parser_size,  \
		annotator_size, indexer_size, notifier_size,               \
	};                                                                 \
	ABI1_EXPORT const struct abi1_plugin docket_plugin;                \
	const struct abi1_plugin docket_plugin

#endif
