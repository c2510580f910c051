# SPDX-License-Identifier: BSD-2-Clause
# Natively and as a module, each in a network namespace and a cgroup of its own.
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_tool unshare ip
needs_cgroups
folder=$cgroups/wbpf-low-links-$$
trap 'rmdir "$folder" 2>/dev/null; cleanup' EXIT

uprobe=$(cat /sys/bus/event_source/devices/uprobe/type 2>/dev/null || echo 9999)

for variant in native wasm; do
	mkdir "$folder" || fail "cannot make the cgroup $folder"
	command_of "$variant" guest_low_links
	out=$work/$variant.out err=$work/$variant.err
	timeout -k 5 $((60 * patience)) unshare -n sh -c 'ip link set lo up; exec "$@"' - "${command[@]}" "$folder" \
		"$uprobe" \
		>"$out" 2>"$err" </dev/null
	status=$?
	expect_status 0
	rmdir "$folder" || fail "the cgroup $folder is in use"
done
diff "$work/native.out" "$work/wasm.out" || fail "natively (<) and as a module (>) it prints different things"
expect_line "$out" '^sys_enter, 10, 1$'
echo "$(wc -l <"$out") lines are the same"
