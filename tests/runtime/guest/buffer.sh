# SPDX-License-Identifier: BSD-2-Clause
# A program in the way of <libbpf-wasm.h>, in a cgroup of its own.
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_cgroups
group=$cgroups/wbpf-test-buffer-$$
mkdir "$group" || skip "no cgroup can be made at $cgroups"
trap 'echo $$ >"$cgroups/cgroup.procs"; rmdir "$group"; cleanup' EXIT
echo $$ >"$group/cgroup.procs" || skip "no process can be put into a cgroup at $cgroups"

compare guest_buffer "$group"
expect_line "$out" '^not attached: 0$'
expect_line "$out" '^attached: 1$'
