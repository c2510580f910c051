# SPDX-License-Identifier: BSD-2-Clause
# --type with types that only the debug information has; that it is damaged is an error at most.
source "$(dirname "$0")/lib.sh" "$1"

object debug_info good.bpf.o
options=(--type event --type "struct loose" --type event_t)
works header good.bpf.o "${options[@]}" -o new.h
for dwarf in 3 4 5; do
	"$CLANG" -target bpf -mcpu=v3 "-gdwarf-$dwarf" -O2 -w -c "$CASES/debug_info.bpf.c" \
		-o good.bpf.o
	works header good.bpf.o "${options[@]}" -o old.h
	cmp new.h old.h || die "DWARF $dwarf says something else"
done
fails 1 "neither its BTF nor its debug information has a struct, union, enum or typedef 'missing'" \
	header good.bpf.o --type missing
objcopy=$(dirname "$(command -v "$CLANG")")/llvm-objcopy${CLANG##*clang}
if [[ -x $objcopy ]]; then
	"$objcopy" --strip-debug good.bpf.o stripped.bpf.o
	fails 1 "neither its BTF nor its debug information has a struct, union, enum or typedef 'event'" \
		header stripped.bpf.o --type event
fi
"$CLANG" -target bpf -mcpu=v3 -g -gz -O2 -w -c "$CASES/debug_info.bpf.c" -o packed.bpf.o
fails 1 "is compressed: llvm-objcopy" header packed.bpf.o --type event
works header packed.bpf.o -o plain.h

survives() {
	local status=0
	"$WBPF_GEN" header damaged.bpf.o "${options[@]}" -o damaged.h >"$work.out" 2>"$work.err" ||
		status=$?
	[[ $status == 0 || ($status == 1 && $(wc -l <"$work.err") == 1 &&
		$(<"$work.err") == "wbpf-gen: damaged.bpf.o: "*) ]] ||
		die "byte $at set to $value: status $status: $(<"$work.err")"
	checks=$((checks + 1))
}
size=$(stat -c %s good.bpf.o)
for ((at = ${START:-64}; at < size; at += ${STEP:-29})); do
	for value in '\000' '\001' '\377'; do
		cp good.bpf.o damaged.bpf.o
		printf "$value" | dd of=damaged.bpf.o bs=1 seek="$at" conv=notrunc status=none
		survives
	done
done
done_well
