# SPDX-License-Identifier: BSD-2-Clause
# uprobe prints the calls of getaddrinfo() that were made, with arguments and results.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tool getent
[[ -d /sys/bus/event_source/devices/uprobe ]] || skip "the kernel has no uprobes"

getent=$(unique_copy getent e)
name=${getent##*/}
# The numeric address resolves everywhere, the other name nowhere (and without a network it may
# fail in another way).
calls() { awk -v n="$name" '$2 == n { print $2, $3, ($4 == 0 ? "found" : "not found") }' "$1"; }

for variant in $variants; do
	start $variant uprobe
	wait_line 'NAME +HOST'
	hold
	"$getent" ahosts 127.0.0.1 >/dev/null
	"$getent" ahosts name.invalid >/dev/null
	wait_line "$name +name\.invalid"
	stop INT
	expect_status 0
	expect_nothing_left
	expect_same "$variant: calls" "$name 127.0.0.1 found
$name name.invalid not found" "$(calls "$out")"
	expect_line "$out" '^Lookups: [0-9]+$'

	start $variant uprobe 1
	wait_line 'NAME +HOST'
	"$getent" ahosts 127.0.0.1 >/dev/null
	wait_end
	expect_status 0
	expect_same "$variant: last line" "Lookups: 1" "$(tail -n 1 "$out")"
done
