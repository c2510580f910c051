/* SPDX-License-Identifier: BSD-2-Clause */
/* wbpf-run: runs a module. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/cli.h"
#include "commands.h"
#include "host/runtime.h"
#include "host/stats.h"
#include "modules.h"
#include "report.h"
#include "stats.h"

/* The module's exit statuses are its own; these are ours, the second with the signal's number. */
enum { EXIT_NOT_RUN = 125, EXIT_SIGNAL = 128, EXIT_TRAP = 134 };

#ifdef __SANITIZE_ADDRESS__
/* The engine handles the module's memory faults itself. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:allow_user_segv_"
	       "handler=1";
}
#endif

enum { MAX_LIST = 256 };

struct options {
	const char *env_names[MAX_LIST], *env_values[MAX_LIST];
	const char *host_dirs[MAX_LIST], *guest_dirs[MAX_LIST];
	uint8_t writable[MAX_LIST];
	size_t nr_env, nr_dirs;
	size_t memory_limit;
	bool no_cache, precompiled;
	bool clear;         /* of the command cache */
	const char *output; /* of the command compile */
	const char *shares[MAX_LIST];
	size_t nr_shares;
	bool single; /* "--" is in front of the module */
	struct modules modules;
	struct report report;
	bool stats;
	uint64_t started; /* stats_now() at the start of main() */
};

static int set_env(void *to, const char *value, struct diag *d)
{
	struct options *o = to;
	const char *equals = strchr(value, '=');
	char *name = equals ? strndup(value, (size_t)(equals - value)) : strdup(value);

	if (!name || o->nr_env == MAX_LIST || !*name) {
		free(name);
		return diag_fail(d, EINVAL, "--env %s: too many, or no name before the '='", value);
	}
	const char *inherited = getenv(name);
	if (!equals && !inherited) { /* not set here: not set there */
		free(name);
		return 0;
	}
	o->env_names[o->nr_env] = name;
	o->env_values[o->nr_env++] = equals ? equals + 1 : inherited;
	return 0;
}

static int add_dir(struct options *o, const char *value, uint8_t writable, struct diag *d)
{
	const char *colons = strstr(value, "::");
	char *host = colons ? strndup(value, (size_t)(colons - value)) : strdup(value);

	if (!host || o->nr_dirs == MAX_LIST || !*host) {
		free(host);
		return diag_fail(d, EINVAL, "--dir %s: too many, or no folder", value);
	}
	o->host_dirs[o->nr_dirs] = host;
	o->guest_dirs[o->nr_dirs] = colons ? colons + 2 : value;
	o->writable[o->nr_dirs++] = writable;
	return 0;
}

static int set_dir(void *to, const char *value, struct diag *d)
{
	return add_dir(to, value, 0, d);
}

static int set_rw_dir(void *to, const char *value, struct diag *d)
{
	return add_dir(to, value, 1, d);
}

static int set_memory(void *to, const char *value, struct diag *d)
{
	struct options *o = to;
	char *end;

	errno = 0;
	unsigned long long n = strtoull(value, &end, 10);
	if (errno || end == value || *end || *value == '-' || n < 1 || n > 4096)
		return diag_fail(d, EINVAL,
				 "--memory %s: a whole number of MiB from 1 to 4096 is needed",
				 value);
	o->memory_limit = (size_t)n << 20;
	return 0;
}

static int set_no_cache(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->no_cache = true;
	return 0;
}

static int set_precompiled(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->precompiled = true;
	return 0;
}

static int set_clear(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->clear = true;
	return 0;
}

static int set_output(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->output = value;
	return 0;
}

static int set_share(void *to, const char *value, struct diag *d)
{
	struct options *o = to;

	if (!*value || o->nr_shares == MAX_LIST)
		return diag_fail(d, EINVAL, "--share %s: too many, or no name", value);
	o->shares[o->nr_shares++] = value;
	return 0;
}

static int set_module(void *to, const char *value, struct diag *d)
{
	return modules_add_words(&((struct options *)to)->modules, value, d);
}

static int set_stats(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->stats = true;
	return 0;
}

static int set_log_level(void *to, const char *value, struct diag *d)
{
	if (report_level(value, &((struct options *)to)->report.level))
		return 0;
	return diag_fail(d, EINVAL, "--log-level %s: error, warn, info or debug is needed", value);
}

