/* SPDX-License-Identifier: Apache-2.0 */
/* parser_nothing.c - a shared object without a descriptor: refused */
int docket_nothing(void);

int
docket_nothing(void)
{
	return 0;
}
