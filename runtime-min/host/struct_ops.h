/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The functions in a struct_ops map's initial value: for libbpf pointers to its programs, for a
 * module their handles. Between the functions map_rules.h has the value's parts.
 */
#ifndef WBPF_HOST_STRUCT_OPS_H
#define WBPF_HOST_STRUCT_OPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct btf;
struct handle;
struct instance;

/* Where the functions are: malloc()ed offsets (bytes), *count of them. NULL: none, or no memory. */
uint32_t *struct_ops_functions(const struct handle *map, size_t *count);

/* Puts the programs' handles into a copy of the value, as long as its type. */
void struct_ops_give(const struct instance *in, const struct handle *map, uint8_t *copy);

/* Takes them from such a copy. 0; -EBADF for what is no handle of a program of the map's object. */
int struct_ops_take(const struct instance *in, const struct handle *map, const uint8_t *copy);

/* Whether the type is a pointer to a function. */
bool struct_ops_is_function(const struct btf *btf, uint32_t id);

#endif
