# SPDX-License-Identifier: BSD-2-Clause
# tasks prints the threads that there are, each with what ps says of it.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tool python3 ps nice

# Three threads, one of which is nicer, with a parent that is known.
nice -n 7 python3 -c '
import os, threading, time
def nicer():
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 11)
    print("ready", flush=True)
    time.sleep(1000)
threading.Thread(target=time.sleep, args=(1000,)).start()
threading.Thread(target=nicer).start()' >"$work/target" &
target_pid=$!
pids+=("$target_pid")
until [[ -s $work/target ]]; do sleep 0.05; done
# Processes that do not come and go: this shell, the one above, and the first that has only the kernel.
listed() { ps -L -o pid=,tid=,ppid=,ni=,comm= -p "$1" | awk '{ print $1, $2, $3, $4, $5 }'; }
printed() { awk -v p="$2" 'NF >= 5 && $1 == p { print $1, $2, $3, $4, $5 }' "$1"; }

for variant in $variants; do
	run $variant tasks
	expect_status 0
	for p in "$target_pid" $$ 2; do
		expect_same "$variant: threads of $p" "$(listed $p)" "$(printed "$out" $p)"
	done
	expect_same "$variant: heading" "PID TID PARENT NICE NAME" "$(head -n 1 "$out" | xargs)"
	expect_same "$variant: last line" "Threads: $(($(wc -l <"$out") - 2))" "$(tail -n 1 "$out")"

	run $variant tasks "$target_pid"
	expect_status 0
	expect_same "$variant: threads" "PID TID PARENT NICE NAME
$(listed "$target_pid")
Threads: 3" "$(awk '{ $1 = $1; print }' "$out")"

	run $variant tasks 999999999
	expect_status 0
	expect_same "$variant: no such process" "Threads: 0" "$(<"$out")"
done
