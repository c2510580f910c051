# SPDX-License-Identifier: BSD-2-Clause
# What `run` is for: statuses, output and files come back, and what goes wrong is not taken for success.
#   run_itself.sh RUN KERNEL
set -u
run=$1 kernel=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work

boot() { # ARGS...: sets status, out, err
	timeout -k 5 300 "$run" --kernel "$kernel" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
	out=$(<"$work/out") err=$(<"$work/err")
}

failed=0
expect() { # WHAT EXPECTED ACTUAL
	[[ $3 == $2 ]] && return
	echo "$1: '$3' where '$2' was expected" >&2
	failed=1
}

cd "$work" || exit 1
echo before >file
# Written files stay inside; a module is loaded when the kernel asks for it.
boot --out "$work/came" --env "NAME=a b" -- sh -c '
	echo "$NAME in $(pwd), $(cat file)"; echo to stderr >&2; echo changed >file; mkdir $OUT/dir
	cat file >$OUT/dir/copy; ip link add d0 type dummy || exit 1; ls /sys/kernel/tracing/kprobe_events
	grep -w bpf /sys/kernel/security/lsm; exit 3'
if [[ $status == 77 ]]; then
	echo "$out"
	exit 77
fi
expect status 3 "$status"
expect output "a b in $work, before"$'\n'"/sys/kernel/tracing/kprobe_events"$'\n*bpf*' "$out"
expect errors "to stderr" "$err"
expect "what came out" changed "$(<came/dir/copy)"
expect "the file here" before "$(<file)"

# A command line that cannot be right is no reason to skip.
boot --programs "$work/none" -- true
expect "status with a wrong folder" 2 "$status"
expect "a wrong folder" "*: --programs $work/none: there is no such folder" "$err"

# What names kernels names them with each of the others, and is no command.
"$run" --tests '^no test$' --build "$work" "$kernel" >"$work/out" 2>&1 </dev/null
expect "no such test there" "*no test has such a name*" "$(<"$work/out")"
"$run" --kernel "$kernel" --everything true >"$work/out" 2>&1 </dev/null
expect "status of two things" 2 $?

# A kernel that dies says so, and its log is kept.
boot -- sh -c 'echo c >/proc/sysrq-trigger; sleep 100'
expect "status after a panic" 125 "$status"
expect "a panic" "*the kernel ended: *sysrq triggered crash*kept: *" "$err"
expect "its log" "*Kernel panic - not syncing: sysrq triggered crash*" "$(cat "$work"/wbpf-kernel.*/console)"

# So does one that goes off too early.
boot -- sh -c 'poweroff -f; sleep 100'
expect "status without an end" 125 "$status"

boot --timeout 3 -- sh -c 'trap "" TERM; echo waiting; while :; do sleep 1; done'
expect "status after too long a time" "1[23][47]" "$status"
expect "output until then" waiting "$out"

cat >CTestTestfile.cmake <<'E2'
add_test(good sh -c "test $A = 1")
set_tests_properties(good PROPERTIES ENVIRONMENT "A=1")
add_test(bad sh -c "echo why it is bad; exit 1")
add_test(allowed sh -c "echo skipped: nothing here; exit 77")
add_test(skipped sh -c "echo skipped: nothing there; exit 77")
set_tests_properties(allowed skipped PROPERTIES SKIP_RETURN_CODE 77)
add_test(slow sleep 100)
set_tests_properties(slow PROPERTIES TIMEOUT 2)
add_test(left sh -c "sleep 1000 & test -e /proc/1")
add_test(after sh -c "! pidof sleep")
E2
mkdir build programs
cat >build/CTestTestfile.cmake <<E2
add_test(named true)
set_tests_properties(named PROPERTIES REQUIRED_FILES "$work/build/tool")
E2
touch build/tool
boot --build build --programs programs --tests named
expect "status without a program for its machine" 2 "$status"
expect "a missing program" "*not built in $work/programs: tool" "$err"
cp build/tool programs
boot --build build --programs programs --tests named
expect "status with it" 0 "$status"
boot --build "$work" --tests . --may-skip allowed
expect "status of tests" 1 "$status"
results=$(sed -E 's/ [0-9.]+ s(:|$)/\1/; s/^(passed|skipped) +/\1 /; /^amd/d' <<<"$out")
expect "results of tests" "passed good
FAILED (status 1) bad
    why it is bad
skipped allowed: skipped: nothing here
FAILED (skipped) skipped: skipped: nothing there
    skipped: nothing there
FAILED (time-out) slow
passed left
passed after" "$results"
exit $failed
