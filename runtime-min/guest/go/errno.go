// SPDX-License-Identifier: BSD-2-Clause

package wbpf

import (
	"io/fs"
	"strconv"
)

// Errno is an error number of Linux's, not of WASI's.
type Errno int32

// What programs ask for most; Errno(n) is any other.
const (
	EPERM      Errno = 1
	ENOENT     Errno = 2
	ESRCH      Errno = 3
	EINTR      Errno = 4
	E2BIG      Errno = 7
	EBADF      Errno = 9
	EAGAIN     Errno = 11
	ENOMEM     Errno = 12
	EACCES     Errno = 13
	EFAULT     Errno = 14
	EBUSY      Errno = 16
	EEXIST     Errno = 17
	ENODEV     Errno = 19
	EINVAL     Errno = 22
	EMFILE     Errno = 24
	ENOSPC     Errno = 28
	ERANGE     Errno = 34
	EOPNOTSUPP Errno = 95
	ESTALE     Errno = 116
)

var errnoNames = map[Errno]string{
	EPERM: "EPERM", ENOENT: "ENOENT", ESRCH: "ESRCH", EINTR: "EINTR", 5: "EIO", 6: "ENXIO", E2BIG: "E2BIG",
	8: "ENOEXEC", EBADF: "EBADF", EAGAIN: "EAGAIN", ENOMEM: "ENOMEM", EACCES: "EACCES", EFAULT: "EFAULT",
	EBUSY: "EBUSY", EEXIST: "EEXIST", 18: "EXDEV", ENODEV: "ENODEV", 20: "ENOTDIR", 21: "EISDIR",
	EINVAL: "EINVAL", 23: "ENFILE", EMFILE: "EMFILE", 25: "ENOTTY", 27: "EFBIG", ENOSPC: "ENOSPC",
	30: "EROFS", 32: "EPIPE", 33: "EDOM", ERANGE: "ERANGE", 36: "ENAMETOOLONG", 38: "ENOSYS", 61: "ENODATA",
	62: "ETIME", 71: "EPROTO", 75: "EOVERFLOW", 77: "EBADFD", 92: "ENOPROTOOPT", EOPNOTSUPP: "EOPNOTSUPP",
	98: "EADDRINUSE", 99: "EADDRNOTAVAIL", 100: "ENETDOWN", 110: "ETIMEDOUT", 114: "EALREADY",
	ESTALE: "ESTALE", 125: "ECANCELED", 524: "ENOTSUPP",
}

func (e Errno) Error() string {
	if name, ok := errnoNames[e]; ok {
		return name
	}
	return "errno " + strconv.Itoa(int(e))
}

// Is lets errors.Is find what Go's own packages call it.
func (e Errno) Is(target error) bool {
	switch target {
	case fs.ErrNotExist:
		return e == ENOENT
	case fs.ErrExist:
		return e == EEXIST
	case fs.ErrPermission:
		return e == EPERM || e == EACCES
	}
	return false
}

// doing is what failed, and why.
func doing(what string, ret int32) error {
	return &Error{What: what, Err: Errno(-ret)}
}

// Error says what could not be done.
type Error struct {
	What string
	Err  Errno
}

func (e *Error) Error() string { return e.What + ": " + e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }
