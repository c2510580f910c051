// SPDX-License-Identifier: BSD-2-Clause
/* The C library beside libbpf: the kernel's numbers, addresses as text, files in a folder
 * (argv[1]). */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "say.h"

/* For what returns -1 and sets errno. */
static void say_call(const char *what, long ret)
{
	int err = errno;

	if (ret >= 0)
		printf("%s: %ld\n", what, ret);
	else
		printf("%s: %ld, errno %s\n", what, ret,
		       err == ENOTDIR        ? "ENOTDIR"
		       : err == EAFNOSUPPORT ? "EAFNOSUPPORT"
					     : say_name(err));
}

/* What a BPF program finds in the kernel's structs and a program compares with these names. */
static void numbers(void)
{
	printf("families %d %d %d %d %d %d\n", AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6, AF_NETLINK,
	       AF_PACKET);
	printf("sockets %d %d %d %o %o\n", SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_NONBLOCK,
	       SOCK_CLOEXEC);
	printf("levels %d %d %d %d\n", SOL_SOCKET, SO_TYPE, SO_ATTACH_BPF, SO_REUSEPORT);
	printf("protocols %d %d %d %d\n", IPPROTO_IGMP, IPPROTO_UDPLITE, IPPROTO_ICMPV6,
	       IPPROTO_MAX);
	printf("open %o %o %o %o %o %o %o %o %o\n", O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL,
	       O_TRUNC, O_APPEND, O_NONBLOCK, O_CLOEXEC);
#ifdef __aarch64__
	/* A module has one number for all machines. */
	printf("open %o %o %o %o\n", O_DIRECTORY << 2, O_NOFOLLOW << 2,
	       (O_TMPFILE & ~O_DIRECTORY) | O_DIRECTORY << 2, O_SYNC);
#else
	printf("open %o %o %o %o\n", O_DIRECTORY, O_NOFOLLOW, O_TMPFILE, O_SYNC);
#endif
	printf("sizes %zu %zu %zu %zu %zu\n", sizeof(struct sockaddr), sizeof(struct sockaddr_in),
	       sizeof(struct sockaddr_in6), sizeof(struct sockaddr_un),
	       sizeof(struct sockaddr_storage));
	printf("offsets %zu %zu %zu %zu\n", offsetof(struct sockaddr_in, sin_addr),
	       offsetof(struct sockaddr_in6, sin6_addr),
	       offsetof(struct sockaddr_in6, sin6_scope_id),
	       offsetof(struct sockaddr_un, sun_path));
	printf("status %d %d %d %d\n", WEXITSTATUS(0x300), WIFEXITED(0x300), WIFSIGNALED(9),
	       WTERMSIG(9));
}

static void devices(void)
{
	static const unsigned int parts[] = {0, 1, 0xff, 0x100, 0xfff, 0x1000, 0xfffff, ~0u};
	const size_t count = sizeof(parts) / sizeof(*parts);

	for (size_t i = 0; i < count * count; i++) {
		dev_t dev = makedev(parts[i / count], parts[i % count]);

		printf("device %llx %x %x\n", (unsigned long long)dev, major(dev), minor(dev));
	}
}

static void one_text(int family, const char *text)
{
	unsigned char addr[16] = {0};
	char again[INET6_ADDRSTRLEN], small[9];
	int ret = inet_pton(family, text, addr);

	printf("'%s': %d", text, ret);
	if (ret == 1) {
		printf(" %s", inet_ntop(family, addr, again, sizeof(again)));
		printf(" %s", inet_ntop(family, addr, small, sizeof(small)) ? small : "long");
	}
	printf("\n");
}

