/* SPDX-License-Identifier: BSD-2-Clause */
/* What a component runs on, and signals. */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "host/calls.h"
#include "host/component_calls.h"

int component_bpf_system(struct component *c, const struct component_arg *args,
			 struct value *result)
{
	const struct wbpf_shared *shared = component_at(c, COMPONENT_SHARED);
	struct record r = component_record(result, "system_info");

	(void)args;
	value_u32(component_field(&r, "interface_minor"), shared->abi_minor);
	value_u32(component_field(&r, "kernel_version"), shared->kernel_version);
	value_u32(component_field(&r, "possible_cpus"), shared->possible_cpus);
	value_u32(component_field(&r, "online_cpus"), shared->online_cpus);
	value_s32(component_field(&r, "pid"), shared->pid);
	return 0;
}

int component_bpf_interface_index(struct component *c, const struct component_arg *args,
				  struct value *result)
{
	struct wbpf_net net = {.size = sizeof(net)};

	net.name = component_put_str(c, args[0].bytes, args[0].len);
	wbpf_addr at = component_put(c, &net, sizeof(net));
	int err =
		net.name.addr && at ? call_net(c->in, WBPF_NET_IF_INDEX, at, sizeof(net)) : -ENOMEM;
	if (err < 0)
		return component_fail(c, result, err, "network interface '%.*s'", (int)args[0].len,
				      (const char *)args[0].bytes);
	memcpy(&net, component_at(c, at), sizeof(net));
	value_u32(value_ok(result, true), (uint32_t)net.ifindex);
	return 0;
}

/* --- signals ------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	uint32_t number;
} signals[] = {
#define WBPF_SIGNAL(name, number) {#name, number},
#include "abi/wbpf_component.def"
};
enum { NR_SIGNALS = sizeof(signals) / sizeof(*signals) };

static uint32_t signal_mask(const struct value *flags)
{
	uint32_t mask = 0;
	const char *name;
	char own[32];
	size_t len;

	for (size_t i = 0; (name = value_flag_at(flags, i, &len)); i++) {
		for (size_t k = 0; k < NR_SIGNALS; k++) {
			component_name(signals[k].name, own, sizeof(own));
			if (strlen(own) == len && !memcmp(own, name, len))
				mask |= 1u << (signals[k].number - 1);
		}
	}
	return mask;
}

static void give_signals(uint32_t mask, struct value *result)
{
	char names[NR_SIGNALS][32];
	const char *set[NR_SIGNALS];
	size_t count = 0;

	for (size_t k = 0; k < NR_SIGNALS; k++)
		if (mask & 1u << (signals[k].number - 1)) {
			set[count] =
				component_name(signals[k].name, names[count], sizeof(names[count]));
			count++;
		}
	value_flags(result, set, count);
}

int component_signals_catch(struct component *c, const struct component_arg *args,
			    struct value *result)
{
	uint32_t mask = signal_mask(args[0].value);

	for (size_t k = 0; k < NR_SIGNALS; k++) {
		uint32_t bit = 1u << (signals[k].number - 1);
		int err = 0;
		if (mask & ~c->caught & bit)
			err = call_signal(c->in, signals[k].number, WBPF_SIGNAL_CATCH);
		else if (c->caught & ~mask & bit)
			err = call_signal(c->in, signals[k].number, WBPF_SIGNAL_DEFAULT);
		if (err)
			return component_fail(c, result, err, "cannot catch signal '%s'",
					      signals[k].name);
		c->caught = (c->caught & ~bit) | (mask & bit);
	}
	value_ok(result, false);
	return 0;
}

int component_signals_take(struct component *c, const struct component_arg *args,
			   struct value *result)
{
	(void)args;
	give_signals((uint32_t)call_signals_take(c->in), result);
	return 0;
}

int component_signals_wait(struct component *c, const struct component_arg *args,
			   struct value *result)
{
	int32_t ms = (int32_t)(uint32_t)args[0].number;

	call_sleep(c->in, ms < 0 ? UINT64_MAX : (uint64_t)ms * 1000000, 0);
	give_signals((uint32_t)call_signals_take(c->in), result);
	return 0;
}
