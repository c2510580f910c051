# SPDX-License-Identifier: BSD-2-Clause
# wbpf_add_module(NAME
#                 [BPF x.bpf.c ...]       BPF sources (NAME.bpf.c); each gives x.skel.h, x.types.h
#                 [LINK]                  its BPF sources are linked to one object, which gives
#                                         NAME.skel.h and NAME.types.h
#                 [SUBSKELETONS x.bpf.c ...]  with that: those of them that are libraries with a user
#                                         half of their own; each gives x.subskel.h
#                 [EMBED array|file=..|section]  where skeletons have the object: --embed of "wbpf-gen
#                                         skeleton"
#                 [SOURCES y.c ...]       user-space sources (NAME.c)
#                 [WIT]                   x.wit as well
#                 [ASSERT x.h ...]        C headers that both halves include; each gives x.assert.h,
#                                         which compiles behind it where its layout is that of the
#                                         BPF program
#                 [TYPES x.h ...]         C headers of the BPF sources; each gives x.types.h, which has
#                                         the BPF program's layout and is included in its place
#                 [VMLINUX]               it needs vmlinux.h although no BPF source names it directly
#                 [INCLUDES dir ...]      for both kinds of sources
#                 [BPF_CFLAGS flag ...] [CFLAGS flag ...] [LDFLAGS flag ...]
#                 [DEPENDS target-or-file ...])
#
# Makes the target NAME, a part of "all", which builds NAME.wasm in the current binary folder and
# what lies between in NAME.wbpf/ there. The target's property WBPF_MODULE_FILE is the module's path.
#
# Variables, from the cache, the project or, the first five, the environment:
#
#   WBPF_CLANG     a clang with the target wasm32, and bpf unless the next one is set
#   WBPF_BPF_CLANG a clang with the target bpf
#   WASI_SDK_PATH  a wasi-sdk, whose clang is then the one for wasm32, but not the one for bpf
#   VMLINUX_BTF    the kernel's type information for vmlinux.h (/sys/kernel/btf/vmlinux)
#   BPFTOOL        what makes vmlinux.h
#   WBPF_SYSROOT   a wasi sysroot, when that clang does not find its own
#   BPF_CFLAGS, WASM_CFLAGS, WASM_LDFLAGS   lists, in place of "-O2;-Wall" and the linker's
#                  --strip-all and --compress-relocations
#
# The package sets WBPF_GEN, WBPF_GUEST_DIR, WBPF_BPF_INCLUDE_DIR and WBPF_TOOL_DEPENDS (what each
# generated file depends on).

foreach(variable WBPF_CLANG WBPF_BPF_CLANG WASI_SDK_PATH VMLINUX_BTF BPFTOOL)
  if(NOT DEFINED ${variable} AND DEFINED ENV{${variable}})
    set(${variable} $ENV{${variable}})
  endif()
endforeach()
if(WASI_SDK_PATH)
  find_program(WBPF_CLANG clang PATHS ${WASI_SDK_PATH}/bin NO_DEFAULT_PATH DOC "clang for wasm32")
  find_program(WBPF_BPF_CLANG NAMES clang-19 clang DOC "clang for bpf")
else()
  find_program(WBPF_CLANG NAMES clang-19 clang DOC "clang for wasm32")
endif()
find_program(BPFTOOL NAMES bpftool PATHS /usr/sbin DOC "bpftool, for vmlinux.h")

# What <bpf/bpf_tracing.h> calls the machine whose registers PT_REGS_PARM1() and the like are.
function(_wbpf_machine ret)
  set(machine ${CMAKE_SYSTEM_PROCESSOR})
  foreach(rule x86_64=x86 aarch64=arm64 ppc64.*=powerpc s390x=s390 mips.*=mips riscv64=riscv
               loongarch64=loongarch arm[^6].*=arm)
    string(REPLACE "=" ";" rule ${rule})
    list(GET rule 0 pattern)
    list(GET rule 1 name)
    if(machine MATCHES "^${pattern}$")
      set(machine ${name})
      break()
    endif()
  endforeach()
  set(${ret} ${machine} PARENT_SCOPE)
endfunction()

