// SPDX-License-Identifier: BSD-2-Clause

package wbpf

import (
	"runtime"
	"unsafe"
)

// Object is an opened BPF object file. Its maps and programs can be changed until it is loaded.
type Object struct {
	h        handle
	name     string
	maps     []*Map
	programs []*Program
	loaded   bool
}

// OpenOptions are those of Open; the zero value is libbpf's own.
type OpenOptions struct {
	Name           string // of the object, in messages and of its data sections' maps
	Kconfig        string // CONFIG_... lines that have precedence over the kernel's
	PinRoot        string // where maps that are pinned by name are; /sys/fs/bpf
	CustomBTF      string // a file with the kernel's types
	RelaxedMaps    bool
	KernelLogLevel uint32
}

// Open opens the bytes of a BPF object file. The Object has a copy of what it needs.
func Open(elf []byte, options *OpenOptions) (*Object, error) {
	if options == nil {
		options = &OpenOptions{}
	}
	opts := new(openOpts)
	opts.size = uint32(unsafe.Sizeof(*opts))
	name, nameStr := textOf(options.Name)
	kconfig, kconfigStr := textOf(options.Kconfig)
	pinRoot, pinRootStr := textOf(options.PinRoot)
	btf, btfStr := textOf(options.CustomBTF)
	opts.name, opts.kconfig, opts.pinRoot, opts.btfCustomPath = nameStr, kconfigStr, pinRootStr, btfStr
	opts.kernelLogLevel = options.KernelLogLevel
	if options.RelaxedMaps {
		opts.flags = 1
	}
	if len(elf) == 0 {
		return nil, doing("opening a BPF object", -int32(EINVAL))
	}
	h := result(hostObjectOpen(unsafe.Pointer(&elf[0]), uint32(len(elf)), unsafe.Pointer(opts), opts.size))
	runtime.KeepAlive([][]byte{name, kconfig, pinRoot, btf})
	if h < 0 {
		return nil, doing("opening a BPF object", h)
	}
	o := &Object{h: handle(h)}
	text, ret := property(o.h, keyName)
	if ret >= 0 {
		o.name = string(text)
		ret = o.children()
	}
	if ret < 0 {
		o.Close()
		return nil, doing("opening a BPF object", ret)
	}
	return o, nil
}

func (o *Object) children() int32 {
	for i := uint32(0); ; i++ {
		h := result(hostObjectChild(o.h, kindMap, i))
		if Errno(-h) == ENOENT {
			break
		}
		m, ret := newMap(o, handle(h))
		if h < 0 || ret < 0 {
			return min(h, ret)
		}
		o.maps = append(o.maps, m)
	}
	for i := uint32(0); ; i++ {
		h := result(hostObjectChild(o.h, kindProgram, i))
		if Errno(-h) == ENOENT {
			return 0
		}
		p, ret := newProgram(o, handle(h))
		if h < 0 || ret < 0 {
			return min(h, ret)
		}
		o.programs = append(o.programs, p)
	}
}

// Name is the object's.
func (o *Object) Name() string { return o.name }

// Maps are all maps, those of data sections among them, in the object's order.
func (o *Object) Maps() []*Map { return o.maps }

// Programs are all programs, in the object's order.
func (o *Object) Programs() []*Program { return o.programs }

// Map is the map of that name (the full one of a data section's: "objname.bss"), or nil.
func (o *Object) Map(name string) *Map {
	for _, m := range o.maps {
		if m.name == name {
			return m
		}
	}
	return nil
}

// Section is the map of a data section (".bss"), or nil.
func (o *Object) Section(name string) *Map {
	for _, m := range o.maps {
		if m.section == name {
			return m
		}
	}
	return nil
}

// Program is the program of that name, or nil.
func (o *Object) Program(name string) *Program {
	for _, p := range o.programs {
		if p.name == name {
			return p
		}
	}
	return nil
}

// Load creates the maps and loads the programs. From now on data sections are what the kernel has.
func (o *Object) Load() error {
	for _, m := range o.maps {
		if ret := m.sendData(); ret < 0 {
			return doing("the initial value of map "+m.name, ret)
		}
	}
	if ret := result(hostObjectLoad(o.h)); ret < 0 {
		return doing("loading the BPF object "+o.name, ret)
	}
	o.loaded = true
	for _, m := range o.maps {
		if ret := m.mapData(); ret < 0 {
			return doing("the memory of map "+m.name, ret)
		}
	}
	return nil
}

// Attach attaches all programs whose sections say where to, and returns their links. When one cannot be
// attached, none is.
func (o *Object) Attach() (Links, error) {
	var links Links
	for _, p := range o.programs {
		if !p.autoload {
			continue
		}
		how := attachHow{flags: attachIfPossible}
		h := p.attach(&how)
		if h < 0 {
			links.Close()
			return nil, doing("attaching program "+p.name, h)
		}
		if h > 0 {
			links = append(links, &Link{h: handle(h)})
		}
	}
	return links, nil
}

// Close closes the object: its maps and programs go with it, unless something else uses them. Links stay.
func (o *Object) Close() error {
	for _, m := range o.maps {
		m.dropData()
	}
	o.maps, o.programs = nil, nil
	if o.h == 0 {
		return nil
	}
	ret := result(hostClose(o.h))
	o.h = 0
	if ret < 0 {
		return doing("closing the BPF object "+o.name, ret)
	}
	return nil
}
