// SPDX-License-Identifier: BSD-2-Clause

package wbpf

import (
	"errors"
	"iter"
	"runtime"
	"unsafe"
)

// Map is a map of an object.
type Map struct {
	h             handle
	name, section string
	info          mapInfo
	data          []byte // of a data section; whole pages
	dataMapped    bool
	attr          *elementAttr
	key, value    []byte // where the kernel reads and writes them
}

func newMap(o *Object, h handle) (*Map, int32) {
	if h < 0 {
		return nil, int32(h)
	}
	m := &Map{h: h, attr: new(elementAttr)}
	name, ret := property(h, keyName)
	if ret >= 0 {
		m.name = string(name)
		ret = m.refresh()
	}
	if ret >= 0 && m.info.state&mapInternal != 0 {
		var section []byte
		section, ret = property(h, keyMapSection)
		m.section = string(section)
	}
	if ret >= 0 && m.section != "" && m.info.initialSize > 0 {
		m.data = pages(int(m.info.initialSize))
		ret = result(hostGet(h, keyMapInitial, unsafe.Pointer(&m.data[0]), m.info.initialSize))
	}
	return m, min(ret, 0)
}

func (m *Map) refresh() int32 {
	return result(hostGet(m.h, keyInfo, unsafe.Pointer(&m.info), uint32(unsafe.Sizeof(m.info))))
}

func (m *Map) sendData() int32 {
	if m.data == nil || m.section == ".kconfig" {
		return 0
	}
	return setBytes(m.h, keyMapInitial, m.data[:m.info.initialSize])
}

func (m *Map) mapData() int32 {
	const (
		array           = 2
		readOnlyProgram = 1 << 7
		mmapable        = 1 << 10
	)
	if ret := m.refresh(); ret < 0 || m.data == nil || m.info.kind != array {
		return min(ret, 0)
	}
	if m.info.flags&mmapable == 0 {
		m.data = nil // an old kernel: what changes would not be seen
		return 0
	}
	prot := uint32(protRead)
	if m.info.flags&readOnlyProgram == 0 {
		prot |= protWrite
	}
	ret := mapPages(m.h, prot, 0, m.data)
	m.dataMapped = ret >= 0
	return ret
}

func (m *Map) dropData() {
	if m.dataMapped {
		unmapPages(m.data)
	}
	m.data, m.dataMapped = nil, false
}

func (m *Map) Name() string       { return m.name }
func (m *Map) Type() uint32       { return m.info.kind }
func (m *Map) KeySize() int       { return int(m.info.keySize) }
func (m *Map) ValueSize() int     { return int(m.info.valueSize) }
func (m *Map) MaxEntries() uint32 { return m.info.maxEntries }
func (m *Map) Flags() uint32      { return m.info.flags }

// Data is the memory of a data section's map: before the object is loaded what it begins with, then what the
// kernel has, live. nil for other maps, and where the kernel cannot share it.
func (m *Map) Data() []byte {
	if m.data == nil {
		return nil
	}
	return m.data[:m.info.valueSize:m.info.valueSize]
}

// Live is Data as a type, which may be larger by what its alignment makes of it. nil: m is nil or has no such
// data, or the type is larger than that.
func Live[T any](m *Map) *T {
	var t T
	if m == nil || m.data == nil || unsafe.Sizeof(t) >= uintptr(m.info.valueSize)+unsafe.Alignof(t) {
		return nil
	}
	return (*T)(unsafe.Pointer(&m.data[0]))
}

// SetMaxEntries must come before the object is loaded, as all of Set.
func (m *Map) SetMaxEntries(n uint32) error { return m.set(keyMapMax, n, "the number of entries") }

// SetAutocreate says whether the map is created when the object is loaded.
func (m *Map) SetAutocreate(create bool) error {
	return m.set(keyMapCreate, truth(create), "whether it is created")
}

// SetPinPath says where the map is pinned, or found pinned, when the object is loaded.
func (m *Map) SetPinPath(path string) error {
	if ret := setBytes(m.h, keyMapPinPath, []byte(path)); ret < 0 {
		return doing("map "+m.name+": where it is pinned", ret)
	}
	return nil
}

// Reuse has the map be another one, which exists.
func (m *Map) Reuse(other *Map) error {
	return m.set(keyMapReuse, uint32(other.h), "another one for it")
}

func (m *Map) set(key, number uint32, what string) error {
	ret := setNumber(m.h, key, number)
	if ret >= 0 {
		ret = m.refresh()
	}
	if ret < 0 {
		return doing("map "+m.name+": "+what, ret)
	}
	return nil
}

// Pin pins the map at a path; empty: at its own.
func (m *Map) Pin(path string) error {
	if ret := setBytes(m.h, keyPin, []byte(path)); ret < 0 {
		return doing("pinning map "+m.name, ret)
	}
	return nil
}

// Unpin takes the map's pin at a path away; empty: where it was pinned.
func (m *Map) Unpin(path string) error {
	if ret := setBytes(m.h, keyUnpin, []byte(path)); ret < 0 {
		return doing("unpinning map "+m.name, ret)
	}
	return nil
}

