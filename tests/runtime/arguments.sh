# SPDX-License-Identifier: BSD-2-Clause
# Calls of the host interface with wrong handles, addresses and sizes give errnos, never a crash.
. "$(dirname "$0")/lib.sh"
needs_bpf
[[ -x ${WASM_TOOLS-} ]] || skip "wasm-tools is not in .cache/deps (tools/setup.sh)"

"$WASM_TOOLS" parse "$WBPF_TESTS/programs/bad_arguments.wat" -o "$work/bad_arguments.wasm" || fail "wat"
out=$work/run.out err=$work/run.err
timeout -k 5 60 "$WBPF_RUN" "$work/bad_arguments.wasm" >"$out" 2>"$err" </dev/null
status=$?
expect_status 0
