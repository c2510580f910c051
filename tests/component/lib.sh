# SPDX-License-Identifier: BSD-2-Clause
# What the tests of components share beside those of modules.
. "$(dirname "${BASH_SOURCE[0]}")/../runtime/lib.sh"
[[ -x ${WASM_TOOLS-} ]] || skip "there is no wasm-tools (tools/setup.sh --group tests)"

# Sets caller to a process that calls getpgid() all the time.
start_caller() {
	needs_tool python3
	[[ -d /sys/kernel/tracing/events/syscalls/sys_enter_getpgid ]] ||
		skip "the kernel has no tracepoints of system calls (CONFIG_FTRACE_SYSCALLS)"
	python3 -c '
import os, time
print("calls", flush=True)
while True:
    os.getpgid(0)
    time.sleep(0.001)' >"$work/caller" &
	caller=$!
	pids+=("$caller")
	until [[ -s $work/caller ]]; do
		kill -0 "$caller" 2>/dev/null || fail "what calls getpgid() did not start"
		sleep 0.05
	done
}

# A component as text: text NAME <TEXT makes $work/NAME.wasm.
text() {
	"$WASM_TOOLS" --version >/dev/null 2>&1 || skip "wasm-tools does not run here"
	"$WASM_TOOLS" parse -o "$work/$1.wasm" || fail "$1: no component"
}

# run_file FILE ARGS...: sets status, out, err.
run_file() {
	out=$work/run.out err=$work/run.err
	timeout -k 5 $((60 * patience)) "$WBPF_RUN" "$@" >"$out" 2>"$err" </dev/null
	status=$?
}
