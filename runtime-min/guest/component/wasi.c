// SPDX-License-Identifier: BSD-2-Clause
/*
 * The calls of WASI's first preview that wasi-libc makes for output, arguments, the environment,
 * clocks and exit, over WASI 0.2: a C program that is linked with this file, and uses no more than
 * these, is a component without an adapter. What it uses beyond them wasm-tools names when it makes
 * the component.
 *
 * wasi-libc imports each call under a name that is a symbol, too: defined here it is no import.
 * Of the types in memory the canonical ABI says how they lie.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))
#define STREAMS "wasi:io/streams@0.2.0"

struct text {
	uint8_t *at;
	uint32_t len;
};

struct texts {
	struct text *at;
	uint32_t len;
};

_Static_assert(sizeof(struct text) == 8, "as the canonical ABI has it");

/* The first two are a byte each, in front of three that say nothing. */
struct written {
	uint32_t failed; /* then the others count */
	uint32_t closed; /* 0: there is an error */
	int32_t error;
};

IMPORT("wasi:cli/stdout@0.2.0", "get-stdout") int32_t get_stdout(void);
IMPORT("wasi:cli/stderr@0.2.0", "get-stderr") int32_t get_stderr(void);
IMPORT(STREAMS, "[method]output-stream.blocking-write-and-flush")
void stream_write(int32_t stream, const void *bytes, uint32_t len, struct written *ret);
IMPORT(STREAMS, "[resource-drop]output-stream") void stream_drop(int32_t stream);
IMPORT("wasi:io/error@0.2.0", "[resource-drop]error") void error_drop(int32_t error);
IMPORT("wasi:cli/environment@0.2.0", "get-arguments") void get_arguments(struct texts *ret);
IMPORT("wasi:cli/environment@0.2.0", "get-environment") void get_environment(struct texts *ret);
IMPORT("wasi:cli/exit@0.2.0", "exit-with-code")
__attribute__((noreturn)) void exit_with_code(uint32_t status);
IMPORT("wasi:clocks/wall-clock@0.2.0", "now") void wall_now(uint64_t ret[2]);
IMPORT("wasi:clocks/monotonic-clock@0.2.0", "now") uint64_t monotonic_now(void);

enum { OK = 0, BADF = 8, INVAL = 28, IO = 29, SPIPE = 70 }; /* WASI's errno */
enum { WRITE_MOST = 4096 /* bytes that a stream takes at once */ };

/* Where lists and texts of results go. */
__attribute__((export_name("cabi_realloc"))) void *cabi_realloc(void *old, size_t old_len,
								size_t align, size_t len)
{
	(void)old_len, (void)align;
	if (!len)
		return (void *)align;
	void *p = realloc(old, len);
	if (!p)
		__builtin_trap();
	return p;
}

/* --- output -------------------------------------------------------------------------------- */

struct piece {
	const uint8_t *at;
	uint32_t len;
};

static int32_t write_all(int32_t stream, const uint8_t *at, uint32_t len)
{
	struct written ret = {0};

	while (len && !(uint8_t)ret.failed) {
		uint32_t n = len < WRITE_MOST ? len : WRITE_MOST;
		stream_write(stream, at, n, &ret);
		at += n;
		len -= n;
	}
	if (!(uint8_t)ret.failed)
		return OK;
	if (!(uint8_t)ret.closed)
		error_drop(ret.error);
	return IO;
}

int32_t __imported_wasi_snapshot_preview1_fd_write(int32_t fd, int32_t iovecs, int32_t count,
						   int32_t ret)
{
	const struct piece *v = (const struct piece *)iovecs;
	uint32_t total = 0;
	int32_t err = OK;

	if (fd != 1 && fd != 2)
		return BADF;
	int32_t stream = fd == 1 ? get_stdout() : get_stderr();
	for (int32_t i = 0; i < count && !err; i++) {
		err = write_all(stream, v[i].at, v[i].len);
		total += v[i].len;
	}
	stream_drop(stream);
	*(uint32_t *)ret = total;
	return err;
}

int32_t __imported_wasi_snapshot_preview1_fd_close(int32_t fd)
{
	return fd >= 0 && fd <= 2 ? OK : BADF;
}

