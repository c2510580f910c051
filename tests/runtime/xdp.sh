# SPDX-License-Identifier: BSD-2-Clause
# xdp counts the packets that another network namespace sends, drops the datagrams that it is told to
# drop, and leaves the interface as it was.
[[ ${IN_NETWORK-} ]] || exec env IN_NETWORK=1 unshare --net bash "$0" "$@"
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tool ip ping nsenter

unshare --net sleep 1000 &
other=$!
pids+=("$other")
there() { nsenter --net="/proc/$other/ns/net" "$@"; }
for ((i = 0; i < 100 * patience; i++)); do
	[[ $(readlink "/proc/$other/ns/net") != "$(readlink /proc/self/ns/net)" ]] && break
	sleep 0.05
done

# Addresses are known beforehand, so that nothing but what is sent here goes from one to the other.
ip link set lo up
echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6 2>/dev/null
there sh -c 'echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6' 2>/dev/null
ip link add wbpf1 address 02:00:00:00:00:01 type veth \
	peer name wbpf0 address 02:00:00:00:00:02 netns "$other" || skip "no veth interfaces here"
ip addr add 10.9.0.1/24 dev wbpf1
there ip addr add 10.9.0.2/24 dev wbpf0
ip link set wbpf1 up
there ip link set wbpf0 up
ip neigh replace 10.9.0.2 lladdr 02:00:00:00:00:02 dev wbpf1
there ip neigh replace 10.9.0.1 lladdr 02:00:00:00:00:01 dev wbpf0

datagrams() { # PORT COUNT
	there bash -c 'for ((i = 0; i < $2; i++)); do echo 1234567 >/dev/udp/10.9.0.1/$1; done' - "$1" "$2"
}
# Datagrams that the network stack was given; nobody waits for them.
arrived() { awk '$1 == "Udp:" && $3 != "NoPorts" { print $3 }' /proc/net/snmp; }
attached() { ip link show wbpf1 | grep -c 'prog/xdp'; }
line() { printf '%-8s %10s %12s %10s' "$@"; }

for variant in $variants; do
	for drop in 0 7777; do
		options=()
		((drop)) && options=(-d $drop)
		start $variant xdp ${options[@]+"${options[@]}"} wbpf1
		wait_line '^Counting on wbpf1'
		hold
		expect_same "attached while it runs" 1 "$(attached)"
		before=$(arrived)
		there ping -q -c 3 -i 0.2 -s 56 10.9.0.1 >/dev/null || fail "no answer to ping"
		datagrams 7777 4
		datagrams 7778 5
		expect_same "$variant: datagrams that arrived" $((drop ? 5 : 9)) $(($(arrived) - before))
		stop INT
		expect_status 0
		expect_nothing_left
		expect_same "$variant: output" "Counting on wbpf1; Ctrl-C ends.
$(line PROTOCOL PACKETS BYTES DROPPED)
$(line ICMP 3 294 0)
$(line UDP 9 450 $((drop ? 4 : 0)))" "$(cat "$out")"
		expect_same "attached after the end" 0 "$(attached)"
	done

	run $variant xdp no-such-if
	expect_status 1
	expect_line "$err" "no network interface 'no-such-if'"
	run $variant xdp -d 70000 wbpf1
	expect_status 2
	# One program at a time: the second one says so.
	start $variant xdp wbpf1
	wait_line '^Counting on wbpf1'
	command_of $variant xdp
	timeout -k 5 $((60 * patience)) "${command[@]}" wbpf1 >"$work/second.out" 2>"$work/second.err"
	expect_same "status of a second one" 1 $?
	expect_line "$work/second.err" 'xdp: cannot attach to wbpf1: Device or resource busy'
	stop TERM
	expect_status 0
done
