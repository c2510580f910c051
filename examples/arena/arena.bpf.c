// SPDX-License-Identifier: BSD-2-Clause
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* The type tag tells generated headers which pointers lead into the arena. */
#define __arena __attribute__((address_space(1), btf_type_tag("arena")))

#define NAME_LEN 16 /* TASK_COMM_LEN, with the final NUL */
#define BUCKETS 256
#define CHAIN 64 /* entries in a bucket, so that the verifier sees an end */
#define POOL 32  /* pages of entries */

void __arena *bpf_arena_alloc_pages(void *map, void __arena *addr, __u32 page_cnt, int node_id,
				    __u64 flags) __ksym;

struct {
	__uint(type, BPF_MAP_TYPE_ARENA);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 64); /* pages */
} arena SEC(".maps");

/* How many system calls programs of one name made. */
struct entry {
	struct entry __arena *next;
	unsigned long long calls;
	char name[NAME_LEN];
};

/* Has clang keep the type, to which nothing but members of others point. */
const struct entry *unused __attribute__((unused));

struct bucket {
	struct entry __arena *first;
};

struct bucket __arena buckets[BUCKETS];
unsigned long long __arena lost; /* calls that no entry was left for */

/* Entries that nobody has yet. */
struct entry __arena *__arena spare;
int __arena spares;

/* The user program runs it once: where the tracepoint is, no page can be had. */
SEC("syscall")
int prepare(void *ctx)
{
	spare = bpf_arena_alloc_pages(&arena, NULL, POOL, -1, 0);
	spares = spare ? POOL * 4096 / sizeof(struct entry) : 0;
	return spares ? 0 : 1;
}

/* A name as two numbers. */
struct key {
	unsigned long long half[NAME_LEN / 8];
};

static unsigned int hash(const struct key *k)
{
	unsigned long long h = (k->half[0] ^ k->half[1] >> 3) * 0x9e3779b97f4a7c15;

	return (h >> 32) % BUCKETS;
}

static struct entry __arena *find(struct entry __arena *e, const struct key *k)
{
	for (int i = 0; i < CHAIN && e; i++, e = e->next) {
		struct key __arena *name = (struct key __arena *)e->name;
		if (name->half[0] == k->half[0] && name->half[1] == k->half[1])
			return e;
	}
	return NULL;
}

static struct entry __arena *take(const struct key *k)
{
	int n = spares > 0 ? __sync_fetch_and_sub(&spares, 1) : 0;

	if (n <= 0)
		return NULL;
	struct entry __arena *e = &spare[n - 1];
	struct key __arena *name = (struct key __arena *)e->name;
	name->half[0] = k->half[0];
	name->half[1] = k->half[1];
	e->calls = 1;
	return e;
}

SEC("raw_tp/sys_enter")
int count(void *ctx)
{
	struct key k = {};
	struct entry __arena *new = NULL;

	bpf_get_current_comm(&k, sizeof(k));
	struct bucket __arena *b = &buckets[hash(&k)];
	/* Another CPU may have put an entry in front since this one looked. */
	for (int i = 0; i < 8; i++) {
		struct entry __arena *first = b->first, *e = find(first, &k);
		if (e) {
			__sync_fetch_and_add(&e->calls, 1);
			return 0;
		}
		if (!new)
			new = take(&k);
		if (!new)
			break;
		new->next = first;
		if (__sync_bool_compare_and_swap(&b->first, first, new))
			return 0;
	}
	__sync_fetch_and_add(&lost, 1);
	return 0;
}
