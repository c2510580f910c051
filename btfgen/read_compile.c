/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A C header, compiled for BPF with all of its types in the debug information. The compiler's input
 * and outputs are in memory: an interrupted run leaves nothing behind.
 */
#include "btfgen/read_header.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "btfgen/read.h"

enum { RULE_FD = 3, MAX_ERRORS = 5, MAX_ERROR = 250, MAX_MESSAGES = 1 << 20 };

struct compilation {
	const char *path;
	const char *const *programs; /* the first that exists is taken; NULL-ended */
	const char *program;         /* the one that was */
	const char *const *args;     /* the user's */
	char asm_folder[400];        /* "": the machine has none */
	int input, output, errors, rule;
	int status;
	struct diag *d;
};

static int open_files(struct compilation *c)
{
	int *const files[] = {&c->input, &c->output, &c->errors, &c->rule};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		*files[i] = -1;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		*files[i] = memfd_create("wbpf-clang", MFD_CLOEXEC);
		if (*files[i] < 0)
			return diag_fail(c->d, errno, "%s: cannot create a memory file: %s",
					 c->path, strerror(errno));
	}
	return 0;
}

static void close_files(const struct compilation *c)
{
	const int files[] = {c->input, c->output, c->errors, c->rule};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (files[i] >= 0)
			close(files[i]);
}

/* The header is included and not compiled itself, so that "#pragma once" means in it what it means
 * everywhere. */
static int write_input(const struct compilation *c)
{
	struct strbuf text = {0};

	strbuf_printf(&text, "#include \"%s\"\n", c->path);
	bool good = !strbuf_error(&text) &&
		    pwrite(c->input, text.data, text.len, 0) == (ssize_t)text.len;
	strbuf_free(&text);
	return good ? 0 : diag_fail(c->d, ENOMEM, "%s: out of memory", c->path);
}

/* Where Debian keeps <asm/types.h>, which the kernel's headers need and no clang for bpf looks
 * for. */
static void find_asm(struct compilation *c)
{
	struct utsname machine;

	if (uname(&machine))
		return;
	snprintf(c->asm_folder, sizeof(c->asm_folder), "/usr/include/%s-linux-gnu",
		 machine.machine);
	if (access(c->asm_folder, X_OK))
		c->asm_folder[0] = '\0';
}

/*
 * How many of the arguments from here on are left out. A build's flags are often handed over as
 * they are: what is about files that make reads would change what we get to read ourselves, and so
 * would other names for the files in the debug information and another kind of object; others leave
 * files beside it.
 */
static size_t skipped(const char *const *args)
{
	static const char *const with_value[] = {
		"-MF", "-MT", "-MQ", "-MJ", "--serialize-diagnostics",
	};
	static const char *const left_out[] = {
		"-M",
		"--dependencies",
		"--user-dependencies",
		"--write-dependencies",
		"--write-user-dependencies",
		"--print-missing-file-dependencies",
		"-ffile-prefix-map=",
		"-fdebug-prefix-map=",
		"-flto",
		"-gsplit-dwarf",
		"-save-temps",
		"--save-temps",
		"-save-stats",
		"--save-stats",
		"-ftime-trace",
		"-fsave-optimization-record",
		"-foptimization-record",
		"-fproc-stat-report",
		"-ftest-coverage",
		"-coverage",
		"--coverage",
	};

	for (size_t i = 0; i < sizeof(with_value) / sizeof(with_value[0]); i++)
		if (!strcmp(args[0], with_value[i]))
			return args[1] ? 2 : 1;
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		if (!strncmp(args[0], left_out[i], strlen(left_out[i])))
			return 1;
	return 0;
}

static size_t add_users(const char *const *from, const char **to)
{
	size_t n = 0;

	while (from && *from) {
		bool hands_on = !strncmp(*from, "-X", 2); /* the next one, as -Xclang does */
		size_t skip = skipped(from);
		if (!skip)
			to[n++] = *from++;
		if (hands_on && *from)
			to[n++] = *from++;
		from += skip;
	}
	return n;
}

/* The user's arguments are behind what they may change and in front of what they may not. The
 * program's own name, the first, is left open. free() it. */
