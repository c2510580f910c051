// SPDX-License-Identifier: BSD-2-Clause
/* Sends samples to a BPF program, which adds them up and answers: user_ringbuf NAME=VALUE... */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "user_ringbuf.h"
#include "user_ringbuf.skel.h"

struct session {
	const struct user_ringbuf_bpf *skel;
	struct user_ring_buffer *samples;
	struct ring_buffer *answers;
	unsigned long sent, drained, drains;
};

static int on_answer(void *ctx, void *data, size_t size)
{
	const struct summary *s = data;

	printf("%s: %llu samples, sum %lld, from %lld to %lld\n", s->name, s->count, s->sum,
	       s->least, s->most);
	return 0;
}

/* Has the BPF program take what is in the buffer, and prints what it says to that. */
static int drain(struct session *s)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	int err = bpf_prog_test_run_opts(bpf_program__fd(s->skel->progs.drain), &opts);

	if (!err && (int)opts.retval < 0)
		err = (int)opts.retval;
	if (err)
		return err;
	s->drained += opts.retval;
	s->drains++;
	err = ring_buffer__consume(s->answers);
	return err < 0 ? err : 0;
}

/* Records lie in the kernel's memory: what is reserved is written in place. */
static int send(struct session *s, const char *name, size_t length, long long value)
{
	const unsigned int size = sizeof(struct sample) + (unsigned int)length;
	struct sample *sample = user_ring_buffer__reserve(s->samples, size);
	int err;

	if (!sample && errno == ENOSPC) {
		err = drain(s);
		if (err)
			return err;
		sample = user_ring_buffer__reserve(s->samples, size);
	}
	if (!sample)
		return -errno;
	*sample = (struct sample){.value = value, .length = (unsigned int)length};
	memcpy(sample + 1, name, length);
	user_ring_buffer__submit(s->samples, sample);
	s->sent++;
	return 0;
}

static int send_argument(struct session *s, const char *text)
{
	const char *value = strchr(text, '=');
	char *end;
	long long number;

	if (!value || value == text || value - text >= NAME_LEN) {
		fprintf(stderr, "user_ringbuf: not NAME=VALUE, or too long a name: %s\n", text);
		return -EINVAL;
	}
	number = strtoll(value + 1, &end, 10);
	if (!value[1] || *end) {
		fprintf(stderr, "user_ringbuf: not a number: %s\n", value + 1);
		return -EINVAL;
	}
	return send(s, text, (size_t)(value - text), number);
}

static int run(struct session *s, char **samples, unsigned long times)
{
	int err = 0;

	s->samples = user_ring_buffer__new(bpf_map__fd(s->skel->maps.samples), NULL);
	s->answers = ring_buffer__new(bpf_map__fd(s->skel->maps.answers), on_answer, NULL, NULL);
	if (!s->samples || !s->answers)
		return -errno;
	while (times-- && !err)
		for (char **sample = samples; *sample && !err; sample++)
			err = send_argument(s, *sample);
	if (!err)
		err = drain(s);
	if (err)
		return err;
	printf("Sent %lu, drained %lu in %lu runs, malformed %llu, refused %llu\n", s->sent,
	       s->drained, s->drains, (unsigned long long)s->skel->bss->malformed,
	       (unsigned long long)s->skel->bss->refused);
	return 0;
}

int main(int argc, char **argv)
{
	struct session s = {0};
	struct user_ringbuf_bpf *skel;
	unsigned long times = 1;
	int option, err;

	while ((option = getopt(argc, argv, "r:")) != -1) {
		if (option != 'r')
			return 2;
		times = strtoul(optarg, NULL, 10);
	}
	if (optind == argc) {
		fprintf(stderr, "usage: user_ringbuf [-r TIMES] NAME=VALUE...\n");
		return 2;
	}
	s.skel = skel = user_ringbuf_bpf__open_and_load();
	if (!skel) {
		fprintf(stderr, "user_ringbuf: cannot load the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(&s, argv + optind, times);
	if (err)
		fprintf(stderr, "user_ringbuf: %s\n", strerror(-err));
	user_ring_buffer__free(s.samples);
	ring_buffer__free(s.answers);
	user_ringbuf_bpf__destroy(skel);
	return err ? 1 : 0;
}