# A folder with vmlinux.h, which is made now: a rule of its own in each folder that has a module
# would make the same file several times.
function(_wbpf_vmlinux ret)
  set(btf ${VMLINUX_BTF})
  if(NOT btf)
    set(btf /sys/kernel/btf/vmlinux)
  endif()
  # The running kernel's file has no time stamp that means anything; its release does.
  if(btf MATCHES "^/sys/")
    set(dir ${CMAKE_BINARY_DIR}/wbpf-vmlinux/${CMAKE_HOST_SYSTEM_VERSION})
  else()
    get_filename_component(btf ${btf} ABSOLUTE)
    string(SHA256 hash ${btf})
    string(SUBSTRING ${hash} 0 16 hash)
    set(dir ${CMAKE_BINARY_DIR}/wbpf-vmlinux/${hash})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${btf})
  endif()
  set(${ret} ${dir} PARENT_SCOPE)

  set(header ${dir}/vmlinux.h)
  if(EXISTS ${header} AND (btf MATCHES "^/sys/" OR NOT ${btf} IS_NEWER_THAN ${header}))
    return()
  endif()
  if(NOT BPFTOOL)
    message(FATAL_ERROR "wbpf: vmlinux.h is made by bpftool, which is not installed; "
                        "install it or set BPFTOOL")
  endif()
  if(NOT EXISTS ${btf})
    message(FATAL_ERROR "wbpf: no kernel type information at ${btf}; set VMLINUX_BTF to a file "
                        "that has some, or put a vmlinux.h beside the BPF source")
  endif()
  file(MAKE_DIRECTORY ${dir})
  execute_process(
    COMMAND ${BPFTOOL} btf dump file ${btf} format c
    OUTPUT_FILE ${header}.new
    ERROR_VARIABLE error
    RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "wbpf: bpftool could not make vmlinux.h from ${btf}: ${error}")
  endif()
  file(RENAME ${header}.new ${header})
endfunction()

function(_wbpf_needs_vmlinux source ret)
  get_filename_component(dir ${source} DIRECTORY)
  file(STRINGS ${source} lines REGEX "vmlinux\\.h" LIMIT_COUNT 1)
  if(lines AND NOT EXISTS ${dir}/vmlinux.h)
    set(${ret} TRUE PARENT_SCOPE)
  endif()
endfunction()

# Depending on such a file builds again what was built with other flags, whatever the generator.
function(_wbpf_flags_file path)
  string(REPLACE ";" "\n" text "${ARGN}")
  file(CONFIGURE OUTPUT ${path} CONTENT "${text}\n" @ONLY)
endfunction()

# How a BPF source, or a header that BPF sources include, is compiled.
function(_wbpf_bpf_flags vmlinux ret)
  set(flags --target=bpf -g -D__TARGET_ARCH_${machine}
            -ffile-prefix-map=${CMAKE_CURRENT_SOURCE_DIR}=. -ffile-prefix-map=${dir}=.
            ${bpf_includes} -isystem ${WBPF_BPF_INCLUDE_DIR})
  # Where Debian keeps <asm/types.h>, which the kernel's headers need and no clang for bpf looks for.
  set(asm ${CMAKE_SYSROOT}/usr/include/${CMAKE_SYSTEM_PROCESSOR}-linux-gnu)
  if(EXISTS ${asm})
    list(APPEND flags -idirafter ${asm})
  endif()
  if(vmlinux)
    _wbpf_vmlinux(vmlinux_dir)
    list(APPEND flags -isystem ${vmlinux_dir})
  endif()
  set(${ret} ${flags} ${bpf_flags} ${arg_BPF_CFLAGS} PARENT_SCOPE)
endfunction()

# What is made of a C header: its assertions or its types; appends it to generated. It is compiled
# behind vmlinux.h where a BPF source includes that.
function(_wbpf_header header kind ending)
  get_filename_component(header ${header} ABSOLUTE)
  get_filename_component(stem ${header} NAME)
  string(REGEX REPLACE "\\.h$" "" stem ${stem})
  set(output ${dir}/${stem}.${ending})
  set(vmlinux ${arg_VMLINUX})
  set(includes)
  foreach(source ${arg_BPF})
    get_filename_component(source ${source} ABSOLUTE)
    get_filename_component(folder ${source} DIRECTORY)
    _wbpf_needs_vmlinux(${source} vmlinux)
    file(STRINGS ${source} lines REGEX "vmlinux\\.h" LIMIT_COUNT 1)
    if(lines OR arg_VMLINUX)
      set(includes -iquote ${folder} -include vmlinux.h)
    endif()
  endforeach()
  _wbpf_bpf_flags("${vmlinux}" flags)
  set(command ${WBPF_GEN} ${kind} ${header} -o ${output} --depfile ${output}.d --clang ${bpf_clang}
              -- ${flags} ${includes})
  _wbpf_flags_file(${output}.flags ${command})
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${command}
    COMMAND ${CMAKE_COMMAND} -E touch ${output}
    DEPENDS ${header} ${output}.flags ${WBPF_TOOL_DEPENDS} ${bpf_depends} ${arg_DEPENDS}
    DEPFILE ${output}.d
    WORKING_DIRECTORY ${dir}
    COMMENT "wbpf-gen ${kind} ${stem}.${ending}"
    VERBATIM)
  set(generated ${generated} ${output} PARENT_SCOPE)
endfunction()