static void addresses(void)
{
	static const char *const texts[] = {
		"0.0.0.0",
		"127.0.0.1",
		"255.255.255.255",
		"1.2.3",
		"1.2.3.4.5",
		"256.1.1.1",
		"01.2.3.4",
		"1.2.3.4 ",
		"",
		"1..2.3",
		"1.2.3.0004",
		"::",
		"::1",
		"1::",
		"1::2",
		"a:b::",
		"1:2:3:4:5:6:7:8",
		"1:2:3:4:5:6:7::",
		"::2:3:4:5:6:7:8",
		"1:0:0:4:5:0:0:0",
		"1:0:0:0:5:0:0:0",
		"1:0:3:4:5:6:7:8",
		"::ffff:1.2.3.4",
		"::1.2.3.4",
		"::ffff:0:1.2.3.4",
		"64:ff9b::1.2.3.4",
		"1:2:3:4:5:6:1.2.3.4",
		"1:2:3:4:5:6:7:1.2.3.4",
		"::1.2.3",
		":::",
		":1",
		"1:",
		"1::2::3",
		"12345::",
		"g::",
		"::1%lo",
		"FE80::ABCD",
		"1:2:3:4:5:6:7:8:9",
		"1:2:3:4:5:6:7:8::",
		"0:0:0:0:0:0:1:0",
		"0:0:0:0:0:1:2:3",
		"::ffff:0:0",
		"fe80::1:0:0:2",
		"00001::",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		one_text(AF_INET, texts[i]);
		one_text(AF_INET6, texts[i]);
	}
	say_call("inet_pton of another family", inet_pton(AF_UNIX, "1", (char[16]){0}));
	printf("%s\n", inet_ntoa((struct in_addr){htonl(0x7f000102)}));
	printf("%x %x\n", (unsigned int)ntohl(inet_addr("10.1.2.3")),
	       (unsigned int)inet_addr("nothing"));
}

/* The kernel's numbers, which the native program sees. */
static void same_numbers(const char *path)
{
	struct stat st = {0};

	say_call("stat", stat(path, &st));
	printf("device %u:%u, inode %llu\n", major(st.st_dev), minor(st.st_dev),
	       (unsigned long long)st.st_ino);
}

static void files(const char *folder)
{
	char path[256], other[300], text[32] = "";
	struct stat st;
	void *bytes;
	int fd;

	snprintf(path, sizeof(path), "%s/f.XXXXXX", folder);
	fd = mkstemp(path);
	say_call("mkstemp", fd < 0 ? fd : 0);
	printf("its name ends in XXXXXX: %d\n", !strcmp(path + strlen(path) - 6, "XXXXXX"));
	say_call("mkstemp without X", mkstemp(strcpy(text, "none")));
	say_call("write", write(fd, "hello, ", 7));
	printf("flags: %o\n", fcntl(fd, F_GETFL) & (O_ACCMODE | O_APPEND));
	say_call("O_APPEND", fcntl(fd, F_SETFL, O_APPEND));
	printf("flags: %o\n", fcntl(fd, F_GETFL) & (O_ACCMODE | O_APPEND));
	say_call("lseek", (long)lseek(fd, 0, SEEK_SET));
	say_call("write", write(fd, "world", 5));
	say_call("close", close(fd));
	fd = open(path, 0);
	say_call("open for reading", fd < 0 ? fd : 0);
	say_call("read", read(fd, text, sizeof(text) - 1));
	printf("%s\n", text);
	bytes = mmap(NULL, 12, PROT_READ, MAP_PRIVATE, fd, 0);
	printf("mmap: %.12s\n", bytes == MAP_FAILED ? "no" : (char *)bytes);
	say_call("msync", msync(bytes, 12, MS_SYNC));
	say_call("munmap", munmap(bytes, 12));
	say_call("write to it", write(fd, "x", 1));
	close(fd);
	say_call("O_EXCL", open(path, O_CREAT | O_EXCL | O_WRONLY, 0600));
	say_call("O_DIRECTORY", open(path, O_RDONLY | O_DIRECTORY));
	fd = creat(path, 0600);
	say_call("creat", fd < 0 ? fd : 0);
	say_call("fstat", fstat(fd, &st));
	printf("size %lld\n", (long long)st.st_size);
	close(fd);
	fd = open(folder, O_RDONLY | O_DIRECTORY);
	say_call("unlink", unlink(path));
	close(openat(fd, "beside", O_CREAT | O_RDWR, 0600));
	snprintf(other, sizeof(other), "%s/beside", folder);
	say_call("stat", stat(other, &st));
	say_call("faccessat", faccessat(fd, "beside", R_OK, AT_EACCESS));
	say_call("faccessat of nothing", faccessat(fd, "nothing", R_OK, 0));
	say_call("symlinkat", symlinkat("beside", fd, "link"));
	say_call("readlinkat", readlinkat(fd, "link", text, sizeof(text)));
	say_call("fstatat of the link", fstatat(fd, "link", &st, AT_SYMLINK_NOFOLLOW));
	printf("a link: %d\n", S_ISLNK(st.st_mode));
	say_call("fstatat", fstatat(fd, "link", &st, 0));
	printf("a link: %d\n", S_ISLNK(st.st_mode));
	say_call("fstatat of itself", fstatat(fd, "", &st, AT_EMPTY_PATH));
	printf("a folder: %d\n", S_ISDIR(st.st_mode));
	say_call("renameat", renameat(fd, "link", fd, "renamed"));
	say_call("mkdirat", mkdirat(fd, "inner", 0700));
	say_call("unlinkat of a folder", unlinkat(fd, "inner", AT_REMOVEDIR));
	say_call("unlinkat", unlinkat(fd, "renamed", 0));
	say_call("unlinkat, absolute", unlinkat(AT_FDCWD, other, 0));
	close(fd);
	say_call("open of nothing", open(other, O_RDONLY));
	snprintf(path, sizeof(path), "%s/d.XXXXXX", folder);
	say_ptr("mkdtemp", mkdtemp(path));
	say_call("rmdir", rmdir(path));
	printf("umask %o", umask(027));
	printf(" %o\n", umask(022));
	same_numbers(folder);
	say_call("chdir", chdir(folder));
	same_numbers(".");
	same_numbers("././");
	say_call("stat of nothing", stat("nothing", &st));
}

