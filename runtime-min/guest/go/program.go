// SPDX-License-Identifier: BSD-2-Clause

package wbpf

import (
	"runtime"
	"unsafe"
)

// Program is a program of an object.
type Program struct {
	h             handle
	name, section string
	autoload      bool
}

func newProgram(o *Object, h handle) (*Program, int32) {
	if h < 0 {
		return nil, int32(h)
	}
	p := &Program{h: h}
	name, ret := property(h, keyName)
	if ret >= 0 {
		p.name = string(name)
		var section []byte
		section, ret = property(h, keyProgSection)
		p.section = string(section)
	}
	info := new(progInfo)
	if ret >= 0 {
		ret = result(hostGet(h, keyInfo, unsafe.Pointer(info), uint32(unsafe.Sizeof(*info))))
		p.autoload = info.state&1 != 0
	}
	return p, min(ret, 0)
}

func (p *Program) Name() string    { return p.name }
func (p *Program) Section() string { return p.section }

// SetAutoload says whether the program is loaded with its object; before that.
func (p *Program) SetAutoload(load bool) error {
	if ret := setNumber(p.h, keyProgAutoload, truth(load)); ret < 0 {
		return doing("program "+p.name+": whether it is loaded", ret)
	}
	p.autoload = load
	return nil
}

// SetAttachTarget says which function a tracing program is for: of the kernel, or of another program.
func (p *Program) SetAttachTarget(function string, of *Program) error {
	text, s := textOf(function)
	t := &attachTarget{fn: s}
	t.size = uint32(unsafe.Sizeof(*t))
	if of != nil {
		t.prog = int32(of.h)
	}
	ret := result(hostSet(p.h, keyProgTarget, unsafe.Pointer(t), t.size))
	runtime.KeepAlive(text)
	if ret < 0 {
		return doing("program "+p.name+": its target "+function, ret)
	}
	return nil
}

// AttachKind is how a program is attached.
type AttachKind uint32

const (
	AttachAuto          AttachKind = 0 // as its section says
	AttachTracepoint    AttachKind = 1 // Path: the category; Name, Cookie
	AttachRawTracepoint AttachKind = 2 // Name, Cookie
	AttachKprobe        AttachKind = 3 // Name, Offset, Cookie, Return
	AttachUprobe        AttachKind = 4 // Path, Name, Offset, Pid, RefCtrOffset, Cookie, Return
	AttachUSDT          AttachKind = 5 // Path, Provider, Name, Pid, Cookie
	AttachTrace         AttachKind = 7 // Cookie
	AttachLSM           AttachKind = 8
	AttachXDP           AttachKind = 12 // Target: an interface's index
	AttachTCX           AttachKind = 13 // Target: an interface's index
	AttachNetkit        AttachKind = 14 // Target: an interface's index
	AttachKsyscall      AttachKind = 19 // Name, Cookie, Return
	AttachKprobeMulti   AttachKind = 20 // Name: a pattern; Return
	AttachUprobeMulti   AttachKind = 21 // Path, Name: a pattern; Pid, Return
)

const (
	attachReturn     = 1
	attachIfPossible = 4
)

// AttachOptions say how and where to; each kind lists what it reads.
type AttachOptions struct {
	Kind                 AttachKind
	Name, Path, Provider string
	Cookie, Offset       uint64
	RefCtrOffset         uint64
	Target               int32
	Pid                  int32 // 0: every process
	Return               bool  // when the function returns
}

// Attach attaches the program as its section says.
func (p *Program) Attach() (*Link, error) { return p.AttachTo(AttachOptions{}) }

// AttachTo attaches the program.
func (p *Program) AttachTo(o AttachOptions) (*Link, error) {
	name, nameStr := textOf(o.Name)
	path, pathStr := textOf(o.Path)
	provider, providerStr := textOf(o.Provider)
	how := &attachHow{kind: uint32(o.Kind), cookie: o.Cookie, name: nameStr, path: pathStr,
		provider: providerStr, offset: o.Offset, refCtr: o.RefCtrOffset, target: o.Target, pid: o.Pid}
	if o.Pid == 0 {
		how.pid = -1
	}
	if o.Return {
		how.flags |= attachReturn
	}
	h := p.attach(how)
	runtime.KeepAlive([][]byte{name, path, provider})
	if h < 0 {
		return nil, doing("attaching program "+p.name, h)
	}
	return &Link{h: handle(h)}, nil
}

func (p *Program) attach(how *attachHow) int32 {
	how.size = uint32(unsafe.Sizeof(*how))
	return result(hostAttach(p.h, unsafe.Pointer(how), how.size))
}

// TestRun runs the program once on data, and returns what the program returned and the data behind it.
// context, which may be nil, is read and written.
func (p *Program) TestRun(data, context []byte) (uint32, []byte, error) {
	a := &testRunAttr{progFd: uint32(p.h)}
	in := onHeap(append([]byte(nil), data...))
	out := make([]byte, 0)
	if len(data) > 0 {
		out = onHeap(make([]byte, len(data)+256))
		a.dataIn, a.dataInPtr = uint32(len(in)), uint64(addr(in))
		a.dataOut, a.dataOutPtr = uint32(len(out)), uint64(addr(out))
	}
	ctx := onHeap(append([]byte(nil), context...))
	if len(ctx) > 0 {
		a.ctxIn, a.ctxInPtr = uint32(len(ctx)), uint64(addr(ctx))
		if len(data) > 0 {
			a.ctxOut, a.ctxOutPtr = a.ctxIn, a.ctxInPtr
		}
	}
	ret := result(hostBpf(cmdTestRun, unsafe.Pointer(a), uint32(unsafe.Sizeof(*a))))
	runtime.KeepAlive([][]byte{in, out, ctx})
	if ret < 0 {
		return 0, nil, doing("running program "+p.name, ret)
	}
	copy(context, ctx)
	return a.retval, out[:min(int(a.dataOut), len(out))], nil
}

// Link is what holds a program to its hook.
type Link struct{ h handle }

// Detach takes the program from its hook; the link stays, and does nothing.
func (l *Link) Detach() error {
	if ret := result(hostDetach(l.h)); ret < 0 {
		return doing("detaching a link", ret)
	}
	return nil
}

// Pin has the program stay attached when the module has ended.
func (l *Link) Pin(path string) error {
	if ret := setBytes(l.h, keyPin, []byte(path)); ret < 0 {
		return doing("pinning a link at "+path, ret)
	}
	return nil
}

// Close detaches the program, unless the link is pinned.
func (l *Link) Close() error {
	if l.h == 0 {
		return nil
	}
	ret := result(hostClose(l.h))
	l.h = 0
	if ret < 0 {
		return doing("closing a link", ret)
	}
	return nil
}

// Links are closed at once, because the kernel takes its time for each.
type Links []*Link

// Close is that of each link.
func (links Links) Close() error {
	handles := make([]handle, 0, len(links))
	for _, l := range links {
		if l.h != 0 {
			handles = append(handles, l.h)
			l.h = 0
		}
	}
	if len(handles) == 0 {
		return nil
	}
	if ret := result(hostCloseLinks(unsafe.Pointer(&handles[0]), uint32(len(handles)))); ret < 0 {
		return doing("closing links", ret)
	}
	return nil
}
