# SPDX-License-Identifier: BSD-2-Clause
# A program in the way of <libbpf-wasm.h>, in a cgroup of its own.
. "$WBPF_TESTS/lib.sh"
needs_bpf
for root in /sys/fs/cgroup/unified /sys/fs/cgroup ""; do
	[[ -e $root/cgroup.procs && $(stat -f -c %T "$root") == cgroup2fs ]] && break
done
[[ -n $root ]] || skip "no cgroup2 file system at /sys/fs/cgroup"
group=$root/wbpf-test-buffer-$$
mkdir "$group" || skip "no cgroup can be made at $root"
trap 'echo $$ >"$root/cgroup.procs"; rmdir "$group"; cleanup' EXIT
echo $$ >"$group/cgroup.procs" || skip "no process can be put into a cgroup at $root"

compare guest_buffer "$group"
expect_line "$out" '^not attached: 0$'
expect_line "$out" '^attached: 1$'
