/* SPDX-License-Identifier: BSD-2-Clause */
#include "mutate.h"

#include <linux/btf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TYPES = 4000, MAX_BYTES = 1 << 20 };

/* Types and strings are taken apart into words and bytes, changed, and put together again. */
struct parts {
	bool swapped;
	uint32_t *words; /* of the types, in this machine's order */
	size_t word_count, word_room;
	uint32_t starts[MAX_TYPES + 1]; /* where each type begins in words */
	uint32_t type_count;
	uint8_t *strings;
	size_t string_size;
	const struct mutate_base *base;
	uint32_t *state;
};

uint32_t mutate_random(uint32_t *state, uint32_t n)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state % n;
}

static uint32_t swap(uint32_t n, bool swapped)
{
	return swapped ? __builtin_bswap32(n) : n;
}

static uint32_t get(const uint8_t *data, bool swapped)
{
	uint32_t n;

	memcpy(&n, data, sizeof(n));
	return swap(n, swapped);
}

/* Words of a type with this info. */
static size_t words_of(uint32_t info)
{
	size_t count = BTF_INFO_VLEN(info);

	switch (BTF_INFO_KIND(info)) {
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
	case BTF_KIND_DECL_TAG:
		return 4;
	case BTF_KIND_ARRAY:
		return 6;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_DATASEC:
	case BTF_KIND_ENUM64:
		return 3 + 3 * count;
	case BTF_KIND_ENUM:
	case BTF_KIND_FUNC_PROTO:
		return 3 + 2 * count;
	default:
		return 3;
	}
}

static void find_types(struct parts *p)
{
	size_t at = 0;

	p->type_count = 0;
	while (at + 3 <= p->word_count && p->type_count < MAX_TYPES) {
		size_t words = words_of(p->words[at + 1]);
		if (words > p->word_count - at)
			break;
		p->starts[p->type_count++] = (uint32_t)at;
		at += words;
	}
	p->starts[p->type_count] = (uint32_t)at;
	p->word_count = at;
}

static bool is_btf(const uint8_t *data, size_t size, struct btf_header *ret, bool *ret_swapped)
{
	if (size < sizeof(*ret))
		return false;
	memcpy(ret, data, sizeof(*ret));
	*ret_swapped = ret->magic == __builtin_bswap16(BTF_MAGIC);
	uint32_t *fields[] = {&ret->hdr_len, &ret->type_off, &ret->type_len, &ret->str_off,
			      &ret->str_len};
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		*fields[i] = swap(*fields[i], *ret_swapped);
	uint64_t room = size - sizeof(*ret);
	return (ret->magic == BTF_MAGIC || *ret_swapped) && ret->hdr_len == sizeof(*ret) &&
	       ret->type_off <= room && ret->type_len <= room - ret->type_off &&
	       ret->str_off <= room && ret->str_len <= room - ret->str_off;
}

static bool take_apart(struct parts *p, const uint8_t *data, size_t size)
{
	struct btf_header h;

	if (size > MAX_BYTES || !is_btf(data, size, &h, &p->swapped))
		return false;
	p->word_count = h.type_len / 4;
	p->word_room = p->word_count + 4096;
	p->words = malloc(p->word_room * 4);
	p->string_size = h.str_len;
	p->strings = malloc(p->string_size + 4096);
	if (!p->words || !p->strings)
		abort();
	for (size_t i = 0; i < p->word_count; i++)
		p->words[i] = get(data + sizeof(h) + h.type_off + 4 * i, p->swapped);
	memcpy(p->strings, data + sizeof(h) + h.str_off, h.str_len);
	find_types(p);
	return true;
}

static size_t put_together(const struct parts *p, uint8_t *data, size_t max_size)
{
	struct btf_header h = {
		.magic = p->swapped ? __builtin_bswap16(BTF_MAGIC) : BTF_MAGIC,
		.version = BTF_VERSION,
		.hdr_len = swap(sizeof(h), p->swapped),
		.type_len = swap((uint32_t)p->word_count * 4, p->swapped),
		.str_off = swap((uint32_t)p->word_count * 4, p->swapped),
		.str_len = swap((uint32_t)p->string_size, p->swapped),
	};
	size_t size = sizeof(h) + 4 * p->word_count + p->string_size;

	if (size > max_size)
		return 0;
	memcpy(data, &h, sizeof(h));
	for (size_t i = 0; i < p->word_count; i++) {
		uint32_t word = swap(p->words[i], p->swapped);
		memcpy(data + sizeof(h) + 4 * i, &word, sizeof(word));
	}
	memcpy(data + sizeof(h) + 4 * p->word_count, p->strings, p->string_size);
	return size;
}

