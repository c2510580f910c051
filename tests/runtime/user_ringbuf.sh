# SPDX-License-Identifier: BSD-2-Clause
# user_ringbuf: each sample is answered, in order, and awk comes to the same totals.
. "$(dirname "$0")/lib.sh"
needs_bpf
grep -q -w bpf_user_ringbuf_drain /proc/kallsyms || skip "the kernel has no user ring buffers (they came with 6.1)"

answers() { # TIMES SAMPLES...
	local times=$1
	shift
	printf '%s\n' "$@" | awk -F= -v times="$times" '
		{ name[NR] = $1; value[NR] = $2 }
		END {
			for (t = 0; t < times; t++)
				for (i = 1; i <= NR; i++) {
					n = name[i]; v = value[i]
					if (!count[n]++) least[n] = most[n] = v
					if (v + 0 < least[n] + 0) least[n] = v
					if (v + 0 > most[n] + 0) most[n] = v
					sum[n] += v
					printf "%s: %d samples, sum %.0f, from %.0f to %.0f\n", n, count[n], sum[n], least[n], most[n]
				}
		}'
}
few=(load=3 disk=80 load=7 load=-2 a=5000000000)
compare user_ringbuf "${few[@]}"
expect_same "few" "$(answers 1 "${few[@]}")
Sent 5, drained 5 in 1 runs, malformed 0, refused 0" "$(cat "$out")"

# Many times around the buffer, with names of all lengths.
many=()
for ((i = 1; i < 32; i++)); do
	name=$(printf "%${i}s" '')
	many+=("${name// /x}=$((i * i - 200))")
done
compare user_ringbuf -r 40 "${many[@]}"
expect_same "many" "$(answers 40 "${many[@]}")" "$(head -n -1 "$out")"
# The most that fits: records and their headers of 8 bytes, each rounded up to 8.
size=0
for ((i = 1; i < 32; i++)); do size=$((size + 8 + 16 + (i + 7) / 8 * 8)); done
expect_line "$out" "^Sent 1240, drained 1240 in ($((size * 40 / 4096 + 1))|$((size * 40 / 4096 + 2))) runs, malformed 0, refused 0$"

for variant in $variants; do
	run $variant user_ringbuf a=1 "${name// /x}x=1"
	expect_status 1
	expect_line "$err" 'not NAME=VALUE, or too long a name: x'
done
