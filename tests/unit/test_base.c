/* SPDX-License-Identifier: BSD-2-Clause */
/* tools/base: strings, diagnostics, whole files, command lines. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/cli.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "base/utf8.h"

static void strings(void **state)
{
	struct strbuf b = {0};

	assert_string_equal(strbuf_str(&b), "");
	strbuf_puts(&b, "");
	strbuf_add(&b, NULL, 0);
	assert_string_equal(strbuf_str(&b), "");
	strbuf_puts(&b, "a");
	strbuf_putc(&b, 'b');
	strbuf_printf(&b, "%d%s", 12, "");
	strbuf_printf(&b, "%s", "");
	assert_string_equal(strbuf_str(&b), "ab12");
	assert_int_equal(b.len, 4);
	for (int i = 0; i < 10000; i++)
		strbuf_printf(&b, "%04d", i);
	assert_int_equal(b.len, 40004);
	assert_memory_equal(b.data + 40000, "9999", 5);
	/* Whether it fits, just not, or not at all. */
	for (int i = 0; i < 1000; i++) {
		struct strbuf x = {0};
		strbuf_puts(&x, "<");
		strbuf_printf(&x, "%*d", i, 7);
		assert_int_equal(x.len, 1 + (i ? i : 1));
		assert_int_equal(x.data[x.len - 1], '7');
		assert_int_equal(x.data[x.len], 0);
		strbuf_free(&x);
	}
	char *s = strbuf_detach(&b);
	assert_int_equal(strlen(s), 40004);
	free(s);
	assert_int_equal(b.len, 0);
	s = strbuf_detach(&b);
	assert_string_equal(s, "");
	free(s);
	s = str_printf("%s-%s", "x", "y");
	assert_string_equal(s, "x-y");
	free(s);
	strbuf_free(NULL);
}

/* Running out of memory stays, and loses nothing silently. */
static void strings_without_memory(void **state)
{
	volatile size_t too_much = SIZE_MAX / 2;
	struct strbuf b = {0};

	strbuf_puts(&b, "x");
	strbuf_add(&b, "y", too_much);
	assert_true(b.failed);
	strbuf_puts(&b, "z");
	strbuf_printf(&b, "%d", 1);
	assert_string_equal(strbuf_str(&b), "x");
	assert_int_equal(strbuf_error(&b), -ENOMEM);
	assert_null(strbuf_detach(&b));
	assert_int_equal(strbuf_error(&b), 0);
}

static void arenas(void **state)
{
	struct arena a = {0};
	char *last = NULL;

	assert_null(arena_alloc(&a, SIZE_MAX / 2, 3));
	assert_null(arena_alloc(&a, 1, SIZE_MAX / 2));
	assert_null(arena_copy(&a, "", SIZE_MAX / 2, 3));
	assert_null(arena_text(&a, "", SIZE_MAX));
	assert_non_null(arena_alloc(&a, 0, 8));
	for (int round = 0; round < 3; round++) {
		for (size_t n = 1; n < 1 << 18; n = n * 3 / 2 + 1) {
			uint64_t *zeroed = arena_alloc(&a, n, 1);
			assert_int_equal((uintptr_t)zeroed % 8, 0);
			for (size_t i = 0; i < n; i++)
				assert_int_equal(((char *)zeroed)[i], 0);
			memset(zeroed, 'x', n);
			if (last)
				assert_string_equal(last, "text");
			last = arena_string(&a, "text");
			assert_string_equal(last, "text");
			assert_string_equal(arena_text(&a, "text", 2), "te");
			assert_memory_equal(arena_copy(&a, last, 2, 2), "text", 4);
		}
		arena_free(&a);
		last = NULL;
	}
	assert_non_null(arena_string(&a, ""));
	arena_free(&a);
}

