# SPDX-License-Identifier: BSD-2-Clause
# Several modules in one process: which the command line names, how they end, who gets a signal, the
# input and the output. Needs no BPF.
. "$(dirname "$0")/lib.sh"
group=$WBPF_MODULES/group.wasm ends=$WBPF_MODULES/ends.wasm
[[ -e $group && -e $ends ]] || fail "group.wasm or ends.wasm is not built"

# run_all ARGS...: sets status, out, err
run_all() {
	out=$work/run.out err=$work/run.err
	timeout -k 5 60 "$WBPF_RUN" "$@" >"$out" 2>"$err" <<<"a line"
	status=$?
}
# In any order. The C library of ends.wasm writes a line and its end apart, so that lines may be mixed.
printed() { # NAME SORTED-LINES
	expect_same "$1" "$2" "$(sed 's/ends: /\n&/g' "$out" | sed '/^$/d' | LC_ALL=C sort)"
}

# --- what the words of a command line are --------------------------------------------------------
run_all "$ends" exit 5
expect_status 5
run_all "$ends" "$ends" "$ends"
expect_status 0
printed "three without arguments" $'ends: \nends: \nends: '
run_all -- "$ends" "$ends"
expect_status 0
printed "one with a module's name as its argument" "ends: $ends"
run_all "$ends" first "$ends"
printed "one with a module's name as a later argument" "ends: first"
run_all -M "$ends 'a b'\\ c\"'\\\"\"" --module " $ends	-h " -- "$ends" -x
expect_status 0
printed "words" "ends: -h
ends: -x
ends: a b c'\""
run_all -M "$ends exit 3" "$ends"
expect_status 3
run_all "$ends" "$ends" last
expect_status 2
expect_line "$err" '^wbpf-run: last: .*--module'
run_all -M "$ends 'x"
expect_status 2
run_all -M " "
expect_status 2
run_all
expect_status 2
expect_line "$err" 'missing: MODULE.wasm'

# What can be seen before is: nothing runs.
run_all "$ends" "$work/none.wasm"
expect_status 125
expect_same "with a file that is not there" "" "$(cat "$out")"
expect_line "$err" "none.wasm: "
ln -s "$ends" "$work/link.wasm"
run_all "$ends" "$work/link.wasm"
expect_status 0

# --- ends -----------------------------------------------------------------------------------------
# A trap ends no other; the status is the first that is not 0.
wait_all() { # until all have said that they are ready
	local name
	for name; do wait_line "^$name ready\$"; done
}
until_line() { # of standard error
	local i
	for ((i = 0; i < 600; i++)); do
		grep -q -E -e "$1" "$err" && return
		sleep 0.05
	done
	fail "no line of standard error matches '$1'"
}
start_all -M "$group a catch 7" -M "$group b trap" -M "$group c catch"
wait_all a c
until_line "^wbpf-run: $group#2: the module trapped"
stop TERM
expect_status 134
printed "beside one that traps" "a got 15
a ready
c got 15
c ready"
run_all -M "$ends exit 9" -M "$ends exit 0"
expect_status 9

# --- signals --------------------------------------------------------------------------------------
# Who catches it gets it, who ignores it goes on, who does neither ends.
start_all -M "$group a catch" -M "$group b ignore" -M "$group c default" -M "$group d catch"
wait_all a b c d
kill -TERM "$pid"
wait_line '^a got 15'
wait_line '^d got 15'
stop USR1
expect_status 143
printed "a signal" "a got 15
a ready
b got 10
b ready
c ready
d got 15
d ready"

# Nobody catches it: the process ends by it.
start_all -M "$group a default" -M "$group b default"
wait_all a b
stop TERM
expect_status 143
start_all -M "$group a ignore" -M "$group b ignore"
wait_all a b
kill -TERM "$pid"
stop USR1
expect_status 0
expect_line "$out" '^a got 10'

# When the only one that catches it is gone it is as if it had never been there.
start_all -M "$group a catch" -M "$group b ignore"
wait_all a b
kill -USR1 "$pid"
wait_line '^a got 10'
wait_line '^b got 10'
wait_end
expect_status 0

# One that never looks: the third time ends the process.
start_all -M "$group a ignore" -M "$group b loop"
wait_all a b
for _ in 1 2 3; do
	kill -TERM "$pid" || break
	sleep 0.2
done
wait_end
expect_status 143

# Ignored from the start, as behind nohup.
out=$work/run.out err=$work/run.err
: >"$out"
(
	trap '' TERM
	exec "$WBPF_RUN" -M "$group a catch" -M "$group b default"
) >"$out" 2>"$err" </dev/null &
pid=$!
pids+=("$pid")
wait_all a b
kill -TERM "$pid"
wait_line '^a got 15'
stop USR1
expect_status 138

# --- input ----------------------------------------------------------------------------------------
run_all -M "$group a read" -M "$group b read"
expect_status 0
printed "the input is the first one's" "a at the end
a read a line
b at the end"
