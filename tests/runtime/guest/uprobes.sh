# SPDX-License-Identifier: BSD-2-Clause
# uprobe.multi on a program that runs beside.
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_tracefs

target=$WBPF_NATIVE/uprobe_target
"$target" >"$work/target" &
pids+=($!)
until [[ -s $work/target ]]; do
	kill -0 "${pids[-1]}" 2>/dev/null || fail "$target did not start"
	sleep 0.05
done
read -r -a places <"$work/target"

compare guest_uprobes "$target" "${places[@]}"
expect_line "$out" '^strange arguments: 0$'
if grep -q -w bpf_uprobe_multi_link_attach /proc/kallsyms; then
	for cookie in 33 1125899906842624 5 8; do expect_line "$out" "cookie $cookie\$"; done
fi
