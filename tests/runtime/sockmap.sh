# SPDX-License-Identifier: BSD-2-Clause
# sockmap: messages of a connection inside the cgroup arrive as they were sent, and not over the network
# device; those of other connections do.
[[ ${IN_NETWORK-} ]] || exec env IN_NETWORK=1 unshare --net bash "$0" "$@"
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_cgroups
needs_tool ip python3
group=$cgroups/wbpf-sockmap-$$
mkdir "$group" || skip "no cgroup can be made at $cgroups"
trap 'rmdir "$group" 2>/dev/null; cleanup' EXIT
ip link set lo up

# Both ends of a connection: 200 messages are sent and sent back, of 1 to 2,000 bytes.
cat >"$work/talk.py" <<'PY'
import os, socket, sys
if len(sys.argv) > 2:
    with open(sys.argv[2] + "/cgroup.procs", "w") as procs:
        procs.write(str(os.getpid()))
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
client = socket.create_connection(server.getsockname())
other = server.accept()[0]

def receive(end, size):
    got = b""
    while len(got) < size:
        part = end.recv(size - len(got))
        assert part, "the connection ended"
        got += part
    return got

sent = 0
for i in range(200):
    message = bytes((i * 7 + k) % 251 for k in range(1 + i * 1999 // 199))
    client.sendall(message)
    assert receive(other, len(message)) == message, "message %d is not what was sent" % i
    other.sendall(message[::-1])
    assert receive(client, len(message)) == message[::-1], "answer %d is not what was sent" % i
    sent += 2 * len(message)
client.close()
assert other.recv(1) == b"", "more than was sent"
print(sent)
PY
on_device() { awk '$1 == "lo:" { print $10 }' /proc/net/dev; }
# Sets sent to what a connection sends, and device to what went over the device for it.
talk() { # PORT [CGROUP]
	local before=$(on_device)
	sent=$(timeout $((60 * patience)) python3 "$work/talk.py" "$@" 2>"$work/talk.err") || fail "talk $*: $(cat "$work/talk.err")"
	device=$(($(on_device) - before))
}
expect_tcp() { ((device > sent)) || fail "$1: $sent bytes were sent, $device over the device"; }
expect_short_cut() { ((device < sent / 20)) || fail "$1: $sent bytes were sent, $device over the device"; }
run_options=(--dir "$cgroups")

for variant in $variants; do
	start $variant sockmap "$group" 7001
	wait_line '^Short-cutting port 7001'
	hold
	talk 7001 "$group"
	expect_short_cut "$variant: inside"
	inside=$sent
	wait_line '^A connection'
	talk 7002 "$group"
	expect_tcp "$variant: another port"
	talk 7001
	expect_tcp "$variant: outside"
	stop INT
	expect_status 0
	expect_nothing_left
	expect_same "$variant: output" "Short-cutting port 7001 in $group; Ctrl-C ends.
A connection with both ends here
Sockets: 2, messages handed over: 400, bytes: $inside, through TCP: 0" "$(cat "$out")"
	talk 7001 "$group"
	expect_tcp "$variant: after the end"

	run $variant sockmap "$cgroups/no-such-cgroup" 7001
	expect_status 1
	expect_line "$err" "cannot open $cgroups/no-such-cgroup: No such file or directory"
done
