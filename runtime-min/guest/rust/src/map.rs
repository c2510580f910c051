// SPDX-License-Identifier: BSD-2-Clause

use core::ffi::c_void;
use std::marker::PhantomData;
use std::mem::{size_of, MaybeUninit};

use crate::abi::*;
use crate::calls::Handle;
use crate::errno::{check, Errno, Error, Result};
use crate::host::{host, page_size, possible_cpus, set_bytes, set_number, text, Pages};

/// A type whose every bit pattern is a value, without padding that is not its own: what can be copied from
/// and to the kernel. Generated types are.
///
/// # Safety
/// That must be so.
pub unsafe trait Plain: Copy {}

macro_rules! plain {
    ($($type:ty),*) => { $(unsafe impl Plain for $type {})* };
}
plain!(u8, u16, u32, u64, u128, i8, i16, i32, i64, i128, f32, f64, ());
unsafe impl<T: Plain, const N: usize> Plain for [T; N] {}

fn bytes_of<T: Plain>(value: &T) -> &[u8] {
    unsafe { std::slice::from_raw_parts(value as *const T as *const u8, size_of::<T>()) }
}

fn read<T: Plain>(bytes: &[u8]) -> T {
    let mut value = MaybeUninit::<T>::zeroed();
    let len = bytes.len().min(size_of::<T>());
    unsafe {
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), value.as_mut_ptr() as *mut u8, len);
        value.assume_init()
    }
}

/// A map of an object.
pub struct Map {
    handle: Handle,
    name: String,
    section: Option<String>,
    info: MapInfo,
    data: Option<Pages>, // of a data section
}

/// What may be there already when an element is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u64)]
#[allow(missing_docs)]
pub enum UpdateFlag {
    Any = 0,
    NoExist = 1,
    Exist = 2,
}

const ARRAY: u32 = 2;
const PER_CPU: [u32; 4] = [5, 6, 10, 21];
const READ_ONLY_PROGRAM: u32 = 1 << 7;
const MMAPABLE: u32 = 1 << 10;

impl Map {
    pub(crate) fn new(handle: Handle) -> Result<Map> {
        let name = text(handle, KEY_NAME, "a map's name")?;
        let mut map = Map { handle, name, section: None, info: MapInfo::default(), data: None };
        map.refresh()?;
        if map.info.state & MAP_INTERNAL != 0 {
            map.section = Some(text(handle, KEY_MAP_SECTION, "a map's section")?);
            if map.info.initial_size > 0 {
                let data = Pages::new(map.info.initial_size as usize)?;
                let size = map.info.initial_size;
                let ret = host!(get, handle, KEY_MAP_INITIAL_VALUE, data.at(0) as *const c_void, size);
                check(ret, || format!("the initial value of map {}", map.name))?;
                map.data = Some(data);
            }
        }
        Ok(map)
    }

    fn refresh(&mut self) -> Result<()> {
        let info = &mut self.info as *mut MapInfo as *const c_void;
        let ret = host!(get, self.handle, KEY_INFO, info, size_of::<MapInfo>() as u32);
        check(ret, || format!("map {}", self.name)).map(|_| ())
    }

    fn is_kconfig(&self) -> bool {
        self.section.as_deref() == Some(".kconfig")
    }

