# SPDX-License-Identifier: BSD-2-Clause
# Every function of the host interface, called by basics.c; from the cache, precompiled, and two at once.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tracefs
start_caller
export WBPF_CACHE_DIR=$work/cache
basics=$WBPF_MODULES/basics.wasm

for i in compiled cached; do
	run_file --stats "$basics" "$caller"
	expect_status 0
	expect_line "$out" '^all of it$'
	expect_line "$err" 'ring buffer ring: [1-9][0-9]* records'
	expect_line "$err" 'perf buffers perf: [1-9][0-9]* records'
done
expect_line "$err" 'compile.*\(cached\)'
run_file compile -o "$work/basics.cwasm" "$basics"
expect_status 0
run_file --precompiled --no-cache "$work/basics.cwasm" "$caller"
expect_status 0
expect_line "$out" '^all of it$'
run_file --no-cache -M "$basics $caller" -M "$basics $caller"
expect_status 0
expect_same "two at once" $'all of it\nall of it' "$(cat "$out")"
