// SPDX-License-Identifier: BSD-2-Clause
//! The user half of eBPF programs for modules that wbpf-run runs: objects, programs, maps, links, ring
//! buffers. It is to Rust what libbpf's API is to C, with the host's libbpf behind it.
//!
//! Build for wasm32-wasip1 (wasm32-wasi until Rust 1.77). `wbpf-gen rust --skeleton` writes a module with
//! the types of an object and typed functions for its maps, programs and data sections, over this crate.
//!
//! A module has one thread; nothing here is `Send` or `Sync`.
//!
//! Memory: data sections and ring buffers are the kernel's own pages, in the module's memory. They change at
//! any time, so a data section is read and written as a whole through [`Live`], and a record is borrowed from
//! its ring buffer.
#![deny(missing_docs, unsafe_op_in_unsafe_fn)]

mod abi;
#[allow(missing_docs, dead_code)] // made for all calls
mod calls;
mod errno;
mod host;
mod map;
mod object;
mod program;
mod ring;

pub use errno::{Errno, Error, Result};
pub use host::{
    catch_signals, pid, possible_cpus, set_log, take_signals, LogLevel, SIGHUP, SIGINT, SIGTERM, SIGUSR1,
    SIGUSR2,
};
pub use map::{Live, Map, Plain, TypedMap, UpdateFlag};
pub use object::{Object, OpenOptions};
pub use program::{close_links, AttachKind, AttachOptions, Link, Program, TestRun};
pub use ring::{Record, RingBuffer};
