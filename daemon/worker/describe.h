/* SPDX-License-Identifier: Apache-2.0 */
/*
 * describe.h - what plugins declare, for docketd to learn
 */
#ifndef WORKER_DESCRIBE_H
#define WORKER_DESCRIBE_H

/*
 * For each file in turn write frames to standard output: one DESCRIPTION and
 * its DESCRIBED_OPTIONs, or one REFUSED that names the path as it was given
 * (and a line to standard error). Returns the exit code: 0, or EXIT_FAILURE
 * if any was refused.
 */
int describe_files(char *const *paths, int count);

#endif