static uint32_t below(struct parts *p, uint32_t n)
{
	return mutate_random(p->state, n);
}

static uint32_t some_id(struct parts *p)
{
	uint32_t end = p->base->types + p->type_count;

	return below(p, 20) ? below(p, end) : end + below(p, 3) - 1;
}

/* The beginning of a name, mostly. */
static uint32_t some_name(struct parts *p)
{
	uint32_t end = p->base->strings + (uint32_t)p->string_size;
	uint32_t at = end ? below(p, end) : 0;

	if (!below(p, 10))
		return at;
	while (at > p->base->strings && p->strings[at - p->base->strings - 1])
		at--;
	return at;
}

static uint32_t some_number(struct parts *p, uint32_t old)
{
	static const uint32_t numbers[] = {0,        1,          2,          4,         8,
					   12,       16,         32,         64,        127,
					   128,      255,        0xffff,     0x10000,   1u << 24,
					   1u << 29, 0x7fffffff, 0x80000000, 0xffffffff};

	switch (below(p, 4)) {
	case 0:
		return numbers[below(p, sizeof(numbers) / sizeof(numbers[0]))];
	case 1:
		return old + 8 * (below(p, 33) - 16);
	case 2:
		return old + below(p, 9) - 4;
	default:
		return old ^ 1u << below(p, 32);
	}
}

/* Other info: kind, flag or length; the words behind it are kept, cut or made up. */
static bool resize(struct parts *p, uint32_t type, size_t words)
{
	uint32_t at = p->starts[type];
	size_t old = p->starts[type + 1] - at, end = at + old;

	if (p->word_count - old + words > p->word_room || words > 400)
		return false;
	memmove(p->words + at + words, p->words + end, 4 * (p->word_count - end));
	for (size_t i = old; i < words; i++)
		p->words[at + i] = old > 6 && below(p, 4) ? p->words[at + i - 3] : some_id(p);
	p->word_count = p->word_count - old + words;
	return true;
}

static void change_info(struct parts *p, uint32_t type)
{
	uint32_t *info = &p->words[p->starts[type] + 1];
	uint32_t kind = BTF_INFO_KIND(*info), count = BTF_INFO_VLEN(*info);
	uint32_t flag = *info >> 31;

	switch (below(p, 4)) {
	case 0:
		kind = below(p, NR_BTF_KINDS + 1);
		break;
	case 1:
		flag ^= 1;
		break;
	case 2:
		count = below(p, 8);
		break;
	default:
		count += below(p, 3) - 1;
		break;
	}
	uint32_t changed = flag << 31 | (kind & 31) << 24 | (count & 0xffff);
	if (resize(p, type, words_of(changed)))
		*info = changed;
}

/* What the words behind the info of a kind are: n name, t type, . number. */
static char meaning(uint32_t info, size_t word)
{
	static const char *const heads[NR_BTF_KINDS] = {
		[BTF_KIND_PTR] = "t",       [BTF_KIND_ARRAY] = ".tt.",   [BTF_KIND_TYPEDEF] = "t",
		[BTF_KIND_VOLATILE] = "t",  [BTF_KIND_CONST] = "t",      [BTF_KIND_RESTRICT] = "t",
		[BTF_KIND_FUNC] = "t",      [BTF_KIND_FUNC_PROTO] = "t", [BTF_KIND_VAR] = "t.",
		[BTF_KIND_DECL_TAG] = "t.", [BTF_KIND_TYPE_TAG] = "t",
	};
	static const char *const parts[NR_BTF_KINDS] = {
		[BTF_KIND_STRUCT] = "nt.", [BTF_KIND_UNION] = "nt.",   [BTF_KIND_ENUM] = "n.",
		[BTF_KIND_ENUM64] = "n..", [BTF_KIND_DATASEC] = "t..", [BTF_KIND_FUNC_PROTO] = "nt",
	};
	uint32_t kind = BTF_INFO_KIND(info);

	if (word == 0)
		return 'n';
	if (kind >= NR_BTF_KINDS)
		return '.';
	word -= 2;
	if (parts[kind] && word)
		return parts[kind][(word - 1) % strlen(parts[kind])];
	return heads[kind] && word < strlen(heads[kind]) ? heads[kind][word] : '.';
}

