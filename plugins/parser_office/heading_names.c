/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heading_names.c - what programs call the styles of headings
 *
 * Word keeps the English names of its own styles in every language; other
 * programs translate them. The templates of the United Nations call headings
 * by a code. Owns nothing and ends nothing.
 */
#include "heading_names.h"

/* The word before the level's digit, in small letters where there are any. */
static const char *const words[] = {
	"heading ",    "heading",      "titre ",	"título ", "titulo ",
	"encabezado ", "überschrift ", "заголовок ",	"标题 ",   "标题",
	"標題 ",       "عنوان ",       "intestazione ", "título",  "cabeçalho ",
};

/* "_ H_1_G": what is after the H, and the level. */
static const struct {
	const char *code;
	unsigned level;
} codes[] = {
	{ "_ h _m_", 1 }, { "_ h _ch_", 1 }, { "_ h_1", 2 },
	{ "_ h_2", 3 },	  { "_ h_3", 3 },    { "_ h_4", 4 },
	{ "_ h_5", 4 },	  { "_ h_6", 5 },    { "_ h_7", 5 },
};

#define NAME_LIMIT 64

/* Small letters; of Cyrillic only what the table has. */
static struct docket_bytes
fold(struct docket_bytes name, char *out)
{
	static const char capital[] = "З";
	static const char small[] = "з";
	size_t size = name.size < NAME_LIMIT ? name.size : NAME_LIMIT;

	for (size_t i = 0; i < size; i++) {
		char c = name.data[i];

		out[i] = c;
		if (c >= 'A' && c <= 'Z')
			out[i] = (char)(c + ('a' - 'A'));
	}
	if (bytes_begin((struct docket_bytes){ out, size }, capital))
		memcpy(out, small, sizeof(small) - 1);
	else if (bytes_begin((struct docket_bytes){ out, size }, "Ü"))
		memcpy(out, "ü", 2);
	return (struct docket_bytes){ out, size };
}

unsigned
heading_names_level(struct docket_bytes name)
{
	char folded[NAME_LIMIT];
	struct docket_bytes small = fold(name, folded);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t size = strlen(words[i]);

		if (bytes_begin(small, words[i]) && small.size == size + 1 &&
		    small.data[size] >= '1' && small.data[size] <= '9')
			return (unsigned)(small.data[size] - '0');
	}
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (bytes_begin(small, codes[i].code))
			return codes[i].level;
	return 0;
}
