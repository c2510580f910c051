/* SPDX-License-Identifier: BSD-2-Clause */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "report.h"
#include "stats_form.h"

/* Whole numbers as they are: cJSON's own are doubles. */
static void add_number(cJSON *to, const char *name, uint64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)n);
	cJSON_AddRawToObject(to, name, text);
}

static void add_ms(cJSON *to, const char *name, uint64_t ns)
{
	char text[32];

	snprintf(text, sizeof(text), "%llu.%03llu", (unsigned long long)(ns / 1000000),
		 (unsigned long long)(ns / 1000 % 1000));
	cJSON_AddRawToObject(to, name, text);
}

static void add_name(cJSON *to, const char *name, const char *text)
{
	cJSON_AddItemToObject(to, name, report_string(text ? text : "", text ? strlen(text) : 0));
}

/* One more object in a list. */
static cJSON *add_item(cJSON *list)
{
	cJSON *item = cJSON_CreateObject();

	cJSON_AddItemToArray(list, item);
	return item;
}

void stats_json_begin(struct stats_json *j, uint64_t cpu_before)
{
	j->object = cJSON_CreateObject();
	add_ms(j->object, "uptime_ms", stats_now() - j->started);
	add_ms(j->object, "cpu_before_main_ms", cpu_before);
	j->modules = cJSON_AddArrayToObject(j->object, "modules");
}

static void add_stages(const struct stats_json *j, cJSON *module, const struct stats *s)
{
	cJSON *stages = cJSON_AddObjectToObject(module, "stages");

	for (int i = 0; i < STATS_STAGES; i++) {
		const struct stats_time *time = &s->stages[i];
		cJSON *stage =
			time->at ? cJSON_AddObjectToObject(
					   stages, i == STATS_RECORD
							   ? "first_record"
							   : stats_stage_name((enum stats_stage)i))
				 : NULL;
		if (!stage)
			continue;
		add_ms(stage, "at_ms", time->at - j->started);
		if (i != STATS_RECORD)
			add_ms(stage, "ms", time->ns);
		if (i == STATS_COMPILE)
			cJSON_AddStringToObject(stage, "code", s->code ? s->code : "none");
	}
}

static void add_object(cJSON *list, const struct stats_object *o)
{
	cJSON *to = add_item(list);

	add_name(to, "name", o->name);
	cJSON_AddBoolToObject(to, "ahead", o->ahead);
	cJSON *maps = cJSON_AddArrayToObject(to, "maps");
	for (size_t i = 0; i < o->nr_maps; i++) {
		cJSON *map = add_item(maps);
		add_name(map, "name", o->maps[i].name);
		add_name(map, "type", o->maps[i].type_name ? o->maps[i].type_name : "other");
		add_number(map, "max_entries", o->maps[i].max_entries);
	}
	cJSON *progs = cJSON_AddArrayToObject(to, "programs");
	for (size_t i = 0; i < o->nr_progs; i++) {
		cJSON *prog = add_item(progs);
		add_name(prog, "name", o->progs[i].name);
		add_name(prog, "section", o->progs[i].section);
	}
}

static void add_link(cJSON *list, const struct stats_link *l)
{
	cJSON *to = add_item(list);

	add_name(to, "kind", l->kind);
	add_name(to, "program", l->prog);
	add_name(to, "target", l->target);
	cJSON_AddBoolToObject(to, "attached", !l->ended);
}

static void add_buffer(cJSON *list, const struct stats_buffer *b)
{
	const struct wbpf_counts c = stats_total(b);
	cJSON *to = add_item(list);

	add_name(to, "map", b->map);
	cJSON_AddStringToObject(to, "kind", b->perf ? "perf" : "ring");
	add_number(to, "records", c.records);
	add_number(to, "bytes", c.bytes);
	add_number(to, "highest_bytes", c.highest);
	add_number(to, "size_bytes", c.size);
	if (b->perf)
		add_number(to, "lost", c.lost);
}

static void add_calls(cJSON *module, const struct stats *s)
{
	cJSON *calls = cJSON_AddObjectToObject(module, "bpf_calls");

	for (size_t i = 0; i < STATS_COMMANDS; i++) {
		uint64_t n = __atomic_load_n(&s->bpf_calls[i], __ATOMIC_RELAXED);
		const char *name = stats_command_name(i);
		if (n && name)
			add_number(calls, name, n);
	}
}

void stats_json_module(void *ctx, const char *name, const struct stats *s)
{
	const struct stats_json *j = ctx;
	cJSON *module = add_item(j->modules), *list;

	add_name(module, "module", name);
	add_stages(j, module, s);
	list = cJSON_AddArrayToObject(module, "objects");
	for (size_t i = 0; i < s->nr_objects; i++)
		add_object(list, &s->objects[i]);
	list = cJSON_AddArrayToObject(module, "links");
	for (size_t i = 0; i < s->nr_links; i++)
		add_link(list, &s->links[i]);
	list = cJSON_AddArrayToObject(module, "buffers");
	for (size_t i = 0; i < s->nr_buffers; i++)
		add_buffer(list, &s->buffers[i]);
	add_calls(module, s);
	if (s->left_out)
		add_number(module, "not_listed", s->left_out);
}
