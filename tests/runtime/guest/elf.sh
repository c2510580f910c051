# SPDX-License-Identifier: BSD-2-Clause
# libelf natively and in a module: both must say the same of an object.
#   elf.sh OBJECT...
. "$WBPF_TESTS/lib.sh"

cp "$1" "$work/object.o"
run_options=(--dir "$work")
for variant in native wasm; do
	run $variant guest_elf "$work/object.o"
	((status == 0)) || fail "$variant: status $status"
done
diff "$work/native.out" "$work/wasm.out" || fail "natively (<) and as a module (>) it prints different things"
grep -q '^  the same: 1$' "$work/wasm.out" || fail "nothing was compressed"
echo "$(wc -l <"$work/wasm.out") lines are the same"
