/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mem.h - memory that cannot fail, growing buffers, clean-up by scope
 *
 * Out of memory aborts: the journal remembers, systemd restarts. So nothing
 * here returns NULL, and no caller checks.
 */
#ifndef LIB_MEM_H
#define LIB_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <docket/plugin.h>

#define container_of(pointer, type, member) \
	((type *)(void *)((char *)(pointer)-offsetof(type, member)))
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* Zeroed memory; the caller's, to be freed with free(). */
void *mem_alloc(size_t size) __attribute__((malloc, returns_nonnull));
void *mem_alloc_array(size_t count, size_t size)
	__attribute__((malloc, returns_nonnull));
void *mem_dup(const void *data, size_t size) __attribute__((returns_nonnull));
char *mem_dup_string(const char *string) __attribute__((returns_nonnull));
char *mem_format(const char *format, ...)
	__attribute__((format(printf, 1, 2), returns_nonnull));

/*
 * At the start of a process that handles one document after another: keep what
 * one of them took (MEM_KEEP_BYTES at most) for the next, whichever thread it
 * was that took it.
 */
#define MEM_KEEP_BYTES (2 << 20)
void mem_keep(void);

/* Room for one more item behind count; grows by half. Takes array. */
void *mem_grow_array(void *array, size_t count, size_t *capacity, size_t size)
	__attribute__((returns_nonnull));

/* Freed, closed at the end of the scope; take() hands the value over. */
#define auto_free __attribute__((cleanup(mem_cleanup_free)))
#define auto_fd __attribute__((cleanup(mem_cleanup_fd)))
#define auto_file __attribute__((cleanup(mem_cleanup_file)))
#define auto_buffer __attribute__((cleanup(mem_cleanup_buffer)))

#define take(pointer)                                   \
	({                                              \
		__typeof__(pointer) taken_ = (pointer); \
		(pointer) = NULL;                       \
		taken_;                                 \
	})

static inline int
take_fd(int *fd)
{
	int taken = *fd;

	*fd = -1;
	return taken;
}

/* A growing run of bytes; a zeroed one is empty. */
struct buffer {
	char *data;
	size_t size;
	size_t capacity;
};

/* Room for size more bytes; returns where they go, without counting them. */
char *buffer_reserve(struct buffer *buffer, size_t size);
void buffer_put(struct buffer *buffer, const void *data, size_t size);
void buffer_put_bytes(struct buffer *buffer, struct docket_bytes bytes);
void buffer_put_string(struct buffer *buffer, const char *string);
void buffer_format(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Drop the first size bytes. */
void buffer_drop(struct buffer *buffer, size_t size);
/* Release the memory; the buffer is empty and usable afterwards. */
void buffer_fini(struct buffer *buffer);

static inline struct docket_bytes
buffer_bytes(const struct buffer *buffer)
{
	return (struct docket_bytes){ buffer->data, buffer->size };
}

static inline struct docket_bytes
bytes_of(const char *string)
{
	return (struct docket_bytes){ string,
				      string ? __builtin_strlen(string) : 0 };
}

bool bytes_equal(struct docket_bytes a, struct docket_bytes b);

void mem_cleanup_free(void *pointer);
void mem_cleanup_fd(int *fd);
void mem_cleanup_file(FILE **file);
void mem_cleanup_buffer(struct buffer *buffer);

#endif