func truth(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// IsPerCPU says whether a value is one for each possible CPU.
func (m *Map) IsPerCPU() bool {
	const percpuHash, percpuArray, lruPercpuHash, percpuStorage = 5, 6, 10, 21
	switch m.info.kind {
	case percpuHash, percpuArray, lruPercpuHash, percpuStorage:
		return true
	}
	return false
}

// valueBytes is the size of what the kernel reads and writes.
func (m *Map) valueBytes() int {
	if m.IsPerCPU() {
		return roundUp(m.ValueSize(), 8) * PossibleCPUs()
	}
	return m.ValueSize()
}

// UpdateFlag says what may be there already.
type UpdateFlag uint64

const (
	UpdateAny     UpdateFlag = 0
	UpdateNoExist UpdateFlag = 1
	UpdateExist   UpdateFlag = 2
)

func (m *Map) prepare(key, value []byte, flags uint64) error {
	if len(m.key) != m.KeySize() || len(m.value) != m.valueBytes() {
		m.key, m.value = make([]byte, m.KeySize()), make([]byte, m.valueBytes())
	}
	if key != nil && len(key) != len(m.key) || value != nil && len(value) != len(m.value) {
		return &Error{What: "map " + m.name + ": a key or value of another size", Err: EINVAL}
	}
	copy(m.key, key)
	copy(m.value, value)
	*m.attr = elementAttr{mapFd: uint32(m.h), key: uint64(addr(m.key)), value: uint64(addr(m.value)), flags: flags}
	if key == nil {
		m.attr.key = 0
	}
	return nil
}

func (m *Map) run(cmd uint32) error {
	ret := result(hostBpf(cmd, unsafe.Pointer(m.attr), uint32(unsafe.Sizeof(*m.attr))))
	runtime.KeepAlive(m)
	if ret < 0 {
		return doing("map "+m.name, ret)
	}
	return nil
}

// Lookup copies the value of a key, for all CPUs of a per-CPU map, each rounded up to 8 bytes. ENOENT: there
// is none.
func (m *Map) Lookup(key []byte) ([]byte, error) { return m.take(cmdLookup, key) }

// LookupAndDelete is Lookup, and the element is gone then. Queues and stacks take a nil key.
func (m *Map) LookupAndDelete(key []byte) ([]byte, error) { return m.take(cmdLookupDelete, key) }

func (m *Map) take(cmd uint32, key []byte) ([]byte, error) {
	err := m.prepare(key, nil, 0)
	if err == nil {
		err = m.run(cmd)
	}
	if err != nil {
		return nil, err
	}
	return append([]byte(nil), m.value...), nil
}

// Update sets the value of a key.
func (m *Map) Update(key, value []byte, flag UpdateFlag) error {
	if err := m.prepare(key, value, uint64(flag)); err != nil {
		return err
	}
	return m.run(cmdUpdate)
}

// Delete removes a key. ENOENT: there is none.
func (m *Map) Delete(key []byte) error {
	if err := m.prepare(key, nil, 0); err != nil {
		return err
	}
	m.attr.value = 0 // the kernel wants it so
	return m.run(cmdDelete)
}

// NextKey is the key behind one, or the first for nil. ENOENT: there are no more.
func (m *Map) NextKey(key []byte) ([]byte, error) {
	if err := m.prepare(key, nil, 0); err != nil {
		return nil, err
	}
	next := onHeap(make([]byte, m.KeySize()))
	m.attr.value = uint64(addr(next))
	if err := m.run(cmdNextKey); err != nil {
		return nil, err
	}
	return next, nil
}

// TypedMap is a map whose keys and values are of Go types with the kernel's layout. Generated skeletons have
// one for each map.
type TypedMap[K, V any] struct{ *Map }

func bytesOfValue[T any](v *T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(v)), unsafe.Sizeof(*v))
}

// Get is the value of a key; of a per-CPU map that of the first CPU. ENOENT: there is none.
func (m TypedMap[K, V]) Get(key K) (V, error) {
	var v V
	b, err := m.Lookup(bytesOfValue(&key))
	if err == nil {
		copy(bytesOfValue(&v), b)
	}
	return v, err
}

// GetPerCPU is what each possible CPU has.
func (m TypedMap[K, V]) GetPerCPU(key K) ([]V, error) {
	b, err := m.Lookup(bytesOfValue(&key))
	if err != nil {
		return nil, err
	}
	values := make([]V, len(b)/max(1, roundUp(m.ValueSize(), 8)))
	for i := range values {
		copy(bytesOfValue(&values[i]), b[i*roundUp(m.ValueSize(), 8):])
	}
	return values, nil
}

// Put sets the value of a key; of a per-CPU map that of all CPUs.
func (m TypedMap[K, V]) Put(key K, value V, flag UpdateFlag) error {
	b := bytesOfValue(&value)
	if m.IsPerCPU() {
		all := make([]byte, m.valueBytes())
		for at := 0; at < len(all); at += roundUp(m.ValueSize(), 8) {
			copy(all[at:], b)
		}
		b = all
	}
	return m.Update(bytesOfValue(&key), b, flag)
}

// Remove removes a key. ENOENT: there is none.
func (m TypedMap[K, V]) Remove(key K) error { return m.Delete(bytesOfValue(&key)) }

// All goes through the elements. What is put or removed meanwhile may be seen or not.
func (m TypedMap[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		var at []byte
		for {
			next, err := m.NextKey(at)
			if err != nil {
				return
			}
			var k K
			copy(bytesOfValue(&k), next)
			v, err := m.Get(k)
			if err == nil && !yield(k, v) {
				return
			}
			if err != nil && !errors.Is(err, ENOENT) {
				return
			}
			at = next
		}
	}
}
