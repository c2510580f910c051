# SPDX-License-Identifier: BSD-2-Clause
# A process that may have no second thread: the module is compiled, loaded and run all the same.
. "$(dirname "$0")/lib.sh"
needs_bpf
enter_group_of_one
export WBPF_CACHE_DIR=$work/cache
for how in "compiled" "cached"; do
	command_of wasm starts
	in_group "${command[@]}" open load run
	((status == 0)) || fail "$how: exit status $status"
	expect_line "$out" '^21 21'
	[[ ! -s $err ]] || fail "$how: not quiet"
done
leave_group
echo "done"
