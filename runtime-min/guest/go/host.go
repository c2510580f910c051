// SPDX-License-Identifier: BSD-2-Clause

package wbpf

import (
	"os"
	"sync/atomic"
	"unsafe"
)

// Filled by the host before main(); signals and logs change at any time.
var shared = sharedBlock{size: uint32(unsafe.Sizeof(sharedBlock{}))}

func init() {
	if ret := hostStart(unsafe.Pointer(&shared)); ret < 0 {
		panic("wbpf: the host does not begin: " + Errno(-ret).Error())
	}
}

// result is what every call's goes through: what libbpf said meanwhile is handed over.
func result(ret int32) int32 {
	if atomic.LoadUint32(&shared.logs) != 0 {
		drainLogs()
	}
	return ret
}

// LogLevel is how severe a message of libbpf's is.
type LogLevel int

const (
	LogWarn LogLevel = iota
	LogInfo
	LogDebug
)

// SetLog has f get what libbpf says from now on, up to a level. At first warnings and informations go to the
// standard error. nil: nothing is said.
func SetLog(level LogLevel, f func(level LogLevel, text string)) {
	number := uint32(level)
	hostSet(0, keyLogLevel, unsafe.Pointer(&number), 4)
	logTo, logLevel = f, level
}

var (
	logTo    = func(_ LogLevel, text string) { os.Stderr.WriteString(text) }
	logLevel = LogInfo
	draining bool
)

func drainLogs() {
	if draining {
		return // the function called us
	}
	draining = true
	defer func() { draining = false }()
	buf := make([]byte, 4096)
	for {
		n := hostLogRead(unsafe.Pointer(&buf[0]), uint32(len(buf)))
		if n <= 0 {
			return
		}
		if int(n) > len(buf) {
			buf = make([]byte, n)
			continue
		}
		if level := LogLevel(buf[0]); logTo != nil && level <= logLevel {
			logTo(level, string(buf[1:n]))
		}
	}
}

// Signal is a signal's number on Linux.
type Signal uint

const (
	SIGHUP  Signal = 1
	SIGINT  Signal = 2
	SIGUSR1 Signal = 10
	SIGUSR2 Signal = 12
	SIGTERM Signal = 15
)

// CatchSignals has the signals end waits with EINTR, and be told by TakeSignals, in place of ending the
// module.
func CatchSignals(signals ...Signal) error {
	for _, s := range signals {
		if ret := result(hostSignal(uint32(s), catch)); ret < 0 {
			return doing("catching a signal", ret)
		}
	}
	return nil
}

// TakeSignals is which of the caught signals came since the last time.
func TakeSignals() []Signal {
	var came []Signal
	if atomic.LoadUint32(&shared.signals) == 0 {
		return nil
	}
	bits := uint32(result(hostSignalsTake()))
	for s := Signal(1); s <= 31; s++ {
		if bits&(1<<(s-1)) != 0 {
			came = append(came, s)
		}
	}
	return came
}

// PossibleCPUs is the length of a per-CPU value's array.
func PossibleCPUs() int { return int(shared.possibleCPUs) }

// Pid is the process as the kernel sees it.
func Pid() int { return int(shared.pid) }

func pageSize() int { return int(shared.pageSize) }

func roundUp(n, to int) int { return (n + to - 1) / to * to }

// pages is memory that the host can put the kernel's pages into. It is part of a longer slice, which the
// result keeps.
func pages(size int) []byte {
	size = roundUp(size, pageSize())
	all := make([]byte, size+pageSize())
	skip := -int(uintptr(unsafe.Pointer(&all[0]))) & (pageSize() - 1)
	return all[skip : skip+size : skip+size]
}

// While the kernel's pages are there, the garbage collector must not have the memory.
var mapped = map[*byte][]byte{}

func mapPages(h handle, prot uint32, offset uint64, at []byte) int32 {
	ret := result(hostMemoryMap(h, prot, offset, unsafe.Pointer(&at[0]), uint32(len(at))))
	if ret >= 0 {
		mapped[&at[0]] = at
	}
	return ret
}

// unmapPages: what could not be had back is never given out again.
func unmapPages(at []byte) {
	if len(at) > 0 && result(hostMemoryUnmap(unsafe.Pointer(&at[0]), uint32(len(at)))) >= 0 {
		delete(mapped, &at[0])
	}
}

// textOf keeps a string's bytes where an address can be had; the caller keeps the result alive.
func textOf(s string) ([]byte, str) {
	return bytesOf([]byte(s))
}

func bytesOf(b []byte) ([]byte, str) {
	if len(b) == 0 {
		return nil, str{}
	}
	b = onHeap(b)
	return b, str{addr: addr(b), len: uint32(len(b))}
}

// What has an address in a struct must not lie on a stack, which moves.
var heapSink []byte

func onHeap(b []byte) []byte {
	heapSink = b
	return b
}

func addr(b []byte) uint32 {
	if len(b) == 0 {
		return 0
	}
	return uint32(uintptr(unsafe.Pointer(&b[0])))
}

func property(h handle, key uint32) ([]byte, int32) {
	for buf := make([]byte, 64); ; {
		n := result(hostGet(h, key, unsafe.Pointer(&buf[0]), uint32(len(buf))))
		if n < 0 {
			return nil, n
		}
		if int(n) <= len(buf) {
			return buf[:n], 0
		}
		buf = make([]byte, n)
	}
}

func setNumber(h handle, key uint32, number uint32) int32 {
	return result(hostSet(h, key, unsafe.Pointer(&number), 4))
}

func setBytes(h handle, key uint32, b []byte) int32 {
	var none byte
	at := unsafe.Pointer(&none)
	if len(b) > 0 {
		at = unsafe.Pointer(&b[0])
	}
	return result(hostSet(h, key, at, uint32(len(b))))
}
