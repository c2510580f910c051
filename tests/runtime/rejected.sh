# SPDX-License-Identifier: BSD-2-Clause
# A program that the verifier rejects: its log reaches the program's print function, or else
# standard error, and load fails with the same errno natively and as a module.
. "$(dirname "$0")/lib.sh"
needs_bpf

reason="R[0-9] invalid mem access 'scalar'"
for variant in $variants; do
	run $variant rejected
	expect_status 1
	expect_same "$variant: load" "load: Permission denied" "$(cat "$out")"
	expect_line "$err" "$reason"
	expect_line "$err" "^libbpf: prog 'read_anywhere': "

	run $variant rejected mine
	expect_status 1
	expect_line "$out" "$reason"
	expect_line "$out" '^load: Permission denied'
	expect_no_line "$err" "$reason"
done
