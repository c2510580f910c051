// SPDX-License-Identifier: BSD-2-Clause

use core::ffi::c_void;
use std::mem::size_of;

use crate::abi::*;
use crate::calls::Handle;
use crate::errno::{check, Result};
use crate::host::{host, set_bytes, set_number, text};

/// A program of an object.
pub struct Program {
    handle: Handle,
    name: String,
    section: String,
    autoload: bool,
}

/// How a program is attached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum AttachKind {
    /// As its section says.
    Auto = 0,
    /// path: the category; name, cookie.
    Tracepoint = 1,
    /// name, cookie.
    RawTracepoint = 2,
    /// name, offset, cookie, on_return.
    Kprobe = 3,
    /// path, name, offset, pid, ref_ctr_offset, cookie, on_return.
    Uprobe = 4,
    /// path, provider, name, pid, cookie.
    Usdt = 5,
    /// cookie.
    Trace = 7,
    /// Nothing.
    Lsm = 8,
    /// target: an interface's index.
    Xdp = 12,
    /// target: an interface's index.
    Tcx = 13,
    /// target: an interface's index.
    Netkit = 14,
    /// name, cookie, on_return.
    Ksyscall = 19,
    /// name: a pattern; on_return.
    KprobeMulti = 20,
    /// path; name: a pattern; pid, on_return.
    UprobeMulti = 21,
}

/// How and where to a program is attached; each kind lists what it reads.
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct AttachOptions<'a> {
    pub kind: AttachKind,
    pub name: &'a str,
    pub path: &'a str,
    pub provider: &'a str,
    pub cookie: u64,
    pub offset: u64,
    pub ref_ctr_offset: u64,
    pub target: i32,
    /// None: every process.
    pub pid: Option<i32>,
    pub on_return: bool,
}

impl Default for AttachOptions<'_> {
    fn default() -> Self {
        AttachOptions {
            kind: AttachKind::Auto,
            name: "",
            path: "",
            provider: "",
            cookie: 0,
            offset: 0,
            ref_ctr_offset: 0,
            target: 0,
            pid: None,
            on_return: false,
        }
    }
}

/// What came of a program that was run once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestRun {
    /// What the program returned.
    pub retval: u32,
    /// The data behind it.
    pub data: Vec<u8>,
}

impl Program {
    pub(crate) fn new(handle: Handle) -> Result<Program> {
        let mut info = ProgInfo::default();
        let at = &mut info as *mut ProgInfo as *const c_void;
        let ret = host!(get, handle, KEY_INFO, at, size_of::<ProgInfo>() as u32);
        check(ret, || "a program".into())?;
        Ok(Program {
            handle,
            name: text(handle, KEY_NAME, "a program's name")?,
            section: text(handle, KEY_PROG_SECTION, "a program's section")?,
            autoload: info.state & PROG_AUTOLOAD != 0,
        })
    }

    /// The function's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The section that it is in.
    pub fn section(&self) -> &str {
        &self.section
    }

    /// Whether it is loaded with its object.
    pub fn autoload(&self) -> bool {
        self.autoload
    }

    /// Says whether it is loaded with its object; before that.
    pub fn set_autoload(&mut self, load: bool) -> Result<()> {
        let ret = set_number(self.handle, KEY_PROG_AUTOLOAD, load as u32);
        check(ret, || format!("program {}: whether it is loaded", self.name))?;
        self.autoload = load;
        Ok(())
    }

    /// Says which function a tracing program is for: of the kernel, or of another program.
    pub fn set_attach_target(&mut self, function: &str, of: Option<&Program>) -> Result<()> {
        let target = AttachTarget {
            size: size_of::<AttachTarget>() as u32,
            prog: of.map_or(0, |p| p.handle),
            func: Str::of(function.as_bytes()),
            btf_id: 0,
        };
        let at = &target as *const AttachTarget as *const c_void;
        let ret = host!(set, self.handle, KEY_PROG_ATTACH_TARGET, at, target.size);
        check(ret, || format!("program {}: its target {function}", self.name)).map(|_| ())
    }

