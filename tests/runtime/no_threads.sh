# SPDX-License-Identifier: BSD-2-Clause
# A process that may have no second thread: the module is compiled, loaded and run all the same.
. "$(dirname "$0")/lib.sh"
needs_bpf
if [[ -e /sys/fs/cgroup/pids/cgroup.procs ]]; then
	group=/sys/fs/cgroup/pids/wbpf-test-$$
elif grep -q -s -w pids /sys/fs/cgroup/cgroup.controllers; then
	group=/sys/fs/cgroup/wbpf-test-$$
	echo +pids >/sys/fs/cgroup/cgroup.subtree_control 2>/dev/null
else
	skip "no groups of processes with limits of processes in /sys/fs/cgroup"
fi
mkdir "$group" || fail "cannot make a group"
trap 'rmdir "$group"; cleanup' EXIT
[[ -e $group/pids.max ]] || skip "the kernel has no limits of processes for groups"
echo 1 >"$group/pids.max"

out=$work/wasm.out err=$work/wasm.err
in_group() { # WORD...: runs them as the group's only thread
	# shellcheck disable=SC2016
	timeout -k 5 120 bash -c 'echo $$ >"$0/cgroup.procs"; exec "$@"' "$group" "$@" >"$out" 2>"$err"
	status=$?
}
# A group that limits nothing would show nothing.
in_group sh -c 'true & wait'
((status != 0)) || fail "a second process in a group of one"

export WBPF_CACHE_DIR=$work/cache
# The search for leaks needs a process of its own.
export ASAN_OPTIONS=detect_leaks=0
for how in "compiled" "cached"; do
	command_of wasm starts
	in_group "${command[@]}" open load run
	((status == 0)) || fail "$how: exit status $status"
	expect_line "$out" '^21 21'
	[[ ! -s $err ]] || fail "$how: not quiet"
done
for ((i = 0; i < 100; i++)); do
	[[ -z $(cat "$group/cgroup.procs") ]] && break
	sleep 0.1
done
