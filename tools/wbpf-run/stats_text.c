/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "stats_form.h"

static double ms(uint64_t ns)
{
	return (double)ns / 1e6;
}

/* Names come from modules and their objects, and go to terminals. */
static void put_name(struct strbuf *out, const char *name)
{
	for (; name && *name; name++) {
		unsigned char c = (unsigned char)*name;
		strbuf_putc(out, c < ' ' || c == 0x7f ? '?' : (char)c);
	}
}

void stats_text_begin(struct stats_text *t, uint64_t cpu_before)
{
	strbuf_printf(t->out,
		      "wbpf-run: statistics after %.1f ms; %.1f ms of processor time before that\n",
		      ms(stats_now() - t->started), ms(cpu_before));
}

static void put_stages(const struct stats_text *t, const struct stats *s)
{
	strbuf_puts(t->out, "    start-up          at ms   took ms\n");
	for (int i = 0; i < STATS_STAGES; i++) {
		const struct stats_time *time = &s->stages[i];
		if (!time->at)
			continue;
		strbuf_printf(t->out, "      %-12s %9.1f", stats_stage_name((enum stats_stage)i),
			      ms(time->at - t->started));
		if (i != STATS_RECORD)
			strbuf_printf(t->out, " %9.1f", ms(time->ns));
		if (i == STATS_COMPILE && s->code)
			strbuf_printf(t->out, "  (%s)", s->code);
		strbuf_putc(t->out, '\n');
	}
}

static void put_object(struct strbuf *out, const struct stats_object *o)
{
	strbuf_puts(out, "    object ");
	put_name(out, o->name);
	if (o->ahead)
		strbuf_puts(out, ", loaded while the engine was");
	for (size_t i = 0; i < o->nr_maps; i++) {
		strbuf_puts(out, i ? ", " : "\n      maps: ");
		put_name(out, o->maps[i].name);
		strbuf_printf(out, " (%s, %u)",
			      o->maps[i].type_name ? o->maps[i].type_name : "other",
			      o->maps[i].max_entries);
	}
	for (size_t i = 0; i < o->nr_progs; i++) {
		strbuf_puts(out, i ? ", " : "\n      programs: ");
		put_name(out, o->progs[i].name);
		strbuf_puts(out, " (");
		put_name(out, o->progs[i].section);
		strbuf_putc(out, ')');
	}
	strbuf_putc(out, '\n');
}

static void put_link(struct strbuf *out, const struct stats_link *l)
{
	strbuf_puts(out, "    link ");
	put_name(out, l->kind);
	if (l->prog && *l->prog) {
		strbuf_puts(out, " of ");
		put_name(out, l->prog);
	}
	strbuf_puts(out, " to ");
	put_name(out, l->target);
	strbuf_puts(out, l->ended ? ", detached\n" : "\n");
}

static void put_buffer(struct strbuf *out, const struct stats_buffer *b)
{
	const struct wbpf_counts c = stats_total(b);

	strbuf_printf(out, "    %s ", b->perf ? "perf buffers" : "ring buffer");
	put_name(out, b->map);
	strbuf_printf(out, ": %llu records, %llu bytes, at most %llu of %llu bytes full, ",
		      (unsigned long long)c.records, (unsigned long long)c.bytes,
		      (unsigned long long)c.highest, (unsigned long long)c.size);
	if (b->perf)
		strbuf_printf(out, "%llu records lost\n", (unsigned long long)c.lost);
	else
		strbuf_puts(out, "lost ones are not counted by the kernel\n");
}

static void put_calls(struct strbuf *out, const struct stats *s)
{
	const char *before = "    bpf(2): ";

	for (size_t i = 0; i < STATS_COMMANDS; i++) {
		uint64_t n = __atomic_load_n(&s->bpf_calls[i], __ATOMIC_RELAXED);
		const char *name = stats_command_name(i);
		if (!n)
			continue;
		strbuf_printf(out, "%s%s %llu", before, name ? name : "other",
			      (unsigned long long)n);
		before = ", ";
	}
	if (*before == ',')
		strbuf_putc(out, '\n');
}

void stats_text_module(void *ctx, const char *module, const struct stats *s)
{
	const struct stats_text *t = ctx;

	strbuf_puts(t->out, "  ");
	put_name(t->out, module);
	strbuf_putc(t->out, '\n');
	put_stages(t, s);
	for (size_t i = 0; i < s->nr_objects; i++)
		put_object(t->out, &s->objects[i]);
	for (size_t i = 0; i < s->nr_links; i++)
		put_link(t->out, &s->links[i]);
	for (size_t i = 0; i < s->nr_buffers; i++)
		put_buffer(t->out, &s->buffers[i]);
	put_calls(t->out, s);
	if (s->left_out)
		strbuf_printf(t->out, "    and %zu that are not listed\n", s->left_out);
}
