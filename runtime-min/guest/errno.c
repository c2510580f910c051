// SPDX-License-Identifier: BSD-2-Clause
/*
 * Linux errno numbers to those of wasi-libc. The names are the same, the numbers are not: WASI
 * counts alphabetically. What WASI has no name for keeps a number of its own range, which the
 * library's <errno.h> names.
 */
#include <errno.h>

#include "guest/host.h"

/* Linux (asm-generic/errno-base.h and errno.h), by number; 0 where WASI has no such errno. */
static const unsigned char map[] = {
	[1] = EPERM,
	[2] = ENOENT,
	[3] = ESRCH,
	[4] = EINTR,
	[5] = EIO,
	[6] = ENXIO,
	[7] = E2BIG,
	[8] = ENOEXEC,
	[9] = EBADF,
	[10] = ECHILD,
	[11] = EAGAIN,
	[12] = ENOMEM,
	[13] = EACCES,
	[14] = EFAULT,
	[16] = EBUSY,
	[17] = EEXIST,
	[18] = EXDEV,
	[19] = ENODEV,
	[20] = ENOTDIR,
	[21] = EISDIR,
	[22] = EINVAL,
	[23] = ENFILE,
	[24] = EMFILE,
	[25] = ENOTTY,
	[26] = ETXTBSY,
	[27] = EFBIG,
	[28] = ENOSPC,
	[29] = ESPIPE,
	[30] = EROFS,
	[31] = EMLINK,
	[32] = EPIPE,
	[33] = EDOM,
	[34] = ERANGE,
	[35] = EDEADLK,
	[36] = ENAMETOOLONG,
	[37] = ENOLCK,
	[38] = ENOSYS,
	[39] = ENOTEMPTY,
	[40] = ELOOP,
	[42] = ENOMSG,
	[43] = EIDRM,
	[67] = ENOLINK,
	[71] = EPROTO,
	[72] = EMULTIHOP,
	[74] = EBADMSG,
	[75] = EOVERFLOW,
	[84] = EILSEQ,
	[88] = ENOTSOCK,
	[89] = EDESTADDRREQ,
	[90] = EMSGSIZE,
	[91] = EPROTOTYPE,
	[92] = ENOPROTOOPT,
	[93] = EPROTONOSUPPORT,
	[95] = EOPNOTSUPP,
	[97] = EAFNOSUPPORT,
	[98] = EADDRINUSE,
	[99] = EADDRNOTAVAIL,
	[100] = ENETDOWN,
	[101] = ENETUNREACH,
	[102] = ENETRESET,
	[103] = ECONNABORTED,
	[104] = ECONNRESET,
	[105] = ENOBUFS,
	[106] = EISCONN,
	[107] = ENOTCONN,
	[110] = ETIMEDOUT,
	[111] = ECONNREFUSED,
	[113] = EHOSTUNREACH,
	[114] = EALREADY,
	[115] = EINPROGRESS,
	[116] = ESTALE,
	[122] = EDQUOT,
	[125] = ECANCELED,
	[130] = EOWNERDEAD,
	[131] = ENOTRECOVERABLE,
};

int wbpf_errno(int linux_errno)
{
	/* ENOTSUPP (524) and libbpf's own numbers (4000 and up) are the same everywhere. */
	if (linux_errno >= 512)
		return linux_errno;
	if (linux_errno < (int)sizeof(map) && map[linux_errno])
		return map[linux_errno];
	return __WBPF_ERRNO(linux_errno);
}
