# SPDX-License-Identifier: BSD-2-Clause
# Command lines: the module's argp says and does what the C library's does. Needs no BPF.
. "$(dirname "$0")/lib.sh"

same_both_ways() { # PROGRAM ARGS...
	local program=$1 text
	shift
	# Under the same name, because the texts carry it and their lines are filled.
	ln -sf "$WBPF_NATIVE/$program" "$work/$program.wasm"
	text=$("$work/$program.wasm" "$@" 2>&1 </dev/null | sed "s|$work/||g"; exit "${PIPESTATUS[0]}")
	local expected=$?
	run wasm "$program" "$@"
	expect_status $expected
	expect_same "$program $*" "$text" "$(cat "$out" "$err" | sed "s|$WBPF_EXAMPLES/$program/||g")"
}
for program in bootstrap runqlat tc tcp_cc cgroup_connect; do
	same_both_ways $program --help
	same_both_ways $program --usage
	same_both_ways $program --no-such-option
	same_both_ways $program a b c
done
same_both_ways bootstrap --version
same_both_ways bootstrap -d
same_both_ways bootstrap -d -5
same_both_ways bootstrap --duration=x
same_both_ways bootstrap --name a-name-of-more-than-15-bytes
same_both_ways runqlat 0
same_both_ways tcp_cc -w 0
same_both_ways uprobe x
