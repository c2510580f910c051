// SPDX-License-Identifier: BSD-2-Clause
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "user_ringbuf.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* From user space to the BPF program. */
struct {
	__uint(type, BPF_MAP_TYPE_USER_RINGBUF);
	__uint(max_entries, 4096);
} samples SEC(".maps");

/* And back: it holds the answers to as many samples as fit there. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} answers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, char[NAME_LEN]);
	__type(value, struct summary);
} summaries SEC(".maps");

/* Samples that are too short, or have no name or too long a one, and those that were one name too
 * many. */
unsigned long long malformed = 0, refused = 0;

static void add(struct summary *s, long long value)
{
	if (!s->count || value < s->least)
		s->least = value;
	if (!s->count || value > s->most)
		s->most = value;
	s->sum += value;
	s->count++;
}

/* User space can write what it likes: the length is checked here, the rest by bpf_dynptr_read(). */
static int read_sample(const struct bpf_dynptr *record, struct sample *sample, char *name)
{
	unsigned int length;

	if (bpf_dynptr_read(sample, sizeof(*sample), record, 0, 0))
		return -1;
	length = sample->length;
	if (!length || length >= NAME_LEN)
		return -1;
	return bpf_dynptr_read(name, length, record, sizeof(*sample), 0) ? -1 : 0;
}

/* Called for each record that is there; 1 would leave the others where they are. */
static long on_sample(struct bpf_dynptr *record, void *ctx)
{
	struct summary fresh = {};
	struct summary *s;
	struct sample sample;

	if (read_sample(record, &sample, fresh.name)) {
		malformed++;
		return 0;
	}
	bpf_map_update_elem(&summaries, fresh.name, &fresh, BPF_NOEXIST);
	s = bpf_map_lookup_elem(&summaries, fresh.name);
	if (!s) {
		refused++;
		return 0;
	}
	add(s, sample.value);
	bpf_ringbuf_output(&answers, s, sizeof(*s), BPF_RB_NO_WAKEUP);
	return 0;
}

/* How many records there were, or a negative error. */
SEC("syscall")
int drain(void *ctx)
{
	return bpf_user_ringbuf_drain(&samples, on_sample, NULL, BPF_RB_NO_WAKEUP);
}
