/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mem.c - memory that cannot fail, growing buffers, clean-up by scope
 *
 * Owns nothing. Where memory runs out, one line goes to stderr and the process
 * aborts; the same for a size that cannot be expressed.
 */
#include "mem.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_MINIMUM 64
#define ARRAY_MINIMUM 8

static void __attribute__((noreturn)) give_up(void)
{
	static const char line[] = "docket: out of memory\n";
	ssize_t ignored = write(STDERR_FILENO, line, sizeof(line) - 1);

	(void)ignored;
	abort();
}

static void *
check(void *pointer)
{
	if (!pointer)
		give_up();
	return pointer;
}

void *
mem_alloc(size_t size)
{
	return check(calloc(1, size ? size : 1));
}

void *
mem_alloc_array(size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total))
		give_up();
	return mem_alloc(total);
}

void *
mem_dup(const void *data, size_t size)
{
	void *copy = check(malloc(size ? size : 1));

	if (size)
		memcpy(copy, data, size);
	return copy;
}

void
mem_keep(void)
{
	mallopt(M_TRIM_THRESHOLD, MEM_KEEP_BYTES);
	mallopt(M_MMAP_THRESHOLD, MEM_KEEP_BYTES);
	/* A thread's own heap grows by a call for each allocation. */
	mallopt(M_ARENA_MAX, 1);
}

char *
mem_dup_string(const char *string)
{
	return mem_dup(string, strlen(string) + 1);
}

char *
mem_format(const char *format, ...)
{
	char *text;
	va_list args;
	int size;

	va_start(args, format);
	size = vasprintf(&text, format, args);
	va_end(args);
	if (size < 0)
		give_up();
	return text;
}

void *
mem_grow_array(void *array, size_t count, size_t *capacity, size_t size)
{
	size_t more;
	size_t total;

	if (count < *capacity)
		return check(array);
	more = *capacity + *capacity / 2;
	if (more < count + 1)
		more = count + 1;
	if (more < ARRAY_MINIMUM)
		more = ARRAY_MINIMUM;
	if (__builtin_mul_overflow(more, size, &total))
		give_up();
	array = check(realloc(array, total));
	*capacity = more;
	return array;
}

char *
buffer_reserve(struct buffer *buffer, size_t size)
{
	size_t needed;
	size_t more;

	if (buffer->data && size <= buffer->capacity - buffer->size)
		return buffer->data + buffer->size;
	if (__builtin_add_overflow(buffer->size, size, &needed))
		give_up();
	more = buffer->capacity + buffer->capacity / 2;
	if (more < needed)
		more = needed;
	if (more < BUFFER_MINIMUM)
		more = BUFFER_MINIMUM;
	buffer->data = check(realloc(buffer->data, more));
	buffer->capacity = more;
	return buffer->data + buffer->size;
}

void
buffer_put(struct buffer *buffer, const void *data, size_t size)
{
	if (!size)
		return;
	memcpy(buffer_reserve(buffer, size), data, size);
	buffer->size += size;
}

void
buffer_put_bytes(struct buffer *buffer, struct docket_bytes bytes)
{
	buffer_put(buffer, bytes.data, bytes.size);
}

void
buffer_put_string(struct buffer *buffer, const char *string)
{
	buffer_put(buffer, string, strlen(string));
}

/* Mostly there is room already, and then nothing is written twice. */
void
buffer_format(struct buffer *buffer, const char *format, ...)
{
	char *at = buffer_reserve(buffer, BUFFER_MINIMUM);
	size_t room = buffer->capacity - buffer->size;
	va_list args;
	va_list again;
	int size;

	va_start(args, format);
	va_copy(again, args);
	size = vsnprintf(at, room, format, args);
	if (size < 0)
		give_up();
	if ((size_t)size >= room) {
		at = buffer_reserve(buffer, (size_t)size + 1);
		vsnprintf(at, (size_t)size + 1, format, again);
	}
	va_end(again);
	va_end(args);
	buffer->size += (size_t)size;
}

void
buffer_drop(struct buffer *buffer, size_t size)
{
	if (!size)
		return;
	memmove(buffer->data, buffer->data + size, buffer->size - size);
	buffer->size -= size;
}

void
buffer_fini(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer){ 0 };
}

bool
bytes_equal(struct docket_bytes a, struct docket_bytes b)
{
	return a.size == b.size &&
	       (!a.size || memcmp(a.data, b.data, a.size) == 0);
}

/* pointer is the address of the variable that goes out of scope. */
void
mem_cleanup_free(void *pointer)
{
	free(*(void **)pointer);
}

void
mem_cleanup_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

void
mem_cleanup_file(FILE **file)
{
	if (*file)
		fclose(*file);
}

void
mem_cleanup_buffer(struct buffer *buffer)
{
	buffer_fini(buffer);
}
