/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The host interface: what a module and the host agree on, apart from the calls themselves
 * (wbpf_calls.def). Both sides include this file; it is the same bytes on every machine: only
 * fixed-width types, little-endian, 8-byte alignment for 64-bit fields, no pointers.
 *
 * Versions. The import module's name carries the major version ("wbpf1"): a host that does not
 * know it refuses the module. Within a major version calls, keys and fields are only added;
 * struct sizes travel with the structs, so that either side may be the older one. The minor
 * version counts such additions.
 *
 * Return values. Every call returns an i32: zero or positive on success, a negative Linux errno
 * on failure (the host's numbering: EINTR is 4; a guest library translates to its libc's).
 *
 * Addresses are 32-bit offsets into the module's exported memory "memory". The host checks each
 * span once; a span outside memory gives -EFAULT, and so does a span that the host would write
 * and that lies in a read-only mapping.
 */
#ifndef WBPF_ABI_H
#define WBPF_ABI_H

#include <stdint.h>

#define WBPF_ABI_MODULE "wbpf1"
#define WBPF_ABI_MAJOR 1
#define WBPF_ABI_MINOR 3

/* An address in the module's memory, and a handle to an object of the host. */
typedef uint32_t wbpf_addr;
typedef int32_t wbpf_handle;

/*
 * Handles are positive. Bit 30 is always set, which keeps them apart from WASI descriptors;
 * bits 29..26 are the kind, 25..14 a generation, 13..0 an index. Only the host may conclude
 * anything from them but these three: that a value is a handle, its kind, and equality.
 */
#define WBPF_HANDLE_BIT 0x40000000
#define WBPF_HANDLE_KIND(h) (((uint32_t)(h) >> 26) & 15)
#define WBPF_IS_HANDLE(h) ((h) > 0 && ((h) & WBPF_HANDLE_BIT))

enum wbpf_kind {
	WBPF_KIND_OBJECT = 1, /* an opened BPF object file */
	WBPF_KIND_MAP = 2,
	WBPF_KIND_PROG = 3,
	WBPF_KIND_LINK = 4,
	WBPF_KIND_BTF = 5,
	WBPF_KIND_POLL = 6, /* an epoll instance */
	WBPF_KIND_FILE = 7, /* a cgroup, network namespace, iterator, perf event, socket */
};

/* A string in the module's memory; no terminating NUL needed. addr 0: none. */
struct wbpf_str {
	wbpf_addr addr;
	uint32_t len; /* bytes */
};

/*
 * The block that host and module share, at an address that the module gives to start(). The host
 * fills all of it then, and later changes only signals and logs, which may happen at any time.
 */
struct wbpf_shared {
	uint32_t size;           /* in: the module's sizeof; out: how much of it the host filled */
	uint32_t abi_minor;      /* the host's WBPF_ABI_MINOR */
	uint32_t page_size;      /* bytes; the alignment of memory maps */
	uint32_t possible_cpus;  /* length of a per-CPU value's array */
	int32_t pid;             /* the process that the kernel sees */
	uint32_t properties;     /* WBPF_PROP_* */
	uint32_t kernel_version; /* as KERNEL_VERSION(a, b, c) */
	uint32_t signals;        /* bit signo-1: caught and not yet taken with signals_take() */
	uint32_t logs;           /* log records that wait for log_read() */
	uint32_t online_cpus;    /* how many; 0: the host does not say */
};

/* The machine keeps stores in order (x86): plain accesses are enough for ring positions. */
#define WBPF_PROP_TSO 1u

