# SPDX-License-Identifier: BSD-2-Clause
# The pages that say what can be attached, and what maps there are:
#
#   cmake -DTABLE=attach -DSOURCE=libbpf.c -DLIST=attach.txt -DPAGE=attach.md -P coverage.cmake
#   cmake -DTABLE=maps   -DSOURCE=bpf.h    -DLIST=maps.txt   -DPAGE=maps.md   -P coverage.cmake
#
# What there is says the source: libbpf's table of sections, the kernel's enum of map types. One that the
# list lacks ends the build, as does a row of the list for what is not there.
cmake_minimum_required(VERSION 3.25)

set(problems)

# Sets names, and for a section type_NAME and auto_NAME.
function(read_sections)
  file(STRINGS ${SOURCE} lines REGEX "^[ \t]SEC_DEF\\(\"")
  foreach(line IN LISTS lines)
    if(NOT line MATCHES "SEC_DEF\\(\"([^\"]+)\",[ \t]*([A-Z_0-9]+),[ \t]*[A-Z_0-9]+,[^,)]+(, *[a-z_]+)?\\)")
      message(FATAL_ERROR "a section that cannot be read: ${line}")
    endif()
    list(APPEND names "${CMAKE_MATCH_1}")
    set("type_${CMAKE_MATCH_1}" ${CMAKE_MATCH_2} PARENT_SCOPE)
    set("auto_${CMAKE_MATCH_1}" "${CMAKE_MATCH_3}" PARENT_SCOPE)
  endforeach()
  set(names ${names} PARENT_SCOPE)
endfunction()

function(read_map_types)
  file(STRINGS ${SOURCE} lines REGEX "^[ \t]BPF_MAP_TYPE_[A-Z_0-9]+,$")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^[ \t]BPF_MAP_TYPE_([A-Z_0-9]+),$" "\\1" name "${line}")
    string(REGEX REPLACE "_DEPRECATED$" "" name ${name})
    if(NOT name STREQUAL "UNSPEC")
      list(APPEND names ${name})
    endif()
  endforeach()
  set(names ${names} PARENT_SCOPE)
endfunction()

# The functions that a row names, as they are written in C.
function(functions_of text to)
  set(written)
  string(REPLACE ", " ";" items "${text}")
  foreach(item IN LISTS items)
    if(item MATCHES "^[a-z_]+$")
      set(item "`bpf_program__attach_${item}()`")
    elseif(item MATCHES "^[a-z_]+\\(.*\\)$")
      set(item "`${item}`")
    endif()
    list(APPEND written "${item}")
  endforeach()
  list(JOIN written ", " written)
  set(${to} "${written}" PARENT_SCOPE)
endfunction()

# The kernels and tests of a row, for the page.
function(shown_by tests where to)
  if(where STREQUAL "-")
    set(${to} "" PARENT_SCOPE)
    return()
  endif()
  string(REPLACE "host" "6.18" where "${where}")
  string(REGEX REPLACE "[a-z0-9]+-([0-9.]+)" "\\1 (in qemu)" where "${where}")
  string(REPLACE " " "`, `" tests "${tests}")
  set(${to} "`${tests}` on ${where}" PARENT_SCOPE)
endfunction()

if(TABLE STREQUAL "attach")
  read_sections()
else()
  read_map_types()
endif()

