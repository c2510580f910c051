# SPDX-License-Identifier: BSD-2-Clause
. "$WBPF_TESTS/lib.sh"

run wasm guest_malloc
cat "$work/wasm.out"
expect_status 0
