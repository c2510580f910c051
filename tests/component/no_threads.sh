# SPDX-License-Identifier: BSD-2-Clause
# A process that may have no second thread cannot run a component, and says so.
. "$(dirname "$0")/lib.sh"
[[ $(id -u) == 0 ]] || skip "needs root"
if [[ -e /sys/fs/cgroup/pids/cgroup.procs ]]; then
	group=/sys/fs/cgroup/pids/wbpf-component-$$
elif grep -q -s -w pids /sys/fs/cgroup/cgroup.controllers; then
	group=/sys/fs/cgroup/wbpf-component-$$
	echo +pids >/sys/fs/cgroup/cgroup.subtree_control 2>/dev/null
else
	skip "no groups of processes with limits of processes in /sys/fs/cgroup"
fi
mkdir "$group" || fail "cannot make a group"
trap 'rmdir "$group"; cleanup' EXIT
[[ -e $group/pids.max ]] || skip "the kernel has no limits of processes for groups"
echo 1 >"$group/pids.max"

out=$work/run.out err=$work/run.err
export WBPF_CACHE_DIR=$work/cache
export ASAN_OPTIONS=detect_leaks=0 # it needs a process of its own
for how in compiled cached; do
	# shellcheck disable=SC2016
	timeout -k 5 120 bash -c 'echo $$ >"$0/cgroup.procs"; exec "$@"' "$group" \
		"$WBPF_RUN" "$WBPF_MODULES/hostile.wasm" environment >"$out" 2>"$err"
	status=$?
	expect_status 125
	expect_line "$err" 'hostile.wasm: a component needs a thread for each processor'
	run_file "$WBPF_MODULES/hostile.wasm" environment
	expect_status 0
done
for ((i = 0; i < 100; i++)); do
	[[ -z $(cat "$group/cgroup.procs") ]] && break
	sleep 0.1
done
