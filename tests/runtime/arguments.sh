# SPDX-License-Identifier: BSD-2-Clause
# Calls of the host interface with wrong handles, addresses and sizes give errnos, never a crash.
. "$(dirname "$0")/lib.sh"
needs_bpf
module=$WBPF_MODULES/text/bad_arguments.wasm
[[ -e $module ]] || skip "wasm-tools was not in .cache/deps (tools/setup.sh)"

out=$work/run.out err=$work/run.err
timeout -k 5 $((60 * patience)) "$WBPF_RUN" "$module" >"$out" 2>"$err" </dev/null
status=$?
expect_status 0
