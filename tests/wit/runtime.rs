// SPDX-License-Identifier: BSD-2-Clause
//! What the code of wit-bindgen's Rust generator calls of the crate wit-bindgen, for a check of types.
pub mod rt {
    pub struct Cleanup;

    impl Cleanup {
        pub fn new(_: std::alloc::Layout) -> (*mut u8, Option<Cleanup>) {
            (std::ptr::null_mut(), None)
        }
        pub fn forget(self) {}
    }

    pub fn maybe_link_cabi_realloc() {}
    pub fn run_ctors_once() {}
}
