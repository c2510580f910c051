# SPDX-License-Identifier: BSD-2-Clause
# Natively and as a module, each with an empty folder in a BPF file system.
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_bpffs
folder=/sys/fs/bpf/wbpf-low-ids-$$
trap 'rm -rf "$folder"; cleanup' EXIT

for variant in native wasm; do
	mkdir "$folder"
	run "$variant" guest_low_ids "$folder"
	expect_status 0
	expect_same "what is pinned" $'beside\nlink\nmap\nprog' "$(ls "$folder")"
	rm -r "$folder"
done
diff "$work/native.out" "$work/wasm.out" || fail "natively (<) and as a module (>) it prints different things"
expect_line "$out" '^get from it: 0$'
expect_line "$out" '^value 77, same map 1$'
echo "$(wc -l <"$out") lines are the same"