/* Options of object_open(). */
struct wbpf_open_opts {
	uint32_t size;
	uint32_t flags; /* WBPF_OPEN_* */
	struct wbpf_str name;
	struct wbpf_str kconfig;
	struct wbpf_str pin_root_path;
	uint32_t kernel_log_level;
	uint32_t reserved;
	/* minor version 1 */
	uint32_t kernel_log_size;        /* bytes of the log buffer, with WBPF_OPEN_LOG */
	struct wbpf_str btf_custom_path; /* in a folder that the module was given, or of the
					  * kernel's in /sys/kernel/btf; read when it is needed */
	uint32_t reserved2;
};
#define WBPF_OPEN_RELAXED_MAPS 1u
#define WBPF_OPEN_NO_TOKEN 2u /* an empty bpf_token_path: no BPF token at all */
#define WBPF_OPEN_TOKEN 4u    /* another bpf_token_path: -EOPNOTSUPP */
#define WBPF_OPEN_LOG 8u      /* a kernel_log_buf, for programs without one of their own */
/* bytes and len are the name, beginning with "wbpf.", of a custom section of the module that has
 * the object */
#define WBPF_OPEN_SECTION 16u

/* What a compressed object file begins with; a zlib stream (RFC 1950) of it follows. */
struct wbpf_packed {
	char magic[4];
	uint32_t size; /* bytes of the object file */
};
#define WBPF_PACKED_MAGIC "wbpz"

/*
 * Properties, for get() and set(). Numbers travel as their full size below, little-endian.
 * "get": the call copies at most cap bytes and returns the full size.
 */
enum wbpf_key {
	/* any object, map or program */
	WBPF_KEY_NAME = 1, /* get: bytes, without NUL. Maps: the full name, as libbpf's */
	WBPF_KEY_INFO = 2, /* get: struct wbpf_map_info or wbpf_prog_info or wbpf_object_info */
	WBPF_KEY_AUTOATTACH = 3, /* set u32: maps (struct_ops) and programs */
	WBPF_KEY_PIN =
		4, /* set bytes: pins at the path; map, program, link. Empty: the map's own */
	WBPF_KEY_UNPIN = 5,     /* set bytes: the path; empty: where it was pinned */
	WBPF_KEY_LOG_LEVEL = 6, /* set u32: object or handle 0: least severe level to queue (enum
				 * wbpf_log), all objects of this module, at first WBPF_LOG_INFO;
				 * program: the verifier's log level */

	WBPF_KEY_COUNTS = 7, /* set, on handle 0: struct wbpf_counts, which stays where it is. Size
			      * 0: no longer */

	/* objects */
	WBPF_KEY_OBJECT_PREPARE = 8,  /* set, empty: all of loading but the programs */
	WBPF_KEY_OBJECT_KVERSION = 9, /* set u32: what programs are loaded with */
	WBPF_KEY_OBJECT_BTF = 10,  /* get bytes: its own BTF, as libbpf completed it. -ENOENT: none.
				    * object_child() gives the handle of the loaded one */
	WBPF_KEY_OBJECT_LOG = 11,  /* get bytes: what its log buffer holds since the last load */
	WBPF_KEY_OBJECT_FILE = 13, /* get bytes: the object file, when it came compressed; else
				    * -ENOENT */

	/* maps, set before load unless said otherwise */
	WBPF_KEY_MAP_TYPE = 32,          /* set u32 */
	WBPF_KEY_MAP_KEY_SIZE = 33,      /* set u32 */
	WBPF_KEY_MAP_VALUE_SIZE = 34,    /* set u32 */
	WBPF_KEY_MAP_MAX_ENTRIES = 35,   /* set u32 */
	WBPF_KEY_MAP_FLAGS = 36,         /* set u32 */
	WBPF_KEY_MAP_NUMA_NODE = 37,     /* set u32 */
	WBPF_KEY_MAP_IFINDEX = 38,       /* set u32 */
	WBPF_KEY_MAP_EXTRA = 39,         /* set u64; of an arena, from minor version 2 on: where in
					  * memory it shall lie, whole pages of the module's own, 0 for
					  * nowhere. The object's own number is not used then */
	WBPF_KEY_MAP_AUTOCREATE = 40,    /* set u32 */
	WBPF_KEY_MAP_INITIAL_VALUE = 41, /* get, set: bytes, exactly the value's size; where a
					  * struct_ops map has functions, handles of programs */
	WBPF_KEY_MAP_PIN_PATH = 42,      /* get, set: bytes; empty: none */
	WBPF_KEY_MAP_REUSE = 43,         /* set handle of another map */
	WBPF_KEY_MAP_INNER = 44,         /* set handle of the map that is the pattern; get: struct
					  * wbpf_map_info of the object's own pattern, or -ENOENT */
	WBPF_KEY_MAP_EXCLUSIVE = 45,     /* set handle of the program, of the same object, that may
					  * use the map */
	WBPF_KEY_MAP_SECTION = 47,   /* get bytes: of a data section's map, the section's name */
	WBPF_KEY_MAP_FUNCTIONS = 46, /* get: u32[], where the functions of a struct_ops map's
				      * initial value are: the offsets of 8 bytes each */

