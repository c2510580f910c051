/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ids of the maps, programs and links that a module made or opened: those behind its handles,
 * and those whose handles it gave back, as an inner map is often known by its id alone.
 */
#ifndef WBPF_HOST_IDS_H
#define WBPF_HOST_IDS_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/wbpf_abi.h"

struct handle;
struct instance;

enum { IDS_LIMIT = 4096 }; /* how many are remembered behind the handles; the oldest go */

struct ids {
	struct known_id {
		uint32_t kind, id;
	} *entries;
	uint32_t count, next;
};

bool ids_known(const struct instance *in, enum wbpf_kind kind, uint32_t id);

/* Remembers the object behind a handle that is about to be given back. */
void ids_remember(struct instance *in, const struct handle *h);
void ids_free(struct instance *in);

#endif
