# SPDX-License-Identifier: BSD-2-Clause
# The C library, as compare.sh does, with a folder to write in; and what has no native pendant.
. "$WBPF_TESTS/lib.sh"

mkdir "$work/folder"
# The kernels that tests/kernels boots have an overlay below, which before 6.7 does not append.
if [[ ${WBPF_OTHER_KERNEL-} ]]; then
	mount -t tmpfs none "$work/folder"
	trap 'umount "$work/folder"; cleanup' EXIT
fi
run_options=(--rw-dir "$work/folder")
# Rules for time zones as text need no files of them.
for zone in UTC CET-1CEST,M3.5.0,M10.5.0/3 EST5EDT,M3.2.0,M11.1.0 '<+0545>-5:45'; do
	export TZ=$zone
	run native guest_libc "$work/folder"
	((status == 0)) || fail "natively: status $status"
	run wasm guest_libc "$work/folder"
	((status == 0)) || fail "as a module: status $status"
	diff "$work/native.out" "$work/wasm.out" || fail "$TZ: natively (<) and as a module (>) it prints different things"
done
unset TZ
[[ -z $(ls "$work/folder") ]] || fail "files were left: $(ls "$work/folder")"
lines=$(wc -l <"$work/wasm.out")
((lines > 100)) || fail "only $lines lines"
echo "$lines lines are the same"

# Links in /proc of another process.
sleep 1000 &
pids+=($!)
run_options=(--dir /proc)
run native guest_libc links "${pids[0]}"
run wasm guest_libc links "${pids[0]}"
diff "$work/native.out" "$work/wasm.out" || fail "links: natively (<) and as a module (>) it prints different things"
grep -q '^namespace: 0' "$work/wasm.out" || fail "no namespace"

# Without the folder, with another, and with one of its folders.
expect_refusal() {
	run wasm guest_libc refused "${pids[0]}"
	[[ $(grep -c 'errno EACCES' "$work/wasm.out") == 4 ]] || fail "not all refused: ${run_options[*]}"
}
run_options=()
expect_refusal
run_options=(--dir "$work/folder" --dir /sys)
expect_refusal
run_options=(--dir /proc/sys)
expect_refusal
run_options=(--dir /proc)
run wasm guest_libc refused "${pids[0]}"
grep -q '^exe: [0-9]' "$work/wasm.out" || fail "refused, though given"
grep -q '^root: -1' "$work/wasm.out" || fail "it left the folder by a link"
grep -q '^dots: -1' "$work/wasm.out" || fail "it left the folder by .."
