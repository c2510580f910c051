// SPDX-License-Identifier: BSD-2-Clause
//! What this crate uses of the host interface (wbpf_abi.h), in the same order.

use crate::calls::Handle;

pub const KIND_MAP: u32 = 2;
pub const KIND_PROGRAM: u32 = 3;

/// A string or bytes in memory.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct Str {
    pub addr: u32,
    pub len: u32,
}

impl Str {
    /// The text must live as long as the result is used.
    pub fn of(text: &[u8]) -> Str {
        if text.is_empty() {
            return Str::default();
        }
        Str { addr: text.as_ptr() as usize as u32, len: text.len() as u32 }
    }
}

#[repr(C, align(8))]
#[derive(Default)]
pub struct Shared {
    pub size: u32,
    pub minor: u32,
    pub page_size: u32,
    pub possible_cpus: u32,
    pub pid: i32,
    pub properties: u32,
    pub kernel_version: u32,
    pub signals: u32,
    pub logs: u32,
    pub online_cpus: u32,
}

/// Of properties: the machine keeps stores in order.
pub const TSO: u32 = 1;

#[repr(C)]
#[derive(Default)]
pub struct OpenOpts {
    pub size: u32,
    pub flags: u32,
    pub name: Str,
    pub kconfig: Str,
    pub pin_root_path: Str,
    pub kernel_log_level: u32,
    pub reserved: u32,
    pub kernel_log_size: u32,
    pub btf_custom_path: Str,
    pub reserved2: u32,
}

pub const KEY_NAME: u32 = 1;
pub const KEY_INFO: u32 = 2;
pub const KEY_PIN: u32 = 4;
pub const KEY_UNPIN: u32 = 5;
pub const KEY_LOG_LEVEL: u32 = 6;
pub const KEY_COUNTS: u32 = 7;
pub const KEY_MAP_MAX_ENTRIES: u32 = 35;
pub const KEY_MAP_AUTOCREATE: u32 = 40;
pub const KEY_MAP_INITIAL_VALUE: u32 = 41;
pub const KEY_MAP_PIN_PATH: u32 = 42;
pub const KEY_MAP_REUSE: u32 = 43;
pub const KEY_MAP_SECTION: u32 = 47;
pub const KEY_PROG_SECTION: u32 = 64;
pub const KEY_PROG_AUTOLOAD: u32 = 68;
pub const KEY_PROG_ATTACH_TARGET: u32 = 70;

#[repr(C)]
#[derive(Default)]
pub struct Counts {
    pub map: Handle,
    pub ring: u32,
    pub records: u64,
    pub bytes: u64,
    pub highest: u64,
    pub size: u64,
    pub lost: u64,
}

#[repr(C)]
#[derive(Default)]
pub struct MapInfo {
    pub size: u32,
    pub kind: u32,
    pub key_size: u32,
    pub value_size: u32,
    pub max_entries: u32,
    pub flags: u32,
    pub extra: u64,
    pub numa_node: u32,
    pub ifindex: u32,
    pub btf_key_type_id: u32,
    pub btf_value_type_id: u32,
    pub state: u32,
    pub initial_size: u32,
    pub data: u32,
    pub reserved: u32,
}

pub const MAP_INTERNAL: u32 = 1;

#[repr(C)]
#[derive(Default)]
pub struct ProgInfo {
    pub size: u32,
    pub kind: u32,
    pub expected_attach_type: u32,
    pub flags: u32,
    pub insn_cnt: u32,
    pub state: u32,
    pub log_level: u32,
    pub reserved: u32,
    pub func_info_cnt: u32,
    pub line_info_cnt: u32,
}

pub const PROG_AUTOLOAD: u32 = 1;

#[repr(C)]
#[derive(Default)]
pub struct AttachTarget {
    pub size: u32,
    pub prog: Handle,
    pub func: Str,
    pub btf_id: u32,
}

#[repr(C)]
#[derive(Default)]
pub struct Attach {
    pub size: u32,
    pub kind: u32,
    pub cookie: u64,
    pub name: Str,
    pub path: Str,
    pub provider: Str,
    pub info: Str,
    pub offset: u64,
    pub ref_ctr: u64,
    pub revision: u64,
    pub target: i32,
    pub pid: i32,
    pub flags: u32,
    pub relative: i32,
    pub mode: u32,
    pub pf: u32,
    pub hooknum: u32,
    pub priority: i32,
    pub relative_id: u32,
    pub syms: Str,
    pub addrs: Str,
    pub ref_ctrs: Str,
    pub cookies: Str,
    pub count: u32,
}

pub const ATTACH_RETURN: u32 = 1;
pub const ATTACH_IF_POSSIBLE: u32 = 4;

#[repr(C)]
#[derive(Default)]
pub struct Event {
    pub events: u32,
    pub reserved: u32,
    pub data: u64,
}

pub const PROT_READ: u32 = 1;
pub const PROT_WRITE: u32 = 2;
pub const POLL_ADD: u32 = 1;
pub const EVENT_IN: u32 = 1;
pub const SIGNAL_CATCH: u32 = 2;

/// Of the kernel's union bpf_attr: operations on elements.
#[repr(C)]
#[derive(Default)]
pub struct ElementAttr {
    pub map_fd: u32,
    pub pad: u32,
    pub key: u64,
    pub value: u64,
    pub flags: u64,
}

/// The same of BPF_PROG_TEST_RUN.
#[repr(C)]
#[derive(Default)]
pub struct TestRunAttr {
    pub prog_fd: u32,
    pub retval: u32,
    pub data_size_in: u32,
    pub data_size_out: u32,
    pub data_in: u64,
    pub data_out: u64,
    pub repeat: u32,
    pub duration: u32,
    pub ctx_size_in: u32,
    pub ctx_size_out: u32,
    pub ctx_in: u64,
    pub ctx_out: u64,
    pub flags: u32,
    pub cpu: u32,
    pub batch_size: u32,
    pub pad: u32,
}

pub const CMD_LOOKUP: u32 = 1;
pub const CMD_UPDATE: u32 = 2;
pub const CMD_DELETE: u32 = 3;
pub const CMD_NEXT_KEY: u32 = 4;
pub const CMD_TEST_RUN: u32 = 10;
pub const CMD_LOOKUP_DELETE: u32 = 21;

// The sizes of wbpf_abi.h and linux/bpf.h.
macro_rules! size {
    ($type:ty, $size:expr) => {
        const _: [(); $size] = [(); core::mem::size_of::<$type>()];
    };
}
size!(Shared, 40);
size!(OpenOpts, 56);
size!(Counts, 48);
size!(MapInfo, 64);
size!(ProgInfo, 40);
size!(AttachTarget, 20);
size!(Attach, 144);
size!(Event, 16);
size!(ElementAttr, 32);
size!(TestRunAttr, 80);