static void tables(void **state)
{
	enum { COUNT = 5000 };
	struct arena a = {0};
	struct strmap m = {0};
	static int values[COUNT];

	assert_null(strmap_find(&m, "n0"));
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < COUNT; i++) {
			char name[16];
			snprintf(name, sizeof(name), "n%d", i);
			void **place = strmap_put(&m, arena_string(&a, name));
			assert_non_null(place);
			assert_ptr_equal(*place, round ? &values[i] : NULL);
			*place = &values[i];
		}
	assert_int_equal(m.count, COUNT);
	assert_ptr_equal(strmap_find(&m, "n17"), &values[17]);
	assert_null(strmap_find(&m, "n"));
	assert_null(strmap_find(&m, "n5000"));
	strmap_free(&m);
	assert_null(strmap_find(&m, "n17"));
	assert_null(*strmap_put(&m, ""));
	strmap_free(&m);
	arena_free(&a);
}

static void diagnostics(void **state)
{
	struct diag d = {0};

	diag_prefix(&d, "nothing: ");
	assert_string_equal(d.text, "");
	assert_int_equal(diag_fail(&d, ENOENT, "no %s", "file"), -ENOENT);
	assert_int_equal(diag_fail(&d, -EIO, "a consequence"), -EIO);
	assert_int_equal(d.err, -ENOENT);
	diag_prefix(&d, "%s: ", "x.o");
	assert_string_equal(d.text, "x.o: no file");
	struct diag steers = {0};
	diag_fail(&steers, EINVAL, "type \33[2J\n\177\303\244");
	assert_string_equal(steers.text, "type ?[2J??\303\244");
	assert_int_equal(diag_fail(NULL, EINVAL, "nobody listens"), -EINVAL);
	diag_prefix(NULL, "x");
	diag_add_line(NULL, "x", 1);
	diag_add_line(&d, "a.h:1: error\x1b!", 13);
	diag_add_line(&d, "b.h:2 and more", 5);
	assert_string_equal(d.text, "x.o: no file\na.h:1: error?\nb.h:2");
	for (size_t i = 0; i < sizeof(d.text); i++)
		diag_add_line(&d, "line", 4);
	assert_string_equal(d.text + strlen(d.text) - 5, "\nline");

	char longer[3000];
	memset(longer, 'y', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	diag_prefix(&d, "%s", longer);
	assert_int_equal(strlen(d.text), sizeof(d.text) - 1);
}

/* A folder of its own for each test of files; the tests leave it empty, which rmdir() checks. */
static int enter_folder(void **state)
{
	char *folder = strdup("/tmp/wbpf-unit-XXXXXX");

	*state = folder;
	return !folder || !mkdtemp(folder) || chdir(folder);
}

static int leave_folder(void **state)
{
	int err = chdir("/") || rmdir(*state);

	free(*state);
	return err;
}

static void write_text(const char *path, const char *text, int want)
{
	struct strbuf b = {0};
	struct diag d = {0};

	strbuf_puts(&b, text);
	assert_int_equal(file_write(path, &b, &d), want);
	assert_int_equal(!!want, !!*d.text);
	if (want)
		assert_non_null(strstr(d.text, path));
	strbuf_free(&b);
}

static void expect_text(const char *path, const char *text)
{
	struct strbuf b = {0};
	struct diag d = {0};

	assert_int_equal(file_read(path, 0, &b, &d), 0);
	assert_string_equal(strbuf_str(&b), text);
	strbuf_free(&b);
}

static void files(void **state)
{
	struct stat a, b;

	umask(022);
	write_text("f", "one", 0);
	expect_text("f", "one");
	assert_int_equal(stat("f", &a), 0);
	assert_int_equal(a.st_mode & 07777, 0644);
	assert_int_equal(chmod("f", 0750), 0);
	write_text("f", "two", 0);
	expect_text("f", "two");
	assert_int_equal(stat("f", &a), 0);
	assert_int_equal(a.st_mode & 07777, 0750);
	/* The same bytes: the same file. Others: another, in one step. */
	write_text("f", "two", 0);
	assert_int_equal(stat("f", &b), 0);
	assert_int_equal(a.st_ino, b.st_ino);
	write_text("f", "", 0);
	expect_text("f", "");

	assert_int_equal(symlink("f", "link"), 0);
	write_text("link", "through", 0);
	assert_int_equal(lstat("link", &a), 0);
	assert_true(S_ISLNK(a.st_mode));
	expect_text("f", "through");
	unlink("link");
	unlink("f");
}

static void bad_files(void **state)
{
	struct strbuf b = {0};
	struct diag d = {0};

	write_text("f", "old", 0);
	assert_int_equal(file_read("none", 0, &b, &d), -ENOENT);
	assert_non_null(strstr(d.text, "none"));
	assert_int_equal(file_read(".", 0, &b, NULL), -EISDIR);
	assert_int_equal(file_read("f", 2, &b, NULL), -EFBIG);
	assert_int_equal(file_read("f", 3, &b, NULL), 0);
	strbuf_free(&b);
	write_text("no/folder", "x", -ENOENT);
	write_text("f/file", "x", -ENOTDIR);
	write_text("/dev/full", "x", -ENOSPC);
	write_text("/dev/null", "x", 0);
	write_text(".", "x", -EISDIR);
	expect_text("f", "old");
	unlink("f");
}

/* What is open already is written from where it is, and its link stays. */
static void open_files(void **state)
{
	char link[64], got[8] = "";
	struct stat st;
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	snprintf(link, sizeof(link), "/proc/self/fd/%d", ends[0]);
	assert_int_equal(symlink(link, "socket"), 0);
	write_text("socket", "sent", 0);
	assert_int_equal(read(ends[1], got, sizeof(got)), 4);
	assert_string_equal(got, "sent");
	assert_int_equal(lstat("socket", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	close(ends[0]);
	close(ends[1]);

	write_text("f", "one ", 0);
	int fd = open("f", O_WRONLY | O_APPEND);
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	write_text(link, "two", 0);
	expect_text("f", "one two");
	/* A link whose name is a number is a link like others. */
	snprintf(link, sizeof(link), "%d", fd);
	assert_int_equal(symlink("g", link), 0);
	write_text("g", "old", 0);
	write_text(link, "three", 0);
	expect_text("f", "one two");
	expect_text("g", "three");
	close(fd);
	unlink(link);
	unlink("socket");
	unlink("f");
	unlink("g");
}

static void same_files(void **state)
{
	write_text("f", "one", 0);
	assert_int_equal(symlink("f", "soft"), 0);
	assert_int_equal(link("f", "hard"), 0);
	assert_int_equal(symlink("./none", "dangling"), 0);
	write_text("g", "one", 0);
	static const char *const same[][2] = {{"f", "./f"},
					      {"soft", "f"},
					      {"hard", "soft"},
					      {"none", "./none"},
					      {"dangling", "none"}};
	static const char *const other[][2] = {{"f", "g"},        {"f", "none"},
					       {"none", "none2"}, {"none", "../none"},
					       {".", "."},        {"/dev/null", "/dev/null"}};
	assert_int_equal(mkdir("sub", 0777), 0);
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		assert_true(file_is_same(same[i][0], same[i][1]));
	assert_int_equal(chdir("sub"), 0);
	assert_true(file_is_same("../none", "../dangling"));
	assert_int_equal(chdir(".."), 0);
	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++)
		assert_false(file_is_same(other[i][0], other[i][1]));
	rmdir("sub");
	unlink("g");
	unlink("dangling");
	unlink("hard");
	unlink("soft");
	unlink("f");
}

/* Stands for the system's: the place where a temporary file is written and not renamed yet. */
static int signal_in_fsync;

int fsync(int fd)
{
	if (signal_in_fsync)
		raise(signal_in_fsync);
	return 0;
}

/* Who is ended by a signal leaves the old file or the new one, and no other. */
static void ended(void **state)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		int status;
		pid_t child = fork();
		if (!child) {
			struct strbuf b = {0};
			signal(signals[i], SIG_DFL);
			signal_in_fsync = signals[i];
			strbuf_puts(&b, "new");
			file_write("f", &b, NULL);
			_exit(0);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == signals[i]);
		expect_text("f", "new");
		unlink("f"); /* and leave_folder() sees whether that was all */
	}
}

