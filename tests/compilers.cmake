# SPDX-License-Identifier: BSD-2-Clause
# Compilers of other languages, where there are any:
#   RUSTC_WASM, RUSTC_WASM_TARGET  a rustc with a standard library for wasm32, and its name of the target
#   RUSTC                          any rustc, for this machine
#   WIT_BINDGEN                    wit-bindgen (tools/setup.sh --group extras, or named)
#   GO                             Go 1.24 or newer (wasmexport, generic iterators)

# Rust's own, or Debian's rustc with libstd-rust-dev-wasm32; the target has two names.
find_program(RUSTC rustc)
foreach(rustc ${RUSTC} /usr/bin/rustc)
  foreach(target wasm32-wasip1 wasm32-wasi)
    if(NOT RUSTC_WASM AND EXISTS ${rustc})
      execute_process(COMMAND ${rustc} --print target-libdir --target ${target}
        OUTPUT_VARIABLE folder OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
      file(GLOB std ${folder}/libstd-*.rlib)
      if(folder AND std)
        set(RUSTC_WASM ${rustc})
        set(RUSTC_WASM_TARGET ${target})
      endif()
    endif()
  endforeach()
endforeach()

find_program(GO_PROGRAM go)
if(GO_PROGRAM)
  execute_process(COMMAND ${GO_PROGRAM} env GOVERSION OUTPUT_VARIABLE version
    OUTPUT_STRIP_TRAILING_WHITESPACE)
  string(REGEX REPLACE "^go" "" version "${version}")
  if(version VERSION_GREATER_EQUAL 1.24)
    set(GO ${GO_PROGRAM})
  endif()
endif()

set(WIT_BINDGEN "$ENV{WIT_BINDGEN}" CACHE FILEPATH "A wit-bindgen, when tools/setup.sh did not make one")
if(NOT WIT_BINDGEN)
  file(GLOB WIT_BINDGEN ${WBPF_DEPS}/wit-bindgen-*/bin/wit-bindgen)
endif()
