# SPDX-License-Identifier: BSD-2-Clause
# Signals from outside: the handler runs and whatever waits ends with EINTR, natively and in a module.
. "$WBPF_TESTS/lib.sh"
needs_bpf

for variant in $variants; do
	start "$variant" guest_signals outside
	for wait in nanosleep sleep pause poll epoll "the end"; do
		wait_line "^now $wait"
		sleep 0.2 # it prints before it waits
		kill -USR1 "$pid"
	done
	wait_end
	((status == 128 + $(kill -l USR1))) || fail "$variant: status $status instead of death by SIGUSR1"
done
[[ $variants == *native*wasm* ]] && { diff "$work/native.out" "$work/wasm.out" || fail "not the same"; }
expect_line "$work/wasm.out" "^poll EINTR"
