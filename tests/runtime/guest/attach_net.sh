# SPDX-License-Identifier: BSD-2-Clause
# The sections for the network, in one of their own with a pair of interfaces.
[[ ${IN_NETWORK-} ]] || exec env IN_NETWORK=1 unshare --net bash "$0" "$@"
. "$WBPF_TESTS/lib.sh"
. "$WBPF_TESTS/guest/kinds.sh"
needs_bpf
needs_bpffs
needs_tool ip tc

setting() { echo "$2" >"/proc/sys/net/$1" 2>/dev/null; }

ip link set lo up
setting ipv6/conf/all/accept_dad 0
setting ipv6/conf/default/accept_dad 0
ip link add wv0 type veth peer name wv1 || skip "no veth interfaces here"
ip link set wv0 up
ip link set wv1 up
"$WBPF_NATIVE/make_netkit" nk0 nk1 2>"$work/netkit.err" && ip link set nk0 up && ip link set nk1 up

# What is sent out of wv0 for others is taken for the network's by wv1.
setting ipv4/ip_forward 1
setting ipv4/conf/all/rp_filter 0
setting ipv4/conf/wv1/rp_filter 0
# An address by way of two segments, the first of which is behind wv0.
setting ipv6/conf/all/forwarding 1
ip -6 rule add iif wv1 table 100
ip -6 route add fc00:1::1/128 dev wv0
ip -6 neighbour add fc00:1::1 lladdr "$(ip -o link show wv1 | sed 's,.*link/ether \([^ ]*\).*,\1,')" dev wv0
ip -6 route add fc00:2::/64 encap seg6 mode encap segs fc00:1::1,fc00:1::2 dev wv0

sections_of attach_net
compare_with_actor guest_attach_net "${sections[@]}"
expect_kinds attach_net
