# SPDX-License-Identifier: BSD-2-Clause
# profile finds a process in the function in which it is, and another one in the kernel's.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tool dd
grep -q ' T vfs_read$' /proc/kallsyms || skip "/proc/kallsyms names no functions"
! grep -q '^0* T vfs_read$' /proc/kallsyms || skip "/proc/kallsyms has no addresses (kptr_restrict)"
run_options=(--dir /proc)

dd=$(unique_copy dd d)
"$dd" if=/dev/zero of=/dev/null bs=1M 2>/dev/null &
dd_pid=$!
pids+=("$dd_pid")
start_target ../guest/native/spin
read -r begin end <"$work/target"

# Of how many samples there are, and how many are right.
of_all() { awk '{ n += $NF } END { print n + 0 }' "$1"; }
of_spin() {
	local line stack n=0
	while read -r stack count; do
		[[ $stack =~ ^spin(;0x[0-9a-f]+)*\;(0x[0-9a-f]+)(\;[^\;]*_\[k\])*$ ]] || continue
		((BASH_REMATCH[2] >= begin && BASH_REMATCH[2] < end)) && n=$((n + count))
	done <"$1"
	echo $n
}
of_dd() { awk -v n="${dd##*/}" '$1 ~ "^" n "(;0x[0-9a-f]+)+(;[^;]*_\\[k\\])*;vfs_read_\\[k\\]" { c += $2 } END { print c + 0 }' "$1"; }

for variant in $variants; do
	start $variant profile -F 200 -p "$target_pid"
	until grep -q '^Looking 200 times' "$err"; do
		kill -0 "$pid" 2>/dev/null || fail "$variant: it ended"
		sleep 0.05
	done
	hold
	sleep 1
	stop INT
	expect_status 0
	expect_nothing_left
	all=$(of_all "$out") right=$(of_spin "$out")
	# Now and then it is found elsewhere only if it is not yet where it said.
	((all > 0 && right == all)) || fail "$variant: $right of $all samples in spin()"
	expect_same "$variant: last line" "Samples: $all, lost: 0" "$(tail -n 1 "$err")"

	run $variant profile -p "$dd_pid" -F 200 1
	expect_status 0
	all=$(of_all "$out") right=$(of_dd "$out")
	((right > 0 && right * 2 > all)) || fail "$variant: $right of $all samples in vfs_read()"
done

# Without the file there are addresses, and as many samples.
run_options=()
run wasm profile -p "$dd_pid" -F 200 1
expect_status 0
expect_line "$out" "^${dd##*/};.*;0x[0-9a-f]{16}_\[k\] [0-9]+$"
expect_no_line "$out" ';[^0;][^;]*_\[k\]'