static const char *proc(const char *pid, const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "/proc/%s/%s", pid, name);
	return path;
}

/* What says the same of another process to everybody. */
static void links(const char *pid)
{
	char text[512];
	struct stat st = {0};
	ssize_t n = readlink(proc(pid, "exe"), text, sizeof(text));

	say_call("link", n);
	printf("%.*s\n", n > 0 ? (int)n : 0, text);
	say_call("link, cut", readlink(proc(pid, "exe"), text, 3));
	say_call("link of a folder", readlink(proc(pid, "cwd"), text, sizeof(text)));
	say_call("readlinkat", readlinkat(AT_FDCWD, proc(pid, "root"), text, sizeof(text)));
	say_call("no link", readlink(proc(pid, "comm"), text, sizeof(text)));
	say_call("nothing", readlink(proc(pid, "nothing"), text, sizeof(text)));
	say_call("namespace", stat(proc(pid, "ns/pid"), &st));
	printf("%llu %llu %o\n", (unsigned long long)st.st_dev, (unsigned long long)st.st_ino,
	       (unsigned int)st.st_mode);
	say_call("fstatat", fstatat(AT_FDCWD, proc(pid, "ns/net"), &st, 0));
	printf("%llu\n", (unsigned long long)st.st_ino);
	say_call("no namespace", stat(proc(pid, "ns/nothing"), &st));
	say_call("ordinary", stat(proc(pid, "comm"), &st));
	printf("%llu\n", (unsigned long long)st.st_ino);
}

