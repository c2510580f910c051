// SPDX-License-Identifier: BSD-2-Clause

// Prints each process that starts and each that ends.
package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"os"
	"time"
	"unsafe"

	"wbpf"
)

// The BPF object of the example bootstrap, which the build puts here.
//
//go:embed bootstrap.bpf.o
var object []byte

const processStart = 1

// struct event of bootstrap.h
type event struct {
	kind       uint32
	pid, ppid  int32
	_          uint32
	durationNs uint64
	exitCode   uint32
	name       [16]byte
	path       [128]byte
	_          uint32
}

// The object's .rodata.
type rodata struct {
	minDurationNs uint64
	onlyName      [16]byte
}

var (
	name        = flag.String("c", "", "only processes of this `name` (at most 15 bytes)")
	maxEvents   = flag.Uint64("n", 0, "end after this `count` of events")
	seconds     = flag.Uint64("t", 0, "end after this many `seconds`")
	minDuration = flag.Uint64("d", 0, "only processes that ran this many `ms`")
)

func text(b []byte) string {
	for i, c := range b {
		if c == 0 {
			return string(b[:i])
		}
	}
	return string(b)
}

func printEvent(e *event) {
	kind := "EXIT"
	if e.kind == processStart {
		kind = "EXEC"
	}
	fmt.Printf("%s %-5s %-15s %7d %7d ", time.Now().UTC().Format("15:04:05"), kind, text(e.name[:]), e.pid, e.ppid)
	switch signo := e.exitCode & 0x7f; {
	case e.kind == processStart:
		fmt.Print(text(e.path[:]))
	case signo != 0:
		fmt.Printf("killed by signal %d", signo)
	default:
		fmt.Printf("exit status %d", e.exitCode>>8&0xff)
	}
	if e.durationNs != 0 {
		fmt.Printf(" after %d ms", e.durationNs/1e6)
	}
	fmt.Println()
}

func watch(o *wbpf.Object) (printed uint64, err error) {
	ring, err := wbpf.NewRingBuffer(o.Map("events"))
	if err != nil {
		return 0, err
	}
	defer ring.Close()
	links, err := o.Attach()
	if err != nil {
		return 0, err
	}
	defer links.Close()
	if err := wbpf.CatchSignals(wbpf.SIGINT, wbpf.SIGTERM); err != nil {
		return 0, err
	}
	fmt.Println("Watching processes start and end; Ctrl-C ends.")
	fmt.Printf("%-8s %-5s %-15s %7s %7s WHAT\n", "UTC", "EVENT", "NAME", "PID", "PARENT")
	end := time.Now().Add(time.Duration(*seconds) * time.Second)
	for len(wbpf.TakeSignals()) == 0 && (*seconds == 0 || time.Now().Before(end)) && (*maxEvents == 0 || printed < *maxEvents) {
		err := ring.Poll(100*time.Millisecond, func(record []byte) error {
			if len(record) >= int(unsafe.Sizeof(event{})) {
				printEvent((*event)(unsafe.Pointer(&record[0])))
				printed++
			}
			if *maxEvents > 0 && printed >= *maxEvents {
				return wbpf.ErrStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, wbpf.EINTR) {
			return printed, err
		}
	}
	return printed, nil
}

func run() error {
	o, err := wbpf.Open(object, nil)
	if err != nil {
		return err
	}
	defer o.Close()
	config := (*rodata)(unsafe.Pointer(&o.Section(".rodata").Data()[0]))
	config.minDurationNs = *minDuration * 1e6
	copy(config.onlyName[:], *name)
	if err := o.Load(); err != nil {
		return err
	}
	printed, err := watch(o)
	if err != nil {
		return err
	}
	lost := (*uint64)(unsafe.Pointer(&o.Section(".bss").Data()[0]))
	fmt.Printf("Events: %d, lost: %d\n", printed, *lost)
	return nil
}

func main() {
	flag.Parse()
	if len(*name) > 15 {
		fmt.Fprintln(os.Stderr, "bootstrap_go: the name is longer than 15 bytes:", *name)
		os.Exit(1)
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bootstrap_go:", err)
		os.Exit(1)
	}
}
