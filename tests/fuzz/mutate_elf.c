/* SPDX-License-Identifier: BSD-2-Clause */
/* ELF files: mostly one section's contents, which may grow, or one field of a section header. */
#include "mutate.h"

#include <elf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct view {
	uint8_t *data;
	size_t size, max_size;
	bool wide, big;
	uint64_t table, count;
	uint32_t *state;
};

/* Where the fields of a section header lie, of 32 and of 64 bits. */
struct field {
	uint8_t at, size;
};
enum { NAME, TYPE, FLAGS, ADDR, OFFSET, SIZE, LINK, INFO, ALIGN, ENTRY, FIELD_COUNT };
static const struct field fields[2][FIELD_COUNT] = {
	{{0, 4}, {4, 4}, {8, 4}, {12, 4}, {16, 4}, {20, 4}, {24, 4}, {28, 4}, {32, 4}, {36, 4}},
	{{0, 4}, {4, 4}, {8, 8}, {16, 8}, {24, 8}, {32, 8}, {40, 4}, {44, 4}, {48, 8}, {56, 8}},
};

static uint64_t get(const struct view *v, uint64_t at, unsigned size)
{
	uint64_t n = 0;

	for (unsigned i = 0; i < size; i++)
		n = n << 8 | v->data[at + (v->big ? i : size - 1 - i)];
	return n;
}

static void set(const struct view *v, uint64_t at, unsigned size, uint64_t n)
{
	for (unsigned i = 0; i < size; i++, n >>= 8)
		v->data[at + (v->big ? size - 1 - i : i)] = (uint8_t)n;
}

static uint64_t stride(const struct view *v)
{
	return v->wide ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
}

static uint64_t field_at(const struct view *v, uint64_t index, unsigned field)
{
	return v->table + index * stride(v) + fields[v->wide][field].at;
}

static uint64_t get_field(const struct view *v, uint64_t index, unsigned field)
{
	return get(v, field_at(v, index, field), fields[v->wide][field].size);
}

static void set_field(const struct view *v, uint64_t index, unsigned field, uint64_t n)
{
	set(v, field_at(v, index, field), fields[v->wide][field].size, n);
}

static bool open_view(struct view *v)
{
	if (v->size < sizeof(Elf64_Ehdr) || memcmp(v->data, ELFMAG, SELFMAG))
		return false;
	v->wide = v->data[EI_CLASS] == ELFCLASS64;
	v->big = v->data[EI_DATA] == ELFDATA2MSB;
	v->table = v->wide ? get(v, 40, 8) : get(v, 32, 4);
	v->count = v->wide ? get(v, 60, 2) : get(v, 48, 2);
	return v->count && v->table <= v->size && v->count <= (v->size - v->table) / stride(v);
}

static size_t mutate_contents(struct view *v, uint64_t index)
{
	static const struct mutate_base none = {1, 0};
	uint64_t offset = get_field(v, index, OFFSET), size = get_field(v, index, SIZE);

	if (get_field(v, index, TYPE) == SHT_NOBITS || offset > v->size ||
	    size > v->size - offset || !size)
		return 0;
	size_t room = size + 512, changed;
	uint8_t *copy = malloc(room);
	if (!copy)
		abort();
	memcpy(copy, v->data + offset, size);
	/* mutate_btf() takes the bytes as they are when they are no BTF. */
	changed = mutate_btf(copy, size, room, v->state, &none);
	if (changed > size && (get_field(v, index, FLAGS) & SHF_EXECINSTR))
		changed = size;
	if (changed > size) {
		offset = (v->size + 7) & ~7ULL;
		if (offset + changed > v->max_size) {
			free(copy);
			return 0;
		}
		memset(v->data + v->size, 0, offset - v->size);
		v->size = offset + changed;
	}
	memcpy(v->data + offset, copy, changed);
	free(copy);
	set_field(v, index, OFFSET, offset);
	set_field(v, index, SIZE, changed);
	return v->size;
}

static size_t mutate_header(struct view *v, uint64_t index)
{
	unsigned field = mutate_random(v->state, FIELD_COUNT);
	uint64_t old = get_field(v, index, field);
	uint64_t other = get_field(v, mutate_random(v->state, (uint32_t)v->count), field);
	const uint64_t choices[] = {
		other,
		old + mutate_random(v->state, 17) - 8,
		old ^ 1ULL << mutate_random(v->state, 64),
		mutate_random(v->state, 20),
		UINT64_MAX - mutate_random(v->state, 16),
		v->size - mutate_random(v->state, 16),
	};

	set_field(v, index, field,
		  choices[mutate_random(v->state, sizeof(choices) / sizeof(choices[0]))]);
	return v->size;
}

size_t mutate_elf(uint8_t *data, size_t size, size_t max_size, uint32_t *state)
{
	struct view v = {.data = data, .size = size, .max_size = max_size, .state = state};
	size_t changed = 0;

	if (!open_view(&v) || !mutate_random(state, 16))
		return LLVMFuzzerMutate(data, size, max_size);
	uint64_t index = mutate_random(state, (uint32_t)v.count);
	/* Another one where this has nothing to change. */
	for (uint64_t i = 0; !changed && i < v.count; i++, index = (index + 1) % v.count)
		changed = mutate_random(state, 6) ? mutate_contents(&v, index)
						  : mutate_header(&v, index);
	return changed ? changed : LLVMFuzzerMutate(data, size, max_size);
}
