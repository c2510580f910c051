// SPDX-License-Identifier: BSD-2-Clause

// What a typed skeleton has, on the live kernel: says what is not as it has to be, and at the end "done".
package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"wbpf"
)

func demand(is bool, what string) {
	if !is {
		fmt.Println("not so:", what)
		os.Exit(1)
	}
}

func must(err error, what string) {
	if err != nil {
		fmt.Println(what, err)
		os.Exit(1)
	}
}

func key(a uint16, name string) ThingKey {
	k := ThingKey{A: a}
	copy(k.Name[:], name)
	return k
}

func value() Value {
	v := Value{Color: ColorRed}
	v.SetLow(4)
	v.SetDeep(-1234)
	v.SetFlag(true)
	v.SetNumber(0x1122334455667788)
	return v
}

// As the BPF program changes it.
func check(v *Value, what string) {
	demand(v.Low() == 6 && v.Deep() == 1234 && v.Flag() && v.Color == ColorBlue, what)
	demand(v.First() == 5 && v.Second() == 0x11223344 && v.Number() == 0x1122334400000005, what+": the union")
}

func maps(skel *ThingsBpf) {
	values := skel.Maps.Values
	_, err := values.Get(key(3, "go"))
	demand(errors.Is(err, wbpf.ENOENT), "a map is empty")
	must(values.Put(key(3, "go"), value(), wbpf.UpdateNoExist), "put")
	must(values.Put(key(4, "gone"), Value{}, wbpf.UpdateAny), "put")
	demand(errors.Is(values.Put(key(3, "go"), value(), wbpf.UpdateNoExist), wbpf.EEXIST), "there already")
	must(values.Remove(key(4, "gone")), "remove")
	demand(errors.Is(values.Remove(key(4, "gone")), wbpf.ENOENT), "it is gone")
	count := 0
	for k, v := range values.All() {
		demand(k.A == 3 && v.Deep() == -1234, "the element")
		count++
	}
	demand(count == 1, "one element")
	must(skel.Maps.PerCpu.Put(1, 17, wbpf.UpdateAny), "put for all CPUs")
	all, err := skel.Maps.PerCpu.GetPerCPU(1)
	must(err, "get for all CPUs")
	demand(len(all) == wbpf.PossibleCPUs() && all[0] == 17 && all[len(all)-1] == 17, "of all CPUs")
}

func program(skel *ThingsBpf) {
	ring, err := wbpf.NewRingBuffer(skel.Maps.Records)
	must(err, "the ring buffer")
	defer ring.Close()
	ret, _, err := skel.Progs.Run.TestRun(nil, nil)
	must(err, "running the program")
	demand(ret == 0, "what the program returned")
	v, err := skel.Maps.Values.Get(key(3, "go"))
	must(err, "get")
	check(&v, "the element")
	all, err := skel.Maps.PerCpu.GetPerCPU(0)
	must(err, "get for all CPUs")
	sum := uint64(0)
	for _, n := range all {
		sum += n
	}
	demand(sum == 2, "the counts of all CPUs")
	demand(skel.Bss().Runs == 3, "the variable")
	check(&skel.Bss().Last, "the variable")
	records := 0
	must(ring.Poll(time.Second, func(b []byte) error {
		r := ViewRecord(b)
		demand(r != nil && r.Key.A == 3 && string(r.Key.Name[:3]) == "go\x00", "the record")
		check(&r.Value, "the record")
		list := ViewRecordList(b)[:r.Count]
		demand(list[0] == 42 && list[1] == 99, "the list behind the record")
		records++
		return nil
	}), "poll")
	demand(records == 1, "one record")
}

func main() {
	skel, err := OpenThingsBpf(nil)
	must(err, "open")
	must(skel.Progs.Refused.SetAutoload(true), "autoload")
	demand(skel.Load() != nil, "what cannot be loaded is not")
	skel.Close()

	skel, err = OpenThingsBpf(nil)
	must(err, "open")
	skel.Rodata().Step = 3
	skel.DataOwn().Own += 2
	must(skel.Load(), "load")
	maps(skel)
	program(skel)
	skel.Close()
	fmt.Println("done")
}