/* Command lines. What a command saw is written down here. */
struct seen {
	bool flag;
	const char *value;
	int argc, rest_count;
	char *first, *rest;
};

static int set_flag(void *options, const char *value, struct diag *d)
{
	((struct seen *)options)->flag = true;
	return 0;
}

static int set_value(void *options, const char *value, struct diag *d)
{
	if (!strcmp(value, "bad"))
		return diag_fail(d, EINVAL, "--value bad: not this one");
	((struct seen *)options)->value = value;
	return 0;
}

static int run(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	struct seen *s = options;

	s->argc = argc;
	s->first = argc ? argv[0] : NULL;
	if (argc && !strcmp(argv[0], "fail"))
		return diag_fail(d, EIO, "fail: as asked");
	*ret_exit = argc && !strcmp(argv[0], "seven") ? 7 : 0;
	return 0;
}

static void store_rest(void *options, char **rest)
{
	struct seen *s = options;

	s->rest = rest[0];
	for (s->rest_count = 0; rest[s->rest_count];)
		s->rest_count++;
}

static int no_flag_with_rest(void *options, int argc, char **argv, struct diag *d)
{
	const struct seen *s = options;

	return s->flag && s->rest ? diag_fail(d, EINVAL, "no flag with %s", argv[0]) : 0;
}

