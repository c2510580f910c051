# SPDX-License-Identifier: BSD-2-Clause
# What the runtime tests share. A test sources this file, says what it needs, and then runs each
# variant of a program (wasm through wbpf-run, and native against libbpf) with start, wait_line and
# stop. From CMake: WBPF_RUN, WBPF_EXAMPLES, WBPF_MODULES, WBPF_NATIVE, WBPF_TESTS. From tests/kernels:
# WBPF_PATIENCE, by how much longer than here everything may take.
set -u
: "${WBPF_RUN:?run this through ctest}"

work=$(mktemp -d /tmp/wbpf-test.XXXXXX)
chmod 755 "$work"
pids=()
variants=${WBPF_VARIANTS-native wasm} # to look at one of them alone
patience=${WBPF_PATIENCE-1}

cleanup() {
	local p
	for p in "${pids[@]}"; do kill -KILL "$p" 2>/dev/null; done
	wait 2>/dev/null
	rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM HUP

skip() { echo "skipped: $*"; exit 77; }

fail() {
	local f
	echo "FAILED: $*" >&2
	for f in "$work"/*.out "$work"/*.err; do
		[[ -s $f ]] && { echo "--- ${f##*/}" >&2; head -n 60 "$f" >&2; }
	done
	exit 1
}

# CMake says of a test since which Linux it can run there: "6.4 (bpf_for())".
oldest() { printf '%s\n' "$@" | sort -V | head -n 1; }
[[ -z ${WBPF_SINCE-} || $(oldest "${WBPF_SINCE%% *}" "$(uname -r)") == "${WBPF_SINCE%% *}" ]] ||
	skip "needs Linux $WBPF_SINCE"

# What the machine must have for programs to be loaded and attached here.
needs_bpf() {
	[[ $(id -u) == 0 ]] || skip "needs root"
	[[ -r /sys/kernel/btf/vmlinux ]] || skip "the kernel has no type information (CONFIG_DEBUG_INFO_BTF)"
	bpftool prog show >/dev/null 2>&1 || skip "bpf(2) is not allowed here (CAP_BPF, a container?)"
}

# A kernel that failed in there keeps its lock, and every later link waits for ever.
needs_struct_ops() {
	! grep -q -s bpf_struct_ops_link_create /proc/[0-9]*/wchan ||
		skip "a process hangs in the kernel's bpf_struct_ops_link_create()"
}

# Congestion controls of TCP that are attached by a link.
needs_tcp_links() {
	local type
	for type in bpf_struct_ops_tcp_congestion_ops bpf_struct_ops_link; do
		bpftool btf dump file /sys/kernel/btf/vmlinux format raw | grep -q "STRUCT '$type'" ||
			skip "the kernel has no $type (CONFIG_BPF_JIT, CONFIG_INET; links since 6.4)"
	done
}

needs_arena() {
	grep -q -w bpf_arena_alloc_pages /proc/kallsyms || skip "the kernel has no BPF arenas (they came with 6.9)"
}

# For fentry, fexit and BPF LSM. Kernels for arm64 have had what jumps from a function to a program since 6.4.
has_trampolines() { grep -q -w register_ftrace_direct /proc/kallsyms; }
needs_trampolines() {
	has_trampolines ||
		skip "no programs can be attached to this kernel's functions (CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS)"
}

needs_bpffs() {
	mountpoint -q /sys/fs/bpf || mount -t bpf bpf /sys/fs/bpf 2>/dev/null ||
		skip "no BPF file system at /sys/fs/bpf"
}

# Where BPF is no security module, programs attach and are never asked.
needs_bpf_lsm() {
	[[ -e /sys/kernel/security/lsm ]] || mount -t securityfs securityfs /sys/kernel/security 2>/dev/null
	grep -q -w bpf /sys/kernel/security/lsm 2>/dev/null ||
		skip "BPF is not one of the kernel's security modules (lsm=...,bpf on its command line)"
}

# Sets cgroups to where the second version of cgroups is.
needs_cgroups() {
	for cgroups in /sys/fs/cgroup/unified /sys/fs/cgroup; do
		[[ -e $cgroups/cgroup.procs && $(stat -f -c %T "$cgroups") == cgroup2fs ]] && return
	done
	skip "no cgroup2 file system at /sys/fs/cgroup"
}

