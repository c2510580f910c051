# SPDX-License-Identifier: BSD-2-Clause
# Objects linked natively and by a module are the same, to the byte.
#   linker.sh ONE.o TWO.o
. "$WBPF_TESTS/lib.sh"
needs_bpf

mkdir "$work/native" "$work/wasm"
cp "$1" "$work/one.o"
cp "$2" "$work/two.o"
run_options=(--dir "$work" --rw-dir "$work/wasm")
for variant in native wasm; do
	run $variant guest_linker "$work/one.o" "$work/two.o" "$work/$variant/linked.o" "$work/$variant/memory.o"
	((status == 0)) || fail "$variant: status $status"
done
diff "$work/native.out" "$work/wasm.out" || fail "natively (<) and as a module (>) it prints different things"
cmp "$work/native/linked.o" "$work/wasm/linked.o" || fail "the linked objects differ"
grep -q '^it returned 42$' "$work/wasm.out" || fail "the linked programs do not work"
echo "$(wc -l <"$work/wasm.out") lines are the same"