static const struct cli_option some_options[] = {
	{"flag", 'f', NULL, "Sets the flag.", set_flag},
	{"value", 'v', "WORD",
	 "Sets the value, with a text that is long enough to need a second line in the help, and "
	 "even a third one.",
	 set_value},
	{"dashed-name", 0, NULL, ".starts with a dot.", set_flag},
	{0},
};

static const struct cli_command several[] = {
	{"go", "FILE...", "Goes.", "More\n\nabout going.", 1, 2, some_options, run},
	{"stay", "", "Stays.", NULL, 0, 0, NULL, run},
	{"rest", "FILE", "Rests.", NULL, 1, 1, some_options, run, store_rest, no_flag_with_rest},
	{0},
};

static const struct cli_command single[] = {
	{"", "MODULE [ARG...]", "Runs.", NULL, 1, -1, some_options, run},
	{0},
};

static struct cli_program program(const struct cli_command *commands, struct seen *seen)
{
	return (struct cli_program){
		.name = "prog",
		.version = "1.2",
		.summary = "does things",
		.help = "Does 'things'\n\n.dotted and back\\slash.",
		.commands = commands,
		.exit_status = "0 or not.",
		.see_also = "other(1)",
		.options = seen,
	};
}

/* Runs a command line (words, NULL-ended) with both outputs caught. */
static int call(const struct cli_command *commands, struct seen *seen, char *out, size_t size,
		char **words)
{
	struct cli_program p = program(commands, seen);
	int argc = 0, pipes[2], saved[2] = {dup(1), dup(2)};

	*seen = (struct seen){0};
	while (words[argc])
		argc++;
	assert_int_equal(pipe(pipes), 0);
	fflush(NULL);
	dup2(pipes[1], 1);
	dup2(pipes[1], 2);
	int status = cli_main(&p, argc, words);
	fflush(NULL);
	dup2(saved[0], 1);
	dup2(saved[1], 2);
	close(pipes[1]);
	close(saved[0]);
	close(saved[1]);
	size_t got = 0;
	for (ssize_t n; (n = read(pipes[0], out + got, size - 1 - got)) > 0;)
		got += (size_t)n;
	out[got] = '\0';
	close(pipes[0]);
	return status;
}

#define CALL(commands, ...)                                                                        \
	call(commands, &seen, out, sizeof(out), (char *[]){"prog", __VA_ARGS__, NULL})

