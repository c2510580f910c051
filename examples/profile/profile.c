// SPDX-License-Identifier: BSD-2-Clause
/* Shows where the CPUs spend their time: stacks found at regular times, for a flame graph. */
#include <argp.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "profile.h"
#include "profile.skel.h"

static struct {
	bool verbose;
	int pid;
	unsigned int frequency; /* samples of each CPU a second */
	unsigned int duration;  /* seconds; 0: until a signal */
} config = {.frequency = 49};

/* A function of the kernel. */
struct symbol {
	unsigned long long address;
	char *name;
};

static struct symbol *symbols; /* sorted by address */
static size_t nr_symbols;

static volatile sig_atomic_t stopping;

static const char description[] = "Shows where the CPUs spend their time, for DURATION seconds or "
				  "until Ctrl-C: stacks in the "
				  "folded form of flame graphs, with how often each was found.";

static const struct argp_option options[] = {
	{"verbose", 'v', NULL, 0, "Show libbpf's debug output"},
	{"pid", 'p', "PID", 0, "Only this process"},
	{"frequency", 'F', "HERTZ", 0, "Look that often in a second (49 unless given)"},
	{0},
};

static int number(const char *arg, struct argp_state *state)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(arg, &end, 10);
	if (errno || end == arg || *end || n < 1 || n > 1000 * 1000 * 1000)
		argp_error(state, "not a positive number: %s", arg);
	return (int)n;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	switch (key) {
	case 'v':
		config.verbose = true;
		return 0;
	case 'p':
		config.pid = number(arg, state);
		return 0;
	case 'F':
		config.frequency = number(arg, state);
		return 0;
	case ARGP_KEY_ARG:
		if (state->arg_num)
			argp_usage(state);
		config.duration = number(arg, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int print_libbpf(enum libbpf_print_level level, const char *format, va_list args)
{
	if (level == LIBBPF_DEBUG && !config.verbose)
		return 0;
	return vfprintf(stderr, format, args);
}

static void on_signal(int signo)
{
	stopping = 1;
}

static int by_address(const void *a, const void *b)
{
	const struct symbol *s = a, *t = b;

	return s->address < t->address ? -1 : s->address > t->address;
}

static int add_symbol(unsigned long long address, const char *name)
{
	static size_t room;

	if (nr_symbols == room) {
		size_t more = room ? room * 2 : 65536;
		struct symbol *grown = realloc(symbols, more * sizeof(*symbols));

		if (!grown)
			return -ENOMEM;
		symbols = grown;
		room = more;
	}
	symbols[nr_symbols].address = address;
	symbols[nr_symbols].name = strdup(name);
	return symbols[nr_symbols++].name ? 0 : -ENOMEM;
}

/* The kernel's functions. Without the file its addresses are printed as they are. */
static int read_symbols(void)
{
	FILE *f = fopen("/proc/kallsyms", "r");
	char line[512];
	int err = 0;

	if (!f)
		return 0;
	/* Address, kind, name, and for a module's functions its name behind a tab. */
	while (!err && fgets(line, sizeof(line), f)) {
		char *rest;
		unsigned long long address = strtoull(line, &rest, 16);

		if (address && (!strncmp(rest, " t ", 3) || !strncmp(rest, " T ", 3))) {
			rest[strcspn(rest, "\t\n")] = '\0';
			err = add_symbol(address, rest + 3);
		}
	}
	fclose(f);
	qsort(symbols, nr_symbols, sizeof(*symbols), by_address);
	return err;
}

/* The last symbol that is not behind the address. */
static const char *symbol_at(unsigned long long address)
{
	size_t low = 0, high = nr_symbols;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (symbols[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? symbols[low - 1].name : NULL;
}

/* A stack, its outermost function first. */
static void print_stack(const struct bpf_map *stacks, int id, bool kernel)
{
	unsigned long long addresses[MAX_DEPTH];
	int depth = 0;

	if (id < 0 ||
	    bpf_map__lookup_elem(stacks, &id, sizeof(id), addresses, sizeof(addresses), 0))
		return;
	while (depth < MAX_DEPTH && addresses[depth])
		depth++;
	while (depth--) {
		const char *name = kernel ? symbol_at(addresses[depth]) : NULL;

		if (name)
			printf(";%s_[k]", name);
		else
			printf(";0x%llx%s", addresses[depth], kernel ? "_[k]" : "");
	}
}

static int print_samples(const struct profile_bpf *skel)
{
	const struct bpf_map *samples = skel->maps.samples, *stacks = skel->maps.stacks;
	struct place place, *previous = NULL;
	unsigned long long count, total = 0;
	int err;

	while (!(err = bpf_map__get_next_key(samples, previous, &place, sizeof(place)))) {
		err = bpf_map__lookup_elem(samples, &place, sizeof(place), &count, sizeof(count),
					   0);
		if (err)
			break;
		printf("%s", place.name);
		print_stack(stacks, place.user_stack, false);
		print_stack(stacks, place.kernel_stack, true);
		printf(" %llu\n", count);
		total += count;
		previous = &place;
	}
	if (err != -ENOENT) {
		fprintf(stderr, "profile: reading the samples: %s\n", strerror(-err));
		return err;
	}
	fprintf(stderr, "Samples: %llu, lost: %llu\n", total, skel->bss->lost);
	return 0;
}

/* 0 also where there is no such CPU at the moment. */
static int attach_to_cpu(struct profile_bpf *skel, int cpu, struct bpf_link **link)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_CPU_CLOCK,
		.freq = 1,
		.sample_freq = config.frequency,
	};
	int fd = (int)syscall(__NR_perf_event_open, &attr, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);
	int err;

	if (fd < 0 && errno == ENODEV)
		return 0;
	if (fd < 0) {
		err = -errno;
		fprintf(stderr, "profile: cannot open an event of CPU %d: %s\n", cpu,
			strerror(errno));
		return err;
	}
	*link = bpf_program__attach_perf_event(skel->progs.on_sample, fd); /* which then has fd */
	if (*link)
		return 0;
	err = -errno;
	fprintf(stderr, "profile: cannot attach to CPU %d: %s\n", cpu, strerror(errno));
	close(fd);
	return err;
}

static int sample(struct profile_bpf *skel)
{
	int cpus = libbpf_num_possible_cpus(), err = 0;
	struct bpf_link **links;

	if (cpus < 0)
		return cpus;
	links = calloc(cpus, sizeof(struct bpf_link *));
	if (!links)
		return -ENOMEM;
	for (int cpu = 0; cpu < cpus && !err; cpu++)
		err = attach_to_cpu(skel, cpu, &links[cpu]);
	if (!err)
		fprintf(stderr, "Looking %u times a second; Ctrl-C ends.\n", config.frequency);
	/* A signal ends the sleep. */
	while (!err && !stopping && !config.duration)
		sleep(1);
	if (!err && !stopping)
		sleep(config.duration);
	for (int cpu = 0; cpu < cpus; cpu++)
		bpf_link__destroy(links[cpu]);
	free(links);
	return err;
}

static int run(struct profile_bpf *skel)
{
	int err;

	skel->rodata->wanted_pid = config.pid;
	err = profile_bpf__load(skel);
	if (err) {
		fprintf(stderr, "profile: cannot load the BPF object: %s\n", strerror(-err));
		return err;
	}
	err = sample(skel);
	if (err)
		return err;
	err = read_symbols();
	if (err)
		fprintf(stderr, "profile: not all of /proc/kallsyms: %s\n", strerror(-err));
	return print_samples(skel);
}

int main(int argc, char **argv)
{
	static const struct argp argp = {.options = options,
					 .parser = parse_option,
					 .args_doc = "[DURATION]",
					 .doc = description};
	struct sigaction action = {.sa_handler = on_signal};
	struct profile_bpf *skel;
	int err;

	if (argp_parse(&argp, argc, argv, 0, NULL, NULL))
		return 1;
	libbpf_set_print(print_libbpf);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);

	skel = profile_bpf__open();
	if (!skel) {
		fprintf(stderr, "profile: cannot open the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(skel);
	profile_bpf__destroy(skel);
	for (size_t i = 0; i < nr_symbols; i++)
		free(symbols[i].name);
	free(symbols);
	return err ? 1 : 0;
}
