# SPDX-License-Identifier: BSD-2-Clause
# A program that the verifier rejects: its log reaches the program's print function, or else
# standard error, and load fails with the same errno natively and as a module.
. "$(dirname "$0")/lib.sh"
needs_bpf

# The log in one piece, of more than the C library writes at once, between the two lines that say so.
expect_log() { # FILE
	local log
	log=$(sed -n '/-- BEGIN PROG LOAD LOG --$/,/^-- END PROG LOAD LOG --$/p' "$1")
	((${#log} > 8192)) || fail "a log of ${#log} bytes"
	expect_same "messages in the log" 1 "$(grep -c libbpf: <<<"$log")"
	expect_same "what comes after it" "-- END PROG LOAD LOG --
libbpf: prog 'read_anywhere': failed to load: -EACCES" \
		"$(grep -A 1 '^-- END PROG LOAD LOG --$' "$1" | sed 's/^libbpf: libbpf: /libbpf: /')"
}
reason="R[0-9] invalid mem access 'scalar'"
for variant in $variants; do
	run $variant rejected
	expect_status 1
	expect_same "$variant: load" "load: Permission denied" "$(cat "$out")"
	expect_line "$err" "$reason"
	expect_line "$err" "^libbpf: prog 'read_anywhere': "
	expect_log "$err"

	run $variant rejected mine
	expect_status 1
	expect_line "$out" "$reason"
	expect_line "$out" '^load: Permission denied'
	expect_log "$out"
	expect_no_line "$err" "$reason"
done
