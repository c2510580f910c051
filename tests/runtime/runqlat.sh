# SPDX-License-Identifier: BSD-2-Clause
# runqlat sums a per-CPU map: what it prints for each slot is what bpftool reads from that map, and
# the total is at least the number of wake-ups that were caused.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tool taskset python3

# Wakes up about 100 times a second, and changes its CPU now and then, for the per-CPU counts.
bash -c 'cpus=$(nproc)
for ((i = 0; ; i++)); do
	((i % 20)) || taskset -p -c $((i / 20 % cpus)) $$ >/dev/null
	read -r -t 0.01 <> <(:)
done' &
waker=$!
pids+=("$waker")

printed_slots() { awk '/->/ && $4 { print $1, $4 }' "$1"; }
# The same from the map that the running program holds, which nobody changes any more.
map_slots() {
	local id
	for id in $(cat "/proc/$pid/fdinfo/"* 2>/dev/null | awk '$1 == "map_id:" { print $2 }' | sort -u); do
		bpftool -j map show id "$id" | grep -q '"name":"histogram"' || continue
		bpftool -j map dump id "$id" | python3 -c '
import json, sys
for entry in json.load(sys.stdin):
    entry = entry["formatted"]
    total = sum(v["value"] for v in entry["values"])
    if total:
        print(1 << entry["key"] if entry["key"] else 0, total)'
		return
	done
}
check_sums() {
	awk '/->/ { sum += $4 } /^Waits:/ { print ($2 == sum && sum >= 20) ? "right" : "wrong"; sum = 0 }' "$1"
}

for variant in $variants; do
	run $variant runqlat -p "$waker" 1 2
	expect_status 0
	expect_same "$variant: sums of slots" "right
right" "$(check_sums "$out")"
	expect_same "$variant: last line" "Histograms: 2" "$(tail -n 1 "$out")"

	# Ctrl-C ends the sleep, shows what there is, and leaves nothing behind.
	start $variant runqlat -p "$waker" 60
	wait_line '^Measuring'
	hold
	sleep 1
	kill -STOP "$waker"
	sleep 0.3
	slots=$(map_slots)
	[[ $(wc -l <<<"$slots") -ge 2 ]] || fail "waits in fewer than two slots tell too little: $slots"
	stop INT
	kill -CONT "$waker"
	expect_status 0
	expect_nothing_left
	expect_same "$variant: slots" "$slots" "$(printed_slots "$out")"
	expect_same "$variant: last line" "Histograms: 1" "$(tail -n 1 "$out")"
done
