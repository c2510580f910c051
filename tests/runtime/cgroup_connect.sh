# SPDX-License-Identifier: BSD-2-Clause
# cgroup_connect refuses or redirects what a process in the cgroup connects to the port, and nothing
# else: no other port, no process elsewhere, and nothing after its end.
[[ ${IN_NETWORK-} ]] || exec env IN_NETWORK=1 unshare --net bash "$0" "$@"
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_cgroups
needs_tool ip python3
group=$cgroups/wbpf-connect-$$
mkdir "$group" || skip "no cgroup can be made at $cgroups"
trap 'rmdir "$group" 2>/dev/null; cleanup' EXIT
ip link set lo up

# Whoever connects to 7001 or 7002 is told which it was.
python3 -c '
import select, socket
servers = [socket.create_server(("127.0.0.1", port)) for port in (7001, 7002)]
print("ready", flush=True)
while True:
    for server in select.select(servers, [], [])[0]:
        with server.accept()[0] as connection:
            connection.sendall(b"%d\n" % server.getsockname()[1])
' >"$work/server" &
pids+=($!)
for ((i = 0; i < 300 * patience; i++)); do [[ -s $work/server ]] && break; sleep 0.1; done

# What a connection is answered, or "refused"; lines of its own for who made it.
client=$(unique_copy bash connect)
connect() { # PORT
	"$client" -c 'exec 2>/dev/null; read -r line <"/dev/tcp/127.0.0.1/$1" && echo "$line" || echo refused' - "$1"
}
connect_inside() {
	"$client" -c 'echo $$ >"$2/cgroup.procs"; echo $$ >>"$3"; exec 2>/dev/null
		read -r line <"/dev/tcp/127.0.0.1/$1" && echo "$line" || echo refused' - "$1" "$group" "$work/inside"
}
# The same by a thread, which has an id of its own.
connect_inside_by_thread() {
	python3 -c '
import os, socket, sys, threading
port, group, inside = sys.argv[1:]
open(group + "/cgroup.procs", "w").write(str(os.getpid()))
open(inside, "a").write(str(os.getpid()) + "\n")
open("/proc/self/comm", "w").write("a_thread")
def connect():
    try:
        print(socket.create_connection(("127.0.0.1", int(port))).recv(9).decode().strip())
    except PermissionError:
        print("refused")
thread = threading.Thread(target=connect)
thread.start()
thread.join()
' "$1" "$group" "$work/inside"
}
name=${client##*/}
name=${name:0:15}
run_options=(--dir "$cgroups")

for variant in $variants; do
	for redirect in '' 7002; do
		: >"$work/inside"
		start $variant cgroup_connect ${redirect:+-r "$redirect"} "$group" 7001
		wait_line '^Watching connections of'
		hold
		expect_same "$variant: inside" "${redirect:-refused}" "$(connect_inside 7001)"
		expect_same "$variant: a thread" "${redirect:-refused}" "$(connect_inside_by_thread 7001)"
		expect_same "$variant: inside, another port" 7002 "$(connect_inside 7002)"
		expect_same "$variant: outside" 7001 "$(connect 7001)"
		stop INT
		expect_status 0
		expect_nothing_left
		{ read -r first && read -r second; } <"$work/inside"
		how=${redirect:+sent to port $redirect}
		expect_same "$variant: output" "Watching connections of $group to port 7001; Ctrl-C ends.
$name[$first] to 127.0.0.1:7001 ${how:-refused}
a_thread[$second] to 127.0.0.1:7001 ${how:-refused}
Connections: 2, not reported: 0" "$(cat "$out")"
		expect_same "$variant: inside, after the end" 7001 "$(connect_inside 7001)"
	done

	run $variant cgroup_connect "$cgroups/no-such-cgroup" 7001
	expect_status 1
	expect_line "$err" "cannot open $cgroups/no-such-cgroup: No such file or directory"
done