# One BPF source's object.
function(_wbpf_bpf source object)
  get_filename_component(stem ${object} NAME)
  string(REGEX REPLACE "\\.bpf\\.o$" "" stem ${stem})
  set(vmlinux ${arg_VMLINUX})
  _wbpf_needs_vmlinux(${source} vmlinux)
  _wbpf_bpf_flags("${vmlinux}" flags)
  set(command ${bpf_clang} ${flags})
  _wbpf_flags_file(${dir}/${stem}.bpf.flags ${command} -o ${object})
  add_custom_command(
    OUTPUT ${object}
    COMMAND ${command} -MD -MF ${object}.d -MQ ${object} -c ${source} -o ${object}
    DEPENDS ${source} ${dir}/${stem}.bpf.flags ${bpf_depends} ${arg_DEPENDS}
    DEPFILE ${object}.d
    # clang reads the lines of the source for the verifier's log, by the name that the map gives it.
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    COMMENT "BPF ${stem}.bpf.o"
    VERBATIM)
endfunction()

# What is generated from an object; appends the headers to generated.
function(_wbpf_generate object stem)
  set(outputs ${ARGN})
  if(arg_WIT AND NOT outputs MATCHES subskel)
    list(APPEND outputs wit=wit)
  endif()
  foreach(output ${outputs})
    string(REPLACE "=" ";" output ${output})
    list(GET output 0 kind)
    list(GET output 1 ending)
    set(options)
    if(arg_EMBED AND kind STREQUAL skeleton)
      set(options --embed ${arg_EMBED})
    endif()
    set(options_file ${dir}/${stem}.${ending}.flags)
    _wbpf_flags_file(${options_file} ${kind} ${options})
    # wbpf-gen leaves a file alone that would not change; the build needs a new time stamp.
    add_custom_command(
      OUTPUT ${dir}/${stem}.${ending}
      COMMAND ${WBPF_GEN} ${kind} ${object} ${options} -o ${dir}/${stem}.${ending}
      COMMAND ${CMAKE_COMMAND} -E touch ${dir}/${stem}.${ending}
      DEPENDS ${object} ${options_file} ${WBPF_TOOL_DEPENDS}
      COMMENT "wbpf-gen ${kind} ${stem}.${ending}"
      VERBATIM)
    list(APPEND generated ${dir}/${stem}.${ending})
  endforeach()
  set(generated ${generated} PARENT_SCOPE)
endfunction()

# The objects of all BPF sources, or the one that they are linked to, and what is generated.
function(_wbpf_objects)
  set(parts)
  set(libraries)
  foreach(source ${arg_SUBSKELETONS})
    get_filename_component(source ${source} ABSOLUTE)
    list(APPEND libraries ${source})
  endforeach()
  foreach(source ${arg_BPF})
    get_filename_component(source ${source} ABSOLUTE)
    get_filename_component(stem ${source} NAME)
    string(REGEX REPLACE "(\\.bpf)?\\.c$" "" stem ${stem})
    if(arg_LINK)
      file(MAKE_DIRECTORY ${dir}/parts)
      set(object ${dir}/parts/${stem}.bpf.o)
      list(APPEND parts ${object})
    else()
      set(object ${dir}/${stem}.bpf.o)
    endif()
    _wbpf_bpf(${source} ${object})
    if(NOT arg_LINK)
      _wbpf_generate(${object} ${stem} skeleton=skel.h header=types.h)
    elseif(source IN_LIST libraries)
      _wbpf_generate(${object} ${stem} subskeleton=subskel.h)
    endif()
  endforeach()
  if(arg_LINK)
    set(object ${dir}/${name}.bpf.o)
    set(command ${WBPF_GEN} object ${object} ${parts})
    _wbpf_flags_file(${dir}/${name}.object.flags ${parts})
    add_custom_command(
      OUTPUT ${object}
      COMMAND ${command}
      COMMAND ${CMAKE_COMMAND} -E touch ${object}
      DEPENDS ${parts} ${dir}/${name}.object.flags ${WBPF_TOOL_DEPENDS}
      COMMENT "wbpf-gen object ${name}.bpf.o"
      VERBATIM)
    _wbpf_generate(${object} ${name} skeleton=skel.h header=types.h)
  endif()
  set(generated ${generated} PARENT_SCOPE)
endfunction()

# One user-space source; appends its object to objects.
function(_wbpf_source source index)
  get_filename_component(stem ${source} NAME_WE)
  set(object ${dir}/${stem}.${index}.o)
  set(command ${WBPF_CLANG} ${wasm_target} -ffunction-sections -fdata-sections
              -ffile-prefix-map=${CMAKE_CURRENT_SOURCE_DIR}=. -I${dir} ${includes}
              -isystem ${WBPF_GUEST_DIR}/include ${wasm_flags} ${arg_CFLAGS})
  _wbpf_flags_file(${object}.flags ${command})
  add_custom_command(
    OUTPUT ${object}
    COMMAND ${command} -MD -MF ${object}.d -MQ ${object} -c ${source} -o ${object}
    DEPENDS ${source} ${object}.flags ${generated} ${guest_depends} ${arg_DEPENDS}
    DEPFILE ${object}.d
    COMMENT "CC ${name}: ${stem}.c"
    VERBATIM)
  set(objects ${objects} ${object} PARENT_SCOPE)
