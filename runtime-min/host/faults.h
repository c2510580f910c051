/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes of the host to a read-only region in a module's memory, and its accesses to a BPF arena
 * that has no page there.
 *
 * The module's own such accesses trap. Host calls check before they write (memory_write()). But the
 * engine writes for the module as well, in memory.fill, memory.copy and WASI calls, and checks only
 * the memory's bounds; and whether an arena has a page nobody can know before. The fault would end
 * the process. Here it is caught: the page is replaced by a private copy, so that the write can
 * end, or the arena by zeroes (the kernel lets no part of it be replaced), and the memory is
 * marked; the engine's file then traps the module at its next call, or when it ends. What the
 * kernel owns is not touched.
 */
#ifndef WBPF_HOST_FAULTS_H
#define WBPF_HOST_FAULTS_H

struct memory;

/* Catches the process's faults from now on. Must come before the engine starts, which passes on
 * those that are not its own. Once for the process; later calls do nothing. */
void faults_catch(void);

void faults_watch(struct memory *m);
void faults_forget(struct memory *m); /* before m goes; m may be unknown */

#endif