	/* programs, set before load */
	WBPF_KEY_PROG_SECTION = 64,              /* get: bytes */
	WBPF_KEY_PROG_TYPE = 65,                 /* set u32 */
	WBPF_KEY_PROG_EXPECTED_ATTACH_TYPE = 66, /* set u32 */
	WBPF_KEY_PROG_FLAGS = 67,                /* set u32 */
	WBPF_KEY_PROG_AUTOLOAD = 68,             /* set u32 */
	WBPF_KEY_PROG_IFINDEX = 69,              /* set u32 */
	WBPF_KEY_PROG_ATTACH_TARGET = 70,        /* set struct wbpf_attach_target */
	WBPF_KEY_PROG_LOG = 71, /* set u32: the size of its log buffer, 0 for none; get: bytes, what
				 * the last load left in it */
	WBPF_KEY_PROG_INSNS = 72,  /* get, set: struct bpf_insn[], descriptors in them as handles */
	WBPF_KEY_PROG_UNLOAD = 73, /* set, empty */
	WBPF_KEY_PROG_FUNC_INFO = 74, /* get: struct bpf_func_info[]; none: -EOPNOTSUPP */
	WBPF_KEY_PROG_LINE_INFO = 75, /* get: struct bpf_line_info[]; none: -EOPNOTSUPP */

	/* links */
	WBPF_KEY_LINK_MAP = 96, /* set handle of the struct_ops map to put in place of its own */
};

/*
 * What the module took from a map's ring buffer or perf buffers: its own account, in its own
 * memory, which the host reads when it is asked for statistics. It is set when reading begins, and
 * again, with size 0, before the memory is given back.
 */
struct wbpf_counts {
	wbpf_handle map;
	wbpf_addr ring;   /* where a ring buffer is mapped, from the consumer's page on; else 0 */
	uint64_t records; /* that went to the callback */
	/* perf buffers only: a ring buffer's pages tell the host */
	uint64_t bytes;   /* of the buffers, headers among them */
	uint64_t highest; /* bytes that waited, at most, in one of them */
	uint64_t size;    /* bytes of one of them */
	uint64_t lost;    /* records */
};

struct wbpf_object_info {
	uint32_t size;
	uint32_t kernel_version;
	uint32_t maps;  /* how many */
	uint32_t progs; /* how many */
};

struct wbpf_map_info {
	uint32_t size;
	uint32_t type;
	uint32_t key_size;
	uint32_t value_size;
	uint32_t max_entries;
	uint32_t flags;
	uint64_t extra;
	uint32_t numa_node;
	uint32_t ifindex;
	uint32_t btf_key_type_id;
	uint32_t btf_value_type_id;
	uint32_t state;        /* WBPF_MAP_* */
	uint32_t initial_size; /* bytes of the initial value; 0 when it has none */
	/* minor version 2 */
	wbpf_addr data; /* of a loaded arena in memory: where its variables are; 0: it has none */
	uint32_t reserved;
};
#define WBPF_MAP_INTERNAL 1u /* a data section: .bss, .data, .rodata, .kconfig */
#define WBPF_MAP_AUTOCREATE 2u
#define WBPF_MAP_AUTOATTACH 4u
#define WBPF_MAP_LOADED 8u
#define WBPF_MAP_PINNED 16u

