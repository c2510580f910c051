// SPDX-License-Identifier: BSD-2-Clause
/* Measurements of maps: elements by system calls, and memory that is mapped. */
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <bpf/bpf.h>

#include "ops.h"
#include "ops.skel.h"

static const uint64_t *mapped; /* ENTRIES values */

static uint64_t value_of(uint32_t key)
{
	return key * 3u + 1;
}

/* All keys, and not in the order in which they lie. */
static uint32_t nth_key(uint32_t i)
{
	return i * 2654435761u & (ENTRIES - 1);
}

static int fill(int fd)
{
	for (uint32_t key = 0; key < ENTRIES; key++) {
		uint64_t value = value_of(key);

		if (bpf_map_update_elem(fd, &key, &value, BPF_ANY))
			return -errno;
	}
	return 0;
}

static int prepare(struct ops_bpf *skel, const struct measurement *m)
{
	int err = fill(bpf_map__fd(skel->maps.hash));

	return err ? err : fill(bpf_map__fd(skel->maps.array));
}

static bool lookup(int fd, unsigned int ops, uint64_t *ret_ns)
{
	uint64_t begin = now_ns(), wrong = 0;

	for (uint32_t i = 0; i < ops; i++) {
		uint32_t key = nth_key(i);
		uint64_t value = 0;

		wrong += bpf_map_lookup_elem(fd, &key, &value) != 0;
		wrong += value != value_of(key);
	}
	*ret_ns = now_ns() - begin;
	return !wrong;
}

static bool hash_lookup(struct ops_bpf *skel, const struct measurement *m, uint64_t *ret_ns)
{
	return lookup(bpf_map__fd(skel->maps.hash), m->ops, ret_ns);
}

static bool array_lookup(struct ops_bpf *skel, const struct measurement *m, uint64_t *ret_ns)
{
	return lookup(bpf_map__fd(skel->maps.array), m->ops, ret_ns);
}

/* The values that are there: the measurements do not depend on each other. */
static bool hash_update(struct ops_bpf *skel, const struct measurement *m, uint64_t *ret_ns)
{
	int fd = bpf_map__fd(skel->maps.hash);
	uint64_t begin = now_ns(), wrong = 0;

	for (uint32_t i = 0; i < m->ops; i++) {
		uint32_t key = nth_key(i);
		uint64_t value = value_of(key);

		wrong += bpf_map_update_elem(fd, &key, &value, BPF_EXIST) != 0;
	}
	*ret_ns = now_ns() - begin;
	return !wrong;
}

/* From the first key to the last, as often as that goes. */
static bool next_key(struct ops_bpf *skel, const struct measurement *m, uint64_t *ret_ns)
{
	int fd = bpf_map__fd(skel->maps.hash);
	uint64_t begin = now_ns(), sum = 0;
	uint32_t key = 0, *before = NULL, ends = 0;

	for (uint32_t i = 0; i < m->ops; i++) {
		if (bpf_map_get_next_key(fd, before, &key)) {
			ends++;
			before = NULL;
			continue;
		}
		before = &key;
		sum += key;
	}
	*ret_ns = now_ns() - begin;
	/* One operation of each walk finds that there is no more. */
	return ends == m->ops / (ENTRIES + 1) &&
	       sum == ends * (uint64_t)ENTRIES * (ENTRIES - 1) / 2;
}

static bool batch_lookup(struct ops_bpf *skel, const struct measurement *m, uint64_t *ret_ns)
{
	static uint32_t keys[ENTRIES];
	static uint64_t values[ENTRIES];
	int fd = bpf_map__fd(skel->maps.hash);
	uint64_t begin = now_ns(), wrong = 0;

	for (uint32_t i = 0; i < m->ops; i += ENTRIES) {
		uint32_t position, count = ENTRIES;
		int err = bpf_map_lookup_batch(fd, NULL, &position, keys, values, &count, NULL);

		/* Said when the map's end is reached. */
		wrong += (err && errno != ENOENT) || count != ENTRIES;
	}
	*ret_ns = now_ns() - begin;
	for (uint32_t i = 0; i < ENTRIES; i++)
		wrong += values[i] != value_of(keys[i]);
	return !wrong;
}

static int map_array(struct ops_bpf *skel, const struct measurement *m)
{
	int fd = bpf_map__fd(skel->maps.mapped), err = fill(fd);
	void *p = err ? NULL : mmap(NULL, ENTRIES * sizeof(uint64_t), PROT_READ, MAP_SHARED, fd, 0);

	if (p == MAP_FAILED)
		return -errno;
	mapped = p;
	return err;
}

static bool mmap_read(struct ops_bpf *skel, const struct measurement *m, uint64_t *ret_ns)
{
	const uint64_t *values = mapped;
	uint64_t begin = now_ns(), sum = 0, want = 0;

	for (uint32_t i = 0; i < m->ops; i++)
		sum += READ_ONCE(values[i & (ENTRIES - 1)]);
	*ret_ns = now_ns() - begin;
	for (uint32_t i = 0; i < m->ops; i++)
		want += value_of(i & (ENTRIES - 1));
	return sum == want;
}

static int set_counter(struct ops_bpf *skel, const struct measurement *m)
{
	skel->bss->emitted = 3;
	return 0;
}

static bool bss_read(struct ops_bpf *skel, const struct measurement *m, uint64_t *ret_ns)
{
	uint64_t begin = now_ns(), sum = 0;

	for (uint32_t i = 0; i < m->ops; i++)
		sum += READ_ONCE(skel->bss->emitted);
	*ret_ns = now_ns() - begin;
	return sum == 3 * (uint64_t)m->ops;
}

const struct measurement map_measurements[] = {
	{"hash_lookup", 2 * ENTRIES, 0, prepare, hash_lookup},
	{"array_lookup", 2 * ENTRIES, 0, prepare, array_lookup},
	{"hash_update", 2 * ENTRIES, 0, prepare, hash_update},
	{"next_key", 2 * (ENTRIES + 1), 0, prepare, next_key},
	{"batch_lookup", 16 * ENTRIES, 0, prepare, batch_lookup},
	{"mmap_read", 1024 * ENTRIES, 0, map_array, mmap_read},
	{"bss_read", 1024 * ENTRIES, 0, set_counter, bss_read},
	{0},
};