static int set_log_format(void *to, const char *value, struct diag *d)
{
	struct options *o = to;

	o->report.json = !strcmp(value, "json");
	if (o->report.json || !strcmp(value, "text"))
		return 0;
	return diag_fail(d, EINVAL, "--log-format %s: text or json is needed", value);
}

static void set_single(void *to)
{
	((struct options *)to)->single = true;
}

static const struct cli_option run_options[] = {
	{"module", 'M', "WORDS",
	 "Runs the module that WORDS begins with, with the other words as its arguments; quotes "
	 "and "
	 "backslashes are as in a shell. May be repeated: the modules run beside each other, with "
	 "those "
	 "behind the options.",
	 set_module},
	{"env", 'e', "NAME[=VALUE]",
	 "Sets an environment variable of the module; without a value, passes on this process's. A "
	 "module "
	 "sees no other variables. May be repeated.",
	 set_env},
	{"dir", 'd', "HOST[::GUEST]",
	 "Lets the module read the folder HOST, under the name GUEST; programs that look up "
	 "symbols, "
	 "processes or kernel features read /proc and /sys. Who reads /proc can also read what "
	 "processes have in memory, this one too. A module sees no other "
	 "files. May be "
	 "repeated.",
	 set_dir},
	{"rw-dir", 'w', "HOST[::GUEST]",
	 "The same, and the module may write there. Never /proc or a folder that holds it: what "
	 "can "
	 "be written there includes the memory of this process, outside the module's.",
	 set_rw_dir},
	{"memory", 'm', "MIB",
	 "Limits the module's memory to MIB mebibytes (default 4096); of a component each "
	 "memory that it has.",
	 set_memory},
	{"share", 0, "NAME",
	 "Lets the modules share maps and programs of that name: the first that loads an object "
	 "with "
	 "one makes it, and the others, whose objects must have the same definition, use it in "
	 "place of "
	 "their own. A shared program is attached by the module that loaded it; the others can run "
	 "it, "
	 "put it into maps and use it as a target. Of a ring buffer one module should be the "
	 "reader. May "
	 "be repeated.",
	 set_share},
	{"no-cache", 0, NULL,
	 "Compiles the module even if an earlier run left its code in the cache, keeps "
	 "nothing and loads nothing ahead.",
	 set_no_cache},
	{"precompiled", 0, NULL,
	 "Allows modules that 'wbpf-run compile -o' wrote. Their machine code runs as it is, "
	 "outside any sandbox if it means to: only for files that are trusted as programs are.",
	 set_precompiled},
	{"stats", 0, NULL,
	 "Says at the end, and before at each SIGUSR1, what the modules loaded and attached, what "
	 "they "
	 "took from ring buffers and perf buffers and what was lost, what they called bpf(2) for, "
	 "and how "
	 "long each step of their start took. A module that catches SIGUSR1 gets it in place of "
	 "that.",
	 set_stats},
	{"log-level", 0, "LEVEL",
	 "Says on standard error what is of that level or worse: error (wbpf-run's own, the "
	 "default, "
	 "and what libbpf warned of when a module traps), warn, info, debug (libbpf's and the "
	 "verifier's). A module's own print callback gets libbpf's messages whatever this is, and "
	 "what "
	 "it prints is then said twice.",
	 set_log_level},
	{"log-format", 0, "FORMAT",
	 "text (the default), or json: one object a line, with time, level, module, source "
	 "(wbpf-run, "
	 "wbpf for the runtime, libbpf) and message. What modules print stays as it is.",
	 set_log_format},
	{0},
};

static const struct cli_option cache_options[] = {
	{"clear", 0, NULL, "Removes all entries.", set_clear},
	{0},
};

static const struct cli_option compile_options[] = {
	{"output", 'o', "FILE",
	 "Writes the module and its code to FILE, for 'wbpf-run --precompiled FILE', instead of "
	 "keeping the code in the cache.",
	 set_output},
	{0},
};

static void free_options(struct options *o)
{
	for (size_t i = 0; i < o->nr_env; i++)
		free((void *)o->env_names[i]);
	for (size_t i = 0; i < o->nr_dirs; i++)
		free((void *)o->host_dirs[i]);
	modules_free(&o->modules);
}

