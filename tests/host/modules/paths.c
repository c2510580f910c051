/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files and folders of the host that libbpf opens, writes to or makes on the way to an error:
 * paths.sh gives a folder with a pipe in it, and looks what became of it.
 */
#include <linux/bpf.h>
#include <stdlib.h>

#include "host.h"

enum { L_FORMAT = -4001 /* LIBBPF_ERRNO__FORMAT */, LEGACY = 1 /* PROBE_ATTACH_MODE_LEGACY */ };

static const uint8_t object_bytes[] __attribute__((aligned(8))) = {
#embed PATHS_FILE
};

static char path[4096];

static struct wbpf_str in_folder(const char *folder, const char *name)
{
	int len = snprintf(path, sizeof(path), "%s/%s", folder, name);

	return (struct wbpf_str){A(path), (uint32_t)len};
}

/* Whether the host had to say that text. */
static int said(const char *text)
{
	static char record[8192];
	int32_t size;
	int found = 0;

	while ((size = h_log_read(A(record), sizeof(record) - 1)) > 0) {
		record[size < (int32_t)sizeof(record) ? size : (int32_t)sizeof(record) - 1] = 0;
		found |= strstr(record + 1, text) != NULL;
	}
	return found;
}

static int32_t attach(int32_t prog, struct wbpf_attach how)
{
	how.size = sizeof(how);
	how.pid = -1;
	return h_attach(prog, A(&how), sizeof(how));
}

/* Opening a pipe waits for who writes to it; what is opened could as well be a watchdog. */
static void binaries(const char *folder, int32_t prog)
{
	static const char main_name[] = "main", symbols[] = "main";
	struct wbpf_str pipe = in_folder(folder, "pipe"), name = {A(main_name), 4};
	struct wbpf_attach how = {.kind = WBPF_ATTACH_UPROBE, .path = pipe, .name = name};

	EQ(attach(prog, how), L_FORMAT);
	how.kind = WBPF_ATTACH_UPROBE_MULTI;
	EQ(attach(prog, how), L_FORMAT);
	how.name = (struct wbpf_str){0};
	how.syms = (struct wbpf_str){A(symbols), sizeof(symbols)};
	how.count = 1;
	EQ(attach(prog, how), L_FORMAT);
	how = (struct wbpf_attach){
		.kind = WBPF_ATTACH_USDT, .path = pipe, .name = name, .provider = name};
	EQ(attach(prog, how), L_FORMAT);
	how = (struct wbpf_attach){
		.kind = WBPF_ATTACH_UPROBE, .path = in_folder(folder, "pipe!/inner"), .name = name};
	EQ(attach(prog, how), L_FORMAT);
	said("");
	EQ(attach(prog, (struct wbpf_attach){.kind = WBPF_ATTACH_AUTO}), L_FORMAT);
	EQ(said("/dev/null: not an ordinary file"), 1);
	EQ(attach(prog,
		  (struct wbpf_attach){.kind = WBPF_ATTACH_AUTO, .flags = WBPF_ATTACH_IF_POSSIBLE}),
	   L_FORMAT);
	/* What procfs has is not read. */
	static const char proc[] = "/proc/self/maps";
	how.path = (struct wbpf_str){A(proc), sizeof(proc) - 1};
	EQ(attach(prog, how), L_FORMAT);
}

/* A second line would be a second command for tracefs. */
static void lines(int32_t prog)
{
	static const char two[] = "/bin/true:0x0\np:wbpf_paths/second /bin/true";
	struct wbpf_str text = {A(two), sizeof(two) - 1};
	struct wbpf_attach how = {.kind = WBPF_ATTACH_UPROBE, .path = text, .mode = LEGACY};

	EQ(attach(prog, how), L_EINVAL);
	how = (struct wbpf_attach){.kind = WBPF_ATTACH_KPROBE, .name = text, .mode = LEGACY};
	EQ(attach(prog, how), L_EINVAL);
	how.kind = WBPF_ATTACH_KSYSCALL;
	EQ(attach(prog, how), L_EINVAL);
}

static int32_t set(int32_t h, uint32_t key, struct wbpf_str value)
{
	return h_set(h, key, value.addr, value.len);
}

/* libbpf makes the folder that a pin lies in, then sees that it is none for pins. */
static void pins(const char *folder, int32_t object, int32_t map, int32_t prog)
{
	struct wbpf_str at = in_folder(folder, "made/pin");

	EQ(set(map, WBPF_KEY_PIN, at), L_EINVAL);
	EQ(set(prog, WBPF_KEY_PIN, at), L_EINVAL);
	EQ(set(object, WBPF_KEY_PIN, in_folder(folder, "made")), L_EINVAL);
	/* No folder for that folder. */
	EQ(set(prog, WBPF_KEY_PIN, in_folder(folder, "none/made/pin")), L_ENOENT);
	at = in_folder(folder, "made/pin");
	EQ(set(map, WBPF_KEY_MAP_PIN_PATH, at), 0);
	EQ(set(map, WBPF_KEY_PIN, (struct wbpf_str){0}), L_EINVAL);
}

static int32_t open_with(const struct wbpf_open_opts *opts)
{
	return h_object_open(A(object_bytes), sizeof(object_bytes), A(opts), sizeof(*opts));
}

static void pin_at_load(const char *folder)
{
	struct wbpf_open_opts opts = {.size = sizeof(opts)};
	int32_t object = open_with(&opts), map = h_object_child(object, WBPF_KIND_MAP, 0);

	EQ(set(map, WBPF_KEY_MAP_PIN_PATH, in_folder(folder, "made/pin")), 0);
	EQ(h_object_load(object), L_EINVAL);
	EQ(h_set(object, WBPF_KEY_OBJECT_PREPARE, 0, 0), L_EINVAL);
	EQ(h_close(object), 0);
}

/* libbpf would open it again, by its number. */
static void pipe_as_btf(void)
{
	static const char pipe[] = "/folder/pipe";
	struct wbpf_open_opts opts = {.size = sizeof(opts),
				      .btf_custom_path = {A(pipe), sizeof(pipe) - 1}};
	int32_t object;

	OK(object = open_with(&opts));
	BAD(h_set(object, WBPF_KEY_OBJECT_PREPARE, 0, 0));
	EQ(h_close(object), 0);
}

int main(int argc, char **argv)
{
	struct wbpf_open_opts opts = {.size = sizeof(opts)};

	begin();
	int32_t object = open_with(&opts), prog = h_object_child(object, WBPF_KIND_PROG, 0);
	int32_t map = h_object_child(object, WBPF_KIND_MAP, 0);
	if (argc != 2 || h_object_load(object)) {
		puts("SKIP: this user cannot load programs");
		return 77;
	}
	binaries(argv[1], prog);
	lines(prog);
	pins(argv[1], object, map, prog);
	pin_at_load(argv[1]);
	pipe_as_btf();
	return end();
}
