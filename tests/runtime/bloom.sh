# SPDX-License-Identifier: BSD-2-Clause
# bloom finds all that was put into the filter, and of the rest only a few more, the fewer the more hashes.
. "$(dirname "$0")/lib.sh"
needs_bpf
bpftool btf dump file /sys/kernel/btf/vmlinux format raw | grep -q "STRUCT 'bpf_bloom_filter'" ||
	skip "the kernel has no bloom filters (they came with 5.16)"

number() { sed -n "s/^$1: \([0-9]*\).*/\1/p" "$out"; }
ask() { # KNOWN QUESTIONS HASHES; sets wrong
	compare bloom -k "$1" -q "$2" -h "$3"
	expect_same "lines" 3 "$(wc -l <"$out")"
	expect_same "hits" $(($1 < $2 ? $1 : $2)) "$(number Hits)"
	wrong=$(number 'False positives')
	expect_same "the others" $(($1 < $2 ? $2 - $1 : 0)) $(($(number 'Misses by the filter alone') + wrong))
}
ask 1000 50000 1
one=$wrong
((one > 0)) || fail "one hash gave no false positive in 49000"
ask 1000 50000 5
((wrong < one / 4)) || fail "$wrong false positives with five hashes, $one with one"
ask 500 100 3
expect_same "false positives where all are known" 0 "$wrong"

for variant in $variants; do
	run $variant bloom -h 16 # more than there can be
	expect_status 1
	expect_line "$err" 'bloom: Invalid argument'
	run $variant bloom -k 0
	expect_status 2
done
