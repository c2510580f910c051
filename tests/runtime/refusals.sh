# SPDX-License-Identifier: BSD-2-Clause
# What the machine does not allow or have: the message names it.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tracefs
needs_tool setpriv unshare

# Nobody may not load programs. The build may lie where nobody cannot go, so copies are run.
run_as_nobody() {
	out=$work/nobody.out err=$work/nobody.err
	timeout -k 5 $((60 * patience)) setpriv --reuid=65534 --regid=65534 --clear-groups \
		env LD_LIBRARY_PATH="$work" ASAN_OPTIONS= "$@" >"$out" 2>"$err" </dev/null
	status=$?
}
install -m 755 "$WBPF_RUN" "$work/wbpf-run"
cp -L "$WBPF_WASMTIME" "$work/"
install -m 644 "$WBPF_EXAMPLES/bootstrap/bootstrap.wasm" "$work/"
run_as_nobody "$work/wbpf-run" "$work/bootstrap.wasm" -t 1
expect_status 1
expect_line "$err" 'CAP_BPF'
expect_line "$err" 'root'
expect_line "$err" '^bootstrap: cannot load .*(Operation not permitted|Permission denied)'
expect_no_line "$out" '^Watching'
run_as_nobody "$work/wbpf-run" --version
expect_status 0

# Without tracefs, tracepoints cannot be attached by name. In a mount namespace of its own.
out=$work/mount.out err=$work/mount.err
command_of wasm bootstrap
timeout -k 5 $((60 * patience)) unshare --mount bash -c '
	umount -l /sys/kernel/debug 2>/dev/null
	while umount -l /sys/kernel/tracing 2>/dev/null; do :; done
	exec "$@"' - "${command[@]}" -t 1 >"$out" 2>"$err" </dev/null
status=$?
expect_status 1
expect_line "$err" 'tracefs is not mounted at /sys/kernel/tracing'
expect_line "$err" 'mount -t tracefs'
expect_line "$err" '^bootstrap: cannot attach'
expect_no_line "$out" '^Watching' # not after a failed attach