set(word " *([^|]*[^| ])? *")
set(listed)
file(STRINGS ${LIST} lines REGEX "^[^#]")
foreach(line IN LISTS lines)
  if(TABLE STREQUAL "attach")
    set(pattern "^${word}\\|${word}\\|${word}\\|${word}\\|${word}\\|${word}\\|${word}$")
  else()
    set(pattern "^${word}\\|${word}\\|()${word}\\|${word}\\|${word}\\|${word}$")
  endif()
  if(NOT line MATCHES "${pattern}")
    list(APPEND problems "a row that is none: ${line}")
    continue()
  endif()
  set(name "${CMAKE_MATCH_1}")
  set(kernel "${CMAKE_MATCH_2}")
  set(by "${CMAKE_MATCH_3}")
  set(can "${CMAKE_MATCH_4}")
  set(tests "${CMAKE_MATCH_5}")
  set(where "${CMAKE_MATCH_6}")
  set(note "${CMAKE_MATCH_7}")
  if(NOT name IN_LIST names)
    list(APPEND problems "${name}: is not in ${SOURCE}")
  elseif(name IN_LIST listed)
    list(APPEND problems "${name}: there twice")
  endif()
  if(NOT kernel MATCHES "^[3-9]\\.[0-9]+$")
    list(APPEND problems "${name}: '${kernel}' is no kernel's version")
  endif()
  if(where STREQUAL "-" AND note STREQUAL "")
    list(APPEND problems "${name}: shown nowhere, and no reason why")
  elseif(NOT where STREQUAL "-" AND NOT tests MATCHES "^runtime\\.")
    list(APPEND problems "${name}: no test shows it on ${where}")
  endif()
  list(APPEND listed "${name}")
  shown_by("${tests}" "${where}" shown)
  functions_of("${by}" by)
  set(automatic)
  if(auto_${name})
    set(automatic "yes")
  endif()
  if(TABLE STREQUAL "attach")
    set("row_${name}"
      "| `${name}` | ${type_${name}} | ${kernel} | ${automatic} | ${by} | ${can} | ${shown} | ${note} |\n")
  else()
    string(REPLACE " " ", " can "${can}")
    set("row_${name}" "| `${name}` | ${kernel} | ${can} | ${shown} | ${note} |\n")
  endif()
endforeach()

set(rows)
foreach(name IN LISTS names)
  if(NOT name IN_LIST listed)
    list(APPEND problems "${name}: ${LIST} says nothing of it")
  endif()
  string(APPEND rows "${row_${name}}")
endforeach()
if(NOT names)
  list(APPEND problems "${SOURCE} has none of what is looked for")
endif()
if(problems)
  list(JOIN problems "\n  " text)
  message(FATAL_ERROR "${TABLE}:\n  ${text}")
endif()
list(LENGTH names count)

set(attach_text "# What a module can attach

The ${count} sections that libbpf 1.7 knows, in the order of its table. `+` stands for a place to attach to behind the
name, which may be left out.

- **since**: the first Linux that has it. Kernels can be built without.
- **by section**: `bpf_program__attach()`, and so the skeleton's `__attach()`, attach it when the section says where.
- **attached by**: what attaches it with options, or where the section does not say where.
- **link**: what its link can do: `update` (`bpf_link__update_program()`), `pin` (and be opened again), `detach`
  (`bpf_link__detach()`; every link's `bpf_link__destroy()` ends it). Nothing: there is no link.
- **shown**: the test in which one fires and ends, natively and as a module, and the kernel on which that is.

| section | program type | since | by section | attached by | link | shown | |
|---|---|---|---|---|---|---|---|
")
set(maps_text "# Maps in a module

The ${count} types of the kernel's enum. Each operation is done in the test, natively and as a module, with the same
results and errors.

- **since**: the first Linux that has it. Since when an operation is there can differ: batches 5.6, mmap 5.5, freeze
  5.2, pin 4.4.
- **operations**: `update`, `lookup`, `next` (`bpf_map_get_next_key()`), `take` (`bpf_map_lookup_and_delete_elem()`),
  `delete`, each `-batch` of them; `mmap`: into the module's memory; `inner`: in a map of maps; `pin` (and
  `bpf_obj_get()`); `freeze`.
- **shown**: the test, and the kernel on which that is.

| type | since | operations | shown | |
|---|---|---|---|---|
")
file(WRITE ${PAGE}.new "${${TABLE}_text}${rows}")
file(RENAME ${PAGE}.new ${PAGE})