struct wbpf_prog_info {
	uint32_t size;
	uint32_t type;
	uint32_t expected_attach_type;
	uint32_t flags;
	uint32_t insn_cnt;
	uint32_t state; /* WBPF_PROG_* */
	uint32_t log_level;
	uint32_t reserved;
	/* minor version 1 */
	uint32_t func_info_cnt;
	uint32_t line_info_cnt;
};
#define WBPF_PROG_AUTOLOAD 1u
#define WBPF_PROG_AUTOATTACH 2u
#define WBPF_PROG_LOADED 4u

struct wbpf_attach_target {
	uint32_t size;
	wbpf_handle prog; /* 0: the kernel */
	struct wbpf_str func;
	/* minor version 1 */
	uint32_t btf_id; /* in place of func: its type in the program's BTF or vmlinux'; 0: none */
};

/*
 * How attach() attaches. One struct for all kinds; each kind lists the fields that it reads, and
 * the others are 0. The names in brackets are the arguments of the libbpf function of that kind.
 */
enum wbpf_attach_kind {
	WBPF_ATTACH_AUTO = 0,           /* by the program's section, as bpf_program__attach() */
	WBPF_ATTACH_TRACEPOINT = 1,     /* name [tp_name], path [tp_category], cookie */
	WBPF_ATTACH_RAW_TRACEPOINT = 2, /* name, cookie */
	WBPF_ATTACH_KPROBE = 3,         /* name [func_name], offset, cookie, flags: RETURN; mode */
	WBPF_ATTACH_UPROBE = 4, /* path [binary], name [func_name], offset, pid, ref_ctr, cookie,
				 * flags: RETURN; mode */
	WBPF_ATTACH_USDT = 5,   /* path [binary], provider, name, pid, cookie */
	WBPF_ATTACH_PERF_EVENT = 6, /* target: handle, cookie, flags: FORCE_IOCTL, DONT_ENABLE */
	WBPF_ATTACH_TRACE = 7,      /* cookie */
	WBPF_ATTACH_LSM = 8,        /* */
	WBPF_ATTACH_CGROUP = 9,    /* target: handle; flags, relative, revision: as libbpf's opts */
	WBPF_ATTACH_NETNS = 10,    /* target: handle */
	WBPF_ATTACH_SOCKMAP = 11,  /* target: handle */
	WBPF_ATTACH_XDP = 12,      /* target: interface index */
	WBPF_ATTACH_TCX = 13,      /* target: interface index; flags, relative, revision */
	WBPF_ATTACH_NETKIT = 14,   /* target: interface index; flags, relative, revision */
	WBPF_ATTACH_ITER = 15,     /* info: the kernel's union bpf_iter_link_info, handles in it */
	WBPF_ATTACH_FREPLACE = 16, /* target: handle of a program; name [attach_func_name] */
	WBPF_ATTACH_NETFILTER = 17,    /* pf, hooknum, priority, flags */
	WBPF_ATTACH_STRUCT_OPS = 18,   /* of a map */
	WBPF_ATTACH_KSYSCALL = 19,     /* name [syscall_name], cookie, flags: RETURN */
	WBPF_ATTACH_KPROBE_MULTI = 20, /* name [pattern] or count, and syms or addrs; cookies,
					* flags: RETURN, SESSION, UNIQUE */
	WBPF_ATTACH_UPROBE_MULTI = 21, /* path, name [pattern] or count, and syms or addrs;
					* ref_ctrs, cookies, pid, flags: RETURN, SESSION */
};
#define WBPF_ATTACH_RETURN 1u
#define WBPF_ATTACH_SESSION 2u
#define WBPF_ATTACH_IF_POSSIBLE                                                                    \
	4u /* AUTO: 0, no link, when the section does not say how to attach */
#define WBPF_ATTACH_UNIQUE 8u
#define WBPF_ATTACH_FORCE_IOCTL 16u
#define WBPF_ATTACH_DONT_ENABLE 32u