static int check(void *from, int argc, char **argv, struct diag *d)
{
	struct options *o = from;
	int err = modules_add_arguments(&o->modules, argc, argv, o->single, d);

	if (!err && !o->modules.count)
		return diag_fail(d, EINVAL, "missing: MODULE.wasm");
	return err ? err : modules_name(&o->modules, d);
}

/* How the modules ended, while they do. */
struct ends {
	const struct modules *modules;
	struct report *report;
	int status; /* of the first that did not end with 0 */
	int signal; /* that ended it, if one did */
};

static int status_of(const struct engine_result *result)
{
	switch (result ? (int)result->end : -1) {
	case ENGINE_EXITED:
		return result->status;
	case ENGINE_TRAPPED:
		return EXIT_TRAP;
	case ENGINE_STOPPED:
		return EXIT_SIGNAL + result->status;
	default:
		return EXIT_NOT_RUN;
	}
}

static void tell_end(void *ctx, size_t index, const struct engine_result *result,
		     const struct diag *d)
{
	struct ends *e = ctx;
	const char *name = e->modules->list[index].name;
	int status = status_of(result);

	if (!e->status) {
		e->status = status;
		e->signal = result && result->end == ENGINE_STOPPED ? result->status : 0;
	}
	if (!result)
		report_line(e->report, RUNTIME_ERROR, NULL, "%s", d->text);
	else if (result->end == ENGINE_TRAPPED)
		report_line(e->report, RUNTIME_ERROR, name, "the module trapped: %s",
			    result->text ? result->text : "");
	else if (result->end == ENGINE_STOPPED)
		report_line(e->report, RUNTIME_INFO, name, "ended by signal %d", result->status);
	else
		report_line(e->report, RUNTIME_INFO, name, "ended with status %d", status);
}

static void hear(void *ctx, enum runtime_level level, const char *module, const char *source,
		 const char *text, size_t len)
{
	report_text(ctx, level, module, source, text, len);
}

static struct runtime_module describe(struct options *o, size_t index)
{
	const struct module_words *w = &o->modules.list[index];

	return (struct runtime_module){
		.size = sizeof(struct runtime_module),
		.path = w->argv[0],
		.name = w->name,
		.wasi =
			{
				.argc = w->argc,
				.argv = (const char **)w->argv,
				.nr_env = o->nr_env,
				.env_names = o->env_names,
				.env_values = o->env_values,
				.nr_dirs = o->nr_dirs,
				.host_dirs = o->host_dirs,
				.guest_dirs = o->guest_dirs,
				.dirs_writable = o->writable,
				.no_input = index > 0,
			},
	};
}

