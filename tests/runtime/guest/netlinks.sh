# SPDX-License-Identifier: BSD-2-Clause
# Links to network devices and to netfilter, in a network of their own through which packets go all
# the time. Kernels without one of these must refuse it in the same way to both variants.
[[ ${IN_NETWORK-} ]] || exec env IN_NETWORK=1 unshare --net bash "$0" "$@"
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_tool ip ping

ip link set lo up
ping -q -i 0.02 127.0.0.1 >/dev/null &
pids+=($!)
"$WBPF_NATIVE/make_netkit" nk0 nk1 2>"$work/netkit.err"
if [[ -d /proc/sys/net/ipv4/conf/nk0 ]]; then
	ip address add 192.0.2.1/24 dev nk0
	ip link set nk0 up
	ip link set nk1 up
	ping -q -i 0.02 192.0.2.2 >/dev/null &
	pids+=($!)
fi

compare guest_netlinks
has() { grep -q -w "$1" /proc/kallsyms; }
if has tcx_link_attach; then
	expect_line "$out" '^ingress: packets$'
	expect_line "$out" '^3 programs, attached as 0: second 1 last 1 first 1$'
	expect_line "$out" '^behind it: no packets$'
fi
has bpf_nf_link_attach && expect_line "$out" '^local in: packets$'
if has netkit_link_attach; then
	expect_line "$out" '^there is netkit: 1$'
	expect_line "$out" '^primary: packets$'
fi
