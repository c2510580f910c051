# SPDX-License-Identifier: BSD-2-Clause
# Killed at any moment, on its way up and while it runs: what was loaded and attached goes.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tracefs

# How many programs of the example there are; others' runs of it would be counted, too.
programs() { bpftool prog show | grep -c -E 'name on_(start|exit) '; }
gone() { # WHAT
	local i
	for ((i = 0; i < 100 * patience; i++)); do
		(($(programs) <= before)) && return
		sleep 0.1
	done
	fail "$1: $(programs) programs where $before were before"
}

before=$(programs)
loaded=0
command_of wasm bootstrap
for ((i = 0; i < 40; i++)); do
	"${command[@]}" >"$work/killed.out" 2>&1 </dev/null &
	pid=$!
	sleep "0.0$(printf %02d $i)"
	(($(programs) > before)) && loaded=$((loaded + 1))
	kill -KILL $pid
	wait $pid 2>/dev/null
	[[ $? == 137 ]] || fail "it ended before it was killed: $(cat "$work/killed.out")"
done
# On a slow machine none comes so far in 40 ms.
start wasm bootstrap
wait_line '^Watching'
(($(programs) > before)) || fail "no program is loaded: nothing to see"
kill -KILL "$pid"
wait_end
gone "killed"
echo "killed 41 times, $((loaded + 1)) times with programs loaded"
