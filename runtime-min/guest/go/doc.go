// SPDX-License-Identifier: BSD-2-Clause

// Package wbpf is the user half of eBPF programs for modules that wbpf-run runs: objects, programs, maps,
// links, ring buffers. It is to Go what libbpf's API is to C, with the host's libbpf behind it.
//
// Build with GOOS=wasip1 GOARCH=wasm. `wbpf-gen skeleton --language go` makes a package with the types of
// an object and typed fields for its maps, programs and data sections, which uses this one.
//
// A module has one thread. A call that waits (RingBuffer.Poll) lets no other goroutine run meanwhile.
// Nothing here may be used from several goroutines at a time.
//
// Memory: data sections and ring buffers are the kernel's own pages, in the module's memory. A slice or
// pointer into them is valid until their Object or RingBuffer is closed, a record of a ring buffer until the
// function that got it returns.
//
// Errors are of type Errno, with Linux's numbers, wrapped in what was being done: errors.Is(err, wbpf.ENOENT)
// or errors.Is(err, fs.ErrNotExist).
package wbpf
