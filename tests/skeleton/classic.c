/* SPDX-License-Identifier: BSD-2-Clause */
/* What users do with skeletons, as C and as C++; prints what it finds. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <bpf/bpf.h>

#include "classic.h"
#include "classic.skel.h"
#include "library.subskel.h"

#define SAY(value) printf("%s = %lld\n", #value, (long long)(value))
#define SAY_TEXT(value) printf("%s = '%s'\n", #value, value)

static int count_events(void *ctx, void *data, size_t size)
{
	const struct event *e = (const struct event *)data;

	SAY(size);
	SAY(e->pid);
	SAY_TEXT(e->comm);
	++*(int *)ctx;
	return 0;
}

static void initial_values(struct classic_bpf *s)
{
	SAY(s->rodata->wanted_pid);
	SAY(s->rodata->flag);
	SAY_TEXT(s->rodata->name);
	SAY(s->rodata->limit);
	SAY(s->rodata->tint == GREEN);
	SAY_TEXT(s->rodata->pattern.comm);
	SAY(s->rodata->table[3]);
	SAY(s->rodata->where == NULL);
	SAY(s->rodata_custom->custom_constant);
	SAY(s->data->in_data);
	SAY(s->data->started);
	SAY_TEXT(s->data->last.comm);
	SAY(s->data->points[2].y);
	SAY(s->data->number.bytes[0]);
	SAY(s->data_custom->custom);
	SAY(s->data_custom->custom_array[1]);
	SAY(s->data_custom->nothing == NULL);
	SAY(s->data_custom->library_extra);
	SAY(s->bss->in_bss);
	SAY(s->bss->wide);
	SAY(s->kconfig == NULL);
}

/* Pointers to variables, as user code passes them on. */
static void set_values(struct classic_bpf *s)
{
	int *wanted = &s->rodata->wanted_pid;
	bool *flag = &s->rodata->flag;
	char *name = s->rodata->name;
	struct event *pattern = &s->rodata->pattern;
	point_t *point = s->data->points;
	struct event *nothing = s->data_custom->nothing;
	static struct event any;

	*wanted = getpid();
	*flag = false;
	strcpy(name, "after");
	pattern->pid = 1000;
	point[2].y = -6;
	s->rodata->limit = 1LL << 41;
	s->rodata->tint = BLUE;
	s->rodata->where = &any;
	s->rodata_custom->custom_constant = 12;
	s->data->last = any;
	s->data_custom->nothing = &any;
	SAY(nothing == NULL);
	SAY(s->data_custom->nothing == &any && s->rodata->where == &any);
	s->data_custom->nothing = NULL;
	s->bss->grid[0][1] = 9;
	s->bss->state = (__typeof__(s->bss->state))9;
	s->bss->stats.bytes = 1;
}

static void configure(struct classic_bpf *s)
{
	size_t size = 0;

	SAY(bpf_map__set_autocreate(s->maps.not_created, false));
	bpf_program__set_autoattach(s->progs.not_attached, false);
	SAY(bpf_program__autoload(s->progs.not_loaded));
	SAY(bpf_program__autoattach(s->progs.not_attached));
	SAY(bpf_map__set_value_size(s->maps.data_sized, 5000));
	SAY(bpf_map__value_size(s->maps.data_sized));
	s->data_sized =
		(__typeof__(s->data_sized))bpf_map__initial_value(s->maps.data_sized, &size);
	SAY(size);
	s->data_sized->resizable[1249] = 77;
	SAY_TEXT(bpf_object__name(s->obj));
	SAY_TEXT(bpf_map__name(s->maps.data));
	SAY_TEXT(bpf_map__name(s->maps.rodata_custom));
	SAY_TEXT(bpf_map__name(s->maps.kconfig));
	SAY_TEXT(bpf_program__name(s->progs.touch));
	SAY_TEXT(s->skeleton->name);
	SAY(s->skeleton->map_cnt);
	SAY(s->skeleton->prog_cnt);
}

static void run_touch(struct classic_bpf *s)
{
	int by = 4, events = 0;
	__u32 key = 1;
	struct event e;
	LIBBPF_OPTS(bpf_test_run_opts, run);

	run.ctx_in = &by;
	run.ctx_size_in = sizeof(by);
	SAY(bpf_prog_test_run_opts(bpf_program__fd(s->progs.touch), &run));
	SAY(run.retval);
	SAY(bpf_map__lookup_elem(s->maps.events, &key, sizeof(key), &e, sizeof(e), 0));
	SAY(e.pid);
	SAY_TEXT(e.comm);
	struct ring_buffer *rb =
		ring_buffer__new(bpf_map__fd(s->maps.stream), count_events, &events, NULL);
	SAY(rb != NULL);
	SAY(ring_buffer__consume(rb));
	SAY(events);
	ring_buffer__free(rb);
}

static void final_values(struct classic_bpf *s)
{
	SAY(s->data->in_data);
	SAY(s->bss->in_bss);
	SAY(s->data->started);
	SAY(s->data->last.pid);
	SAY(s->data->last.comm[0]);
	SAY(s->data->points[1].x);
	SAY(s->data->points[2].y);
	SAY(s->data->number.i);
	SAY(s->data_custom->custom);
	SAY(s->data_custom->custom_array[1]);
	SAY(s->bss->aligned);
	SAY(s->bss->grid[1][2] + s->bss->grid[0][1]);
	SAY(s->bss->seen);
	SAY(s->bss->wide);
	SAY(s->bss->weak_one);
	SAY(s->bss->stats.calls);
	SAY(s->bss->stats.bytes);
	SAY(s->bss->stats.inner.s);
	SAY(s->bss->stats.as_bytes[0]);
	SAY(s->bss->stats.three);
	SAY(s->bss->state);
	SAY(s->data_sized->resizable[0]);
	SAY(s->data_sized->resizable[1249]);
	SAY(s->bss->odd_one);
	SAY(s->data->library_calls);
	SAY(s->kconfig->LINUX_KERNEL_VERSION > 0);
	SAY(s->kconfig->CONFIG_WBPF_IS_NOT_THERE);
	SAY_TEXT(s->kconfig->CONFIG_WBPF_TEXT);
	/* A value is there for the kernel, too. */
	s->data->in_data = 1000;
}

