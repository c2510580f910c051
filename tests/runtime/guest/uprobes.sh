# SPDX-License-Identifier: BSD-2-Clause
# uprobe.multi on a program that runs beside.
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_tracefs

start_target uprobe_target
read -r -a places <"$work/target"

compare guest_uprobes "$target" "${places[@]}"
expect_line "$out" '^strange arguments: 0$'
if grep -q -w bpf_uprobe_multi_link_attach /proc/kallsyms; then
	for cookie in 33 1125899906842624 5 8; do expect_line "$out" "cookie $cookie\$"; done
fi
