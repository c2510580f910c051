# SPDX-License-Identifier: BSD-2-Clause
# usdt prints the passes of a probe, in each process that has it, with its argument.
. "$(dirname "$0")/lib.sh"
needs_bpf
[[ -d /sys/bus/event_source/devices/uprobe ]] || skip "the kernel has no uprobes"
[[ $(uname -m) == @(x86_64|aarch64) ]] || skip "the test's program has no probe on $(uname -m)"

start_target ../guest/native/usdt_target
one=$target_pid
start_target ../guest/native/usdt_target
two=$target_pid
hits() { awk '$1 ~ /^[0-9]+$/ { print $1, $2, $3, NF }' "$1" | sort -u; }

for variant in $variants; do
	start $variant usdt "$target" wbpf tick
	wait_line "$one usdt_target"
	wait_line "$two usdt_target"
	hold
	stop INT
	expect_status 0
	expect_nothing_left
	expect_same "$variant: hits" "$(printf '%s usdt_target 4711 3\n' "$one" "$two" | sort)" "$(hits "$out")"
	expect_same "$variant: last line" "Hits: $(($(wc -l <"$out") - 3))" "$(tail -n 1 "$out")"

	run $variant usdt "$target" wbpf tick 5
	expect_status 0
	expect_same "$variant: last line" "Hits: 5" "$(tail -n 1 "$out")"

	run $variant usdt "$target" wbpf tock
	expect_status 1
	expect_line "$err" '^usdt: cannot attach to wbpf:tock of .*: No such file or directory$'
done
