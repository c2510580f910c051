// SPDX-License-Identifier: BSD-2-Clause
//! What the code of wit-bindgen's Rust generator uses of the crate wit-bindgen, for programs that import
//! and export no functions with lists of their own.
pub mod rt {
    use std::alloc::Layout;

    /// Where lists of results go.
    #[no_mangle]
    pub unsafe extern "C" fn cabi_realloc(old: *mut u8, old_len: usize, align: usize, len: usize) -> *mut u8 {
        let layout = Layout::from_size_align_unchecked(if old_len > 0 { old_len } else { len }, align);
        let new = match (old_len, len) {
            (0, 0) => return align as *mut u8,
            (0, _) => std::alloc::alloc(layout),
            _ => std::alloc::realloc(old, layout, len),
        };
        if new.is_null() {
            std::process::abort();
        }
        new
    }

    pub fn maybe_link_cabi_realloc() {}

    pub struct Cleanup {
        at: *mut u8,
        layout: Layout,
    }

    impl Cleanup {
        pub fn new(layout: Layout) -> (*mut u8, Option<Cleanup>) {
            if layout.size() == 0 {
                return (std::ptr::null_mut(), None);
            }
            let at = unsafe { std::alloc::alloc(layout) };
            (at, Some(Cleanup { at, layout }))
        }

        pub fn forget(self) {
            std::mem::forget(self);
        }
    }

    impl Drop for Cleanup {
        fn drop(&mut self) {
            unsafe { std::alloc::dealloc(self.at, self.layout) }
        }
    }

    pub mod bitflags {
        /// A set of named bits.
        #[macro_export]
        macro_rules! wit_flags {
            ($(#[$about:meta])* pub struct $name:ident: $bits:ty {
                $($(#[$of:meta])* const $flag:ident = $value:expr;)*
            }) => {
                $(#[$about])*
                pub struct $name($bits);
                impl $name {
                    $($(#[$of])* pub const $flag: $name = $name($value);)*
                    pub fn bits(&self) -> $bits {
                        self.0
                    }
                    pub fn empty() -> $name {
                        $name(0)
                    }
                    pub fn contains(&self, other: $name) -> bool {
                        self.0 & other.0 == other.0
                    }
                    pub fn from_bits_retain(bits: $bits) -> $name {
                        $name(bits)
                    }
                }
                impl std::ops::BitOr for $name {
                    type Output = $name;
                    fn bitor(self, other: $name) -> $name {
                        $name(self.0 | other.0)
                    }
                }
            };
        }
        pub use crate::wit_flags as bitflags;
    }
}