static void change_word(struct parts *p, uint32_t type)
{
	uint32_t at = p->starts[type], size = p->starts[type + 1] - at;
	uint32_t word = below(p, size);

	if (word == 1) {
		change_info(p, type);
		return;
	}
	uint32_t *to = &p->words[at + word];
	switch (meaning(p->words[at + 1], word)) {
	case 'n':
		*to = some_name(p);
		break;
	case 't':
		*to = some_id(p);
		break;
	default:
		*to = some_number(p, *to);
		break;
	}
}

static void copy_type(struct parts *p, uint32_t from)
{
	uint32_t at = p->starts[from];
	size_t words = p->starts[from + 1] - at;

	if (p->word_count + words > p->word_room || p->type_count == MAX_TYPES)
		return;
	memcpy(p->words + p->word_count, p->words + at, 4 * words);
	p->word_count += words;
	find_types(p);
	for (uint32_t n = below(p, 4); n; n--) {
		change_word(p, p->type_count - 1);
		find_types(p);
	}
}

/* Those behind it get other numbers, which breaks enough by itself. */
static void drop_type(struct parts *p, uint32_t type)
{
	uint32_t at = p->starts[type], end = p->starts[type + 1];

	memmove(p->words + at, p->words + end, 4 * (p->word_count - end));
	p->word_count -= end - at;
}

static void change_strings(struct parts *p)
{
	size_t size = LLVMFuzzerMutate(p->strings, p->string_size, p->string_size + 64);

	p->string_size = size;
	if (!size || !below(p, 8))
		return;
	if (!p->base->strings)
		p->strings[0] = '\0';
	p->strings[size - 1] = '\0';
}

static void add_name(struct parts *p)
{
	static const char *const names[] = {"int",    "long", "char", "time_t",   "class", "errno",
					    "struct", "a b",  "x",    "timespec", ".bss",  "*/"};
	const char *name = names[below(p, sizeof(names) / sizeof(names[0]))];

	memcpy(p->strings + p->string_size, name, strlen(name) + 1);
	p->string_size += strlen(name) + 1;
	if (p->type_count)
		p->words[p->starts[below(p, p->type_count)]] =
			p->base->strings + (uint32_t)(p->string_size - strlen(name) - 1);
}

static void change_once(struct parts *p)
{
	uint32_t what = below(p, 16), type = p->type_count ? below(p, p->type_count) : 0;

	if (what == 0 || !p->type_count)
		change_strings(p);
	else if (what == 1)
		add_name(p);
	else if (what < 5)
		copy_type(p, type);
	else if (what == 5)
		drop_type(p, type);
	else if (what == 6)
		p->word_count = LLVMFuzzerMutate((uint8_t *)p->words, 4 * p->word_count,
						 4 * p->word_count) /
				4;
	else
		change_word(p, type);
	find_types(p);
}

size_t mutate_btf(uint8_t *data, size_t size, size_t max_size, uint32_t *state,
		  const struct mutate_base *base)
{
	static struct parts p;

	p = (struct parts){.base = base, .state = state};
	if (!mutate_random(state, 32) || !take_apart(&p, data, size))
		return LLVMFuzzerMutate(data, size, max_size);
	/* More at once, for what a single change cannot reach. */
	for (uint32_t n = 1 + mutate_random(state, 4) * mutate_random(state, 2); n; n--)
		change_once(&p);
	size_t changed = put_together(&p, data, max_size);
	free(p.words);
	free(p.strings);
	return changed ? changed : size;
}

struct mutate_base mutate_btf_extent(const uint8_t *data, size_t size)
{
	static struct parts p;
	struct mutate_base ret = {1, 0};

	p = (struct parts){0};
	if (take_apart(&p, data, size)) {
		ret.types += p.type_count;
		ret.strings = (uint32_t)p.string_size;
		free(p.words);
		free(p.strings);
	}
	return ret;
}
