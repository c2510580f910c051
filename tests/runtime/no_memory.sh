# SPDX-License-Identifier: BSD-2-Clause
# No memory for a map: the kernel takes it from the process's group, of either version. It refuses the map,
# which is said, or ends the process; nothing stays.
. "$(dirname "$0")/lib.sh"
needs_bpf
if [[ -e /sys/fs/cgroup/memory/memory.limit_in_bytes ]]; then
	group=/sys/fs/cgroup/memory/wbpf-test-$$ limit=memory.limit_in_bytes
elif grep -q -s -w memory /sys/fs/cgroup/cgroup.controllers; then
	group=/sys/fs/cgroup/wbpf-test-$$ limit=memory.max
	echo +memory >/sys/fs/cgroup/cgroup.subtree_control 2>/dev/null
else
	skip "no groups of processes with limits of memory in /sys/fs/cgroup"
fi
mkdir "$group" || fail "cannot make a group"
trap 'rmdir "$group"; cleanup' EXIT
[[ -e $group/$limit ]] || skip "the kernel has no limits of memory for groups"
echo $((96 << 20)) >"$group/$limit"

# in_group WORD...: sets status, out and err
in_group() {
	command_of wasm starts
	out=$work/wasm.out err=$work/wasm.err
	# shellcheck disable=SC2016
	timeout -k 5 $((60 * patience)) bash -c 'echo $$ >"$0/cgroup.procs"; exec "$@"' "$group" \
		"${command[@]}" "$@" >"$out" 2>"$err"
	status=$?
}
in_group open entries 4000000 load run
case $status in
1)
	expect_line "$out" '^error '
	expect_line "$err" "map 'table': failed to create"
	;;
137) echo "the kernel ended it" ;;
*) fail "exit status $status with no memory for a map" ;;
esac
in_group open entries 99 load run
expect_status 0
expect_line "$out" '^21 21'
for ((i = 0; i < 100 * patience; i++)); do
	[[ -z $(cat "$group/cgroup.procs") ]] && break
	sleep 0.1
done
