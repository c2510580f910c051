# SPDX-License-Identifier: BSD-2-Clause
# kprobe prints the removals that were tried, with names and results.
. "$(dirname "$0")/lib.sh"
needs_bpf
[[ -d /sys/bus/event_source/devices/kprobe ]] || skip "the kernel has no kprobes (CONFIG_KPROBES)"

unlink=$(unique_copy unlink k)
name=${unlink##*/}
mkdir "$work/folder"
# Of the longest only the beginning is kept.
long=$work/$(printf 'x%.0s' {1..200})
removals() { awk -v n="$name" '$2 == n { print $3, $4 }' "$1"; }

for variant in $variants; do
	touch "$work/present" "$long"
	start $variant kprobe
	wait_line 'NAME +RESULT'
	hold
	"$unlink" "$work/present"
	"$unlink" "$work/missing" 2>/dev/null
	"$unlink" "$work/folder" 2>/dev/null
	(cd "$work" && "$unlink" "$long" && "$unlink" ./last 2>/dev/null)
	wait_line "$name .*\./last"
	stop INT
	expect_status 0
	expect_nothing_left
	expect_same "$variant: removals" "0 $work/present
-2 $work/missing
-21 $work/folder
0 ${long:0:127}
-2 ./last" "$(removals "$out")"
	expect_same "$variant: last line" "Calls: $(grep -c -E '^ *[0-9]+ ' "$out")" "$(tail -n 1 "$out")"
done