static const char **make_args(const struct compilation *c, bool freestanding)
{
	static const char *const fixed[] = {
		"-gdwarf-5",
		"-fdebug-macro",
		"-fno-eliminate-unused-debug-types",
		"-w",
		"-fno-caret-diagnostics",
		"-fno-color-diagnostics",
		"-fno-crash-diagnostics",
		"-MD",
		"-MT",
		"x",
		"-MF",
		"/dev/fd/3",
		"-x",
		"c",
		"-c",
		"-o",
		"-",
		"-",
	};
	size_t users = 0, n = 1;

	while (c->args && c->args[users])
		users++;
	const char **args = calloc(users + sizeof(fixed) / sizeof(fixed[0]) + 6, sizeof(*args));
	if (!args)
		return NULL;
	args[n++] = "--target=bpf";
	if (*c->asm_folder) {
		args[n++] = "-idirafter";
		args[n++] = c->asm_folder;
	}
	if (freestanding)
		args[n++] = "-ffreestanding";
	n += add_users(c->args, args + n);
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		args[n++] = fixed[i];
	return args;
}

static bool give(int from, int to)
{
	return from == to ? !fcntl(to, F_SETFD, 0) : dup2(from, to) == to;
}

/* In the child. Each file's number is at least that which it gets, and they were opened in this
 * order, so that none is replaced before it was given away. */
