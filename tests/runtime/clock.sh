# SPDX-License-Identifier: BSD-2-Clause
# The time of day jumps, by hours and years, while a module waits and before it starts: waits last as long as
# they should, what is cached is found or made again.
. "$(dirname "$0")/lib.sh"
[[ -n ${WBPF_OTHER_KERNEL-} ]] || skip "this machine's clock is not to be set; tests/kernels/run has one of its own"
needs_bpf

export WBPF_CACHE_DIR=$work/cache
moment=$(date +%s)
set_clock() { date -s "@$1" >/dev/null || fail "cannot set the clock"; }

for variant in $variants; do
	set_clock "$moment"
	start "$variant" ticks $((8 * patience))
	wait_line waiting 120
	for seconds in $((moment + 10 * 3600)) $((moment - 86400 * 365)) $((moment + 86400 * 365)); do
		sleep 1
		set_clock "$seconds"
		/bin/true # an event
	done
	wait_end $((60 + 60 * patience))
	expect_status 0
	expect_line "$out" '^ticked; forward 2, back 1; events$'
	expect_no_line "$out" 'a tick of'
done

# With each clock without a cache, with one of that time, and with one from all the others; what is beyond
# 32 bits of seconds is among them.
for year in 1971 2040 2026 2107; do
	set_clock "$(date -d "$year-06-01" +%s)"
	for ((i = 0; i < 3; i++)); do
		run wasm starts open entries 99 load run
		expect_status 0
		expect_line "$out" '^21 21, 2 programs$'
	done
	[[ -n $(ls "$WBPF_CACHE_DIR") ]] || fail "nothing is cached in $year"
done
