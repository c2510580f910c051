/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The sections of tracing programs: name, libbpf's section, ours, how it is counted, what it
 * returns, how it is attached, and what makes it run if it is not the actor's calls. Sections that
 * name a file have libbpf look for the actor's in PATH.
 */
#ifndef ATTACH_TRACE_H
#define ATTACH_TRACE_H

#define TRACE_KINDS(K)                                                                             \
	K(tracepoint, "tracepoint+", "tracepoint/syscalls/sys_enter_getpgid", count_only, 0,       \
	  tracepoint, NULL)                                                                        \
	K(tp, "tp+", "tp/syscalls/sys_exit_getpgid", count_only, 0, NULL, NULL)                    \
	K(raw_tracepoint, "raw_tracepoint+", "raw_tracepoint/sys_enter", count_only, 0,            \
	  raw_tracepoint, NULL)                                                                    \
	K(raw_tp, "raw_tp+", "raw_tp/sys_exit", count_only, 0, NULL, NULL)                         \
	K(raw_tracepoint_w, "raw_tracepoint.w+", "raw_tracepoint.w/bpf_test_finish", count, 0,     \
	  NULL, run_filter)                                                                        \
	K(raw_tp_w, "raw_tp.w+", "raw_tp.w/bpf_test_finish", count, 0, NULL, run_filter)           \
	K(tp_btf, "tp_btf+", "tp_btf/sys_enter", count_only, 0, trace, NULL)                       \
	K(fentry, "fentry+", "fentry/vfs_read", count_only, 0, trace, NULL)                        \
	K(fexit, "fexit+", "fexit/vfs_read", count_only, 0, trace, NULL)                           \
	K(fmod_ret, "fmod_ret+", "fmod_ret/security_file_open", count_only, 0, trace, NULL)        \
	K(fentry_s, "fentry.s+", "fentry.s/bpf_fentry_test1", count, 0, trace, run_traced)         \
	K(fexit_s, "fexit.s+", "fexit.s/bpf_fentry_test1", count, 0, trace, run_traced)            \
	K(fmod_ret_s, "fmod_ret.s+", "fmod_ret.s/bpf_fentry_test1", count, 0, trace, run_traced)   \
	K(fsession, "fsession+", "fsession/vfs_read", count_only, 0, trace, NULL)                  \
	K(fsession_s, "fsession.s+", "fsession.s/bpf_fentry_test1", count, 0, trace, run_traced)   \
	K(lsm, "lsm+", "lsm/file_open", count_only, 0, lsm, NULL)                                  \
	K(lsm_s, "lsm.s+", "lsm.s/file_open", count_only, 0, lsm, NULL)                            \
	K(lsm_cgroup, "lsm_cgroup+", "lsm_cgroup/socket_create", count, 1, cgroup, NULL)           \
	K(iter, "iter+", "iter/task", count, 0, iter, run_iter)                                    \
	K(iter_s, "iter.s+", "iter.s/task", count, 0, iter, run_iter)                              \
	K(perf_event, "perf_event", "perf_event", count, 0, perf_event, NULL)                      \
	K(kprobe, "kprobe+", "kprobe/vfs_read", count_only, 0, kprobe, NULL)                       \
	K(kretprobe, "kretprobe+", "kretprobe/vfs_read", count_only, 0, kretprobe, NULL)           \
	K(kprobe_multi, "kprobe.multi+", "kprobe.multi/vfs_rea?", count_only, 0, kprobe_multi,     \
	  NULL)                                                                                    \
	K(kretprobe_multi, "kretprobe.multi+", "kretprobe.multi/vfs_rea?", count_only, 0,          \
	  kretprobe_multi, NULL)                                                                   \
	K(kprobe_session, "kprobe.session+", "kprobe.session/vfs_rea?", count_only, 0,             \
	  kprobe_session, NULL)                                                                    \
	K(ksyscall, "ksyscall+", "ksyscall/getpgid", count_only, 0, ksyscall, NULL)                \
	K(kretsyscall, "kretsyscall+", "kretsyscall/getpgid", count_only, 0, kretsyscall, NULL)    \
	K(uprobe, "uprobe+", "uprobe/actor:actor_function", count_only, 0, uprobe, NULL)           \
	K(uprobe_s, "uprobe.s+", "uprobe.s/actor:actor_function", count_only, 0, uprobe, NULL)     \
	K(uretprobe, "uretprobe+", "uretprobe/actor:actor_function", count_only, 0, uretprobe,     \
	  NULL)                                                                                    \
	K(uretprobe_s, "uretprobe.s+", "uretprobe.s/actor:actor_function", count_only, 0,          \
	  uretprobe, NULL)                                                                         \
	K(uprobe_multi, "uprobe.multi+", "uprobe.multi/actor:actor_functio?", count_only, 0,       \
	  uprobe_multi, NULL)                                                                      \
	K(uretprobe_multi, "uretprobe.multi+", "uretprobe.multi/actor:actor_functio?", count_only, \
	  0, uretprobe_multi, NULL)                                                                \
	K(uprobe_session, "uprobe.session+", "uprobe.session/actor:actor_functio?", count_only, 0, \
	  uprobe_session, NULL)                                                                    \
	K(uprobe_multi_s, "uprobe.multi.s+", "uprobe.multi.s/actor:actor_functio?", count_only, 0, \
	  uprobe_multi, NULL)                                                                      \
	K(uretprobe_multi_s, "uretprobe.multi.s+", "uretprobe.multi.s/actor:actor_functio?",       \
	  count_only, 0, uretprobe_multi, NULL)                                                    \
	K(uprobe_session_s, "uprobe.session.s+", "uprobe.session.s/actor:actor_functio?",          \
	  count_only, 0, uprobe_session, NULL)                                                     \
	K(usdt, "usdt+", "usdt/actor:wbpf:act", count_only, 0, usdt, NULL)                         \
	K(usdt_s, "usdt.s+", "usdt.s/actor:wbpf:act", count_only, 0, usdt, NULL)

enum {
#define K(name, section, ours, how, ret, attach, act) KIND_##name,
	TRACE_KINDS(K)
#undef K
};

#endif
