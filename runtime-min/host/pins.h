/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a module may pin, and pins of links that are only a descriptor here, because the module got
 * them by their path. libbpf does the same for those that it made.
 */
#ifndef WBPF_HOST_PINS_H
#define WBPF_HOST_PINS_H

/*
 * Before libbpf makes the folder of a path, wherever that is: -EINVAL when it would not be in a BPF
 * file system, which libbpf finds out only then. 0 also where libbpf fails before it makes one.
 */
int pin_allowed(const char *path);

/* 0 or a negative errno; -EINVAL for a path that is not in a BPF file system. */
int pin_descriptor(int fd, const char *path);
int unpin_path(const char *path);

#endif
