# SPDX-License-Identifier: BSD-2-Clause
# The example bootstrap in other languages: bootstrap_rust.wasm and bootstrap_go.wasm, where there is a compiler.
set(object ${PROJECT_BINARY_DIR}/examples/bootstrap/bootstrap.wbpf/bootstrap.bpf.o)
set(packages ${PROJECT_SOURCE_DIR}/runtime-min/guest)
set(languages)

# Rust's own, or Debian's rustc with libstd-rust-dev-wasm32; the target has two names.
find_program(RUSTC_PATH rustc)
foreach(rustc ${RUSTC_PATH} /usr/bin/rustc)
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
if(RUSTC_WASM)
  list(APPEND languages rust)
  file(GLOB package CONFIGURE_DEPENDS ${packages}/rust/src/*.rs)
  set(crate ${CMAKE_CURRENT_BINARY_DIR}/rust/libwbpf.rlib)
  set(rust ${RUSTC_WASM} --target ${RUSTC_WASM_TARGET} --edition 2021 -D warnings -C opt-level=s -C panic=abort)
  add_custom_command(OUTPUT ${crate}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/rust
    COMMAND ${rust} --crate-type rlib --crate-name wbpf ${packages}/rust/src/lib.rs -o ${crate}
    DEPENDS ${package} VERBATIM)
  set(source ${PROJECT_SOURCE_DIR}/examples/bootstrap_rust/bootstrap.rs)
  add_custom_command(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/bootstrap_rust.wasm
    COMMAND ${CMAKE_COMMAND} -E env BOOTSTRAP_OBJECT=${object} ${rust} -C strip=symbols -C lto
      --extern wbpf=${crate} ${source} -o ${CMAKE_CURRENT_BINARY_DIR}/bootstrap_rust.wasm
    DEPENDS ${crate} ${source} ${object} bootstrap VERBATIM)
endif()

# wasmexport and generic iterators: Go 1.24.
find_program(GO go)
if(GO)
  execute_process(COMMAND ${GO} env GOVERSION OUTPUT_VARIABLE version OUTPUT_STRIP_TRAILING_WHITESPACE)
  string(REGEX REPLACE "^go" "" version "${version}")
endif()
if(GO AND version VERSION_GREATER_EQUAL 1.24)
  list(APPEND languages go)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/go)
  file(GLOB package CONFIGURE_DEPENDS ${packages}/go/*.go)
  configure_file(${PROJECT_SOURCE_DIR}/examples/bootstrap_go/main.go ${folder}/main.go COPYONLY)
  file(WRITE ${folder}/go.mod
    "module bootstrap\n\ngo 1.24\n\nrequire wbpf v0.0.0\n\nreplace wbpf => ${packages}/go\n")
  add_custom_command(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/bootstrap_go.wasm
    COMMAND ${CMAKE_COMMAND} -E copy ${object} ${folder}/bootstrap.bpf.o
    COMMAND ${CMAKE_COMMAND} -E env GOOS=wasip1 GOARCH=wasm GOTOOLCHAIN=local GOFLAGS=-mod=mod GOPROXY=off
      GOCACHE=${folder}/cache ${GO} vet .
    COMMAND ${CMAKE_COMMAND} -E env GOOS=wasip1 GOARCH=wasm GOTOOLCHAIN=local GOFLAGS=-mod=mod GOPROXY=off
      GOCACHE=${folder}/cache ${GO} build "-ldflags=-s -w" -o ${CMAKE_CURRENT_BINARY_DIR}/bootstrap_go.wasm .
    WORKING_DIRECTORY ${folder}
    DEPENDS ${package} ${folder}/main.go ${object} bootstrap VERBATIM)
endif()

foreach(language ${languages})
  add_custom_target(bootstrap_${language} ALL DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/bootstrap_${language}.wasm)
endforeach()
foreach(language rust go)
  add_test(NAME runtime.bootstrap_${language} COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/bootstrap.sh)
  set_tests_properties(runtime.bootstrap_${language} PROPERTIES
    SKIP_RETURN_CODE 77
    TIMEOUT 300
    ENVIRONMENT "WBPF_RUN=${PROJECT_BINARY_DIR}/bin/wbpf-run;WBPF_TESTS=${CMAKE_CURRENT_SOURCE_DIR};\
WBPF_EXAMPLES=${PROJECT_BINARY_DIR}/examples;WBPF_MODULES=${CMAKE_CURRENT_BINARY_DIR};WBPF_VARIANTS=${language};\
WBPF_NATIVE=${CMAKE_CURRENT_BINARY_DIR}/native")
endforeach()
# What is made from the definition of the calls is what is there.
foreach(made go:go/calls.go rust:rust/src/calls.rs)
  string(REPLACE ":" ";" made ${made})
  list(GET made 0 language)
  list(GET made 1 file)
  add_test(NAME runtime.calls_${language} COMMAND sh -c "\"$0\" ${language} | cmp - \"$1\" || {
    echo \"make it again: abi-describe ${language} >runtime-min/guest/${file}\"; exit 1; }"
    $<TARGET_FILE:abi-describe> ${packages}/${file})
endforeach()
