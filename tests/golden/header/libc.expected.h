
typedef struct {
	int32_t val[2];
} fsid_t;
WBPF_ASSERT_SIZE(fsid_t, 8);
WBPF_ASSERT_OFFSET(fsid_t, val, 0);

typedef struct {
	int32_t quot;
	int32_t rem;
} div_t___bpf;
WBPF_ASSERT_SIZE(div_t___bpf, 8);
WBPF_ASSERT_OFFSET(div_t___bpf, quot, 0);
WBPF_ASSERT_OFFSET(div_t___bpf, rem, 4);

enum whence {
	SEEK_SET___bpf = 0,
};
WBPF_ASSERT_SIZE(enum whence, 4);

struct timespec___bpf {
	int64_t tv_sec; /* long */
	int64_t tv_nsec; /* long */
};
WBPF_ASSERT_SIZE(struct timespec___bpf, 16);
WBPF_ASSERT_OFFSET(struct timespec___bpf, tv_sec, 0);
WBPF_ASSERT_OFFSET(struct timespec___bpf, tv_nsec, 8);

struct stat___bpf {
	uint32_t st_size;
	uint32_t : 32;
	struct timespec___bpf st_mtime___bpf;
};
WBPF_ASSERT_SIZE(struct stat___bpf, 24);
WBPF_ASSERT_OFFSET(struct stat___bpf, st_size, 0);
WBPF_ASSERT_OFFSET(struct stat___bpf, st_mtime___bpf, 8);

struct sysinfo___bpf {
	int64_t uptime; /* long */
};
WBPF_ASSERT_SIZE(struct sysinfo___bpf, 8);
WBPF_ASSERT_OFFSET(struct sysinfo___bpf, uptime, 0);

struct clock_t___bpf {
	int64_t ticks; /* long */
};
WBPF_ASSERT_SIZE(struct clock_t___bpf, 8);
WBPF_ASSERT_OFFSET(struct clock_t___bpf, ticks, 0);

typedef struct {
	uint32_t code;
} wchar_t___bpf;
WBPF_ASSERT_SIZE(wchar_t___bpf, 4);
WBPF_ASSERT_OFFSET(wchar_t___bpf, code, 0);

struct record {
	uint32_t u;
	uint32_t : 32;
	uint64_t u8;
	int8_t c;
	bool flag;
	uint16_t : 16;
	uint32_t : 32;
	int64_t time; /* time_t */
	int32_t pid; /* pid_t */
	int32_t pids[2]; /* pid_t */
	fsid_t fsid;
	div_t___bpf div;
	enum whence whence;
	struct stat___bpf stat;
	struct sysinfo___bpf sysinfo;
	int32_t stdin___bpf;
	int32_t errno___bpf;
	struct clock_t___bpf clock;
	wchar_t___bpf wide;
	uint32_t : 32;
};
WBPF_ASSERT_SIZE(struct record, 120);
WBPF_ASSERT_OFFSET(struct record, u, 0);
WBPF_ASSERT_OFFSET(struct record, u8, 8);
WBPF_ASSERT_OFFSET(struct record, c, 16);
WBPF_ASSERT_OFFSET(struct record, flag, 17);
WBPF_ASSERT_OFFSET(struct record, time, 24);
WBPF_ASSERT_OFFSET(struct record, pid, 32);
WBPF_ASSERT_OFFSET(struct record, pids, 36);
WBPF_ASSERT_OFFSET(struct record, fsid, 44);
WBPF_ASSERT_OFFSET(struct record, div, 52);
WBPF_ASSERT_OFFSET(struct record, whence, 60);
WBPF_ASSERT_OFFSET(struct record, stat, 64);
WBPF_ASSERT_OFFSET(struct record, sysinfo, 88);
WBPF_ASSERT_OFFSET(struct record, stdin___bpf, 96);
WBPF_ASSERT_OFFSET(struct record, errno___bpf, 100);
WBPF_ASSERT_OFFSET(struct record, clock, 104);
WBPF_ASSERT_OFFSET(struct record, wide, 112);

struct hiding {
	union {
		int64_t uint8_t___bpf : 1; /* long */
		char int8_t___bpf;
		uint8_t __wbpf_hole0[8];
	};
	struct {
		uint32_t int32_t___bpf;
		int8_t uint64_t___bpf;
		uint8_t : 8;
		uint16_t : 16;
	} inner;
	int32_t behind;
	uint32_t flag : 1;
	uint8_t : 7, : 8;
	uint16_t : 16;
};
WBPF_ASSERT_SIZE(struct hiding, 24);
WBPF_ASSERT_OFFSET(struct hiding, int8_t___bpf, 0);
WBPF_ASSERT_OFFSET(struct hiding, inner, 8);
WBPF_ASSERT_OFFSET(struct hiding, inner.int32_t___bpf, 8);
WBPF_ASSERT_OFFSET(struct hiding, inner.uint64_t___bpf, 12);
WBPF_ASSERT_OFFSET(struct hiding, behind, 16);

typedef unsigned long long __u64;
WBPF_ASSERT_SIZE(__u64, 8);

typedef long long __s64;
WBPF_ASSERT_SIZE(__s64, 8);

typedef __u64 __le64;
WBPF_ASSERT_SIZE(__le64, 8);

typedef uint32_t __u32;
WBPF_ASSERT_SIZE(__u32, 4);

typedef uint64_t __kernel_ulong_t; /* unsigned long */
WBPF_ASSERT_SIZE(__kernel_ulong_t, 8);

struct uapi {
	__u64 a;
	__s64 b;
	__le64 c;
	__u32 d;
	uint32_t : 32;
	__kernel_ulong_t e;
};
WBPF_ASSERT_SIZE(struct uapi, 40);
WBPF_ASSERT_OFFSET(struct uapi, a, 0);
WBPF_ASSERT_OFFSET(struct uapi, b, 8);
WBPF_ASSERT_OFFSET(struct uapi, c, 16);
WBPF_ASSERT_OFFSET(struct uapi, d, 24);
WBPF_ASSERT_OFFSET(struct uapi, e, 32);

#endif /* WBPF_LIBC_BPF_TYPES_H_C149B5DB */
