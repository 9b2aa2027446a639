/* SPDX-License-Identifier: Apache-2.0 */
/*
 * digest.c - SHA-256, the name of every blob
 *
 * Owns nothing; libcrypto computes. That it cannot compute SHA-256 is a broken
 * installation and ends the process.
 */
#include "digest.h"

#include <assert.h>
#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "sha256:"

struct digest_state {
	EVP_MD_CTX *context;
};

struct digest_state *
digest_new(void)
{
	struct digest_state *state = mem_alloc(sizeof(*state));
	int done;

	state->context = EVP_MD_CTX_new();
	assert(state->context);
	done = EVP_DigestInit_ex(state->context, EVP_sha256(), NULL);
	assert(done == 1);
	return state;
}

void
digest_add(struct digest_state *state, const void *data, size_t size)
{
	int done = EVP_DigestUpdate(state->context, data, size);

	assert(done == 1);
}

struct digest
digest_finish(struct digest_state *state)
{
	struct digest digest;
	int done = EVP_DigestFinal_ex(state->context, digest.bytes, NULL);

	assert(done == 1);
	digest_free(state);
	return digest;
}

struct digest_state *
digest_free(struct digest_state *state)
{
	if (state) {
		EVP_MD_CTX_free(state->context);
		free(state);
	}
	return NULL;
}

struct digest
digest_of(struct docket_bytes bytes)
{
	struct digest_state *state = digest_new();

	digest_add(state, bytes.data, bytes.size);
	return digest_finish(state);
}

char *
digest_format(const struct digest *digest, char *out)
{
	static const char digits[] = "0123456789abcdef";
	char *at = out + strlen(PREFIX);

	memcpy(out, PREFIX, strlen(PREFIX));
	for (size_t i = 0; i < sizeof(digest->bytes); i++) {
		*at++ = digits[digest->bytes[i] >> 4];
		*at++ = digits[digest->bytes[i] & 15];
	}
	*at = '\0';
	return out;
}

/* Returns -1 for what is no hex digit, the NUL at the end among it. */
static int
read_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int
digest_parse(const char *text, struct digest *out_digest)
{
	struct digest digest;

	if (strncmp(text, PREFIX, strlen(PREFIX)) == 0)
		text += strlen(PREFIX);
	for (size_t i = 0; i < sizeof(digest.bytes); i++, text += 2) {
		int high = read_digit(text[0]);
		int low = high < 0 ? -1 : read_digit(text[1]);

		if (low < 0)
			return -EINVAL;
		digest.bytes[i] = (uint8_t)(high << 4 | low);
	}
	if (*text)
		return -EINVAL;
	*out_digest = digest;
	return 0;
}

bool
digest_equal(const struct digest *a, const struct digest *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

bool
digest_is_zero(const struct digest *digest)
{
	static const struct digest zero;

	return digest_equal(digest, &zero);
}