static _Noreturn void become(const struct compilation *c, const char **args, pid_t parent,
			     int failed)
{
	/* Whoever ends only us does not leave a compiler behind that nobody waits for. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(1);
	if (give(c->input, STDIN_FILENO) && give(c->output, STDOUT_FILENO) &&
	    give(c->errors, STDERR_FILENO) && give(c->rule, RULE_FD))
		execvp(args[0], (char **)args);
	int err = errno;
	_exit(write(failed, &err, sizeof(err)) == sizeof(err) ? 1 : 2);
}

/* An errno value, also of what fails in the child before it is the compiler. */
static int spawn(const struct compilation *c, const char **args, pid_t *ret)
{
	pid_t parent = getpid();
	int ends[2], err = 0;
	ssize_t n;

	if (pipe2(ends, O_CLOEXEC))
		return errno;
	*ret = fork();
	if (!*ret)
		become(c, args, parent, ends[1]);
	if (*ret < 0)
		err = errno;
	close(ends[1]);
	do
		n = *ret > 0 ? read(ends[0], &err, sizeof(err)) : 0;
	while (n < 0 && errno == EINTR);
	close(ends[0]);
	if (err && *ret > 0)
		while (waitpid(*ret, NULL, 0) < 0 && errno == EINTR)
			;
	return err;
}

static int fail_spawn(const struct compilation *c, int err)
{
	if (c->programs[1])
		return diag_fail(c->d, err,
				 "%s: a C header is compiled for BPF, and there is neither %s nor "
				 "%s: install one, or name another with --clang or the environment "
				 "variable CLANG",
				 c->path, c->programs[0], c->programs[1]);
	return diag_fail(c->d, err,
			 "%s: a C header is compiled for BPF, and %s cannot be run: %s (--clang or "
			 "the environment variable CLANG name another)",
			 c->path, c->programs[0], strerror(err));
}

/* Runs the compiler to its end. */
static int run(struct compilation *c, bool freestanding)
{
	const char **args = make_args(c, freestanding);
	pid_t pid = 0;
	int err = ENOENT;

	if (!args)
		return diag_fail(c->d, ENOMEM, "%s: out of memory", c->path);
	for (size_t i = 0; err == ENOENT && c->programs[i]; i++) {
		args[0] = c->program = c->programs[i];
		err = spawn(c, args, &pid);
	}
	free(args);
	if (err)
		return fail_spawn(c, err);
	while (waitpid(pid, &c->status, 0) < 0)
		if (errno != EINTR)
			return diag_fail(c->d, errno, "%s: cannot tell how %s ended: %s", c->path,
					 c->program, strerror(errno));
	return 0;
}

static bool compiled(const struct compilation *c)
{
	return WIFEXITED(c->status) && !WEXITSTATUS(c->status);
}

static int rewind_files(const struct compilation *c)
{
	const int outputs[] = {c->output, c->errors, c->rule};

	if (lseek(c->input, 0, SEEK_SET))
		return -errno;
	for (size_t i = 0; i < sizeof(outputs) / sizeof(outputs[0]); i++)
		if (ftruncate(outputs[i], 0) || lseek(outputs[i], 0, SEEK_SET))
			return -errno;
	return 0;
}

/*
 * The header is compiled as the BPF program is. Where the C library has no headers for that, as
 * Debian's has none without those for 32 bits, clang's own <stdint.h> and its like are all that
 * there is for BPF: then it is compiled freestanding.
 */
static int run_both(struct compilation *c)
{
	int err = rewind_files(c);

	if (!err)
		err = run(c, false);
	if (!err && WIFEXITED(c->status) && !compiled(c)) {
		err = rewind_files(c);
		if (!err)
			err = run(c, true);
	}
	return err;
}

static int take(const struct compilation *c, int fd, size_t max, struct strbuf *ret)
{
	char block[65536];
	ssize_t n;

	while ((n = pread(fd, block, sizeof(block), (off_t)ret->len)) > 0 && ret->len <= max)
		strbuf_add(ret, block, (size_t)n);
	if (n < 0)
		return diag_fail(c->d, errno, "%s: cannot read what %s wrote: %s", c->path,
				 c->program, strerror(errno));
	if (ret->len > max && max == READ_MAX_FILE)
		return diag_fail(c->d, EFBIG, "%s: %s made too much of it", c->path, c->program);
	return strbuf_error(ret) ? diag_fail(c->d, ENOMEM, "%s: out of memory", c->path) : 0;
}

/* The compiler's first errors, which go below the sentence that is the diag's. */
static size_t add_errors(const char *messages, struct diag *d)
{
	size_t count = 0;

	for (const char *line = messages; *line && count < MAX_ERRORS;) {
		const char *end = line + strcspn(line, "\n"), *mark = strstr(line, "error: ");
		if (mark && mark < end) {
			if (!strncmp(line, "./", 2))
				line += 2;
			diag_add_line(d, line,
				      end - line > MAX_ERROR ? MAX_ERROR : (size_t)(end - line));
			count++;
		}
		line = *end ? end + 1 : end;
	}
	return count;
}

static int fail_compiling(const struct compilation *c)
{
	struct strbuf messages = {0};
	struct diag probe = {.err = -EINVAL};

	int err = take(c, c->errors, MAX_MESSAGES, &messages);
	if (!err && WIFSIGNALED(c->status))
		err = diag_fail(c->d, EINTR, "%s: %s was ended by signal %d (%s)", c->path,
				c->program, WTERMSIG(c->status), strsignal(WTERMSIG(c->status)));
	else if (!err && !add_errors(strbuf_str(&messages), &probe))
		err = diag_fail(c->d, EINVAL, "%s: %s ended with status %d and no error message",
				c->path, c->program, WEXITSTATUS(c->status));
	else if (!err)
		err = diag_fail(c->d, EINVAL,
				"%s: %s cannot compile it for BPF; it gets what is behind --, as "
				"in -- -I DIR -include vmlinux.h",
				c->path, c->program);
	add_errors(strbuf_str(&messages), c->d);
	strbuf_free(&messages);
	return err;
}

static int compile(struct compilation *c, struct strbuf *ret_object, struct strbuf *ret_rule)
{
	int err = open_files(c);

	if (!err)
		err = write_input(c);
	if (!err) {
		find_asm(c);
		err = run_both(c);
	}
	if (!err && !compiled(c))
		err = fail_compiling(c);
	if (!err)
		err = take(c, c->output, READ_MAX_FILE, ret_object);
	if (!err)
		err = take(c, c->rule, READ_MAX_FILE, ret_rule);
	close_files(c);
	return err;
}

int read_compile(const char *path, const struct object_options *options, struct strbuf *ret_object,
		 struct strbuf *ret_rule, struct diag *d)
{
	static const char *const usual[] = {"clang-19", "clang", NULL};
	const char *named[] = {options ? options->clang : NULL, NULL};
	struct compilation c = {
		.path = path,
		.programs = named[0] ? named : usual,
		.args = options ? options->clang_args : NULL,
		.d = d,
	};

	/* clang names a file with a backslash otherwise in its rule. */
	if (strpbrk(path, "\"\\\n"))
		return diag_fail(d, ENOTSUP,
				 "%s: a C header whose name has a quote, a backslash or a new line "
				 "in it cannot be read: rename it",
				 path);
	return compile(&c, ret_object, ret_rule);
}