# Tracepoints by name are looked up in tracefs; tools/test.sh mounts it for good.
# Makes group, whose processes can start neither another one nor a thread. Until leave_group.
enter_group_of_one() {
	[[ $(id -u) == 0 ]] || skip "needs root"
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
	# A group that limits nothing would show nothing.
	in_group sh -c 'true & wait'
	((status != 0)) || fail "a second process in a group of one"
	# The search for leaks needs a process of its own.
	export ASAN_OPTIONS=detect_leaks=0
}
in_group() { # WORD...: runs them as the group's only thread; sets status, out, err
	out=$work/group.out err=$work/group.err
	# shellcheck disable=SC2016
	timeout -k 5 120 bash -c 'echo $$ >"$0/cgroup.procs"; exec "$@"' "$group" "$@" >"$out" 2>"$err"
	status=$?
}
leave_group() { # what ended in it is gone soon
	local i
	for ((i = 0; i < 100; i++)); do
		[[ -z $(cat "$group/cgroup.procs") ]] && break
		sleep 0.1
	done
}

needs_tracefs() {
	[[ -d /sys/kernel/tracing/events || -d /sys/kernel/debug/tracing/events ]] && return
	mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null ||
		skip "no tracefs at /sys/kernel/tracing (mount -t tracefs tracefs /sys/kernel/tracing)"
}

needs_tool() {
	local tool
	for tool; do command -v "$tool" >/dev/null || skip "the command '$tool' is not installed"; done
}

# Runs a native program beside the test until that ends; what it says first is in $work/target. Sets
# target to its path and target_pid.
start_target() { # NAME
	target=$WBPF_NATIVE/$1
	"$target" >"$work/target" &
	target_pid=$!
	pids+=("$target_pid")
	until [[ -s $work/target ]]; do
		kill -0 "$target_pid" 2>/dev/null || fail "$target did not start"
		sleep 0.05
	done
}

# Sets command to what runs a program: command_of wasm|native NAME. The array run_options goes to
# wbpf-run.
command_of() {
	local module
	case $1 in
	native)
		command=("$WBPF_NATIVE/$2") ;;
	wasm)
		module=$WBPF_EXAMPLES/$2/$2.wasm
		[[ -e $module ]] || module=$WBPF_MODULES/$2.wasm
		command=("$WBPF_RUN" ${run_options[@]+"${run_options[@]}"} "$module") ;;
	rust | go | component | component_wit | component_rust) # the same program in another language
		command=("$WBPF_RUN" ${run_options[@]+"${run_options[@]}"} "$WBPF_MODULES/$2_$1.wasm")
		[[ -e ${command[-1]} ]] || skip "there is nothing that makes $2_$1.wasm here" ;;
	esac
	[[ -e ${command[-1]} ]] || fail "${command[-1]} is not built"
}

# Runs a program to its end: run wasm|native NAME ARGS...; sets status, out and err.
run() {
	local variant=$1 name=$2
	shift 2
	command_of "$variant" "$name"
	out=$work/$variant.out err=$work/$variant.err
	timeout -k 5 $((60 * patience)) "${command[@]}" "$@" >"$out" 2>"$err" </dev/null
	status=$?
}

# A program natively and as a module: both must print the same, and end well.
compare() { # NAME ARGS...
	run native "$@"
	((status == 0)) || fail "$1 natively: status $status"
	run wasm "$@"
	((status == 0)) || fail "$1: status 0 natively, $status as a module"
	diff "$work/native.out" "$work/wasm.out" ||
		fail "$1: natively (<) and as a module (>) it prints different things"
	echo "$(wc -l <"$work/wasm.out") lines are the same"
}

# Like run, but in the background; also sets pid. Signals have their default action, which bash
# otherwise takes from background processes.
start() {
	local variant=$1 name=$2
	shift 2
	command_of "$variant" "$name"
	out=$work/$variant.out err=$work/$variant.err
	: >"$out"
	env --default-signal=INT,QUIT,TERM "${command[@]}" "$@" >"$out" 2>"$err" </dev/null &
	pid=$!
	pids+=("$pid")
}

