# SPDX-License-Identifier: BSD-2-Clause
# loop finds as many primes as there are, in both ways, and each of them in its own memory.
. "$(dirname "$0")/lib.sh"
needs_bpf
bpftool btf dump file /sys/kernel/btf/vmlinux format raw | grep -q "FUNC 'bpf_loop'" ||
	skip "the kernel has no bpf_loop() (it came with 5.17)"
grep -q -w bpf_iter_num_new /proc/kallsyms && way='bpf_for()' || way='bpf_loop()'

primes() { # WAY PRIMES LAST FOUND ARGS...; the limit comes last
	local expected="Primes below ${*: -1}: $2, the last is $3
Products found $4 times, by $1; wrong: 0"
	compare loop "${@:5}"
	expect_same "loop ${*:5}" "$expected" "$(cat "$out")"
}
primes "$way" 1 2 0 3
primes "$way" 2262 19997 35483 20000
primes 'bpf_loop()' 2262 19997 35483 -c 20000
for variant in $variants; do
	run $variant loop 1048577
	expect_status 2
	expect_line "$err" 'LIMIT\], which is 3 to 1048576'
done