struct wbpf_attach {
	uint32_t size;
	uint32_t kind; /* enum wbpf_attach_kind */
	uint64_t cookie;
	struct wbpf_str name;
	struct wbpf_str path;
	struct wbpf_str provider;
	struct wbpf_str info;
	uint64_t offset;
	uint64_t ref_ctr;
	uint64_t revision;
	int32_t target; /* a handle or an interface index */
	int32_t pid;    /* -1: every process; 0: this one */
	uint32_t flags;
	int32_t relative; /* a handle, or an id that is none */
	uint32_t mode;    /* enum probe_attach_mode */
	uint32_t pf;
	uint32_t hooknum;
	int32_t priority;
	/* minor version 1 */
	uint32_t relative_id;     /* an id; relative is then a handle */
	struct wbpf_str syms;     /* count names, each ended by a NUL */
	struct wbpf_str addrs;    /* count u64: addresses in the kernel, offsets in a program */
	struct wbpf_str ref_ctrs; /* count u64 */
	struct wbpf_str cookies;  /* count u64 */
	uint32_t count;
};

/* Questions about types and names; btf()'s op. */
enum wbpf_btf_op {
	WBPF_BTF_SIZE = 1,    /* of; out: bytes, first_id, types */
	WBPF_BTF_FIND = 2,    /* of, name, kind; out: id. -ENOENT */
	WBPF_BTF_READ = 3,    /* of, offset; out: bytes of the data, at most what fits to, at to */
	WBPF_BTF_SECTION = 4, /* name: of a program's section; out: prog_type, attach_type, flags.
			       * -ESRCH when libbpf knows no such section */
};

struct wbpf_btf {
	uint32_t size;
	int32_t kind;         /* BTF_KIND_*; -1: any */
	struct wbpf_str of;   /* "vmlinux", or a module's name */
	struct wbpf_str name; /* of a type, or a section */
	struct wbpf_str to;   /* where the data go */
	uint64_t offset;
	uint64_t bytes;
	uint32_t first_id; /* of a module's types; 1 for vmlinux */
	uint32_t types;    /* how many */
	uint32_t id;
	uint32_t prog_type;
	uint32_t attach_type;
	uint32_t flags; /* WBPF_SECTION_* */
};
#define WBPF_SECTION_ATTACHABLE 1u /* libbpf_attach_type_by_name() knows it too */

/* Network attachments that are not links, and interface names; net()'s op. */
enum wbpf_net_op {
	WBPF_NET_TC_HOOK_CREATE = 1,
	WBPF_NET_TC_HOOK_DESTROY = 2,
	WBPF_NET_TC_ATTACH = 3, /* out: handle, priority, prog_id */
	WBPF_NET_TC_DETACH = 4,
	WBPF_NET_TC_QUERY = 5,   /* out: handle, priority, prog_id */
	WBPF_NET_XDP_ATTACH = 6, /* prog, flags, old_prog */
	WBPF_NET_XDP_DETACH = 7, /* flags, old_prog */
	WBPF_NET_XDP_QUERY = 8,  /* out: prog_id, attach_mode, feature_flags */
	WBPF_NET_IF_INDEX = 9,   /* name; out: ifindex */
	WBPF_NET_IF_NAME =
		10, /* ifindex; out: name, written at its addr, at most len bytes with NUL */
};

/* In and out; the meaning of tc fields is that of libbpf's bpf_tc_hook and bpf_tc_opts. */
struct wbpf_net {
	uint32_t size;
	int32_t ifindex;
	uint32_t attach_point; /* enum bpf_tc_attach_point */
	uint32_t parent;
	wbpf_handle prog; /* a program's handle */
	wbpf_handle old_prog;
	uint32_t flags;
	uint32_t prog_id;
	uint32_t tc_handle;
	uint32_t priority;
	struct wbpf_str name; /* interface name; of qdisc for a hook of that kind */
	uint64_t feature_flags;
	uint32_t attach_mode;
	uint32_t qdisc_handle; /* bpf_tc_hook's handle, with a qdisc by name */
	uint32_t drv_prog_id;  /* out, XDP_QUERY: as in libbpf's bpf_xdp_query_opts, to the end */
	uint32_t hw_prog_id;
	uint32_t skb_prog_id;
	uint32_t xdp_zc_max_segs;
};

