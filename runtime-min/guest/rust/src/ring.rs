// SPDX-License-Identifier: BSD-2-Clause

use core::ffi::c_void;
use core::sync::atomic::{fence, AtomicU32, AtomicU64, Ordering};
use std::marker::PhantomData;
use std::mem::size_of;
use std::ops::{ControlFlow, Deref};
use std::time::Duration;

use crate::abi::*;
use crate::calls::{self, Handle};
use crate::errno::{check, Errno, Error, Result};
use crate::host::{host, keeps_order, page_size, signals_wait, Pages};
use crate::Map;

/// Reads a map of type BPF_MAP_TYPE_RINGBUF, in place.
pub struct RingBuffer<'a> {
    poll: Handle,
    pages: Pages, // the reader's page, the producer's, and the data twice
    mask: u64,
    committed: u64, // up to here records are known to be whole
    counts: Box<Counts>,
    map: &'a Map,
}

const RINGBUF: u32 = 27;
const BUSY: u32 = 1 << 31;
const DISCARD: u32 = 1 << 30;
const HEADER: u64 = 8;

/// A record: its bytes, until it is dropped.
pub struct Record<'r> {
    bytes: *const [u8],
    consumer: &'r AtomicU64,
    next: u64,
    ring: PhantomData<&'r mut ()>,
}

impl Deref for Record<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        unsafe { &*self.bytes }
    }
}

impl Drop for Record<'_> {
    fn drop(&mut self) {
        self.consumer.store(self.next, Ordering::Release);
    }
}

fn behind(length: u32) -> u64 {
    ((length & !(BUSY | DISCARD)) as u64 + HEADER + 7) & !7
}

impl<'a> RingBuffer<'a> {
    /// Maps the ring buffer of a loaded map.
    pub fn new(map: &'a Map) -> Result<RingBuffer<'a>> {
        if map.map_type() != RINGBUF {
            return Err(Error::new(format!("map {} is no ring buffer", map.name()), Errno::EINVAL));
        }
        let what = || format!("the ring buffer of map {}", map.name());
        let (size, page) = (map.max_entries() as usize, page_size());
        let mut pages = Pages::new(2 * page + 2 * size)?;
        let rest = pages.len() - page;
        check(pages.map(map.handle(), PROT_READ | PROT_WRITE, 0, 0, page), what)?;
        check(pages.map(map.handle(), PROT_READ, page as u64, page, rest), what)?;
        let poll = check(host!(poll_create), what)?;
        let counts = Counts { map: map.handle(), ring: pages.at(0) as usize as u32, ..Default::default() };
        let ring = RingBuffer {
            poll,
            mask: size as u64 - 1,
            committed: 0,
            counts: Box::new(counts),
            map,
            pages,
        };
        let event = Event { events: EVENT_IN, ..Default::default() };
        let at = &event as *const Event as *const c_void;
        check(host!(poll_ctl, poll, POLL_ADD, map.handle(), at), what)?;
        ring.tell(size_of::<Counts>() as u32);
        Ok(ring)
    }

    fn tell(&self, size: u32) {
        unsafe { calls::set(0, KEY_COUNTS, &*self.counts as *const Counts as *const c_void, size) };
    }

    fn consumer(&self) -> &AtomicU64 {
        unsafe { &*(self.pages.at(0) as *const AtomicU64) }
    }

    fn produced(&self) -> u64 {
        unsafe { &*(self.pages.at(page_size()) as *const AtomicU64) }.load(Ordering::Acquire)
    }

    fn header(&self, position: u64) -> u32 {
        let at = 2 * page_size() + (position & self.mask) as usize;
        unsafe { &*(self.pages.at(at) as *const AtomicU32) }.load(Ordering::Acquire)
    }

    /// Finds whole records. What is in them may be read only behind a barrier, which on a machine that does not
    /// keep its loads in order is a call here; so as many as can be are found first.
    fn find(&mut self, from: u64) {
        const AT_A_TIME: usize = 256;
        let produced = self.produced();
        self.committed = from;
        for _ in 0..AT_A_TIME {
            if self.committed >= produced {
                break;
            }
            let length = self.header(self.committed);
            if length & BUSY != 0 {
                break;
            }
            self.committed += behind(length);
        }
        if !keeps_order() {
            unsafe { calls::fence() };
        }
        fence(Ordering::Acquire);
    }

    /// The next record that is there.
    pub fn next_ready(&mut self) -> Option<Record<'_>> {
        loop {
            let position = self.consumer().load(Ordering::Relaxed);
            if position >= self.committed {
                self.find(position);
            }
            if position >= self.committed {
                return None;
            }
            let length = self.header(position);
            let next = position + behind(length);
            if length & DISCARD != 0 {
                self.consumer().store(next, Ordering::Release);
                continue;
            }
            self.counts.records += 1;
            let at = 2 * page_size() + (position & self.mask) as usize + HEADER as usize;
            let bytes = core::ptr::slice_from_raw_parts(self.pages.at(at) as *const u8, length as usize);
            return Some(Record { bytes, consumer: self.consumer(), next, ring: PhantomData });
        }
    }

    /// Waits for a record. None as timeout: for ever; as result: the time was over. EINTR: a caught signal came.
    pub fn next(&mut self, timeout: Option<Duration>) -> Result<Option<Record<'_>>> {
        if signals_wait() {
            return Err(self.error(Errno::EINTR));
        }
        let position = self.consumer().load(Ordering::Relaxed);
        if position >= self.committed {
            self.find(position);
        }
        if position >= self.committed {
            self.wait(timeout)?;
        }
        Ok(self.next_ready())
    }

    fn error(&self, errno: Errno) -> Error {
        Error::new(format!("waiting for map {}", self.map.name()), errno)
    }

    fn wait(&self, timeout: Option<Duration>) -> Result<()> {
        let mut event = Event::default();
        let ms = timeout.map_or(-1, |t| i32::try_from((t.as_nanos() + 999_999) / 1_000_000).unwrap_or(i32::MAX));
        let ret = host!(poll_wait, self.poll, &mut event as *mut Event as *const c_void, 1, ms);
        check(ret, || format!("waiting for map {}", self.map.name())).map(|_| ())
    }

    /// Waits as next() does, and hands all records that are there to a function, until it breaks. How many there
    /// were.
    pub fn poll<F>(&mut self, timeout: Option<Duration>, mut f: F) -> Result<usize>
    where
        F: FnMut(&[u8]) -> ControlFlow<()>,
    {
        let mut count = 0;
        match self.next(timeout)? {
            None => return Ok(0),
            Some(record) => {
                count += 1;
                if f(&record).is_break() {
                    return Ok(count);
                }
            }
        }
        while let Some(record) = self.next_ready() {
            count += 1;
            if f(&record).is_break() {
                break;
            }
        }
        Ok(count)
    }
}

impl Drop for RingBuffer<'_> {
    fn drop(&mut self) {
        self.tell(0);
        host!(close, self.poll);
    }
}
