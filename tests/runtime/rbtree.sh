# SPDX-License-Identifier: BSD-2-Clause
# rbtree gives back by priority what it was given in some order, and then by age.
. "$(dirname "$0")/lib.sh"
needs_bpf
# They came with 6.4; since 6.10, as bpf_wq_init() is, they are for programs that are run once, too.
for name in bpf_refcount_acquire_impl bpf_wq_init; do
	grep -q -w $name /proc/kallsyms || skip "the kernel has no $name(): it is older than 6.10"
done

# 400 jobs with priorities that repeat; sort knows the order they come back in.
priority=7
for ((i = 1; i <= 400; i++)); do
	priority=$((priority * 61 % 101))
	jobs[i]=$((priority - 50)):job-$i
	printf '%6u %8d job-%d\n' $i $((priority - 50)) $i
done >"$work/pushed"
sort -k2,2nr -k1,1n "$work/pushed" >"$work/popped"

expected() { # COUNT
	printf '%6s %8s\n' NUMBER PRIORITY
	head -n "$1" "$work/popped"
	echo "Still waiting: $((400 - $1)); all in the order in which they came:"
	cat "$work/pushed"
}
compare rbtree -n 150 -- "${jobs[@]}"
expect_same "150 jobs" "$(expected 150)" "$(cat "$out")"
compare rbtree -- "${jobs[@]}"
expect_same "all jobs" "$(expected 400)" "$(cat "$out")"

for variant in $variants; do
	run $variant rbtree 1:one two
	expect_status 1
	expect_line "$err" 'not a priority and a short text: two'
done
