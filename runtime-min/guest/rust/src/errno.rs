// SPDX-License-Identifier: BSD-2-Clause

use std::fmt;
use std::io;

/// An error number of Linux's, not of WASI's.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Errno(pub i32);

macro_rules! errnos {
    ($($name:ident = $number:expr),* $(,)?) => {
        impl Errno {
            $(#[allow(missing_docs)] pub const $name: Errno = Errno($number);)*

            /// "EINVAL", or None for a number that has no name here.
            pub fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($number => Some(stringify!($name)),)*
                    _ => None,
                }
            }
        }
    };
}

errnos! {
    EPERM = 1, ENOENT = 2, ESRCH = 3, EINTR = 4, EIO = 5, ENXIO = 6, E2BIG = 7, ENOEXEC = 8, EBADF = 9,
    EAGAIN = 11, ENOMEM = 12, EACCES = 13, EFAULT = 14, EBUSY = 16, EEXIST = 17, EXDEV = 18, ENODEV = 19,
    ENOTDIR = 20, EISDIR = 21, EINVAL = 22, ENFILE = 23, EMFILE = 24, ENOTTY = 25, EFBIG = 27, ENOSPC = 28,
    EROFS = 30, EPIPE = 32, EDOM = 33, ERANGE = 34, ENAMETOOLONG = 36, ENOSYS = 38, ENODATA = 61, ETIME = 62,
    EPROTO = 71, EOVERFLOW = 75, EBADFD = 77, ENOPROTOOPT = 92, EOPNOTSUPP = 95, EADDRINUSE = 98,
    EADDRNOTAVAIL = 99, ENETDOWN = 100, ETIMEDOUT = 110, EALREADY = 114, ESTALE = 116, ECANCELED = 125,
    ENOTSUPP = 524,
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "errno {}", self.0),
        }
    }
}

impl fmt::Debug for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What could not be done, and why.
#[derive(Debug, Clone)]
pub struct Error {
    what: String,
    /// Why.
    pub errno: Errno,
}

/// Of everything here that can fail.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(what: impl Into<String>, errno: Errno) -> Error {
        Error { what: what.into(), errno }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.errno)
    }
}

impl std::error::Error for Error {}

impl From<Error> for io::Error {
    fn from(e: Error) -> io::Error {
        let kind = match e.errno {
            Errno::ENOENT => io::ErrorKind::NotFound,
            Errno::EEXIST => io::ErrorKind::AlreadyExists,
            Errno::EPERM | Errno::EACCES => io::ErrorKind::PermissionDenied,
            Errno::EINTR => io::ErrorKind::Interrupted,
            Errno::EINVAL => io::ErrorKind::InvalidInput,
            Errno::ENOMEM => io::ErrorKind::OutOfMemory,
            _ => io::ErrorKind::Other,
        };
        io::Error::new(kind, e)
    }
}

/// A call's result: what it returned, or the error with what was being done.
pub(crate) fn check(ret: i32, what: impl FnOnce() -> String) -> Result<i32> {
    if ret < 0 {
        Err(Error::new(what(), Errno(-ret)))
    } else {
        Ok(ret)
    }
}