# wbpf-run with those arguments in the background, as start does it: start_all ARGS...
start_all() {
	out=$work/run.out err=$work/run.err
	: >"$out"
	env --default-signal=INT,QUIT,TERM,USR1 "$WBPF_RUN" "$@" >"$out" 2>"$err" </dev/null &
	pid=$!
	pids+=("$pid")
}

# What a machine refuses even root and a native program: skips where NAME cannot be loaded. The kernels
# that tests/kernels boots refuse nothing, and are slow.
needs_loading() { # NAME WHAT ARGS...
	[[ -z ${WBPF_OTHER_KERNEL-} ]] || return 0
	start native "$1" "${@:3}"
	until [[ -s $out ]] || ! kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
	kill -KILL "$pid" 2>/dev/null
	wait_end
	! grep -q 'failed to load: -EPERM' "$err" || skip "this machine lets not even root load $2"
}

# Waits until the running program has printed a line that matches: wait_line PATTERN [SECONDS]
wait_line() {
	local i
	for ((i = 0; i < ${2-30} * 20 * patience; i++)); do
		grep -q -E -e "$1" "$out" && return
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.05
	done
	grep -q -E -e "$1" "$out" && return
	fail "no line matches '$1'"
}

# Waits for the running program's end; sets status. Not longer than SECONDS (30).
wait_end() {
	local i
	for ((i = 0; i < ${1-30} * 20 * patience; i++)); do
		[[ -d /proc/$pid && $(cut -d ' ' -f 3 "/proc/$pid/stat" 2>/dev/null) != Z ]] || break
		sleep 0.05
	done
	((i < ${1-30} * 20 * patience)) || fail "it did not end"
	wait "$pid"
	status=$?
	pids=("${pids[@]/$pid/}")
	pids=(${pids[@]+${pids[@]}})
}

# stop SIGNAL: sends it and waits.
stop() {
	kill -"$1" "$pid" || fail "it had ended before it was stopped"
	wait_end
}

expect_status() { [[ $status == "$1" ]] || fail "exit status $status where $1 was expected"; }
expect_line() { grep -q -E -e "$2" "$1" || fail "${1##*/} has no line that matches '$2'"; }
expect_no_line() { ! grep -q -E -e "$2" "$1" || fail "${1##*/} has a line that matches '$2'"; }

# Compares two texts: expect_same NAME EXPECTED ACTUAL
expect_same() {
	local difference
	difference=$(diff <(printf '%s\n' "$2") <(printf '%s\n' "$3")) && return
	printf '%s\n' "$difference" >&2
	fail "$1: not what was expected (<: expected, >: there)"
}

# The ids of the programs and links that a process holds: "prog 12", "link 3". Only these are looked
# at afterwards, because other processes' come and go.
held_by() {
	cat "/proc/$1/fdinfo/"* 2>/dev/null |
		awk '$1 == "prog_id:" { print "prog", $2 } $1 == "link_id:" { print "link", $2 }' | sort -u
}

# Those of "KIND ID" lines on standard input that the kernel still has.
still_there() {
	local kind id
	while read -r kind id; do
		bpftool "$kind" show id "$id" >/dev/null 2>&1 && echo "$kind $id"
	done
	true
}

# hold: notes what the running program holds; it must be something, or the check is worth nothing.
hold() {
	held=$(held_by "$pid")
	grep -q prog <<<"$held" || fail "no BPF program found in process $pid"
	expect_same "what process $pid holds" "$held" "$(still_there <<<"$held")"
}

# After the end: the kernel frees a little later.
expect_nothing_left() {
	local i left
	for ((i = 0; i < 100 * patience; i++)); do
		left=$(still_there <<<"$held")
		[[ -z $left ]] && return
		sleep 0.1
	done
	fail "still in the kernel after the end: ${left//$'\n'/, }"
}

# A copy of a program under a name that nobody else uses; prints its path.
unique_copy() { # PROGRAM LETTERS
	local path=$work/wt$2$$
	cp "$(type -P "$1")" "$path" && echo "$path"
}
