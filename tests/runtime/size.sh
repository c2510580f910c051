# SPDX-License-Identifier: BSD-2-Clause
# A module with its BPF object stays small.
. "$(dirname "$0")/lib.sh"

at_most() { # BYTES FILE
	local size
	size=$(stat -c %s "$2")
	echo "${2##*/}: $size bytes"
	((size <= $1)) || fail "${2##*/} has $size bytes, more than $1"
}

# A program with argp, printf and a ring buffer; one with a ring buffer alone; the others.
at_most 52224 "$WBPF_EXAMPLES/bootstrap/bootstrap.wasm"
at_most 20480 "$WBPF_MODULES/small.wasm"
for file in "$WBPF_EXAMPLES"/*/*.wasm; do
	at_most 65536 "$file"
done

# It is a whole program.
needs_bpf
run wasm small
expect_status 0
