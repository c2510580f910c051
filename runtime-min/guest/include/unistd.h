/* SPDX-License-Identifier: BSD-2-Clause */
/* wasi-libc's <unistd.h>, and what it leaves out. */
#ifndef _WASI_EMULATED_GETPID
#define _WASI_EMULATED_GETPID
#endif
#include_next <unistd.h>

#ifndef WBPF_UNISTD_H
#define WBPF_UNISTD_H

#ifdef __cplusplus
extern "C" {
#endif

pid_t gettid(void);
pid_t getppid(void);
uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);
int getpagesize(void);
int pause(void);

/* The few system calls that have a meaning here: <sys/syscall.h>. */
long syscall(long number, ...);

/* Always -1 with ENOSYS. */
pid_t fork(void);
pid_t vfork(void);
int pipe(int fds[2]);
int execl(const char *path, const char *arg, ...);
int execlp(const char *file, const char *arg, ...);
int execv(const char *path, char *const argv[]);
int execve(const char *path, char *const argv[], char *const env[]);
int execvp(const char *file, char *const argv[]);

/* By other symbols, as <fcntl.h> does; readlink() also of links in /proc that lead anywhere. */
ssize_t readlink(const char *path, char *buf, size_t size) __asm__("wbpf_readlink");
ssize_t readlinkat(int dir, const char *path, char *buf, size_t size) __asm__("wbpf_readlinkat");
int faccessat(int dir, const char *path, int mode, int flags) __asm__("wbpf_faccessat");
int linkat(int dir, const char *path, int to_dir, const char *to, int flags) __asm__("wbpf_linkat");
int symlinkat(const char *text, int dir, const char *path) __asm__("wbpf_symlinkat");
int unlinkat(int dir, const char *path, int flags) __asm__("wbpf_unlinkat");

#ifndef _SC_NPROCESSORS_CONF
#define _SC_NPROCESSORS_CONF 83
#define _SC_NPROCESSORS_ONLN 84
#endif

#ifdef __cplusplus
}
#endif

#endif