/* Many modules have many maps, programs and links, a descriptor each. */
static void allow_descriptors(void)
{
	struct rlimit limit;

	if (!getrlimit(RLIMIT_NOFILE, &limit) && limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

/* As the signal would have ended the process, had the modules not been ended in order. */
static void end_by(int signo)
{
	if (!signo)
		return;
	signal(signo, SIG_DFL);
	raise(signo);
}

static int run(void *from, int argc, char **argv, int *ret_exit, struct diag *d)
{
	struct options *o = from;
	const struct runtime_options options = {
		.size = sizeof(options),
		.memory_limit = o->memory_limit,
		.no_cache = o->no_cache,
		.precompiled = o->precompiled,
		.shares = o->shares,
		.nr_shares = o->nr_shares,
		.log = hear,
		.log_ctx = &o->report,
		.log_level = o->report.level,
		.stats = o->stats,
	};
	struct ends ends = {.modules = &o->modules, .report = &o->report};
	struct runtime *r = NULL;
	struct stats_watch *watch = NULL;

	o->report.several = o->modules.count > 1;
	if (o->report.several)
		allow_descriptors();
	int err = o->stats ? stats_watch_new(&o->report, o->started, &watch) : 0;
	if (err)
		diag_fail(d, err, "cannot prepare the statistics: %s", strerror(-err));
	else
		err = runtime_new(&options, &r, d);

	for (size_t i = 0; i < o->modules.count && !err; i++) {
		const struct runtime_module m = describe(o, i);
		err = runtime_add(r, &m, d);
	}
	stats_watch_runtime(watch, r);
	if (!err)
		runtime_run(r, tell_end, &ends);
	if (!err)
		stats_watch_print(watch);
	stats_watch_runtime(watch, NULL);
	stats_watch_free(watch);
	runtime_free(r);
	if (o->stats)
		end_by(ends.signal);
	if (err)
		report_line(&o->report, RUNTIME_ERROR, NULL, "%s", d->text);
	*ret_exit = err ? EXIT_NOT_RUN : ends.status;
	return 0;
}

static int run_cache(void *from, int argc, char **argv, int *ret_exit, struct diag *d)
{
	return commands_cache(((struct options *)from)->clear, d);
}

static int run_compile(void *from, int argc, char **argv, int *ret_exit, struct diag *d)
{
	return commands_compile(argv, (size_t)argc, ((struct options *)from)->output, d);
}

static int check_compile(void *from, int argc, char **argv, struct diag *d)
{
	if (((struct options *)from)->output && argc > 1)
		return diag_fail(d, EINVAL, "--output takes one module, not %d", argc);
	return 0;
}

/*
 * A descriptor 0, 1 or 2 that is closed would become one of the host's own, and the module's
 * standard input or output with it.
 */
static void have_standard_files(void)
{
	int fd = 0;

	while (fd >= 0 && fd <= 2)
		fd = open("/dev/null", O_RDWR);
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	static const struct cli_command commands[] = {
		{"", "MODULE.wasm [ARGUMENT... | MODULE.wasm...]", "Runs modules.", NULL, 0, -1,
		 run_options, run, .store_dashes = set_single, .check = check},
		{"cache", "", "Lists what earlier runs left in the cache.",
		 "An entry is a module's code, the part of the kernel's types that an object "
		 "needs, or what a module did with certain arguments up to the load of its first "
		 "object ('a start'). Each can be removed at any time; what is used the least goes "
		 "by itself "
		 "when there is no room.",
		 0, 0, cache_options, run_cache},
		{"compile", "MODULE.wasm...", "Compiles modules ahead of time.",
		 "Their first run is then as fast as any other. The code is for this version and "
		 "this kind of processor.",
		 1, -1, compile_options, run_compile, .check = check_compile},
		{0},
	};
	struct options options = {.report = REPORT_START, .started = stats_now()};
	const struct cli_program program = {
		.name = "wbpf-run",
		.version = WBPF_VERSION,
		.summary = "runs the WebAssembly half of an eBPF program",
		.help = "Runs MODULE.wasm, a libbpf program compiled to WebAssembly (wasm32-wasi), "
			"on this kernel. The module gets its arguments, standard input, output and "
			"error, and BPF through the host interface; nothing else of this machine "
			"unless an option gives it. A component runs as well, when it exports "
			"wasi:cli/run and imports no more than WASI 0.2 and wbpf:host.\n\n"
			"Options come before the module; everything behind it is the module's "
			"own.\n\n"
			"Several modules run beside each other in one process, each in a thread "
			"and "
			"a sandbox of its own, with the same options: all those that are named in "
			"a "
			"row (a.wasm b.wasm), and those of --module, which can have arguments. "
			"Behind -- only the first word is a module, and one that ends in .wasm may "
			"be its argument. When one of the files cannot be used, none is run; when "
			"a "
			"module fails later, the others go on. Standard input is the first one's. "
			"A "
			"signal goes to each module that catches it, and ends those that neither "
			"catch nor ignore it, at their next call; the third time it is not taken, "
			"the process.\n\n"
			"A module's code, and what its BPF object needs of the kernel's types, are "
			"kept in $WBPF_CACHE_DIR, or /var/cache/wbpf for root and ~/.cache/wbpf "
			"for "
			"others (at most 256 MiB; it may be deleted at any time). The first run of "
			"a "
			"module uses code that is made quickly and is not as fast, while a thread "
			"optimizes it for the next one. What a module did up to the load of its "
			"first object is kept too, and done again while the engine is loading when "
			"it is run with the same arguments.",
		.commands = commands,
		.exit_status =
			"That of the module. 125 when it could not be run, 134 when it "
			"trapped, 2 for a wrong command line. A signal that the module does "
			"not catch ends it as it would end a native program. Of several "
			"modules that of the first that did not end with 0, which is 128 and "
			"the signal's number for one that a signal ended while others went "
			"on.",
		.see_also = "wbpf-gen(1), bpftool(8)",
		.failure_status = EXIT_NOT_RUN,
		.options = &options,
	};

	have_standard_files();
	int status = cli_main(&program, argc, argv);

	free_options(&options);
	return status;
}
