# SPDX-License-Identifier: BSD-2-Clause
# tcp_cc gives TCP a congestion control, whose callbacks see the connections that chose it; exchanges it
# for another while it is there; and takes it away again, also when it is killed.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_struct_ops
needs_tool python3
needs_tcp_links

available() { grep -q -w wbpf_aimd /proc/sys/net/ipv4/tcp_available_congestion_control; }
expect_gone() {
	local i
	for ((i = 0; i < 100 * patience; i++)); do available || return 0; sleep 0.1; done
	fail "TCP still has wbpf_aimd"
}
# What is not known beforehand: ports, and how the kernel put packets and acknowledgements together.
lines() { sed -E 's/:[0-9]+, [1-9][0-9]* acks of [1-9][0-9]* packets/, acks/' "$out"; }
wait_lines() { # PATTERN COUNT
	local i
	for ((i = 0; i < 300 * patience && $(grep -c -E "$1" "$out") < $2; i++)); do sleep 0.1; done
	expect_same "lines with '$1'" "$2" "$(grep -c -E "$1" "$out")"
}
links() { grep -c '^link ' <<<"$held"; }

# Sends half a MiB through a connection with our congestion control, but not before a line comes.
connection='
import socket, sys
server = socket.create_server(("127.0.0.1", 0))
client = socket.socket()
client.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"wbpf_aimd")
client.connect(server.getsockname())
other = server.accept()[0]
print("open", flush=True)
sys.stdin.readline()
for i in range(64):
    client.sendall(bytes(8192))
    left = 8192
    while left:
        left -= len(other.recv(left))
'
connect() { python3 -c "$connection" <<<go >/dev/null || fail "a connection failed"; }
# The same in two steps.
open_connection() {
	local line
	coproc old { exec python3 -c "$connection"; }
	old_pid=$old_PID
	pids+=("$old_pid")
	read -r line <&"${old[0]}"
	expect_same "the connection" open "$line"
}
end_connection() {
	echo go >&"${old[1]}"
	wait "$old_pid" || fail "the connection failed"
}

for variant in $variants; do
	! available || fail "TCP has wbpf_aimd already"
	run $variant tcp_cc -s 16 -w 32
	expect_status 0
	expect_same "$variant: its own connection" "TCP has wbpf_aimd (gentle); Ctrl-C ends.
Sent 16 MiB with wbpf_aimd, whose window is now 32
gentle: to 127.0.0.1, acks, window up to 32, 0 losses
Connections: 1, lost: 0" "$(lines)"
	expect_gone

	# Others' connections; one that was there when the variant changed keeps its own.
	start $variant tcp_cc -w 16
	wait_line '^TCP has'
	hold
	expect_same "$variant: links" 1 "$(links)"
	available || fail "TCP does not have wbpf_aimd"
	connect
	wait_line '^gentle: '
	open_connection
	kill -USR1 "$pid"
	wait_line '^New connections are bold now'
	available || fail "the update took wbpf_aimd away"
	connect
	wait_line '^bold: '
	end_connection
	wait_lines '^gentle: ' 2
	kill -USR1 "$pid"
	wait_line '^New connections are gentle now'
	connect
	wait_lines '^gentle: ' 3

	# The name is taken, and stays with the one that has it.
	command_of $variant tcp_cc
	timeout -k 5 $((60 * patience)) "${command[@]}" >"$work/second.out" 2>"$work/second.err"
	expect_same "status of a second one" 1 $?
	expect_line "$work/second.err" 'cannot register wbpf_aimd: File exists'
	connect
	wait_lines '^gentle: ' 4
	stop INT
	expect_status 0
	expect_nothing_left
	expect_gone
	ended=': to 127.0.0.1, acks, window up to 16, 0 losses'
	expect_same "$variant: connections of others" "TCP has wbpf_aimd (gentle); Ctrl-C ends.
gentle$ended
New connections are bold now.
bold$ended
gentle$ended
New connections are gentle now.
gentle$ended
gentle$ended
Connections: 5, lost: 0" "$(lines)"

	# Killed while a connection has it, which keeps it to its end; the name is free for the next one.
	start $variant tcp_cc --bold
	wait_line '^TCP has wbpf_aimd \(bold\)'
	hold
	open_connection
	kill -KILL "$pid"
	wait_end
	expect_status 137
	expect_gone
	run $variant tcp_cc -s 1 -w 8
	expect_status 0
	expect_line "$out" '^gentle: .* window up to 8,'
	end_connection
	expect_nothing_left
	expect_gone
done
