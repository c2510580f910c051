# SPDX-License-Identifier: BSD-2-Clause
# Natively and as a module, each in a network namespace and a cgroup of its own, beside a program with
# a probe.
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_tracefs
needs_tool unshare ip
needs_bpffs
needs_cgroups
folder=$cgroups/wbpf-obj-hooks-$$
trap 'rmdir "$folder" 2>/dev/null; rm -rf /sys/fs/bpf/wbpf-obj-*; cleanup' EXIT

start_target usdt_target

for variant in native wasm; do
	mkdir "$folder" || fail "cannot make the cgroup $folder"
	rm -rf /sys/fs/bpf/wbpf-obj-*
	command_of "$variant" guest_hooks
	out=$work/$variant.out err=$work/$variant.err
	timeout -k 5 $((60 * patience)) unshare -n sh -c 'ip link set lo up; exec "$@"' - "${command[@]}" "$folder" \
		"$target" "$target_pid" >"$out" 2>"$err" </dev/null
	status=$?
	expect_status 0
	rmdir "$folder" || fail "the cgroup $folder is in use"
done
diff "$work/native.out" "$work/wasm.out" || fail "natively (<) and as a module (>) it prints different things"
expect_line "$out" '^tracepoint: ran 1, cookie 78187493520$'
expect_line "$out" '^raw: ran 1, cookie 40926266145$'
expect_line "$out" '^event: ran 1, cookie 31$'
expect_line "$out" '^packets: ran 1'
expect_line "$out" '^number 4711$'
# Kernels have been seen that let not even root load these two.
if [[ ${WBPF_OTHER_KERNEL-} ]]; then
	expect_line "$out" '^replaced: 42$'
	expect_line "$out" '^2: 1099511627776$'
fi
echo "$(wc -l <"$out") lines are the same"
