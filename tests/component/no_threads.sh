# SPDX-License-Identifier: BSD-2-Clause
# A process that may have no second thread cannot run a component, and says so.
. "$(dirname "$0")/lib.sh"
enter_group_of_one
export WBPF_CACHE_DIR=$work/cache
for how in compiled cached; do
	in_group "$WBPF_RUN" "$WBPF_MODULES/hostile.wasm" environment
	((status == 125)) || fail "$how: exit status $status where 125 was expected"
	expect_line "$err" 'hostile.wasm: a component needs a thread for each processor'
	run_file "$WBPF_MODULES/hostile.wasm" environment
	expect_status 0
done
leave_group
echo "done"
