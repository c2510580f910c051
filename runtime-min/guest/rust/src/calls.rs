// SPDX-License-Identifier: BSD-2-Clause
// Made from wbpf_calls.def by abi-describe. DO NOT EDIT.

use core::ffi::c_void;

pub type Handle = i32;

#[link(wasm_import_module = "wbpf1")]
extern "C" {
    /// Begins the conversation. shared: a struct wbpf_shared with its size set, 8-byte aligned,
    /// that stays valid as long as the module runs. Must come before any other call; a second
    /// one moves the block. Returns the host's minor version.
    pub fn start(shared: *const c_void) -> i32;
    /// bpf(2). attr: the kernel's union bpf_attr, where descriptor fields carry handles and
    /// pointer fields carry addresses; so do keys and values that are descriptors, and
    /// instructions that name maps. Arrays of addresses and of longs (symbols, addresses and
    /// offsets of multi-probes) have the module's 32 bits, of the kernel's addresses the low
    /// half. map_extra of an arena is an address in the module's memory. Returns what the
    /// kernel returns, a new descriptor as a handle, and its errors: what is no handle gives
    /// its -EBADF, a field that the host does not know -EINVAL. -EPERM for a command that the
    /// host does not pass on, and for maps, programs and links by id that the module did not
    /// make or open itself.
    pub fn bpf(cmd: u32, attr: *const c_void, size: u32) -> i32;
    /// Opens a BPF object file that lies in memory, or in a custom section of the module, plain
    /// or compressed (struct wbpf_packed). opts: a struct wbpf_open_opts, or 0. The bytes are
    /// copied. Returns the object's handle.
    pub fn object_open(bytes: *const c_void, len: u32, opts: *const c_void, opts_size: u32) -> i32;
    /// Reads a custom section of the module whose name begins with "wbpf.". name: the address
    /// of a struct wbpf_str. Copies at most cap bytes from offset on and returns the section's
    /// whole size. -ENOENT when there is none.
    pub fn section_read(name: *const c_void, offset: u32, buf: *const c_void, cap: u32) -> i32;
    /// Creates the object's maps, relocates its programs and loads them. What libbpf and the
    /// verifier said waits in the log.
    pub fn object_load(object: Handle) -> i32;
    /// The handle of the object's index-th map or program (kind: WBPF_KIND_MAP,
    /// WBPF_KIND_PROG), in the order of libbpf, or, once prepared, of its BTF (WBPF_KIND_BTF,
    /// index 0). It lives as long as the object. -ENOENT past the last one.
    pub fn object_child(object: Handle, kind: u32, index: u32) -> i32;
    /// Reads a property (enum wbpf_key). Copies at most cap bytes and returns the property's
    /// size.
    pub fn get(handle: Handle, key: u32, buf: *const c_void, cap: u32) -> i32;
    /// Sets a property (enum wbpf_key), or does what the key names.
    pub fn set(handle: Handle, key: u32, buf: *const c_void, size: u32) -> i32;
    /// Attaches a program, or a struct_ops map. how: a struct wbpf_attach. Returns the link's
    /// handle.
    pub fn attach(handle: Handle, how: *const c_void, size: u32) -> i32;
    /// Detaches a link and keeps its handle, as bpf_link__detach().
    pub fn detach(link: Handle) -> i32;
    /// Gives a handle back. A link that is not pinned is detached; an object takes its maps,
    /// programs and their handles with it.
    pub fn close(handle: Handle) -> i32;
    /// Gives several links back, as close() does one; all at once, because the kernel takes its
    /// time for each. handles: an array of count handles of links, each a different one.
    /// Nothing is done when one of them is none: -EBADF. -E2BIG for more than a module can
    /// have.
    pub fn close_links(handles: *const c_void, count: u32) -> i32;
    /// tc and XDP attachments that are no links, and interface names. op: enum wbpf_net_op;
    /// args: a struct wbpf_net, read and written.
    pub fn net(op: u32, args: *const c_void, size: u32) -> i32;
    /// Questions about the types of the kernel and its modules, and about section names. op:
    /// enum wbpf_btf_op; args: a struct wbpf_btf, read and written.
    pub fn btf(op: u32, args: *const c_void, size: u32) -> i32;
    /// Puts pages of a map, or of a perf event's buffer, in place of the module's own at addr:
    /// both page-aligned, as is len. An arena is mapped whole, from offset 0, and only where it
    /// was first. The module must own that memory and must give it back with memory_unmap()
    /// before it reuses it. prot: WBPF_PROT_* bits.
    pub fn memory_map(handle: Handle, prot: u32, offset: u64, addr: *const c_void, len: u32) -> i32;
    /// Ends memory_map(): zeroed memory of the module's own is there again.
    pub fn memory_unmap(addr: *const c_void, len: u32) -> i32;
    /// A full memory barrier, for a module that is compiled without atomic instructions and
    /// reads what the kernel wrote into its memory, on a machine that is not WBPF_PROP_TSO.
    /// Since minor version 3.
    pub fn fence() -> i32;
    /// An epoll instance, as a handle.
    pub fn poll_create() -> i32;
    /// Adds, changes or removes a handle (WBPF_POLL_*). event: a struct wbpf_event, or 0 to
    /// remove.
    pub fn poll_ctl(poll: Handle, op: u32, handle: Handle, event: *const c_void) -> i32;
    /// Waits until a handle is ready, the time is over (-1: never) or a caught signal comes
    /// (-EINTR). events: an array of max struct wbpf_event. Returns how many were written.
    pub fn poll_wait(poll: Handle, events: *const c_void, max: u32, timeout_ms: i32) -> i32;
    /// poll(2): waits once for handles, without an instance to add them to. fds: an array of
    /// count struct wbpf_pollfd, read and written. Returns how many have events.
    pub fn poll(fds: *const c_void, count: u32, timeout_ms: i32) -> i32;
    /// Sleeps; all ones: until a signal comes. -EINTR when a caught signal came, with the time
    /// left as a u64 at remaining unless that is 0.
    pub fn sleep(nanoseconds: u64, remaining: *const c_void) -> i32;
    /// What a signal (Linux number, 1 to 31) shall do: enum wbpf_signal_how. A caught one sets
    /// its bit in the shared block and interrupts waits.
    pub fn signal(signo: u32, how: u32) -> i32;
    /// Returns the caught signals, bit signo-1, and clears them.
    pub fn signals_take() -> i32;
    /// Takes the oldest log record: its level (enum wbpf_log) in the first byte, its text
    /// behind it. Returns the record's size; 0 when there is none. A record larger than cap
    /// stays where it is: call again with room for it.
    pub fn log_read(buf: *const c_void, cap: u32) -> i32;
    /// Opens what a BPF program can be attached to or reports through. kind: enum
    /// wbpf_file_kind; what: the address of the struct that describes it. Returns a handle.
    pub fn file_open(kind: u32, what: *const c_void) -> i32;
    /// read(2) on a handle (an iterator, a perf event, a socket), or on 0, the standard input.
    /// Returns the number of bytes.
    pub fn file_read(handle: Handle, buf: *const c_void, len: u32) -> i32;
    /// write(2) on a handle (a socket), or on 1 and 2, the process's standard output and error.
    /// Returns the number of bytes.
    pub fn file_write(handle: Handle, buf: *const c_void, len: u32) -> i32;
    /// What else can be done with it. op: enum wbpf_file_op, which says what arg is; size: its
    /// bytes.
    pub fn file_control(handle: Handle, op: u32, arg: *const c_void, size: u32) -> i32;
    /// Tells of a link in /proc, in a folder that the module was given, where it leads. op:
    /// enum wbpf_path_op; args: a struct wbpf_path, read and written.
    pub fn path(op: u32, args: *const c_void, size: u32) -> i32;
    /// The time zone of the host at a time, in seconds since 1970 (signed). zone: a struct
    /// wbpf_zone, read and written.
    pub fn local_time(seconds: u64, zone: *const c_void, size: u32) -> i32;
}