static void commands(void **state)
{
	struct seen seen;
	char out[4096];

	assert_int_equal(CALL(several, "go", "a"), 0);
	assert_string_equal(seen.first, "a");
	assert_string_equal(out, "");
	/* Options before, after and between; short, long and joined. */
	assert_int_equal(CALL(several, "go", "-f", "a", "--value=x", "b"), 0);
	assert_true(seen.flag);
	assert_string_equal(seen.value, "x");
	assert_int_equal(seen.argc, 2);
	assert_int_equal(CALL(several, "go", "a", "-vy"), 0);
	assert_string_equal(seen.value, "y");
	assert_int_equal(CALL(several, "go", "a", "-v", "z", "--dashed-name"), 0);
	assert_string_equal(seen.value, "z");
	/* What is behind "--". */
	assert_int_equal(CALL(several, "rest", "a", "-vy", "--", "-f", "--", "b"), 0);
	assert_string_equal(seen.first, "a");
	assert_int_equal(seen.argc, 1);
	assert_string_equal(seen.rest, "-f");
	assert_int_equal(seen.rest_count, 3);
	assert_false(seen.flag);
	assert_int_equal(CALL(several, "rest", "a", "-v", "--", "-f"), 0);
	assert_string_equal(seen.value, "--");
	assert_null(seen.rest);
	assert_true(seen.flag);
	assert_int_equal(CALL(several, "rest", "--", "-f"), 2);
	assert_int_equal(CALL(several, "rest", "a", "--", "b"), 0);
	assert_int_equal(CALL(several, "rest", "-f", "a", "--", "b"), 2);
	assert_string_equal(out, "prog: no flag with a (try prog rest --help)\n");
	assert_int_equal(CALL(several, "go", "--", "-f"), 0);
	assert_string_equal(seen.first, "-f");
	assert_false(seen.flag);
	assert_int_equal(CALL(several, "go", "seven"), 7);
	assert_int_equal(CALL(several, "go", "fail"), CLI_EXIT_FAILURE);
	assert_string_equal(out, "prog: fail: as asked\n");
	assert_int_equal(CALL(several, "stay"), 0);
}

static void usage_errors(void **state)
{
	static const struct {
		char *words[5];
		const char *text;
	} cases[] = {
		{{"prog"}, "prog: missing: COMMAND (try prog --help)\n"},
		{{"prog", "fly"}, "prog: unknown command fly (try prog --help)\n"},
		{{"prog", "--fly"}, "prog: unknown option --fly (try prog --help)\n"},
		{{"prog", "go"}, "prog: missing: FILE... (try prog go --help)\n"},
		{{"prog", "go", "--fly", "a"}, "prog: unknown option --fly (try prog go --help)\n"},
		{{"prog", "go", "-x", "a"}, "prog: unknown option -x (try prog go --help)\n"},
		{{"prog", "go", "-fx", "a"}, "prog: unknown option -x (try prog go --help)\n"},
		{{"prog", "go", "a", "-v"},
		 "prog: a value is missing after -v (try prog go --help)\n"},
		{{"prog", "go", "a", "--value"},
		 "prog: a value is missing after --value (try prog go --help)\n"},
		{{"prog", "go", "a", "--flag=x"},
		 "prog: no value is wanted by --flag=x (try prog go --help)\n"},
		{{"prog", "go", "a", "--value=bad"},
		 "prog: --value bad: not this one (try prog go --help)\n"},
		{{"prog", "stay", "here"},
		 "prog: too many arguments, beginning with here (try prog stay --help)\n"},
	};
	struct seen seen;
	char out[4096];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *words[6] = {0};
		memcpy(words, cases[i].words, sizeof(cases[i].words));
		assert_int_equal(call(several, &seen, out, sizeof(out), words), CLI_EXIT_USAGE);
		assert_string_equal(out, cases[i].text);
	}
}

