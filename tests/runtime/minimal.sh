# SPDX-License-Identifier: BSD-2-Clause
# minimal counts exactly the starts that were caused, of the name that was set before load.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tracefs

true=$(unique_copy true a)
other=$(unique_copy true b)
name=${true##*/}
for variant in $variants; do
	start $variant minimal "$name"
	wait_line '^Counting starts of'
	hold
	for ((i = 0; i < 7; i++)); do "$true"; "$other"; done
	wait_line '^7 started$' # read live from .bss
	stop INT
	expect_status 0
	expect_nothing_left
	expect_same "$variant: first and last line" "Counting starts of $name; Ctrl-C ends.
In all: 7" "$(sed -n '1p;$p' "$out")"

	run $variant minimal a-name-of-more-than-15-bytes
	expect_status 1
	expect_line "$err" 'at most 15 bytes'
done
