// SPDX-License-Identifier: BSD-2-Clause

package wbpf

import "unsafe"

// What this package uses of the host interface (wbpf_abi.h), in the same order.

type handle int32

const (
	kindMap     = 2
	kindProgram = 3
)

// A string or bytes in memory.
type str struct {
	addr, len uint32
}

type sharedBlock struct {
	size, minor, pageSize, possibleCPUs uint32
	pid                                 int32
	properties, kernelVersion           uint32
	signals, logs                       uint32 // change at any time
	onlineCPUs                          uint32
}

const inOrder = 1 // of properties: the machine keeps stores in order

type openOpts struct {
	size, flags              uint32
	name, kconfig, pinRoot   str
	kernelLogLevel, reserved uint32
	kernelLogSize            uint32
	btfCustomPath            str
	reserved2                uint32
}

const (
	keyName         = 1
	keyInfo         = 2
	keyPin          = 4
	keyUnpin        = 5
	keyLogLevel     = 6
	keyCounts       = 7
	keyMapMax       = 35
	keyMapCreate    = 40
	keyMapInitial   = 41
	keyMapPinPath   = 42
	keyMapReuse     = 43
	keyMapSection   = 47
	keyProgSection  = 64
	keyProgAutoload = 68
	keyProgTarget   = 70
)

type counts struct {
	m, ring                 uint32
	records, bytes, highest uint64
	size, lost              uint64
}

type objectInfo struct {
	size, kernelVersion, maps, progs uint32
}

type mapInfo struct {
	size, kind, keySize, valueSize, maxEntries, flags uint32
	extra                                             uint64
	numaNode, ifindex, keyType, valueType             uint32
	state, initialSize                                uint32
	data, reserved                                    uint32
}

const (
	mapInternal = 1
	mapLoaded   = 8
)

type progInfo struct {
	size, kind, attachType, flags, insns, state, logLevel, reserved uint32
	funcInfos, lineInfos                                            uint32
}

type attachTarget struct {
	size  uint32
	prog  int32
	fn    str
	btfID uint32
}

type attachHow struct {
	size, kind                    uint32
	cookie                        uint64
	name, path, provider, info    str
	offset, refCtr, revision      uint64
	target, pid                   int32
	flags                         uint32
	relative                      int32
	mode, pf, hooknum             uint32
	priority                      int32
	relativeID                    uint32
	syms, addrs, refCtrs, cookies str
	count                         uint32
}

type event struct {
	events, reserved uint32
	data             uint64
}

const (
	protRead  = 1
	protWrite = 2
	pollAdd   = 1
	eventIn   = 1
	catch     = 2
)

// Of the kernel's union bpf_attr: operations on elements, and BPF_PROG_TEST_RUN.
type elementAttr struct {
	mapFd, _          uint32
	key, value, flags uint64
}

type testRunAttr struct {
	progFd, retval        uint32
	dataIn, dataOut       uint32
	dataInPtr, dataOutPtr uint64
	repeat, duration      uint32
	ctxIn, ctxOut         uint32
	ctxInPtr, ctxOutPtr   uint64
	flags, cpu            uint32
	batch, _              uint32
}

const (
	cmdLookup       = 1
	cmdUpdate       = 2
	cmdDelete       = 3
	cmdNextKey      = 4
	cmdTestRun      = 10
	cmdLookupDelete = 21
	cmdFreeze       = 22
)

// The sizes of wbpf_abi.h and linux/bpf.h.
var (
	_ [40]struct{}  = [unsafe.Sizeof(sharedBlock{})]struct{}{}
	_ [56]struct{}  = [unsafe.Sizeof(openOpts{})]struct{}{}
	_ [48]struct{}  = [unsafe.Sizeof(counts{})]struct{}{}
	_ [16]struct{}  = [unsafe.Sizeof(objectInfo{})]struct{}{}
	_ [64]struct{}  = [unsafe.Sizeof(mapInfo{})]struct{}{}
	_ [40]struct{}  = [unsafe.Sizeof(progInfo{})]struct{}{}
	_ [20]struct{}  = [unsafe.Sizeof(attachTarget{})]struct{}{}
	_ [144]struct{} = [unsafe.Sizeof(attachHow{})]struct{}{}
	_ [16]struct{}  = [unsafe.Sizeof(event{})]struct{}{}
	_ [32]struct{}  = [unsafe.Sizeof(elementAttr{})]struct{}{}
	_ [80]struct{}  = [unsafe.Sizeof(testRunAttr{})]struct{}{}
)