static void attach(struct classic_bpf *s)
{
	SAY(classic_bpf__attach(s));
	SAY(s->links.on_enter != NULL);
	SAY(s->links.touch == NULL);
	SAY(s->links.not_loaded == NULL);
	SAY(s->links.not_attached == NULL);
	SAY(s->links.library_prog != NULL);
	int before = s->bss->enters;
	usleep(1000);
	SAY(s->bss->enters > before);
	SAY(classic_bpf__attach(s));
	classic_bpf__detach(s);
	SAY(s->links.on_enter == NULL);
	before = s->bss->enters;
	usleep(1000);
	SAY(s->bss->enters == before);
}

/* A library's own file: it knows the object, and not its skeleton. */
static void use_library(const struct bpf_object *obj, bool loaded)
{
	struct library *lib = library__open(obj);
	__u32 key = 1;
	__u64 value = 0;

	SAY(lib != NULL);
	SAY(*lib->data.library_calls);
	SAY_TEXT(*lib->data.library_name);
	SAY(sizeof(*lib->data.library_name));
	SAY(*lib->rodata.library_step);
	SAY(*lib->bss.library_total);
	SAY(lib->bss.library_state->last);
	SAY_TEXT(lib->bss.library_state->text);
	SAY(*lib->bss.library_event == NULL);
	SAY(*lib->data_custom.library_extra);
	SAY_TEXT(bpf_map__name(lib->maps.library_array));
	SAY_TEXT(bpf_program__name(lib->progs.library_prog));
	if (loaded) {
		SAY(bpf_map__lookup_elem(lib->maps.library_array, &key, sizeof(key), &value,
					 sizeof(value), 0));
		SAY(value);
		SAY(*lib->kconfig.LINUX_KERNEL_VERSION > 0);
	} else {
		*lib->rodata.library_step = 10;
		*lib->data_custom.library_extra = 32;
		*lib->bss.library_total = -3;
	}
	library__destroy(lib);
}

static void errors(void)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts);
	struct classic_bpf *s;

	opts.sz = 1;
	errno = 0;
	s = classic_bpf__open_opts(&opts);
	SAY(!s && errno == EINVAL);
	s = classic_bpf__open();
	SAY(s != NULL);
	SAY(bpf_map__set_max_entries(s->maps.stream, 4095)); /* rounded up */
	SAY(bpf_map__set_key_size(s->maps.events, 0));
	SAY(classic_bpf__load(s) < 0);
	SAY(s->links.on_enter == NULL);
	classic_bpf__detach(s);
	classic_bpf__destroy(s);
	classic_bpf__destroy(NULL);
	s = classic_bpf__open();
	SAY(classic_bpf__attach(s) < 0);
	classic_bpf__destroy(s);
	SAY(library__open(NULL) == NULL);
	library__destroy(NULL);
}

static void bytes(void)
{
	size_t size = 0;
	const void *elf = classic_bpf__elf_bytes(&size);
	struct bpf_object *obj = bpf_object__open_mem(elf, size, NULL);

	SAY(!memcmp(elf, "\177ELF", 4));
	SAY(obj != NULL);
	SAY(bpf_object__find_program_by_name(obj, "touch") != NULL);
	bpf_object__close(obj);
	SAY(elf == classic_bpf__elf_bytes(&size));
}

#ifdef __cplusplus
static void use_cxx(void)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts);
	classic_bpf *s = classic_bpf::open();
	size_t size;

	SAY(s != nullptr);
	SAY(classic_bpf::load(s));
	SAY(classic_bpf::attach(s));
	classic_bpf::detach(s);
	library *lib = library::open(s->obj);
	SAY(lib != nullptr);
	library::destroy(lib);
	classic_bpf::destroy(s);
	s = classic_bpf::open(&opts);
	SAY(s != nullptr);
	classic_bpf::destroy(s);
	s = classic_bpf::open_and_load();
	SAY(s != nullptr);
	classic_bpf::destroy(s);
	SAY(classic_bpf::elf_bytes(&size) != nullptr);
}
#endif

static int print_nothing(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	(void)level, (void)fmt, (void)ap;
	return 0;
}

int main(int argc, char **argv)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts);

	opts.object_name = argc > 1 ? argv[1] : NULL;
	opts.kconfig = "CONFIG_WBPF_TEXT=\"text\"\n";
	libbpf_set_print(print_nothing);
	struct classic_bpf *s = classic_bpf__open_opts(&opts);
	SAY(s != NULL);
	if (!s)
		return 1;
	initial_values(s);
	set_values(s);
	configure(s);
	use_library(s->obj, false);
	SAY(classic_bpf__load(s));
	run_touch(s);
	final_values(s);
	run_touch(s);
	SAY(s->data->in_data);
	use_library(s->obj, true);
	attach(s);
	classic_bpf__destroy(s);
	errors();
	bytes();
#ifdef __cplusplus
	use_cxx();
#endif
	return 0;
}
