# SPDX-License-Identifier: BSD-2-Clause
# Every type of map, with what the list of them says can be done.
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_bpffs
needs_cgroups
list=$WBPF_TESTS/../../runtime-min/guest/maps.txt
group=$cgroups/wbpf-maps-$$ pins=/sys/fs/bpf/wbpf-maps-$$
mkdir "$group" || skip "no cgroup can be made at $cgroups"
trap 'rm -rf "$pins"; rmdir "$group" 2>/dev/null; cleanup' EXIT

for variant in $variants; do
	mkdir "$pins"
	run "$variant" guest_map_types "$pins" "$group"
	expect_status 0
	rm -r "$pins"
done
[[ $variants != *native*wasm* ]] || diff "$work/native.out" "$work/wasm.out" ||
	fail "natively (<) and as a module (>) it prints different things"

n=0
while IFS='|' read -r type kernel can test where note; do
	[[ " $test " == *" runtime.guest_map_types "* && $where == *" ${WBPF_OTHER_KERNEL-host} " ]] || continue
	type=${type% } can=${can# }
	expect_same "$type" "$type: ${can% }" "$(grep "^$type:" "$out")"
	n=$((n + 1))
done < <(grep -v '^#' "$list")
((n > 0)) || [[ ${WBPF_OTHER_KERNEL-} ]] || fail "$list has nothing for the host"
echo "$n types, $(wc -l <"$out") lines"
