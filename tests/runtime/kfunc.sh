# SPDX-License-Identifier: BSD-2-Clause
# kfunc prints of processes what /proc has of them; where the kernel lacks the functions, only of ancestors.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tool taskset
has() { grep -q -w "$1" /proc/kallsyms; }

# One with a name and a processor of its own.
sleeper=$(unique_copy sleep kfunc)
last=$(sed -n 's/^Cpus_allowed_list:.*[^0-9]\([0-9]*\)$/\1/p' /proc/self/status)
taskset -c "$last" "$sleeper" 1000 &
pinned=$!
pids+=("$pinned")
for ((i = 0; i < 100 * patience; i++)); do
	[[ $(cat "/proc/$pinned/comm") == "${sleeper##*/}" ]] && break
	sleep 0.05
done
comm() { cat "/proc/$1/comm"; }
cpus() { # PID: how many, and the first
	taskset -cp "$1" | sed 's/.*: //' | tr , '\n' |
		awk -F- 'NR == 1 { first = $1 } { n += $NF - $1 + 1 } END { print n, first }'
}
describe() { # PID PARENT
	local count first
	read -r count first < <(cpus "$1")
	has bpf_task_from_pid && has bpf_cpumask_first && first=" from $first" || first=
	echo "$(comm "$1")[$1], of $(comm "$2")[$2], may run on $count CPUs$first"
}
none=4000000 # more than a process id can be
self=$(describe $$ $PPID)
ancestors="${self% from *}
$pinned: no such ancestor
$none: no such ancestor"

if has bpf_task_from_pid; then
	expected="$self
$(describe "$pinned" $$)
$none: no such process"
	(($(cpus "$pinned" | cut -d ' ' -f 1) == 1)) || fail "it is not pinned"
else
	expected=$ancestors
fi
for variant in $variants; do
	run $variant kfunc $$ "$pinned" $none
	expect_status 1
	expect_same "$variant: output" "$expected" "$(cat "$out")"
	run $variant kfunc -w $$ "$pinned" $none
	expect_status 1
	expect_same "$variant: without the functions" "$ancestors" "$(cat "$out")"
	run $variant kfunc $$
	expect_status 0
	expect_same "$variant: one" "$self" "$(cat "$out")"
done
