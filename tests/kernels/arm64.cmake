# SPDX-License-Identifier: BSD-2-Clause
# CMake's toolchain for arm64, with the libraries that tools/setup.sh has fetched:
#   cmake -B build-arm64 -G Ninja -DCMAKE_TOOLCHAIN_FILE=tests/kernels/arm64.cmake
# What is built runs on this machine through qemu's user mode, and on a kernel of its own
# (tests/kernels/run --kernel arm64-6.12 --programs build-arm64).
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
get_filename_component(cache ${CMAKE_CURRENT_LIST_DIR}/../../.cache ABSOLUTE)
set(CMAKE_SYSROOT ${cache}/kernels/arm64/root)
set(WBPF_DEPS ${cache}/deps/arm64 CACHE PATH "What tools/setup.sh made for arm64")
# The types of the newest kernel, of which vmlinux.h is made.
set(VMLINUX_BTF ${cache}/kernels/arm64-6.12/vmlinux.btf CACHE FILEPATH "Type information of an arm64 kernel")
set(CMAKE_C_COMPILER clang-19)
set(CMAKE_C_COMPILER_TARGET aarch64-linux-gnu)
set(CMAKE_EXE_LINKER_FLAGS_INIT -fuse-ld=lld)
find_program(CMAKE_AR llvm-ar-19 REQUIRED)
find_program(CMAKE_RANLIB llvm-ranlib-19 REQUIRED)
set(CMAKE_FIND_ROOT_PATH ${CMAKE_SYSROOT})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static;-L;${CMAKE_SYSROOT})
set(ENV{PKG_CONFIG_LIBDIR} ${CMAKE_SYSROOT}/usr/lib/aarch64-linux-gnu/pkgconfig)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${CMAKE_SYSROOT})
