# SPDX-License-Identifier: BSD-2-Clause
# arena counts the system calls of programs that make known numbers of them, in a table that it reads
# while it is built.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_arena

program=$(unique_copy dd arena)
name=${program##*/}
copy() { "$program" if=/dev/zero of=/dev/null bs=1 count="$1" 2>/dev/null; }
calls() { sed -n 's/^In all: \([0-9]*\) calls.*/\1/p' "$out"; }

for variant in $variants; do
	start $variant arena "${name:0:15}"
	wait_line '^Counting'
	hold
	copy 1000 # reads, and as many writes
	wait_line '^2[0-9]{3} calls$'
	copy 500
	wait_line '^3[0-9]{3} calls$'
	stop INT
	expect_status 0
	expect_nothing_left
	expect_line "$out" '^In all: 3[0-9]{3} calls, 0 lost$'
	echo "$variant: $(calls) calls"

	# All programs: the copy is one of those with the most calls, in a list by falling number.
	start $variant arena
	wait_line '^Counting'
	copy 500000
	wait_line "^ *100[0-9]{4} ${name:0:15}$"
	stop TERM
	expect_status 0
	expect_line "$out" '^ *[0-9]+ calls, [0-9]+ programs$'
done