int32_t __imported_wasi_snapshot_preview1_fd_seek(int32_t fd, int64_t offset, int32_t whence,
						  int32_t ret)
{
	(void)offset, (void)whence, (void)ret;
	return fd >= 0 && fd <= 2 ? SPIPE : BADF;
}

/* A character device, so that standard output has lines: what is printed is seen at once. */
int32_t __imported_wasi_snapshot_preview1_fd_fdstat_get(int32_t fd, int32_t ret)
{
	struct fdstat {
		uint8_t type;
		uint16_t flags;
		uint64_t rights, inherited;
	} *stat = (struct fdstat *)ret;

	if (fd < 0 || fd > 2)
		return BADF;
	*stat = (struct fdstat){.type = 2};
	return OK;
}

/* --- arguments and environment ------------------------------------------------------------- */

static uint32_t bytes_of(const struct texts *t, uint32_t per_item)
{
	uint32_t total = 0;

	for (uint32_t i = 0; i < t->len * per_item; i++)
		total += t->at[i].len + 1; /* "=" or NUL */
	return total;
}

static char *append(char *to, const struct text *t, char end)
{
	memcpy(to, t->at, t->len);
	to[t->len] = end;
	return to + t->len + 1;
}

static void free_texts(struct texts *t, uint32_t per_item)
{
	for (uint32_t i = 0; i < t->len * per_item; i++)
		if (t->at[i].len)
			free(t->at[i].at);
	if (t->len)
		free(t->at);
}

int32_t __imported_wasi_snapshot_preview1_args_sizes_get(int32_t count, int32_t bytes)
{
	struct texts t;

	get_arguments(&t);
	*(uint32_t *)count = t.len;
	*(uint32_t *)bytes = bytes_of(&t, 1);
	free_texts(&t, 1);
	return OK;
}

int32_t __imported_wasi_snapshot_preview1_args_get(int32_t pointers, int32_t bytes)
{
	char **to = (char **)pointers, *at = (char *)bytes;
	struct texts t;

	get_arguments(&t);
	for (uint32_t i = 0; i < t.len; i++) {
		to[i] = at;
		at = append(at, &t.at[i], '\0');
	}
	free_texts(&t, 1);
	return OK;
}

int32_t __imported_wasi_snapshot_preview1_environ_sizes_get(int32_t count, int32_t bytes)
{
	struct texts t;

	get_environment(&t);
	*(uint32_t *)count = t.len;
	*(uint32_t *)bytes = bytes_of(&t, 2);
	free_texts(&t, 2);
	return OK;
}

int32_t __imported_wasi_snapshot_preview1_environ_get(int32_t pointers, int32_t bytes)
{
	char **to = (char **)pointers, *at = (char *)bytes;
	struct texts t;

	get_environment(&t);
	for (uint32_t i = 0; i < t.len; i++) {
		to[i] = at;
		at = append(at, &t.at[2 * i], '=');
		at = append(at, &t.at[2 * i + 1], '\0');
	}
	free_texts(&t, 2);
	return OK;
}

/* --- clocks, begin and end ----------------------------------------------------------------- */

int32_t __imported_wasi_snapshot_preview1_clock_time_get(int32_t clock, int64_t precision,
							 int32_t ret)
{
	uint64_t now[2] = {0};

	(void)precision;
	if (clock != 0 && clock != 1)
		return INVAL;
	if (clock == 1) {
		now[0] = monotonic_now();
	} else {
		wall_now(now);
		now[0] = now[0] * 1000000000 + (uint32_t)now[1];
	}
	*(uint64_t *)ret = now[0];
	return OK;
}

__attribute__((noreturn)) void __imported_wasi_snapshot_preview1_proc_exit(int32_t status)
{
	exit_with_code((uint32_t)status & 0xff);
}

void __wasm_call_ctors(void);
int __main_void(void); /* wasi-libc's: main() with its arguments */

__attribute__((export_name("wasi:cli/run@0.2.0#run"))) int32_t run(void)
{
	__wasm_call_ctors();
	exit(__main_void());
}
