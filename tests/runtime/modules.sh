# SPDX-License-Identifier: BSD-2-Clause
# Modules that cannot be run, that end badly, and that end: exit statuses, and one line that says why.
. "$(dirname "$0")/lib.sh"
[[ -e $WBPF_MODULES/text/start_trap.wasm ]] || skip "wasm-tools was not in .cache/deps (tools/setup.sh)"

# run_file FILE ARGS...: sets status, out, err
run_file() {
	out=$work/run.out err=$work/run.err
	timeout -k 5 $((60 * patience)) "$WBPF_RUN" "$@" >"$out" 2>"$err" </dev/null
	status=$?
}

# The host's errors: status 125, one line that names the module. refused NAME PATTERN
refused() {
	local file=$work/$1.wasm
	[[ -e $file ]] || file=$WBPF_MODULES/text/$1.wasm
	run_file "$file"
	expect_status 125
	expect_same "$1: lines" 1 "$(wc -l <"$err")"
	expect_line "$err" "^wbpf-run: .*/$1\.wasm: "
	expect_line "$err" "$2"
}

refused unknown_call 'no_such_call'
refused wrong_type 'close'
refused unknown_module 'env.*helper|helper.*env'
refused wrong_version 'version 2 of the host interface'
refused no_start '_start'

printf 'not a module' >"$work/garbage.wasm"
refused garbage 'WebAssembly|module'
head -c 1000 "$WBPF_MODULES/ends.wasm" >"$work/cut.wasm"
refused cut '.'
: >"$work/empty.wasm"
refused empty '.'
refused missing 'No such file'
mkdir "$work/folder.wasm"
refused folder 'directory|folder'

# Without memory there is nothing that a call could point to: an error, not a crash.
run_file "$WBPF_MODULES/text/no_memory.wasm"
[[ $status == 0 || $status == 125 || $status == 134 ]] || fail "no_memory: exit status $status"

# A module that traps before its _start was never run.
run_file "$WBPF_MODULES/text/start_trap.wasm"
expect_status 125
expect_line "$err" '^wbpf-run: .*/start_trap\.wasm: trapped while it was set up: '

# Traps: 134, and what happened.
ends=$WBPF_MODULES/ends.wasm
for how in trap stack memory divide abort; do
	run_file "$ends" $how
	expect_status 134
	expect_same "$how: output before" "ends: $how" "$(cat "$out")"
	expect_line "$err" '^wbpf-run: .*ends\.wasm: .*trap'
done

# Ends of its own.
run_file "$ends" return
expect_status 3
for n in 0 1 42 125 126 234 255; do
	run_file "$ends" exit $n
	expect_status $n
	expect_same "exit $n: errors" "" "$(cat "$err")"
done

# Death by a signal that it does not catch is death by that signal.
for signal in INT TERM; do
	out=$work/run.out err=$work/run.err
	: >"$out"
	env --default-signal=INT,TERM "$WBPF_RUN" "$ends" sleep >"$out" 2>"$err" </dev/null &
	pid=$!
	pids+=("$pid")
	wait_line '^ends: sleep'
	stop $signal
	expect_status $((128 + $(kill -l $signal)))
done

# Usage.
run_file
expect_status 2
run_file --no-such-option "$ends"
expect_status 2
run_file --help
expect_status 0
expect_line "$out" 'MODULE'
run_file --version
expect_status 0
