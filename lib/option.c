/* SPDX-License-Identifier: Apache-2.0 */
/*
 * option.c - typed options from text, by table
 *
 * Owns nothing; the strings belong to the target. What the numeric types have
 * in common is one 64-bit number with a unit behind it, so a type is a row of
 * a table: what it is called, its units, and what to say to who got it wrong.
 * A fallback that is not valid is a bug and ends the process.
 */
#include "option.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <docket/plugin.h>

struct unit {
	const char *name;
	int64_t factor;
};

/* Smallest first; ends with .factor = 0. */
static const struct unit count_units[] = { { "", 1 }, { NULL, 0 } };
static const struct unit size_units[] = {
	{ "", 1 },	  { "K", 1 << 10 }, { "M", 1 << 20 },
	{ "G", 1 << 30 }, { NULL, 0 },
};
static const struct unit duration_units[] = {
	{ "ms", 1 },	  { "s", 1000 },     { "m", 60000 },
	{ "h", 3600000 }, { "d", 86400000 }, { NULL, 0 },
};

static const struct {
	const char *name;
	const struct unit *units; /* of a number, else NULL */
	const char *advice;	  /* after "quiet: "2 parsecs" is not " */
} types[] = {
	[DOCKET_OPTION_STRING] = { .name = "string" },
	[DOCKET_OPTION_INT] = { "int", count_units,
				"a whole number (say 0, 7 or -1)" },
	[DOCKET_OPTION_SIZE] = { "size", size_units,
				 "a size (say 512, 64K, 16M or 2G)" },
	[DOCKET_OPTION_DURATION] = { "duration", duration_units,
				     "a duration (say 500ms, 2s, 5m or 1h)" },
	[DOCKET_OPTION_BOOL] = { .name = "bool",
				 .advice = "a choice (say yes or no)" },
};

static const struct {
	const char *word;
	bool value;
} bool_words[] = {
	{ "yes", true }, { "no", false },  { "true", true }, { "false", false },
	{ "on", true },	 { "off", false }, { "1", true },    { "0", false },
};

static bool
is_known(enum docket_option_type type)
{
	return (size_t)type < ARRAY_SIZE(types);
}

const char *
option_type_name(enum docket_option_type type)
{
	return is_known(type) ? types[type].name : "unknown";
}

const struct docket_option *
option_find(const struct docket_option *table, const char *name)
{
	for (; table->name; table++)
		if (strcmp(table->name, name) == 0)
			return table;
	return NULL;
}

/* Digits with a unit behind them, nothing else. Only counts have a sign. */
static int
parse_number(const char *text, const struct unit *units, int64_t *out_number)
{
	bool is_negative = units == count_units && *text == '-';
	int64_t number = 0;

	if (is_negative)
		text++;
	if (*text < '0' || *text > '9')
		return -EINVAL;
	for (; *text >= '0' && *text <= '9'; text++) {
		int digit = is_negative ? '0' - *text : *text - '0';

		if (__builtin_mul_overflow(number, 10, &number) ||
		    __builtin_add_overflow(number, digit, &number))
			return -EINVAL;
	}
	/* Nothing is nothing in every unit. */
	if (number == 0 && *text == '\0')
		units = count_units;
	while (units->factor && strcmp(units->name, text) != 0)
		units++;
	if (!units->factor ||
	    __builtin_mul_overflow(number, units->factor, &number))
		return -EINVAL;
	*out_number = number;
	return 0;
}

static int
parse_bool(const char *text, bool *out_value)
{
	for (size_t i = 0; i < ARRAY_SIZE(bool_words); i++) {
		if (strcmp(bool_words[i].word, text) == 0) {
			*out_value = bool_words[i].value;
			return 0;
		}
	}
	return -EINVAL;
}

/* In the largest unit that divides it. */
static void
put_number(struct buffer *out, const struct unit *units, int64_t number)
{
	const struct unit *best = units;

	if (number == 0) {
		buffer_put(out, "0", 1);
		return;
	}
	for (; units->factor; units++)
		if (number % units->factor == 0)
			best = units;
	buffer_format(out, "%" PRId64 "%s", number / best->factor, best->name);
}