    /// Attaches it as its section says.
    pub fn attach(&self) -> Result<Link> {
        self.attach_to(&AttachOptions::default())
    }

    /// Attaches it.
    pub fn attach_to(&self, options: &AttachOptions<'_>) -> Result<Link> {
        let how = Attach {
            kind: options.kind as u32,
            cookie: options.cookie,
            name: Str::of(options.name.as_bytes()),
            path: Str::of(options.path.as_bytes()),
            provider: Str::of(options.provider.as_bytes()),
            offset: options.offset,
            ref_ctr: options.ref_ctr_offset,
            target: options.target,
            pid: options.pid.unwrap_or(-1),
            flags: if options.on_return { ATTACH_RETURN } else { 0 },
            ..Default::default()
        };
        Ok(Link { handle: self.attach_by(how)? })
    }

    pub(crate) fn attach_if_possible(&self) -> Result<Option<Link>> {
        let handle = self.attach_by(Attach { flags: ATTACH_IF_POSSIBLE, ..Default::default() })?;
        Ok((handle > 0).then(|| Link { handle }))
    }

    fn attach_by(&self, mut how: Attach) -> Result<Handle> {
        how.size = size_of::<Attach>() as u32;
        let ret = host!(attach, self.handle, &how as *const Attach as *const c_void, how.size);
        check(ret, || format!("attaching program {}", self.name))
    }

    /// Runs the program once, on data and on a context that is read and written.
    pub fn test_run(&self, data: &[u8], context: &mut [u8]) -> Result<TestRun> {
        let mut out = vec![0u8; if data.is_empty() { 0 } else { data.len() + 256 }];
        let mut attr = TestRunAttr { prog_fd: self.handle as u32, ..Default::default() };
        if !data.is_empty() {
            attr.data_size_in = data.len() as u32;
            attr.data_in = data.as_ptr() as usize as u64;
            attr.data_size_out = out.len() as u32;
            attr.data_out = out.as_mut_ptr() as usize as u64;
        }
        if !context.is_empty() {
            attr.ctx_size_in = context.len() as u32;
            attr.ctx_in = context.as_mut_ptr() as usize as u64;
            if !data.is_empty() {
                attr.ctx_size_out = attr.ctx_size_in;
                attr.ctx_out = attr.ctx_in;
            }
        }
        let at = &mut attr as *mut TestRunAttr as *const c_void;
        let ret = host!(bpf, CMD_TEST_RUN, at, size_of::<TestRunAttr>() as u32);
        check(ret, || format!("running program {}", self.name))?;
        out.truncate(attr.data_size_out as usize);
        Ok(TestRun { retval: attr.retval, data: out })
    }
}

/// What holds a program to its hook, until it is dropped.
pub struct Link {
    handle: Handle,
}

impl Link {
    /// Takes the program from its hook; the link stays, and does nothing.
    pub fn detach(&self) -> Result<()> {
        check(host!(detach, self.handle), || "detaching a link".into()).map(|_| ())
    }

    /// Has the program stay attached when the module has ended.
    pub fn pin(&self, path: &str) -> Result<()> {
        let ret = set_bytes(self.handle, KEY_PIN, path.as_bytes());
        check(ret, || format!("pinning a link at {path}")).map(|_| ())
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        host!(close, self.handle);
    }
}

/// Drops links at once, because the kernel takes its time for each.
pub fn close_links(links: Vec<Link>) -> Result<()> {
    let handles: Vec<Handle> = links.iter().map(|l| l.handle).collect();
    links.into_iter().for_each(std::mem::forget);
    let ret = host!(close_links, handles.as_ptr() as *const c_void, handles.len() as u32);
    check(ret, || "closing links".into()).map(|_| ())
}
