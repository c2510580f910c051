/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Maps and programs that the modules of a process share by their names.
 *
 * The module that loads an object with one of the names first makes the map or program; in the
 * objects of the others, where the same definition must stand, it takes the place of their own. The
 * kernel judges each program with the maps that it really gets, so that a definition which differs
 * could not hurt; it would only surprise, and is an error that says where it differs.
 *
 * libbpf has no way to give a program's descriptor to another object: there the program is left out
 * of loading, and its handle is of the first one's. What needs libbpf's own state of the program,
 * its attach functions, is for the module that loaded it.
 */
#ifndef WBPF_HOST_SHARES_H
#define WBPF_HOST_SHARES_H

#include <stddef.h>

struct instance;
struct opened;
struct shares;

/* names: which; they stay the caller's and must outlive it. NULL: out of memory. */
struct shares *shares_new(const char *const *names, size_t count);
void shares_free(struct shares *s); /* s may be NULL */

/* Remembers what the object's programs were before anybody changed them. 0 or -ENOMEM. */
int shares_opened(const struct instance *in, struct opened *o);
void shares_closed(struct opened *o);

/*
 * Around libbpf's creation of the object's maps and loading of its programs: puts in what others
 * have made already, and offers to them what was made new. Between the two no other module loads
 * one of the names. begin: 0, or a negative errno with a warning logged, and then there is no end.
 * err: how the loading went.
 */
int shares_begin(struct instance *in, struct opened *o);
void shares_end(struct instance *in, struct opened *o, int err);

#endif
