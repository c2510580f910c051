// SPDX-License-Identifier: BSD-2-Clause
// Made from wbpf_calls.def by abi-describe. DO NOT EDIT.

package wbpf

import "unsafe"

// Begins the conversation. shared: a struct wbpf_shared with its size set, 8-byte aligned, that
// stays valid as long as the module runs. Must come before any other call; a second one moves
// the block. Returns the host's minor version.
//
//go:wasmimport wbpf1 start
func hostStart(shared unsafe.Pointer) int32

// bpf(2). attr: the kernel's union bpf_attr, where descriptor fields carry handles and pointer
// fields carry addresses; so do keys and values that are descriptors, and instructions that
// name maps. Arrays of addresses and of longs (symbols, addresses and offsets of multi-probes)
// have the module's 32 bits, of the kernel's addresses the low half. map_extra of an arena is
// an address in the module's memory. Returns what the kernel returns, a new descriptor as a
// handle, and its errors: what is no handle gives its -EBADF, a field that the host does not
// know -EINVAL. -EPERM for a command that the host does not pass on, and for maps, programs and
// links by id that the module did not make or open itself.
//
//go:wasmimport wbpf1 bpf
func hostBpf(cmd uint32, attr unsafe.Pointer, size uint32) int32

// Opens a BPF object file that lies in memory, or in a custom section of the module, plain or
// compressed (struct wbpf_packed). opts: a struct wbpf_open_opts, or 0. The bytes are copied.
// Returns the object's handle.
//
//go:wasmimport wbpf1 object_open
func hostObjectOpen(bytes unsafe.Pointer, len uint32, opts unsafe.Pointer, optsSize uint32) int32

// Reads a custom section of the module whose name begins with "wbpf.". name: the address of a
// struct wbpf_str. Copies at most cap bytes from offset on and returns the section's whole
// size. -ENOENT when there is none.
//
//go:wasmimport wbpf1 section_read
func hostSectionRead(name unsafe.Pointer, offset uint32, buf unsafe.Pointer, cap uint32) int32

// Creates the object's maps, relocates its programs and loads them. What libbpf and the
// verifier said waits in the log.
//
//go:wasmimport wbpf1 object_load
func hostObjectLoad(object handle) int32

// The handle of the object's index-th map or program (kind: WBPF_KIND_MAP, WBPF_KIND_PROG), in
// the order of libbpf, or, once prepared, of its BTF (WBPF_KIND_BTF, index 0). It lives as long
// as the object. -ENOENT past the last one.
//
//go:wasmimport wbpf1 object_child
func hostObjectChild(object handle, kind uint32, index uint32) int32

// Reads a property (enum wbpf_key). Copies at most cap bytes and returns the property's size.
//
//go:wasmimport wbpf1 get
func hostGet(handle handle, key uint32, buf unsafe.Pointer, cap uint32) int32

// Sets a property (enum wbpf_key), or does what the key names.
//
//go:wasmimport wbpf1 set
func hostSet(handle handle, key uint32, buf unsafe.Pointer, size uint32) int32

// Attaches a program, or a struct_ops map. how: a struct wbpf_attach. Returns the link's
// handle.
//
//go:wasmimport wbpf1 attach
func hostAttach(handle handle, how unsafe.Pointer, size uint32) int32

// Detaches a link and keeps its handle, as bpf_link__detach().
//
//go:wasmimport wbpf1 detach
func hostDetach(link handle) int32

// Gives a handle back. A link that is not pinned is detached; an object takes its maps,
// programs and their handles with it.
//
//go:wasmimport wbpf1 close
func hostClose(handle handle) int32

// Gives several links back, as close() does one; all at once, because the kernel takes its time
// for each. handles: an array of count handles of links, each a different one. Nothing is done
// when one of them is none: -EBADF. -E2BIG for more than a module can have.
//
//go:wasmimport wbpf1 close_links
func hostCloseLinks(handles unsafe.Pointer, count uint32) int32

// tc and XDP attachments that are no links, and interface names. op: enum wbpf_net_op; args: a
// struct wbpf_net, read and written.
//
//go:wasmimport wbpf1 net
func hostNet(op uint32, args unsafe.Pointer, size uint32) int32

// Questions about the types of the kernel and its modules, and about section names. op: enum
// wbpf_btf_op; args: a struct wbpf_btf, read and written.
//
//go:wasmimport wbpf1 btf
func hostBtf(op uint32, args unsafe.Pointer, size uint32) int32