static double now(clockid_t clock)
{
	struct timespec ts = {0};

	clock_gettime(clock, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* The clocks are the kernel's own: its time since boot lies between two looks at ours. */
static void clocks(void)
{
	double before = now(CLOCK_BOOTTIME), up = 0, after;
	FILE *f = fopen("/proc/uptime", "r");

	printf("uptime: %d\n", f ? fscanf(f, "%lf", &up) : -1);
	if (f)
		fclose(f);
	after = now(CLOCK_BOOTTIME);
	printf("in order: %d %d\n", before - 0.02 <= up, up <= after + 0.02);
	printf("not later than boot time: %d\n", now(CLOCK_MONOTONIC) <= now(CLOCK_BOOTTIME));
	printf("all there: %d %d %d %d\n", now(CLOCK_MONOTONIC_RAW) > 0,
	       now(CLOCK_MONOTONIC_COARSE) > 0, now(CLOCK_REALTIME_COARSE) > 0, now(CLOCK_TAI) > 0);
}

/* What only a module is refused, although the host has it. */
static void refused(const char *pid)
{
	char text[64], path[128];
	struct stat st;

	say_call("exe", readlink(proc(pid, "exe"), text, sizeof(text)));
	say_call("ns", stat(proc(pid, "ns/pid"), &st));
	snprintf(path, sizeof(path), "root/proc/%s/exe", pid);
	say_call("root", readlink(proc(pid, path), text, sizeof(text)));
	snprintf(path, sizeof(path), "../../proc/%s/exe", pid);
	say_call("dots", readlink(proc(pid, path), text, sizeof(text)));
}

/* Summer and winter, the hours around a change, far away; and back from local time. */
static void times(void)
{
	static const long long all[] = {
		0,
		1700000000,
		1689000000,
		1711846800 - 1,
		1711846800,
		1729990800 - 3601,
		1729990800,
		-86400 * 365 * 5ll,
		4102444800ll,
		951782400ll,
	};
	char text[64];

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		time_t t = (time_t)all[i];
		struct tm tm = {0}, again;

		localtime_r(&t, &tm);
		strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S %z %Z %j", &tm);
		printf("%lld: %s, %d", all[i], text, tm.tm_isdst);
		again = tm;
		printf(", back %d", mktime(&again) == t);
		again = tm;
		again.tm_isdst = -1;
		again.tm_mon += 7;
		t = mktime(&again);
		strftime(text, sizeof(text), "%m-%d %H %Z", &again);
		printf(", later %lld %s\n", (long long)t, text);
	}
}

static void machine(void)
{
	printf("%ld %ld %ld %ld %d %d %d\n", sysconf(_SC_NPROCESSORS_ONLN),
	       sysconf(_SC_NPROCESSORS_CONF), sysconf(_SC_PAGESIZE), sysconf(_SC_CLK_TCK),
	       getpagesize(), get_nprocs(), get_nprocs_conf());
	say_call("sysconf of nothing", sysconf(-5));
}

struct pair {
	unsigned char key, at[2];
};

static int by_key(const void *a, const void *b)
{
	return ((const struct pair *)a)->key - ((const struct pair *)b)->key;
}

/* Equal ones keep their order. */
static void sorts(size_t count, unsigned int keys)
{
	static struct pair pairs[3000];
	unsigned int seed = 7, bad = 0, sum = 0;

	for (size_t i = 0; i < count; i++) {
		seed = seed * 1103515245 + 12345;
		pairs[i].key = (unsigned char)(seed >> 16) % keys;
		pairs[i].at[0] = (unsigned char)(i >> 8);
		pairs[i].at[1] = (unsigned char)i;
	}
	qsort(pairs, count, sizeof(pairs[0]), by_key);
	for (size_t i = 0; i < count; i++) {
		sum = sum * 31 + pairs[i].key + pairs[i].at[0] * 256u + pairs[i].at[1];
		if (i && (pairs[i].key < pairs[i - 1].key ||
			  (pairs[i].key == pairs[i - 1].key &&
			   memcmp(pairs[i].at, pairs[i - 1].at, 2) <= 0)))
			bad++;
	}
	printf("%zu with %u keys: %u, %u out of order\n", count, keys, sum, bad);
}

int main(int argc, char **argv)
{
	jmp_buf env;

	if (argc > 2 && !strcmp(argv[1], "links")) {
		links(argv[2]);
		clocks();
		return 0;
	}
	if (argc > 2 && !strcmp(argv[1], "refused")) {
		refused(argv[2]);
		return 0;
	}
	umask(022);
	numbers();
	devices();
	addresses();
	times();
	machine();
	for (size_t i = 0; i < 20; i++)
		sorts(i, 3);
	sorts(3000, 2);
	sorts(3000, 256);
	sorts(1000, 1);
	printf("setjmp: %d\n", setjmp(env));
	if (argc > 1)
		files(argv[1]);
	return 0;
}