    pub(crate) fn send_data(&self) -> Result<()> {
        match &self.data {
            Some(data) if !self.is_kconfig() => {
                let size = self.info.initial_size as usize;
                let bytes = unsafe { std::slice::from_raw_parts(data.at(0), size) };
                let ret = set_bytes(self.handle, KEY_MAP_INITIAL_VALUE, bytes);
                check(ret, || format!("the initial value of map {}", self.name)).map(|_| ())
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn map_data(&mut self) -> Result<()> {
        self.refresh()?;
        if self.info.kind != ARRAY {
            return Ok(());
        }
        if self.info.flags & MMAPABLE == 0 {
            self.data = None; // an old kernel: what changes would not be seen
        }
        if let Some(data) = &mut self.data {
            let write = if self.info.flags & READ_ONLY_PROGRAM == 0 { PROT_WRITE } else { 0 };
            let len = data.len();
            let ret = data.map(self.handle, PROT_READ | write, 0, 0, len);
            check(ret, || format!("the memory of map {}", self.name))?;
        }
        Ok(())
    }

    pub(crate) fn handle(&self) -> Handle {
        self.handle
    }

    /// The full name, as libbpf's.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Of a data section's map, the section.
    pub fn section(&self) -> Option<&str> {
        self.section.as_deref()
    }

    /// BPF_MAP_TYPE_*.
    pub fn map_type(&self) -> u32 {
        self.info.kind
    }

    /// In bytes.
    pub fn key_size(&self) -> usize {
        self.info.key_size as usize
    }

    /// In bytes; of a per-CPU map that of one CPU.
    pub fn value_size(&self) -> usize {
        self.info.value_size as usize
    }

    /// How many elements there can be; of a ring buffer its bytes.
    pub fn max_entries(&self) -> u32 {
        self.info.max_entries
    }

    /// BPF_F_*.
    pub fn flags(&self) -> u32 {
        self.info.flags
    }

    /// The memory of a data section's map as a type: before the load what it begins with, then what the kernel
    /// has. None: this is no data section's map, the kernel cannot share it, or the type is larger (by what
    /// its alignment makes of it, it may be) or needs another alignment than a page's.
    pub fn live<T: Plain>(&self) -> Option<Live<'_, T>> {
        let data = self.data.as_ref()?;
        let (size, align) = (size_of::<T>(), std::mem::align_of::<T>());
        if size >= self.info.value_size as usize + align || align > page_size() {
            return None;
        }
        let writable = !data.is_mapped() || self.info.flags & READ_ONLY_PROGRAM == 0;
        Some(Live { at: data.at(0) as *mut T, writable, map: PhantomData })
    }

    fn set(&mut self, key: u32, number: u32, what: &str) -> Result<()> {
        check(set_number(self.handle, key, number), || format!("map {}: {what}", self.name))?;
        self.refresh()
    }

    /// Before the load, as all of set.
    pub fn set_max_entries(&mut self, max: u32) -> Result<()> {
        self.set(KEY_MAP_MAX_ENTRIES, max, "the number of entries")
    }

    /// Whether the map is created when the object is loaded.
    pub fn set_autocreate(&mut self, create: bool) -> Result<()> {
        self.set(KEY_MAP_AUTOCREATE, create as u32, "whether it is created")
    }

    /// Where the map is pinned, or found pinned, when the object is loaded.
    pub fn set_pin_path(&mut self, path: &str) -> Result<()> {
        let ret = set_bytes(self.handle, KEY_MAP_PIN_PATH, path.as_bytes());
        check(ret, || format!("map {}: where it is pinned", self.name)).map(|_| ())
    }

    /// Has the map be another one, which exists.
    pub fn reuse(&mut self, other: &Map) -> Result<()> {
        self.set(KEY_MAP_REUSE, other.handle as u32, "another one for it")
    }

    /// Pins the map at a path; empty: at its own.
    pub fn pin(&self, path: &str) -> Result<()> {
        let ret = set_bytes(self.handle, KEY_PIN, path.as_bytes());
        check(ret, || format!("pinning map {}", self.name)).map(|_| ())
    }

    /// Takes the pin at a path away; empty: where the map was pinned.
    pub fn unpin(&self, path: &str) -> Result<()> {
        let ret = set_bytes(self.handle, KEY_UNPIN, path.as_bytes());
        check(ret, || format!("unpinning map {}", self.name)).map(|_| ())
    }

    /// Whether a value is one for each possible CPU.
    pub fn is_per_cpu(&self) -> bool {
        PER_CPU.contains(&self.info.kind)
    }

    /// Bytes that the kernel reads and writes as a value.
    pub fn value_bytes(&self) -> usize {
        if self.is_per_cpu() {
            self.slot() * possible_cpus()
        } else {
            self.value_size()
        }
    }

    fn slot(&self) -> usize {
        (self.value_size() + 7) & !7
    }

    fn element(&self, cmd: u32, key: Option<&[u8]>, value: *const u8, flags: u64) -> Result<()> {
        if key.map_or(false, |k| k.len() != self.key_size()) {
            return Err(Error::new(format!("map {}: a key of another size", self.name), Errno::EINVAL));
        }
        let attr = ElementAttr {
            map_fd: self.handle as u32,
            key: key.map_or(0, |k| k.as_ptr() as usize as u64),
            value: value as usize as u64,
            flags,
            ..Default::default()
        };
        let at = &attr as *const ElementAttr as *const c_void;
        let ret = host!(bpf, cmd, at, size_of::<ElementAttr>() as u32);
        check(ret, || format!("map {}", self.name)).map(|_| ())
    }

    fn take(&self, cmd: u32, key: Option<&[u8]>, value: &mut [u8]) -> Result<()> {
        if value.len() != self.value_bytes() {
            return Err(Error::new(format!("map {}: a value of another size", self.name), Errno::EINVAL));
        }
        self.element(cmd, key, value.as_mut_ptr(), 0)
    }

    /// Copies the value of a key: value_bytes(). ENOENT: there is none.
    pub fn lookup(&self, key: &[u8], value: &mut [u8]) -> Result<()> {
        self.take(CMD_LOOKUP, Some(key), value)
    }

    /// The same, and the element is gone then. Queues and stacks have no key.
    pub fn lookup_and_delete(&self, key: Option<&[u8]>, value: &mut [u8]) -> Result<()> {
        self.take(CMD_LOOKUP_DELETE, key, value)
    }

    /// Sets the value of a key; queues and stacks have none.
    pub fn update(&self, key: Option<&[u8]>, value: &[u8], flag: UpdateFlag) -> Result<()> {
        if value.len() != self.value_bytes() {
            return Err(Error::new(format!("map {}: a value of another size", self.name), Errno::EINVAL));
        }
        self.element(CMD_UPDATE, key, value.as_ptr(), flag as u64)
    }

    /// Removes a key. ENOENT: there is none.
    pub fn delete(&self, key: &[u8]) -> Result<()> {
        self.element(CMD_DELETE, Some(key), std::ptr::null(), 0)
    }

    /// The key behind one, or the first. None: there are no more.
    pub fn next_key(&self, key: Option<&[u8]>) -> Result<Option<Vec<u8>>> {
        let mut next = vec![0u8; self.key_size()];
        match self.element(CMD_NEXT_KEY, key, next.as_mut_ptr(), 0) {
            Ok(()) => Ok(Some(next)),
            Err(e) if e.errno == Errno::ENOENT => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// The map with keys and values of types. None: their sizes are others.
    pub fn typed<K: Plain, V: Plain>(&self) -> Option<TypedMap<'_, K, V>> {
        let fits = size_of::<K>() == self.key_size() && size_of::<V>() == self.value_size();
        fits.then(|| TypedMap { map: self, types: PhantomData })
    }
}

/// A data section: memory that it and the kernel share.
pub struct Live<'a, T> {
    at: *mut T,
    writable: bool,
    map: PhantomData<&'a Map>,
}

impl<T: Plain> Live<'_, T> {
    /// What it is now.
    pub fn get(&self) -> T {
        unsafe { self.at.read_volatile() }
    }

    /// Writes all of it. EACCES: the section is read-only, as .rodata is once it is loaded.
    pub fn set(&self, value: T) -> Result<()> {
        if !self.writable {
            return Err(Error::new("a read-only data section", Errno::EACCES));
        }
        unsafe { self.at.write_volatile(value) };
        Ok(())
    }

    /// Reads, changes and writes it; between the two the kernel may write, too.
    pub fn change(&self, f: impl FnOnce(&mut T)) -> Result<()> {
        let mut value = self.get();
        f(&mut value);
        self.set(value)
    }

    /// For a field alone: `addr_of!((*live.as_ptr()).field).read_volatile()`. A write to a read-only section
    /// ends the module.
    pub fn as_ptr(&self) -> *mut T {
        self.at
    }
}

/// A map whose keys and values are of types with the kernel's layout.
pub struct TypedMap<'a, K, V> {
    map: &'a Map,
    types: PhantomData<(K, V)>,
}