endfunction()

function(_wbpf_link module)
  # The stack lies below the data, so that an overflow ends in a trap.
  set(command ${WBPF_CLANG} ${wasm_target} -Wl,--gc-sections -Wl,--stack-first
              -Wl,-z,stack-size=983040 ${link_flags} ${arg_LDFLAGS} ${objects}
              -L${WBPF_GUEST_DIR}/lib -lwbpf -o ${module})
  _wbpf_flags_file(${dir}/link.flags ${command})
  add_custom_command(
    OUTPUT ${module}
    COMMAND ${command}
    DEPENDS ${objects} ${dir}/link.flags ${WBPF_GUEST_DIR}/lib/libwbpf.a ${guest_depends}
    COMMENT "LINK ${name}.wasm"
    VERBATIM)
endfunction()

function(_wbpf_default variable value ret)
  if(DEFINED ${variable})
    set(${ret} ${${variable}} PARENT_SCOPE)
  else()
    set(${ret} ${value} PARENT_SCOPE)
  endif()
endfunction()

function(wbpf_add_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "WIT;VMLINUX;LINK" "EMBED"
                        "BPF;SUBSKELETONS;SOURCES;ASSERT;TYPES;INCLUDES;BPF_CFLAGS;CFLAGS;LDFLAGS;DEPENDS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "wbpf_add_module(${name}): what is '${arg_UNPARSED_ARGUMENTS}'?")
  endif()
  if(arg_SUBSKELETONS AND NOT arg_LINK)
    message(FATAL_ERROR "wbpf_add_module(${name}): SUBSKELETONS are of BPF sources that are linked: LINK")
  endif()
  if(NOT WBPF_CLANG)
    message(FATAL_ERROR "wbpf: no clang; install clang-19 and lld-19, or set WBPF_CLANG")
  endif()
  if(NOT arg_BPF)
    set(arg_BPF ${name}.bpf.c)
  endif()
  if(NOT arg_SOURCES)
    set(arg_SOURCES ${name}.c)
  endif()
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/${name}.wbpf)
  set(module ${CMAKE_CURRENT_BINARY_DIR}/${name}.wasm)
  file(MAKE_DIRECTORY ${dir})
  _wbpf_machine(machine)
  _wbpf_default(BPF_CFLAGS "-O2;-Wall" bpf_flags)
  _wbpf_default(WASM_CFLAGS "-O2;-Wall" wasm_flags)
  _wbpf_default(WASM_LDFLAGS "-Wl,--strip-all;-Wl,--compress-relocations" link_flags)
  set(bpf_clang ${WBPF_CLANG})
  if(WBPF_BPF_CLANG)
    set(bpf_clang ${WBPF_BPF_CLANG})
  endif()
  set(wasm_target --target=wasm32-wasi)
  if(WBPF_SYSROOT)
    list(APPEND wasm_target --sysroot=${WBPF_SYSROOT})
  endif()
  # In the package's own build these are targets; installed, depfiles name the headers.
  set(guest_depends ${WBPF_GUEST_DEPENDS})
  set(bpf_depends ${WBPF_BPF_DEPENDS})
  set(includes)
  foreach(include ${arg_INCLUDES})
    get_filename_component(include ${include} ABSOLUTE)
    list(APPEND includes -I${include})
  endforeach()
  set(bpf_includes ${includes})

  set(generated)
  _wbpf_objects()
  foreach(header ${arg_ASSERT})
    _wbpf_header(${header} assert assert.h)
  endforeach()
  foreach(header ${arg_TYPES})
    get_filename_component(stem ${header} NAME_WE)
    if(${dir}/${stem}.types.h IN_LIST generated)
      message(FATAL_ERROR "wbpf_add_module(${name}): TYPES ${header} and a BPF source would both give "
                          "${stem}.types.h; rename one")
    endif()
    _wbpf_header(${header} header types.h)
  endforeach()
  set(objects)
  set(index 0)
  foreach(source ${arg_SOURCES})
    get_filename_component(source ${source} ABSOLUTE)
    _wbpf_source(${source} ${index})
    math(EXPR index "${index} + 1")
  endforeach()
  _wbpf_link(${module})
  add_custom_target(${name} ALL DEPENDS ${module} ${generated})
  set_target_properties(${name} PROPERTIES WBPF_MODULE_FILE ${module} WBPF_OUTPUT_DIR ${dir})
endfunction()
