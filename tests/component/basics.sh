# SPDX-License-Identifier: BSD-2-Clause
# Every function of the host interface, called by basics.c; from the cache, precompiled, and two at once.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tracefs
needs_bpffs
start_caller
export WBPF_CACHE_DIR=$work/cache
basics=$WBPF_MODULES/basics.wasm
pins=/sys/fs/bpf/wbpf-component-$$
cgroup=
remove() {
	rm -rf "$pins"*
	[[ -z $cgroup ]] || rmdir "$cgroup"
	cleanup
}
trap remove EXIT
for folder in /sys/fs/cgroup/unified /sys/fs/cgroup; do
	if [[ -z $cgroup && $(stat -f -c %T "$folder") == cgroup2fs ]]; then
		mkdir "$folder/wbpf-component-$$" && cgroup=$folder/wbpf-component-$$
	fi
done 2>/dev/null

# basics WBPF-RUN-ARGS...: with pins of its own.
basics() {
	mkdir "$pins"
	run_file "$@" "$caller" "$pins" ${cgroup:+"$cgroup"}
	expect_status 0
	expect_line "$out" '^all of it$'
	expect_same "pins" $'link0\nlink1\nmap' "$(ls "$pins")"
	rm -r "$pins"
}
for i in compiled cached; do
	basics --stats "$basics"
	expect_line "$err" 'ring buffer ring: [1-9][0-9]* records'
	expect_line "$err" 'perf buffers perf: [1-9][0-9]* records'
done
expect_line "$err" 'compile.*\(cached\)'
run_file compile -o "$work/basics.cwasm" "$basics"
expect_status 0
basics --precompiled --no-cache "$work/basics.cwasm"
mkdir "$pins-a" "$pins-b"
run_file --no-cache -M "$basics $caller $pins-a" -M "$basics $caller $pins-b"
expect_status 0
expect_same "two at once" $'all of it\nall of it' "$(cat "$out")"
