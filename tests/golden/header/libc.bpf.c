/* SPDX-License-Identifier: BSD-2-Clause */
/* Names that the C library has: tags, typedefs, macros. The header can stand beside its headers. */
typedef unsigned int uint32_t;
typedef unsigned long uint64_t;
typedef signed char int8_t;
typedef long time_t;
typedef int pid_t;
typedef _Bool bool;
typedef struct {
	int val[2];
} fsid_t;
typedef struct {
	int quot;
	int rem;
} div_t;
typedef struct {
	unsigned int code;
} wchar_t;
enum { EPERM = 1, MINE = 2 };
enum whence { SEEK_SET = 0 };

struct timespec {
	long tv_sec;
	long tv_nsec;
};

struct stat {
	unsigned int st_size;
	struct timespec st_mtime;
};

struct clock_t {
	long ticks;
};

struct sysinfo {
	long uptime;
};

struct record {
	uint32_t u;
	uint64_t u8;
	int8_t c;
	bool flag;
	time_t time;
	pid_t pid, pids[2];
	fsid_t fsid;
	div_t div;
	enum whence whence;
	struct stat stat;
	struct sysinfo sysinfo;
	int stdin;
	int errno;
	struct clock_t clock;
	wchar_t wide;
};

/* Fields that would hide the typedefs which those behind them are spelled with. */
struct hiding {
	union {
		long uint8_t : 1;
		char int8_t;
	};
	struct {
		unsigned int int32_t;
		signed char uint64_t;
	} inner;
	int behind;
	unsigned flag : 1;
};

struct record record;
struct hiding hiding;
int mine = MINE, eperm = EPERM;

/* <linux/types.h> has these as well. */
typedef unsigned long long __u64;
typedef long long __s64;
typedef __u64 __le64;
typedef unsigned int __u32;
typedef unsigned long __kernel_ulong_t;

struct uapi {
	__u64 a;
	__s64 b;
	__le64 c;
	__u32 d;
	__kernel_ulong_t e;
};
struct uapi uapi;
