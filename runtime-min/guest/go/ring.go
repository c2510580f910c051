// SPDX-License-Identifier: BSD-2-Clause

package wbpf

import (
	"errors"
	"iter"
	"sync/atomic"
	"time"
	"unsafe"
)

// RingBuffer reads a map of type BPF_MAP_TYPE_RINGBUF, in place.
type RingBuffer struct {
	m                  *Map
	poll               handle
	consumerPage, rest []byte // the reader's page; the producer's, and the data twice
	data               []byte
	consumer, producer *uint64
	mask               uint64
	counts             *counts
	events             *event
	position           uint64
	running            bool
}

// ErrStop ends Poll, as a return value of its function: Poll returns nil then.
var ErrStop = errors.New("stop")

const (
	busy    = 1 << 31
	discard = 1 << 30
	header  = 8
)

// NewRingBuffer maps the ring buffer of a loaded map.
func NewRingBuffer(m *Map) (*RingBuffer, error) {
	const ringbuf = 27
	if m.info.kind != ringbuf {
		return nil, &Error{What: "map " + m.name + " is no ring buffer", Err: EINVAL}
	}
	size, page := int(m.info.maxEntries), pageSize()
	all := pages(2*page + 2*size)
	r := &RingBuffer{m: m, consumerPage: all[:page], rest: all[page:], data: all[2*page:],
		consumer: (*uint64)(unsafe.Pointer(&all[0])), producer: (*uint64)(unsafe.Pointer(&all[page])),
		mask: uint64(size - 1), events: new(event),
		counts: &counts{m: uint32(m.h), ring: addr(all)}}
	ret := mapPages(m.h, protRead|protWrite, 0, r.consumerPage)
	if ret < 0 {
		return nil, doing("the ring buffer of map "+m.name, ret)
	}
	ret = mapPages(m.h, protRead, uint64(page), r.rest)
	if ret >= 0 {
		ret = result(hostPollCreate())
		r.poll = handle(max(ret, 0))
	}
	if ret >= 0 {
		r.events.events = eventIn
		ret = result(hostPollCtl(r.poll, pollAdd, m.h, unsafe.Pointer(r.events)))
	}
	if ret < 0 {
		r.Close()
		return nil, doing("the ring buffer of map "+m.name, ret)
	}
	hostSet(0, keyCounts, unsafe.Pointer(r.counts), uint32(unsafe.Sizeof(*r.counts)))
	return r, nil
}

// Close gives the memory back.
func (r *RingBuffer) Close() error {
	if r.consumer == nil {
		return nil
	}
	hostSet(0, keyCounts, unsafe.Pointer(r.counts), 0)
	if r.poll > 0 {
		hostClose(r.poll)
	}
	unmapPages(r.rest)
	unmapPages(r.consumerPage)
	*r = RingBuffer{m: r.m}
	return nil
}

// Poll waits for records, negative: for ever, and hands those that are there to f. A record is valid until f
// returns. An error of f ends Poll and is returned, but for ErrStop. EINTR: a caught signal came.
func (r *RingBuffer) Poll(timeout time.Duration, f func(record []byte) error) error {
	if r.consumer == nil {
		return &Error{What: "a closed ring buffer", Err: EBADF}
	}
	if atomic.LoadUint32(&shared.signals) != 0 {
		return EINTR
	}
	if atomic.LoadUint64(r.producer) == atomic.LoadUint64(r.consumer) {
		ms := int32(-1)
		if timeout >= 0 {
			ms = int32(min((timeout+time.Millisecond-1)/time.Millisecond, 1<<31-1))
		}
		if ret := result(hostPollWait(r.poll, unsafe.Pointer(r.events), 1, ms)); ret < 0 {
			if Errno(-ret) == EINTR {
				return EINTR
			}
			return doing("waiting for map "+r.m.name, ret)
		}
	}
	return r.Consume(f)
}

// Consume is Poll without waiting.
func (r *RingBuffer) Consume(f func(record []byte) error) error {
	for r.consumer != nil {
		produced := atomic.LoadUint64(r.producer)
		end := r.committed(atomic.LoadUint64(r.consumer), produced)
		if end == atomic.LoadUint64(r.consumer) {
			return nil
		}
		if err := r.handOver(end, f); err != nil {
			if err == ErrStop {
				return nil
			}
			return err
		}
	}
	return nil
}

func behind(length uint32) uint64 {
	return (uint64(length&^(busy|discard)) + header + 7) &^ 7
}

func (r *RingBuffer) header(position uint64) uint32 {
	return atomic.LoadUint32((*uint32)(unsafe.Pointer(&r.data[position&r.mask])))
}

// committed is where the records end that are whole. On a machine that does not keep its loads in order what
// is in them may be read only behind a barrier, which is a call here; so as many as can be are found first.
func (r *RingBuffer) committed(position, produced uint64) uint64 {
	const atATime = 256
	for n := 0; position < produced && n < atATime; n++ {
		length := r.header(position)
		if length&busy != 0 {
			break
		}
		position += behind(length)
	}
	if shared.properties&inOrder == 0 {
		hostFence()
	}
	return position
}

func (r *RingBuffer) handOver(end uint64, f func(record []byte) error) error {
	position := atomic.LoadUint64(r.consumer)
	for position < end {
		length := r.header(position)
		at := position&r.mask + header
		position += behind(length)
		if length&discard == 0 {
			r.counts.records++
			err := f(r.data[at : at+uint64(length) : at+uint64(length)])
			if r.consumer == nil {
				return ErrStop // closed by f
			}
			if err != nil {
				atomic.StoreUint64(r.consumer, position)
				return err
			}
		}
	}
	atomic.StoreUint64(r.consumer, position)
	return nil
}

// Records are the records as they come, until a wait is interrupted by a caught signal or fails: for record,
// err := range. A record is valid until the next one.
func (r *RingBuffer) Records() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for {
			stopped := false
			err := r.Poll(-1, func(record []byte) error {
				if !yield(record, nil) {
					stopped = true
					return ErrStop
				}
				return nil
			})
			if stopped {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
		}
	}
}
