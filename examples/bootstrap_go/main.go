// SPDX-License-Identifier: BSD-2-Clause

// Prints each process that starts and each that ends.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"wbpf"
)

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

func printEvent(e *Event) {
	kind := "EXIT"
	if e.Kind == ProcessStart {
		kind = "EXEC"
	}
	fmt.Printf("%s %-5s %-15s %7d %7d ", time.Now().UTC().Format("15:04:05"), kind, text(e.Name[:]), e.Pid, e.Ppid)
	switch signo := e.ExitCode & 0x7f; {
	case e.Kind == ProcessStart:
		fmt.Print(text(e.Path[:]))
	case signo != 0:
		fmt.Printf("killed by signal %d", signo)
	default:
		fmt.Printf("exit status %d", e.ExitCode>>8&0xff)
	}
	if e.DurationNs != 0 {
		fmt.Printf(" after %d ms", e.DurationNs/1e6)
	}
	fmt.Println()
}

func watch(skel *BootstrapBpf) (printed uint64, err error) {
	ring, err := wbpf.NewRingBuffer(skel.Maps.Events)
	if err != nil {
		return 0, err
	}
	defer ring.Close()
	links, err := skel.Attach()
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
			if e := ViewEvent(record); e != nil {
				printEvent(e)
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
	skel, err := OpenBootstrapBpf(nil)
	if err != nil {
		return err
	}
	defer skel.Close()
	config := skel.Rodata()
	config.MinDurationNs = *minDuration * 1e6
	copy(config.OnlyName[:], *name)
	if err := skel.Load(); err != nil {
		return err
	}
	printed, err := watch(skel)
	if err != nil {
		return err
	}
	fmt.Printf("Events: %d, lost: %d\n", printed, skel.Bss().Lost)
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
