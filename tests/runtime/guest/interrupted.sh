# SPDX-License-Identifier: BSD-2-Clause
# What waits in perf buffers, user ring buffers and sockets ends by signals, or goes on, as natively.
. "$WBPF_TESTS/lib.sh"
needs_bpf

# handled NAME COUNT: sends it when the program has come to wait, and sees that it was handled.
handled() {
	local i
	sleep 0.1 # it prints before it waits
	for ((i = 0; i < 600 * patience; i++)); do
		[[ $(cut -d ' ' -f 3 "/proc/$pid/stat") == S ]] && break
		sleep 0.05
	done
	kill -"$1" "$pid"
	for ((i = 0; i < 600 * patience; i++)); do
		(($(grep -c "^$1\$" "$out") >= $2)) && return
		sleep 0.05
	done
	fail "$1 was not handled $2 times"
}

for variant in $variants; do
	start "$variant" guest_interrupted
	first=0 second=0
	for wait in perf "perf again" letters "letters again" read recv accept; do
		wait_line "^now $wait\$"
		case $wait in
		*again) ;; # ends by the one that restarts: these cannot be
		perf | letters) handled USR1 $((++first)) && continue ;;
		esac
		handled USR2 $((++second))
		[[ $wait == *again ]] || handled USR1 $((++first))
	done
	wait_end
	expect_status 0
done
[[ $variants == *native*wasm* ]] && { diff "$work/native.out" "$work/wasm.out" || fail "not the same"; }
expect_line "$work/wasm.out" "^accept: -1 EINTR, ended 1, restarted 1"