// Puts pages of a map, or of a perf event's buffer, in place of the module's own at addr: both
// page-aligned, as is len. An arena is mapped whole, from offset 0, and only where it was
// first. The module must own that memory and must give it back with memory_unmap() before it
// reuses it. prot: WBPF_PROT_* bits.
//
//go:wasmimport wbpf1 memory_map
func hostMemoryMap(handle handle, prot uint32, offset uint64, addr unsafe.Pointer, len uint32) int32

// Ends memory_map(): zeroed memory of the module's own is there again.
//
//go:wasmimport wbpf1 memory_unmap
func hostMemoryUnmap(addr unsafe.Pointer, len uint32) int32

// A full memory barrier, for a module that is compiled without atomic instructions and reads
// what the kernel wrote into its memory, on a machine that is not WBPF_PROP_TSO. Since minor
// version 3.
//
//go:wasmimport wbpf1 fence
func hostFence() int32

// An epoll instance, as a handle.
//
//go:wasmimport wbpf1 poll_create
func hostPollCreate() int32

// Adds, changes or removes a handle (WBPF_POLL_*). event: a struct wbpf_event, or 0 to remove.
//
//go:wasmimport wbpf1 poll_ctl
func hostPollCtl(poll handle, op uint32, handle handle, event unsafe.Pointer) int32

// Waits until a handle is ready, the time is over (-1: never) or a caught signal comes
// (-EINTR). events: an array of max struct wbpf_event. Returns how many were written.
//
//go:wasmimport wbpf1 poll_wait
func hostPollWait(poll handle, events unsafe.Pointer, max uint32, timeoutMs int32) int32

// poll(2): waits once for handles, without an instance to add them to. fds: an array of count
// struct wbpf_pollfd, read and written. Returns how many have events.
//
//go:wasmimport wbpf1 poll
func hostPoll(fds unsafe.Pointer, count uint32, timeoutMs int32) int32

// Sleeps; all ones: until a signal comes. -EINTR when a caught signal came, with the time left
// as a u64 at remaining unless that is 0.
//
//go:wasmimport wbpf1 sleep
func hostSleep(nanoseconds uint64, remaining unsafe.Pointer) int32

// What a signal (Linux number, 1 to 31) shall do: enum wbpf_signal_how. A caught one sets its
// bit in the shared block and interrupts waits.
//
//go:wasmimport wbpf1 signal
func hostSignal(signo uint32, how uint32) int32

// Returns the caught signals, bit signo-1, and clears them.
//
//go:wasmimport wbpf1 signals_take
func hostSignalsTake() int32

// Takes the oldest log record: its level (enum wbpf_log) in the first byte, its text behind it.
// Returns the record's size; 0 when there is none. A record larger than cap stays where it is:
// call again with room for it.
//
//go:wasmimport wbpf1 log_read
func hostLogRead(buf unsafe.Pointer, cap uint32) int32

// Opens what a BPF program can be attached to or reports through. kind: enum wbpf_file_kind;
// what: the address of the struct that describes it. Returns a handle.
//
//go:wasmimport wbpf1 file_open
func hostFileOpen(kind uint32, what unsafe.Pointer) int32

// read(2) on a handle (an iterator, a perf event, a socket), or on 0, the standard input.
// Returns the number of bytes.
//
//go:wasmimport wbpf1 file_read
func hostFileRead(handle handle, buf unsafe.Pointer, len uint32) int32

// write(2) on a handle (a socket), or on 1 and 2, the process's standard output and error.
// Returns the number of bytes.
//
//go:wasmimport wbpf1 file_write
func hostFileWrite(handle handle, buf unsafe.Pointer, len uint32) int32

// What else can be done with it. op: enum wbpf_file_op, which says what arg is; size: its
// bytes.
//
//go:wasmimport wbpf1 file_control
func hostFileControl(handle handle, op uint32, arg unsafe.Pointer, size uint32) int32

// Tells of a link in /proc, in a folder that the module was given, where it leads. op: enum
// wbpf_path_op; args: a struct wbpf_path, read and written.
//
//go:wasmimport wbpf1 path
func hostPath(op uint32, args unsafe.Pointer, size uint32) int32

// The time zone of the host at a time, in seconds since 1970 (signed). zone: a struct
// wbpf_zone, read and written.
//
//go:wasmimport wbpf1 local_time
func hostLocalTime(seconds uint64, zone unsafe.Pointer, size uint32) int32
