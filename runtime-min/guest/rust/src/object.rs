// SPDX-License-Identifier: BSD-2-Clause

use core::ffi::c_void;
use std::mem::size_of;

use crate::abi::*;
use crate::calls::Handle;
use crate::errno::{check, Errno, Result};
use crate::host::{host, text};
use crate::{Link, Map, Program};

/// An opened BPF object file. Its maps and programs can be changed until it is loaded.
pub struct Object {
    handle: Handle,
    name: String,
    maps: Vec<Map>,
    programs: Vec<Program>,
}

/// How an object is opened; the default is libbpf's own.
#[derive(Default)]
pub struct OpenOptions<'a> {
    /// Of the object, in messages and of its data sections' maps.
    pub name: &'a str,
    /// CONFIG_... lines that have precedence over the kernel's.
    pub kconfig: &'a str,
    /// Where maps that are pinned by name are; /sys/fs/bpf when it is empty.
    pub pin_root: &'a str,
    /// A file with the kernel's types.
    pub custom_btf: &'a str,
    /// Definitions of maps may have what libbpf does not know.
    pub relaxed_maps: bool,
    /// Of the verifier's log.
    pub kernel_log_level: u32,
}

impl Object {
    /// Opens the bytes of a BPF object file.
    pub fn open(elf: &[u8]) -> Result<Object> {
        Object::open_with(elf, &OpenOptions::default())
    }

    /// Opens the bytes of a BPF object file.
    pub fn open_with(elf: &[u8], options: &OpenOptions<'_>) -> Result<Object> {
        let opts = OpenOpts {
            size: size_of::<OpenOpts>() as u32,
            flags: options.relaxed_maps as u32,
            name: Str::of(options.name.as_bytes()),
            kconfig: Str::of(options.kconfig.as_bytes()),
            pin_root_path: Str::of(options.pin_root.as_bytes()),
            kernel_log_level: options.kernel_log_level,
            btf_custom_path: Str::of(options.custom_btf.as_bytes()),
            ..Default::default()
        };
        let handle = host!(
            object_open,
            elf.as_ptr() as *const c_void,
            elf.len() as u32,
            &opts as *const OpenOpts as *const c_void,
            opts.size,
        );
        let handle = check(handle, || "opening a BPF object".into())?;
        let mut object =
            Object { handle, name: String::new(), maps: Vec::new(), programs: Vec::new() };
        object.name = text(handle, KEY_NAME, "the object's name")?;
        object.maps = object.children(KIND_MAP)?.into_iter().map(Map::new).collect::<Result<_>>()?;
        object.programs =
            object.children(KIND_PROGRAM)?.into_iter().map(Program::new).collect::<Result<_>>()?;
        Ok(object)
    }

    fn children(&self, kind: u32) -> Result<Vec<Handle>> {
        let mut found = Vec::new();
        loop {
            let child = host!(object_child, self.handle, kind, found.len() as u32);
            if child == -Errno::ENOENT.0 {
                return Ok(found);
            }
            found.push(check(child, || format!("the parts of the BPF object {}", self.name))?);
        }
    }

    /// The object's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All maps, those of data sections among them, in the object's order.
    pub fn maps(&self) -> &[Map] {
        &self.maps
    }

    /// All programs, in the object's order.
    pub fn programs(&self) -> &[Program] {
        &self.programs
    }

    /// The same, to be changed.
    pub fn programs_mut(&mut self) -> &mut [Program] {
        &mut self.programs
    }

    /// The map of that name: the full one of a data section's, "objname.bss".
    pub fn map(&self, name: &str) -> Option<&Map> {
        self.maps.iter().find(|m| m.name() == name)
    }

    /// The same, to be changed.
    pub fn map_mut(&mut self, name: &str) -> Option<&mut Map> {
        self.maps.iter_mut().find(|m| m.name() == name)
    }

    /// The map of a data section: ".bss".
    pub fn section(&self, name: &str) -> Option<&Map> {
        self.maps.iter().find(|m| m.section() == Some(name))
    }

    /// The program of that name.
    pub fn program(&self, name: &str) -> Option<&Program> {
        self.programs.iter().find(|p| p.name() == name)
    }

    /// The same, to be changed.
    pub fn program_mut(&mut self, name: &str) -> Option<&mut Program> {
        self.programs.iter_mut().find(|p| p.name() == name)
    }

    /// Creates the maps and loads the programs. From now on data sections are what the kernel has.
    pub fn load(&mut self) -> Result<()> {
        for map in &self.maps {
            map.send_data()?;
        }
        check(host!(object_load, self.handle), || format!("loading the BPF object {}", self.name))?;
        for map in &mut self.maps {
            map.map_data()?;
        }
        Ok(())
    }

    /// Attaches all programs whose sections say where to. When one cannot be attached, none is.
    pub fn attach(&self) -> Result<Vec<Link>> {
        let mut links = Vec::new();
        for program in self.programs.iter().filter(|p| p.autoload()) {
            links.extend(program.attach_if_possible()?);
        }
        Ok(links)
    }
}

impl Drop for Object {
    fn drop(&mut self) {
        self.maps.clear(); // their memory first
        host!(close, self.handle);
    }
}
