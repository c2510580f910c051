// SPDX-License-Identifier: BSD-2-Clause
//! The conversation's start, and what happens behind every call.

use core::ffi::c_void;
use core::ptr::{addr_of, addr_of_mut};
use core::sync::atomic::{AtomicBool, Ordering};
use std::alloc::{alloc_zeroed, dealloc, Layout};
use std::cell::{Cell, RefCell};
use std::mem::size_of;

use crate::abi::*;
use crate::calls::{self, Handle};
use crate::errno::{check, Error, Result};
use crate::Errno;

static mut SHARED: Shared = Shared {
    size: size_of::<Shared>() as u32,
    minor: 0,
    page_size: 0,
    possible_cpus: 0,
    pid: 0,
    properties: 0,
    kernel_version: 0,
    signals: 0,
    logs: 0,
    online_cpus: 0,
};
static STARTED: AtomicBool = AtomicBool::new(false);

/// The block that the host fills before it gets any other call.
#[allow(unused_unsafe)] // of a static's address, since Rust 1.80
pub(crate) fn shared() -> *const Shared {
    if !STARTED.swap(true, Ordering::Relaxed) {
        let ret = unsafe { calls::start(addr_of_mut!(SHARED) as *const c_void) };
        assert!(ret >= 0, "wbpf: the host does not begin: {}", Errno(-ret));
    }
    unsafe { addr_of!(SHARED) }
}

macro_rules! field {
    ($name:ident) => {
        unsafe { addr_of!((*shared()).$name).read_volatile() }
    };
}

/// A call to the host; what libbpf said meanwhile is handed over.
macro_rules! host {
    ($name:ident $(, $argument:expr)* $(,)?) => {{
        $crate::host::shared();
        let ret = unsafe { $crate::calls::$name($($argument),*) };
        $crate::host::take_logs();
        ret
    }};
}
pub(crate) use host;

/// How severe a message of libbpf's is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum LogLevel {
    Warn = 0,
    Info = 1,
    Debug = 2,
}

type Log = Box<dyn FnMut(LogLevel, &str)>;
thread_local! {
    static LOG: RefCell<Option<Log>> = RefCell::new(Some(Box::new(|_, text| eprint!("{text}"))));
    static DRAINING: Cell<bool> = Cell::new(false);
}

/// Has a function get what libbpf says from now on, up to a level. At first warnings and informations go to
/// the standard error. None: nothing is said.
pub fn set_log(level: LogLevel, log: Option<Log>) {
    set_number(0, KEY_LOG_LEVEL, level as u32);
    LOG.with(|l| *l.borrow_mut() = log);
}

pub(crate) fn take_logs() {
    if field!(logs) == 0 || DRAINING.with(|d| d.replace(true)) {
        return; // a function that gets them called us
    }
    let mut buf = vec![0u8; 4096];
    loop {
        let n = unsafe { calls::log_read(buf.as_mut_ptr() as *const c_void, buf.len() as u32) };
        if n <= 0 {
            break;
        }
        if n as usize > buf.len() {
            buf.resize(n as usize, 0);
            continue;
        }
        let level = match buf[0] {
            0 => LogLevel::Warn,
            1 => LogLevel::Info,
            _ => LogLevel::Debug,
        };
        LOG.with(|l| {
            if let Some(log) = l.borrow_mut().as_mut() {
                log(level, &String::from_utf8_lossy(&buf[1..n as usize]));
            }
        });
    }
    DRAINING.with(|d| d.set(false));
}

#[allow(missing_docs)]
pub const SIGHUP: u32 = 1;
#[allow(missing_docs)]
pub const SIGINT: u32 = 2;
#[allow(missing_docs)]
pub const SIGUSR1: u32 = 10;
#[allow(missing_docs)]
pub const SIGUSR2: u32 = 12;
#[allow(missing_docs)]
pub const SIGTERM: u32 = 15;

/// Has the signals (Linux's numbers, 1 to 31) end waits with EINTR and be told by [`take_signals`], in place
/// of ending the module.
pub fn catch_signals(signals: &[u32]) -> Result<()> {
    for &signo in signals {
        check(host!(signal, signo, SIGNAL_CATCH), || format!("catching signal {signo}"))?;
    }
    Ok(())
}

/// Which of the caught signals came since the last time: bit `signo - 1`.
pub fn take_signals() -> u32 {
    if !signals_wait() {
        return 0;
    }
    host!(signals_take) as u32
}

pub(crate) fn signals_wait() -> bool {
    field!(signals) != 0
}

/// The length of a per-CPU value's array.
pub fn possible_cpus() -> usize {
    field!(possible_cpus) as usize
}

/// The process as the kernel sees it.
pub fn pid() -> i32 {
    field!(pid)
}

pub(crate) fn page_size() -> usize {
    field!(page_size) as usize
}

pub(crate) fn keeps_order() -> bool {
    field!(properties) & TSO != 0
}

/// Memory in which the host can put the kernel's pages.
pub(crate) struct Pages {
    addr: *mut u8,
    layout: Layout,
    mapped: Vec<(usize, usize)>, // offset, length
}

impl Pages {
    pub fn new(len: usize) -> Result<Pages> {
        let page = page_size();
        let len = (len + page - 1) / page * page;
        let layout = Layout::from_size_align(len.max(page), page)
            .map_err(|_| Error::new("memory of whole pages", Errno::E2BIG))?;
        let addr = unsafe { alloc_zeroed(layout) };
        if addr.is_null() {
            return Err(Error::new("memory of whole pages", Errno::ENOMEM));
        }
        Ok(Pages { addr, layout, mapped: Vec::new() })
    }

    pub fn at(&self, offset: usize) -> *mut u8 {
        assert!(offset <= self.layout.size());
        unsafe { self.addr.add(offset) }
    }

    pub fn len(&self) -> usize {
        self.layout.size()
    }

    pub fn is_mapped(&self) -> bool {
        !self.mapped.is_empty()
    }

    /// The pages of a map from an offset on, in place of this memory's from at on.
    pub fn map(&mut self, handle: Handle, prot: u32, offset: u64, at: usize, len: usize) -> i32 {
        let ret = host!(memory_map, handle, prot, offset, self.at(at) as *const c_void, len as u32);
        if ret >= 0 {
            self.mapped.push((at, len));
        }
        ret
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        let mut own = true;
        for &(at, len) in &self.mapped {
            own &= host!(memory_unmap, self.at(at) as *const c_void, len as u32) >= 0;
        }
        // Memory that could not be had back must never be given out again.
        if own {
            unsafe { dealloc(self.addr, self.layout) };
        }
    }
}

pub(crate) fn property(handle: Handle, key: u32, what: &str) -> Result<Vec<u8>> {
    let mut buf = vec![0u8; 64];
    loop {
        let n = host!(get, handle, key, buf.as_mut_ptr() as *const c_void, buf.len() as u32);
        let n = check(n, || what.to_string())? as usize;
        let fits = n <= buf.len();
        buf.resize(n, 0);
        if fits {
            return Ok(buf);
        }
    }
}

pub(crate) fn text(handle: Handle, key: u32, what: &str) -> Result<String> {
    Ok(String::from_utf8_lossy(&property(handle, key, what)?).into_owned())
}

pub(crate) fn set_number(handle: Handle, key: u32, number: u32) -> i32 {
    host!(set, handle, key, &number as *const u32 as *const c_void, 4)
}

pub(crate) fn set_bytes(handle: Handle, key: u32, bytes: &[u8]) -> i32 {
    host!(set, handle, key, bytes.as_ptr() as *const c_void, bytes.len() as u32)
}
