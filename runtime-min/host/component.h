/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Components as a second front end of the host: what they import (abi/wbpf_component.def) is done
 * by the same calls that core modules make. For that a component has, beside its own memories which
 * the host does not see, one that no code runs on: what a call is to read is put there, and ring
 * buffers and data sections are mapped into it. Its resources are the instance's handles, so that
 * what is stale or of another kind is found where it is for modules.
 */
#ifndef WBPF_HOST_COMPONENT_H
#define WBPF_HOST_COMPONENT_H

#include "base/diag.h"
#include "host/engine.h"

struct component;
struct instance;

/* in, m and wasi must outlive it. 0, or a negative errno with d set. */
int component_new(struct instance *in, struct engine *e, struct engine_module *m,
		  const struct engine_wasi *wasi, struct component **ret, struct diag *d);

/* As engine_instance_run(). */
int component_run(struct component *c, struct engine_result *result, struct diag *d);

/* After instance_destroy(), whose handles it uses. c may be NULL. */
void component_free(struct component *c);

#endif
