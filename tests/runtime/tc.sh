# SPDX-License-Identifier: BSD-2-Clause
# tc prints the packets that were sent, and removes its hook also after Ctrl-C, but not one that was
# there before. In a network namespace of its own.
if [[ ${WBPF_IN_NETNS-} != yes && $(id -u) == 0 ]] && unshare --net true 2>/dev/null; then
	WBPF_IN_NETNS=yes exec unshare --net bash "$0"
fi
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tool ip tc ping
[[ ${WBPF_IN_NETNS-} == yes ]] || skip "network namespaces are not allowed here"

ip link set lo up
ip link add wbpf0 type veth peer name wbpf1 || skip "no veth interfaces here"
echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6 2>/dev/null
ip addr add 10.9.0.1/24 dev wbpf0
ip link set wbpf0 up
ip link set wbpf1 up

# Nobody answers a broadcast here: each one is a single packet.
send() { ping -q -b -I wbpf0 -c 3 -i 0.2 -W 1 -s "$1" 10.9.0.255 >/dev/null 2>&1; }
line() { echo "ICMP 10.9.0.1 -> 10.9.0.255, $1 bytes, ttl 64"; }
hooks() { tc qdisc show dev "$1" | grep -c clsact; }
filters() { tc filter show dev "$1" "$2" | grep -c see_packet; }

for variant in $variants; do
	start $variant tc wbpf1
	wait_line '^Watching packets on wbpf1'
	hold
	expect_same "filters while it runs" 1 "$(filters wbpf1 ingress)"
	send 100
	sleep 0.5
	stop INT
	expect_status 0
	expect_nothing_left
	expect_same "$variant: output" "Watching packets on wbpf1; Ctrl-C ends.
$(line 128)
$(line 128)
$(line 128)
Packets: 3, lost: 0" "$(cat "$out")"
	expect_same "$variant: hooks left" 0 "$(hooks wbpf1)"

	# Outgoing, a given number, and a hook that is somebody else's.
	tc qdisc add dev wbpf0 clsact
	start $variant tc -o -n 2 wbpf0
	wait_line '^Watching packets on wbpf0'
	expect_same "filters while it runs" 1 "$(filters wbpf0 egress)"
	send 200
	wait_end
	expect_status 0
	expect_same "$variant: output" "Watching packets on wbpf0; Ctrl-C ends.
$(line 228)
$(line 228)
Packets: 2, lost: 0" "$(cat "$out")"
	expect_same "$variant: the other's hook" 1 "$(hooks wbpf0)"
	expect_same "$variant: filters left" 0 "$(filters wbpf0 egress)"
	tc qdisc del dev wbpf0 clsact

	run $variant tc no-such-if
	expect_status 1
	expect_line "$err" "no network interface 'no-such-if'"
done
