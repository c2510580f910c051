# SPDX-License-Identifier: BSD-2-Clause
# Programs in other languages, with skeletons of wbpf-gen: NAME_rust.wasm and NAME_go.wasm, where there is a
# compiler.
set(packages ${PROJECT_SOURCE_DIR}/runtime-min/guest)
set(with_things ${CMAKE_CURRENT_BINARY_DIR}/things.wbpf/things.bpf.o)
wbpf_add_module(things BPF languages/things.bpf.c SOURCES languages/things.c)

if(RUSTC_WASM)
  file(GLOB package CONFIGURE_DEPENDS ${packages}/rust/src/*.rs)
  set(crate ${CMAKE_CURRENT_BINARY_DIR}/rust/libwbpf.rlib)
  set(rust ${RUSTC_WASM} --target ${RUSTC_WASM_TARGET} --edition 2021 -D warnings -C opt-level=s -C panic=abort)
  add_custom_command(OUTPUT ${crate}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/rust
    COMMAND ${rust} --crate-type rlib --crate-name wbpf ${packages}/rust/src/lib.rs -o ${crate}
    DEPENDS ${package} VERBATIM)
endif()
# in_rust(NAME SOURCE OBJECT): the object is made by the target NAME.
function(in_rust name source object)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/rust/${name})
  set(module ${CMAKE_CURRENT_BINARY_DIR}/${name}_rust.wasm)
  configure_file(${source} ${folder}/main.rs COPYONLY)
  add_custom_command(OUTPUT ${module}
    COMMAND wbpf-gen rust --skeleton ${object} -o ${folder}/skel.rs
    COMMAND ${rust} -C strip=symbols -C lto --extern wbpf=${crate} ${folder}/main.rs -o ${module}
    DEPENDS ${crate} ${folder}/main.rs ${object} wbpf-gen ${name} VERBATIM)
  add_custom_target(${name}_rust ALL DEPENDS ${module})
endfunction()

file(GLOB go_package CONFIGURE_DEPENDS ${packages}/go/*.go)
function(in_go name source object)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/go/${name})
  set(module ${CMAKE_CURRENT_BINARY_DIR}/${name}_go.wasm)
  set(environment GOOS=wasip1 GOARCH=wasm GOTOOLCHAIN=local GOFLAGS=-mod=mod GOPROXY=off
    GOCACHE=${CMAKE_CURRENT_BINARY_DIR}/go/cache)
  configure_file(${source} ${folder}/main.go COPYONLY)
  file(WRITE ${folder}/go.mod
    "module ${name}\n\ngo 1.24\n\nrequire wbpf v0.0.0\n\nreplace wbpf => ${packages}/go\n")
  add_custom_command(OUTPUT ${module}
    COMMAND wbpf-gen go --skeleton --package main ${object} -o ${folder}/skel.go
    COMMAND ${CMAKE_COMMAND} -E env ${environment} ${GO} vet -unsafeptr=false .
    COMMAND ${CMAKE_COMMAND} -E env ${environment} ${GO} build "-ldflags=-s -w" -o ${module} .
    WORKING_DIRECTORY ${folder}
    DEPENDS ${go_package} ${folder}/main.go ${object} wbpf-gen ${name} VERBATIM)
  add_custom_target(${name}_go ALL DEPENDS ${module})
endfunction()

set(with_bootstrap ${PROJECT_BINARY_DIR}/examples/bootstrap/bootstrap.wbpf/bootstrap.bpf.o)
if(RUSTC_WASM)
  in_rust(bootstrap ${PROJECT_SOURCE_DIR}/examples/bootstrap_rust/bootstrap.rs ${with_bootstrap})
  in_rust(things ${CMAKE_CURRENT_SOURCE_DIR}/languages/things.rs ${with_things})
endif()
if(GO)
  in_go(bootstrap ${PROJECT_SOURCE_DIR}/examples/bootstrap_go/main.go ${with_bootstrap})
  in_go(things ${CMAKE_CURRENT_SOURCE_DIR}/languages/things.go ${with_things})
endif()

foreach(language rust go)
  add_test(NAME runtime.bootstrap_${language} COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/bootstrap.sh)
  set_tests_properties(runtime.bootstrap_${language} PROPERTIES
    SKIP_RETURN_CODE 77
    TIMEOUT 300
    ENVIRONMENT "WBPF_RUN=${PROJECT_BINARY_DIR}/bin/wbpf-run;WBPF_TESTS=${CMAKE_CURRENT_SOURCE_DIR};\
WBPF_EXAMPLES=${PROJECT_BINARY_DIR}/examples;WBPF_MODULES=${CMAKE_CURRENT_BINARY_DIR};WBPF_VARIANTS=${language};\
WBPF_NATIVE=${CMAKE_CURRENT_BINARY_DIR}/native")
endforeach()
foreach(language rust go)
  add_test(NAME runtime.things_${language}
    COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/languages.sh ${language})
  set_tests_properties(runtime.things_${language} PROPERTIES
    SKIP_RETURN_CODE 77
    TIMEOUT 300
    ENVIRONMENT "WBPF_RUN=${PROJECT_BINARY_DIR}/bin/wbpf-run;WBPF_MODULES=${CMAKE_CURRENT_BINARY_DIR}")
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