/* With one command only, what follows the first argument belongs to somebody else. */
static void single_command(void **state)
{
	struct seen seen;
	char out[4096];

	assert_int_equal(CALL(single, "-f", "m.wasm", "-v", "--help"), 0);
	assert_true(seen.flag);
	assert_null(seen.value);
	assert_int_equal(seen.argc, 3);
	assert_int_equal(CALL(single, "--value"), CLI_EXIT_USAGE);
	assert_string_equal(out, "prog: a value is missing after --value (try prog --help)\n");
	assert_int_equal(CALL(single, "--nonsense", "m.wasm"), CLI_EXIT_USAGE);
	assert_int_equal(CALL(single, "-h"), 0);
	assert_non_null(strstr(out, "Usage: prog [options] MODULE [ARG...]\n"));
}

static void help_and_man(void **state)
{
	struct seen seen;
	char out[8192];

	assert_int_equal(CALL(several, "--version"), 0);
	assert_string_equal(out, "prog 1.2\n");
	assert_int_equal(CALL(several, "go", "-V"), 0);
	assert_string_equal(out, "prog 1.2\n");
	assert_int_equal(CALL(several, "--help"), 0);
	assert_non_null(strstr(out, "  go         Goes.\n"));
	assert_int_equal(CALL(several, "go", "--help"), 0);
	assert_non_null(strstr(out, "Usage: prog go [options] FILE...\n"));
	assert_non_null(strstr(out, "  -v, --value WORD"));
	assert_non_null(strstr(out, "      --dashed-name"));
	for (char *line = strtok(out, "\n"); line; line = strtok(NULL, "\n"))
		assert_true(strlen(line) <= 79);

	assert_int_equal(CALL(several, "--man"), 0);
	assert_non_null(strstr(out, ".TH PROG 1"));
	assert_non_null(strstr(out, "prog \\- does things\n"));
	assert_non_null(strstr(out, "\\fB\\-\\-dashed\\-name\\fR"));
	assert_non_null(strstr(out, "\n\\&.starts with a dot."));
	assert_non_null(strstr(out, "\n\\&.dotted and back\\eslash."));
	assert_non_null(strstr(out, ".SH EXIT STATUS\n"));
}

static void check_utf8(const char *text, size_t len, const char *expected)
{
	struct strbuf b = {0};

	utf8_add(&b, text, len);
	assert_string_equal(strbuf_str(&b), expected);
	strbuf_free(&b);
}

/* The examples of RFC 3629's rules: the ends of each range, and what lies behind them. */
static void utf8(void **state)
{
#define U8(text, expected) check_utf8(text, sizeof(text) - 1, expected)
#define NO "\xef\xbf\xbd"
	U8("", "");
	U8("a\nb\x7f", "a\nb\x7f");
	U8("\xc2\x80 \xdf\xbf \xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80 \xef\xbf\xbf",
	   "\xc2\x80 \xdf\xbf \xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80 \xef\xbf\xbf");
	U8("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf");
	U8("a\0b", "a" NO "b");
	U8("\x80\xbf", NO NO);
	U8("\xc0\x80\xc1\xbf", NO NO NO NO);
	U8("\xe0\x9f\xbf", NO NO NO);
	U8("\xed\xa0\x80", NO NO NO);
	U8("\xf0\x8f\xbf\xbf", NO NO NO NO);
	U8("\xf4\x90\x80\x80", NO NO NO NO);
	U8("\xf5\xff", NO NO);
	U8("\xe2\x82", NO NO);
	U8("\xe2\x82(", NO NO "(");
	U8("\xc3", NO);
#undef NO
#undef U8
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings),
		cmocka_unit_test(strings_without_memory),
		cmocka_unit_test(arenas),
		cmocka_unit_test(tables),
		cmocka_unit_test(diagnostics),
		cmocka_unit_test_setup_teardown(files, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(bad_files, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(open_files, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(same_files, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(ended, enter_folder, leave_folder),
		cmocka_unit_test(commands),
		cmocka_unit_test(usage_errors),
		cmocka_unit_test(single_command),
		cmocka_unit_test(help_and_man),
		cmocka_unit_test(utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
