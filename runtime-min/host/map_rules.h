/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a module may change of an object's maps. libbpf trusts its caller and the object: some of
 * its setters make it map, copy or give the kernel more memory than it owns, at addresses that the
 * object names. Each rule here stands before such a place.
 *
 * Source: libbpf 1.7, libbpf.c and usdt.c; looked at anew when the pinned release changes.
 */
#ifndef WBPF_HOST_MAP_RULES_H
#define WBPF_HOST_MAP_RULES_H

#include <stddef.h>
#include <stdint.h>

#include "host/handle.h"
#include "host/log.h"

struct bpf_map;
struct bpf_object;
struct opened;
struct btf_type;

/* Whether the property (enum wbpf_key) may become number: 0 or -EOPNOTSUPP. */
int map_rule_number(const struct bpf_map *m, uint32_t key, uint64_t number);

/* Whether the map may be replaced by the one behind fd: 0 or a negative errno. */
int map_rule_reuse(const struct bpf_map *m, int fd);

/*
 * Whether a link may get the struct_ops map: 0, or -EINVAL when it is the one that it has. Kernels
 * up to 6.18 put such a TCP congestion control into their list twice and stop there, with the
 * list's lock held (tcp_update_congestion_control() in net/ipv4/tcp_cong.c).
 */
int map_rule_link(int link_fd, int map_fd);

/* Whether the object's maps are what their types say: 0, or -EINVAL with a warning logged. */
int map_rule_open(struct log *l, const struct bpf_object *o);

/* Whether libbpf can create the object's maps without harm: 0, or with a warning logged
 * -EOPNOTSUPP, or -EINVAL for one that it would pin outside BPF file systems. */
int map_rule_load(struct log *l, const struct opened *o);

/* Whether the maps of the object that USDT attachments write are what libbpf takes them for. */
int map_rule_usdt(struct log *l, const struct bpf_object *o);

/*
 * A struct_ops map's initial value: size bytes at data, in which programs' members hold pointers of
 * the host. Calls each for every part between pointers. -ENOENT when the type is not known.
 */
typedef void (*map_part_fn)(void *to, void *data, size_t offset, size_t len);
int map_struct_ops_parts(const struct bpf_object *o, const struct bpf_map *m, map_part_fn each,
			 void *to);

/* The struct that such a map's value is, or NULL: another kind of map, or its type is not known. */
const struct btf_type *map_struct_ops_type(const struct bpf_object *o, const struct bpf_map *m);

/* The size of that value; 0 when it is not known. */
size_t map_struct_ops_size(const struct bpf_object *o, const struct bpf_map *m);

#endif