/* What poll_ctl() takes and poll_wait() gives; the kernel's struct epoll_event, unpacked. */
struct wbpf_event {
	uint32_t events; /* EPOLL* bits */
	uint32_t reserved;
	uint64_t data;
};
/* What poll() takes and gives; the kernel's struct pollfd with a handle in it. */
struct wbpf_pollfd {
	wbpf_handle handle; /* negative: none; POLLNVAL when it is not one */
	int16_t events;     /* POLL* bits */
	int16_t revents;    /* out */
};
enum { WBPF_POLL_LIMIT = 1024 }; /* handles at a time */
enum { WBPF_POLL_ADD = 1, WBPF_POLL_DEL = 2, WBPF_POLL_MOD = 3 };

/* memory_map(): what of the object. Offsets are those of mmap(2) on its descriptor. */
enum { WBPF_PROT_READ = 1, WBPF_PROT_WRITE = 2 };

enum wbpf_signal_how { WBPF_SIGNAL_DEFAULT = 0, WBPF_SIGNAL_IGNORE = 1, WBPF_SIGNAL_CATCH = 2 };

/* A log record's severity: libbpf's enum libbpf_print_level. */
enum wbpf_log { WBPF_LOG_WARN = 0, WBPF_LOG_INFO = 1, WBPF_LOG_DEBUG = 2 };

/* file_open(): what it opens, and what describes it. */
enum wbpf_file_kind {
	WBPF_FILE_CGROUP = 1,     /* struct wbpf_str: a directory of a cgroup2 file system */
	WBPF_FILE_NETNS = 2,      /* struct wbpf_str: /proc/PID/ns/net or a bind mount of one */
	WBPF_FILE_PERF_EVENT = 3, /* struct wbpf_perf_event; -E2BIG writes attr's size */
	WBPF_FILE_SOCKET = 4,     /* struct wbpf_socket; pair is written */
	WBPF_FILE_BPFFS = 5,      /* struct wbpf_str: what lies in a BPF file system, to read */
	WBPF_FILE_PIDFD = 6,      /* struct wbpf_pidfd */
};

/* perf_event_open(2). */
struct wbpf_perf_event {
	uint32_t size;
	int32_t pid; /* with PERF_FLAG_PID_CGROUP the handle of a cgroup */
	int32_t cpu;
	wbpf_handle group; /* -1: none */
	uint32_t flags;    /* PERF_FLAG_* */
	wbpf_addr attr; /* the kernel's struct perf_event_attr, as long as it says itself; where it
			 * has pointers (kprobe_func, uprobe_path), addresses */
};

/* socket(2) and socketpair(2); numbers are Linux's. */
struct wbpf_socket {
	uint32_t size;
	int32_t domain;
	int32_t type; /* with SOCK_NONBLOCK */
	int32_t protocol;
	uint32_t flags;   /* WBPF_SOCKET_* */
	wbpf_handle pair; /* out: the other one of a pair */
};
#define WBPF_SOCKET_PAIR 1u

/* pidfd_open(2). */
struct wbpf_pidfd {
	uint32_t size;
	int32_t pid;
	uint32_t flags;
};