static int
refuse_text(const struct docket_option *option, const char *text,
	    struct fault *fault)
{
	return fault_set(fault, -EINVAL, "%s: \"%s\" is not %s", option->name,
			 text, types[option->type].advice);
}

static int
check_range(const struct docket_option *option, const char *text,
	    int64_t number, struct fault *fault)
{
	const struct unit *units = types[option->type].units;
	bool is_limited = option->minimum || option->maximum;
	bool has_maximum = option->maximum >= option->minimum;
	auto_buffer struct buffer range = { 0 };

	if (!is_limited || (number >= option->minimum &&
			    (!has_maximum || number <= option->maximum)))
		return 0;
	put_number(&range, units, option->minimum);
	if (has_maximum) {
		buffer_put_string(&range, " to ");
		put_number(&range, units, option->maximum);
	} else {
		buffer_put_string(&range, " or more");
	}
	return fault_set(fault, -EINVAL, "%s: %s is out of range (%.*s)",
			 option->name, text, (int)range.size, range.data);
}

static int
set_number(const struct docket_option *option, void *member, const char *text,
	   struct fault *fault)
{
	int64_t number;
	int rc;

	if (parse_number(text, types[option->type].units, &number) < 0)
		return refuse_text(option, text, fault);
	rc = check_range(option, text, number, fault);
	if (rc == 0)
		memcpy(member, &number, sizeof(number));
	return rc;
}

static int
set_bool(const struct docket_option *option, void *member, const char *text,
	 struct fault *fault)
{
	bool value;

	if (parse_bool(text, &value) < 0)
		return refuse_text(option, text, fault);
	memcpy(member, &value, sizeof(value));
	return 0;
}

static void
set_string(char **member, const char *text)
{
	free(*member);
	*member = mem_dup_string(text);
}

static void *
get_member(const struct docket_option *option, const void *target)
{
	return (char *)(uintptr_t)target + option->offset;
}

int
option_set(const struct docket_option *option, void *target, const char *text,
	   struct fault *fault)
{
	void *member = get_member(option, target);

	switch (option->type) {
	case DOCKET_OPTION_STRING:
		set_string(member, text);
		return 0;
	case DOCKET_OPTION_INT:
	case DOCKET_OPTION_SIZE:
	case DOCKET_OPTION_DURATION:
		return set_number(option, member, text, fault);
	case DOCKET_OPTION_BOOL:
		return set_bool(option, member, text, fault);
	}
	return fault_set(fault, -EINVAL, "%s: its type (%d) is not known",
			 option->name, (int)option->type);
}

void
option_set_fallbacks(const struct docket_option *table, void *target)
{
	struct fault fault;

	for (; table->name; table++) {
		int rc = 0;

		if (table->fallback)
			rc = option_set(table, target, table->fallback, &fault);
		assert(rc == 0);
	}
}

void
option_fini(const struct docket_option *table, void *target)
{
	for (; table->name; table++) {
		char **member = get_member(table, target);

		if (table->type != DOCKET_OPTION_STRING)
			continue;
		free(*member);
		*member = NULL;
	}
}

void
option_put(struct buffer *out, const struct docket_option *option,
	   const void *target)
{
	const void *member = get_member(option, target);
	int64_t number;

	switch (option->type) {
	case DOCKET_OPTION_STRING:
		buffer_put_bytes(out, bytes_of(*(const char *const *)member));
		break;
	case DOCKET_OPTION_INT:
	case DOCKET_OPTION_SIZE:
	case DOCKET_OPTION_DURATION:
		memcpy(&number, member, sizeof(number));
		put_number(out, types[option->type].units, number);
		break;
	case DOCKET_OPTION_BOOL:
		buffer_put_string(out, *(const bool *)member ? "yes" : "no");
		break;
	}
}
