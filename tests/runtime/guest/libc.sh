# SPDX-License-Identifier: BSD-2-Clause
# The C library, as compare.sh does, with a folder to write in; and what has no native pendant.
. "$WBPF_TESTS/lib.sh"

mkdir "$work/folder"
run_options=(--rw-dir "$work/folder")
run native guest_libc "$work/folder"
((status == 0)) || fail "natively: status $status"
run wasm guest_libc "$work/folder"
((status == 0)) || fail "as a module: status $status"
diff "$work/native.out" "$work/wasm.out" || fail "natively (<) and as a module (>) it prints different things"
[[ -z $(ls "$work/folder") ]] || fail "files were left: $(ls "$work/folder")"
lines=$(wc -l <"$work/wasm.out")
((lines > 100)) || fail "only $lines lines"
echo "$lines lines are the same"
