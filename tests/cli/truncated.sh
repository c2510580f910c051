# SPDX-License-Identifier: BSD-2-Clause
# An object that was cut off at any length, and one with any byte changed: an error in one line, or
# an output, but never a crash. (With WBPF_SANITIZE this is what the sanitizers look at.)
source "$(dirname "$0")/lib.sh" "$1"

object maps good.bpf.o
size=$(stat -c %s good.bpf.o)

# The step is a prime, so that all kinds of places are hit; the first and last bytes one by one.
lengths=$({ seq 0 80; seq 81 97 "$size"; seq $((size - 80)) $((size - 1)); } | sort -nu)
for length in $lengths; do
	head -c "$length" good.bpf.o >cut.bpf.o
	fails 1 "cut.bpf.o: " header cut.bpf.o
done

# survives FILE: 0 or 1, and not a signal's or a sanitizer's status.
survives() {
	local status=0
	"$WBPF_GEN" "$1" "$2" -o damaged.out >"$work.out" 2>"$work.err" || status=$?
	[[ $status == 0 || ($status == 1 && $(<"$work.err") == "wbpf-gen: $2: "* &&
		$(wc -l <"$work.err") == 1) ]] ||
		die "$1 of the object with byte $at set to $value: status $status: $(<"$work.err")"
	checks=$((checks + 1))
}
for ((at = 0; at < size; at += 61)); do
	for value in '\000' '\377'; do
		cp good.bpf.o damaged.bpf.o
		printf "$value" | dd of=damaged.bpf.o bs=1 seek="$at" conv=notrunc status=none
		survives skeleton damaged.bpf.o
	done
done
done_well
