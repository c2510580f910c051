# SPDX-License-Identifier: BSD-2-Clause
# Command lines: the module's argp says and does what the C library's does. Needs no BPF.
. "$(dirname "$0")/lib.sh"

same_both_ways() { # PROGRAM ARGS...
	local native_status native_text
	run native "$@"
	native_status=$status
	# The program's name is its path natively, and its file's name with .wasm as a module.
	native_text=$(cat "$out" "$err" | sed "s|$WBPF_NATIVE/||g")
	run wasm "$@"
	expect_status "$native_status"
	expect_same "$*" "$native_text" "$(cat "$out" "$err" | sed "s|$WBPF_EXAMPLES/$1/||g; s|$1\.wasm|$1|g")"
}
for program in bootstrap runqlat tc; do
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
same_both_ways uprobe x
