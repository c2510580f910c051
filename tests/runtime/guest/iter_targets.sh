# SPDX-License-Identifier: BSD-2-Clause
# Iterators, and that those run which every kernel with iterators of that kind has.
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_cgroups

compare guest_iter_targets
# ran TARGET LINE: after that line of the target, the program ran. Kernels have been seen that let not even
# root load programs that go through elements of maps.
ran() {
	local lines=$(sed -n "/^-- $1\$/,/^-- /p" "$out")
	! grep -q '^load: -EPERM' <<<"$lines" || { refused+=" $1" && return; }
	grep -A 2 -x -e "$2: ok" <<<"$lines" | grep -q '^runs [1-9]' || fail "$1, $2: did not run"
}
refused=
ran bpf_map attach
ran task attach
ran task_file 'by pidfd'
ran bpf_map_elem numbers
ran bpf_sk_storage_map storage
ran sockmap sockets
! grep -q -w cgroup_iter_seq_init /proc/kallsyms || ran cgroup itself
ran udp attach
[[ ! $refused || ${WBPF_OTHER_KERNEL-} == "" ]] || fail "this kernel refuses$refused"
echo "refused by this kernel:${refused:- none}"
