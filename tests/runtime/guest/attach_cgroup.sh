# SPDX-License-Identifier: BSD-2-Clause
# The sections for cgroups, in a network of their own.
[[ ${IN_NETWORK-} ]] || exec env IN_NETWORK=1 unshare --net bash "$0" "$@"
. "$WBPF_TESTS/lib.sh"
. "$WBPF_TESTS/guest/kinds.sh"
needs_bpf
needs_bpffs
needs_tool ip
needs_cgroups
group=$cgroups/wbpf-attach-$$
mkdir "$group" || skip "no cgroup can be made at $cgroups"
trap 'rmdir "$group" 2>/dev/null; cleanup' EXIT

ip link set lo up
sections_of attach_cgroup
compare_with_actor guest_attach_cgroup "$group" "${sections[@]}"
expect_kinds attach_cgroup
