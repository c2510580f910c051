/* SPDX-License-Identifier: BSD-2-Clause */
/* wasi-libc's errno, and the Linux ones that WASI has no number for. */
#include_next <errno.h>

#ifndef WBPF_ERRNO_H
#define WBPF_ERRNO_H

#define __WBPF_ERRNO(linux_number) (200 + (linux_number))

#ifndef EDEADLOCK
#define EDEADLOCK EDEADLK
#endif
#define ENOTBLK __WBPF_ERRNO(15)
#define ENODATA __WBPF_ERRNO(61)
#define ETIME __WBPF_ERRNO(62)
#define ENONET __WBPF_ERRNO(64)
#define ECOMM __WBPF_ERRNO(70)
#define EBADFD __WBPF_ERRNO(77)
#define ERESTART __WBPF_ERRNO(85)
#define EUSERS __WBPF_ERRNO(87)
#define ESOCKTNOSUPPORT __WBPF_ERRNO(94)
#define EPFNOSUPPORT __WBPF_ERRNO(96)
#define ESHUTDOWN __WBPF_ERRNO(108)
#define EHOSTDOWN __WBPF_ERRNO(112)
#define EUCLEAN __WBPF_ERRNO(117)
#define EREMOTEIO __WBPF_ERRNO(121)
#define ENOKEY __WBPF_ERRNO(126)

#ifndef __error_t_defined
#define __error_t_defined 1
typedef int error_t;
#endif

#endif
