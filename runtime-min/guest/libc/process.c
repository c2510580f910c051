// SPDX-License-Identifier: BSD-2-Clause
/* The process, as far as a module has one: the kernel's view of the host's. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guest/host.h"

pid_t getpid(void)
{
	return wbpf_shared.pid;
}

pid_t gettid(void)
{
	return wbpf_shared.pid;
}

/* As of a process whose parent lives in another namespace. */
pid_t getppid(void)
{
	return 0;
}

int getpagesize(void)
{
	return (int)wbpf_page_size();
}

/* A module has no users; programs ask in order to see whether they may use BPF: try, and see. */
uid_t getuid(void)
{
	return 0;
}

uid_t geteuid(void)
{
	return 0;
}

gid_t getgid(void)
{
	return 0;
}

gid_t getegid(void)
{
	return 0;
}

/* What a sandbox does not have. */
static int no(void)
{
	errno = ENOSYS;
	return -1;
}

pid_t fork(void)
{
	return no();
}

pid_t vfork(void)
{
	return no();
}

int execv(const char *path, char *const argv[])
{
	return no();
}

int execve(const char *path, char *const argv[], char *const env[])
{
	return no();
}

int execvp(const char *file, char *const argv[])
{
	return no();
}

int execl(const char *path, const char *arg, ...)
{
	return no();
}

int execlp(const char *file, const char *arg, ...)
{
	return no();
}

int pipe(int fds[2])
{
	return no();
}

FILE *popen(const char *command, const char *mode)
{
	no();
	return NULL;
}

int pclose(FILE *f)
{
	return no();
}

int system(const char *command)
{
	if (!command)
		return 0; /* there is no shell */
	return no();
}

/* No process ever has children. */
pid_t waitpid(pid_t pid, int *status, int options)
{
	errno = ECHILD;
	return -1;
}

pid_t wait(int *status)
{
	errno = ECHILD;
	return -1;
}