/* file_control(): what to do. In brackets what arg is; nothing: size is 0. */
enum wbpf_file_op {
	/* perf events: ioctl(2)'s PERF_EVENT_IOC_* */
	WBPF_PERF_ENABLE = 1,        /* [u32: PERF_IOC_FLAG_*] */
	WBPF_PERF_DISABLE = 2,       /* [u32: PERF_IOC_FLAG_*] */
	WBPF_PERF_REFRESH = 3,       /* [u32] */
	WBPF_PERF_RESET = 4,         /* [u32: PERF_IOC_FLAG_*] */
	WBPF_PERF_PERIOD = 5,        /* [u64] */
	WBPF_PERF_SET_OUTPUT = 6,    /* [handle of another one, or -1] */
	WBPF_PERF_SET_FILTER = 7,    /* [bytes without NUL] */
	WBPF_PERF_ID = 8,            /* [out u64] */
	WBPF_PERF_SET_BPF = 9,       /* [handle of a program] */
	WBPF_PERF_PAUSE_OUTPUT = 10, /* [u32] */
	WBPF_PERF_QUERY_BPF = 11,    /* [in and out: struct perf_event_query_bpf] */
	WBPF_PERF_MODIFY = 12,       /* [struct perf_event_attr] */

	/* sockets: the call of that name [struct wbpf_socket_op] */
	WBPF_SOCKET_BIND = 32,     /* address */
	WBPF_SOCKET_CONNECT = 33,  /* address */
	WBPF_SOCKET_LISTEN = 34,   /* number: the backlog */
	WBPF_SOCKET_ACCEPT = 35,   /* number: SOCK_NONBLOCK or 0; out: address. Returns a handle */
	WBPF_SOCKET_SHUTDOWN = 36, /* number: SHUT_* */
	WBPF_SOCKET_NAME = 37,     /* out: address */
	WBPF_SOCKET_PEER = 38,     /* out: address */
	WBPF_SOCKET_SET_OPTION = 39, /* level, number: the option, data; a program is a handle in
				      * it, a classic filter its struct sock_filter[] */
	WBPF_SOCKET_GET_OPTION = 40, /* level, number: the option; out: data */
	WBPF_SOCKET_SEND = 41,       /* data, number: MSG_*, address unless 0. Returns bytes */
	WBPF_SOCKET_RECEIVE = 42,    /* out: data, address unless 0; number: MSG_*. Returns bytes */

	/* any */
	WBPF_FILE_FLAGS = 64,     /* Returns O_NONBLOCK (2048) or 0 */
	WBPF_FILE_SET_FLAGS = 65, /* [u32: O_NONBLOCK or 0] */
	WBPF_FILE_AVAILABLE = 66, /* [out u32: bytes to read], as ioctl(2)'s FIONREAD */
	/* of 0, 1 and 2, the standard files, alone */
	WBPF_FILE_IS_TERMINAL = 67, /* Returns 1 or 0 */
};

struct wbpf_socket_op {
	uint32_t size;
	int32_t level;
	int32_t number;
	uint32_t reserved;
	struct wbpf_str address; /* the kernel's struct sockaddr; out: len as it was found to be */
	struct wbpf_str data;    /* out: len of an option */
};

/*
 * path(): what the C library's WASI calls do not tell: of links in /proc that lead out of the
 * folder, and under which numbers the kernel knows a file; in the folders that the module was
 * given.
 */
enum wbpf_path_op {
	WBPF_PATH_LINK = 1,      /* out: text, at most len bytes without NUL, and its len */
	WBPF_PATH_NAMESPACE = 2, /* of /proc/PID/ns/NAME; out: device, inode, mode */
	WBPF_PATH_NUMBERS = 3,   /* of a file or folder, links followed; out: device, inode */
};

struct wbpf_path {
	uint32_t size;
	uint32_t mode;
	struct wbpf_str path; /* absolute, in the module's view */
	struct wbpf_str text;
	uint64_t device;
	uint64_t inode;
};

/* local_time(): how the host's time zone differs from UTC at a time. */
struct wbpf_zone {
	uint32_t size;
	uint32_t flags;   /* WBPF_ZONE_*; in: LOCAL, out: SUMMER */
	int32_t offset;   /* seconds to add to UTC */
	int32_t other;    /* with LOCAL: the offset of the other part of the year */
	uint8_t name[16]; /* its abbreviation, with NUL */
};
#define WBPF_ZONE_LOCAL 1u  /* the time is local, not UTC */
#define WBPF_ZONE_SUMMER 2u /* daylight saving time */

#endif
