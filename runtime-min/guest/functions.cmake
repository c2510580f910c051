# SPDX-License-Identifier: BSD-2-Clause
# The page that says of each function of libbpf whether modules have it:
#
#   cmake -DMAP=libbpf.map -DNM=llvm-nm -DARCHIVE=libwbpf.a -DNOTES=functions.txt -DPAGE=page.md
#         -DLEAST=count -P functions.cmake
#
# The functions are those of libbpf's map file, and what the library has is read from the library. A
# function that is neither there nor has a reason ends the build, as does one that has both, and fewer
# functions than LEAST.
cmake_minimum_required(VERSION 3.25)

file(STRINGS ${MAP} lines REGEX "^[ \t]+[a-z][A-Za-z0-9_]*;")
foreach(line ${lines})
  string(REGEX REPLACE "[ \t;]" "" name "${line}")
  list(APPEND names ${name})
endforeach()
list(REMOVE_DUPLICATES names)
list(SORT names)

execute_process(COMMAND ${NM} --defined-only --extern-only ${ARCHIVE}
  OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL " [TDW] [A-Za-z0-9_]+" found "${symbols}")
foreach(symbol ${found})
  string(SUBSTRING ${symbol} 3 -1 symbol)
  set(there_${symbol} ON)
endforeach()

set(problems)
file(STRINGS ${NOTES} lines REGEX "^[-+~] ")
foreach(line IN LISTS lines)
  if(NOT line MATCHES "^([-+~]) ([A-Za-z0-9_]+): (.+)$")
    list(APPEND problems "a note that is none: ${line}")
    continue()
  endif()
  set(name ${CMAKE_MATCH_2})
  set(sign_${name} "${CMAKE_MATCH_1}")
  set(note_${name} "${CMAKE_MATCH_3}")
  if(NOT name IN_LIST names)
    list(APPEND problems "${name}: a note on what is no function of libbpf")
  endif()
endforeach()

set(supported 0)
set(rows)
foreach(name ${names})
  set(sign "${sign_${name}}")
  if(there_${name})
    math(EXPR supported "${supported} + 1")
    if(sign STREQUAL "-")
      list(APPEND problems "${name}: it is there, and has a reason why not")
    endif()
    string(APPEND rows "| `${name}` | yes | ${note_${name}} |\n")
  elseif(sign STREQUAL "-" OR sign STREQUAL "~")
    string(APPEND rows "| `${name}` | no | ${note_${name}} |\n")
  else()
    list(APPEND problems "${name}: neither there nor is there a reason")
  endif()
endforeach()
list(LENGTH names count)
if(supported LESS LEAST)
  list(APPEND problems "${supported} functions, fewer than ${LEAST}")
endif()
if(problems)
  list(JOIN problems "\n  " text)
  message(FATAL_ERROR "functions of libbpf:\n  ${text}")
endif()

file(WRITE ${PAGE}.new "# libbpf's functions in a module

${supported} of the ${count} functions of libbpf 1.7's map file are in the library for modules. What is not there is
missing when a program is linked: no function only returns an error. Made from the library itself.

What holds for all of them: descriptors are handles, which `close()`, `read()`, `mmap()`, `epoll_ctl()` and
others know; `size_t`, `long` and pointers have 32 bits; errno values are those of wasi-libc; messages go
to the callback of `libbpf_set_print()`.

| function | there | what is special |
|---|---|---|
${rows}")
file(RENAME ${PAGE}.new ${PAGE})
