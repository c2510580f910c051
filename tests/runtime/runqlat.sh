# SPDX-License-Identifier: BSD-2-Clause
# runqlat sums a per-CPU map: its slots add up to its total, which is at least the number of wake-ups
# that were caused.
. "$(dirname "$0")/lib.sh"
needs_bpf

# Wakes up about 100 times a second.
bash -c 'while :; do read -r -t 0.01 <> <(:); done' &
waker=$!
pids+=("$waker")

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
	start $variant runqlat 60
	wait_line '^Measuring'
	hold
	sleep 0.5
	stop INT
	expect_status 0
	expect_nothing_left
	expect_line "$out" '^Waits: [1-9]'
	expect_same "$variant: last line" "Histograms: 1" "$(tail -n 1 "$out")"
done
