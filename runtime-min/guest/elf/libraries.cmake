# SPDX-License-Identifier: BSD-2-Clause
# libelf.a and libz.a for modules, from the unpacked sources of elfutils and zlib as they are. What
# elfutils' configure would find out is in this folder.
file(GLOB elf_sources RELATIVE ${ELFUTILS_ROOT}/libelf ${ELFUTILS_ROOT}/libelf/*.c)
foreach(source ${elf_sources})
  string(REGEX REPLACE "\\.c$" "" name ${source})
  guest_object(${ELFUTILS_ROOT}/libelf/${source} libelf/${name} -w -D_GNU_SOURCE -DHAVE_CONFIG_H
    -I ${CMAKE_CURRENT_SOURCE_DIR}/elf -I ${ELFUTILS_ROOT}/libelf -I ${ELFUTILS_ROOT}/lib)
endforeach()
guest_archive(libelf.a)

file(GLOB z_sources RELATIVE ${ELFUTILS_ROOT}/zlib ${ELFUTILS_ROOT}/zlib/*.c)
foreach(source ${z_sources})
  string(REGEX REPLACE "\\.c$" "" name ${source})
  guest_object(${ELFUTILS_ROOT}/zlib/${source} zlib/${name} -w -D_GNU_SOURCE -DHAVE_UNISTD_H)
endforeach()
guest_archive(libz.a)

file(GLOB licences ${ELFUTILS_ROOT}/COPYING*)
foreach(licence ${licences})
  get_filename_component(name ${licence} NAME)
  install(FILES ${licence} DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME ${name}.libelf)
endforeach()
install(FILES ${ELFUTILS_ROOT}/zlib/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME LICENSE.zlib)