impl<'a, K: Plain, V: Plain> TypedMap<'a, K, V> {
    /// The map itself.
    pub fn map(&self) -> &'a Map {
        self.map
    }

    /// The value of a key; of a per-CPU map that of the first CPU. None: there is none.
    pub fn get(&self, key: &K) -> Result<Option<V>> {
        let mut value = vec![0u8; self.map.value_bytes()];
        match self.map.lookup(bytes_of(key), &mut value) {
            Ok(()) => Ok(Some(read(&value))),
            Err(e) if e.errno == Errno::ENOENT => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// What each possible CPU has; empty: there is no such key.
    pub fn get_per_cpu(&self, key: &K) -> Result<Vec<V>> {
        let mut value = vec![0u8; self.map.value_bytes()];
        match self.map.lookup(bytes_of(key), &mut value) {
            Ok(()) => Ok(value.chunks(self.map.slot()).map(read).collect()),
            Err(e) if e.errno == Errno::ENOENT => Ok(Vec::new()),
            Err(e) => Err(e),
        }
    }

    /// Sets the value of a key; of a per-CPU map that of all CPUs.
    pub fn put(&self, key: &K, value: &V, flag: UpdateFlag) -> Result<()> {
        let mut bytes = vec![0u8; self.map.value_bytes()];
        let step = if self.map.is_per_cpu() { self.map.slot() } else { bytes.len().max(1) };
        for slot in bytes.chunks_mut(step) {
            slot[..size_of::<V>()].copy_from_slice(bytes_of(value));
        }
        self.map.update(Some(bytes_of(key)), &bytes, flag)
    }

    /// Removes a key. false: there was none.
    pub fn remove(&self, key: &K) -> Result<bool> {
        match self.map.delete(bytes_of(key)) {
            Ok(()) => Ok(true),
            Err(e) if e.errno == Errno::ENOENT => Ok(false),
            Err(e) => Err(e),
        }
    }

    /// The elements. What is put or removed meanwhile may be seen or not.
    pub fn iter(&self) -> impl Iterator<Item = Result<(K, V)>> + '_ {
        let mut at: Option<Vec<u8>> = None;
        let mut ended = false;
        std::iter::from_fn(move || loop {
            if ended {
                return None;
            }
            match self.map.next_key(at.as_deref()) {
                Ok(None) => return None,
                Err(e) => {
                    ended = true;
                    return Some(Err(e));
                }
                Ok(Some(next)) => {
                    let key: K = read(&next);
                    at = Some(next);
                    match self.get(&key) {
                        Ok(None) => continue, // removed meanwhile
                        Ok(Some(value)) => return Some(Ok((key, value))),
                        Err(e) => {
                            ended = true;
                            return Some(Err(e));
                        }
                    }
                }
            }
        })
    }
}
