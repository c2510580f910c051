# SPDX-License-Identifier: BSD-2-Clause
# struct_ops, in a network of their own.
[[ ${IN_NETWORK-} ]] || exec env IN_NETWORK=1 unshare --net bash "$0" "$@"
. "$WBPF_TESTS/lib.sh"
. "$WBPF_TESTS/guest/kinds.sh"
needs_bpf
needs_bpffs
needs_struct_ops
needs_tool ip

ip link set lo up
compare guest_attach_ops
expect_kinds attach_ops
