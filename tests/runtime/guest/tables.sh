# SPDX-License-Identifier: BSD-2-Clause
# Tables of functions, natively and as a module.
. "$WBPF_TESTS/lib.sh"
needs_bpf
# A kernel that failed in there keeps its lock, and every later link waits for ever.
! grep -q -s bpf_struct_ops_link_create /proc/[0-9]*/wchan ||
	skip "a process hangs in the kernel's bpf_struct_ops_link_create()"
compare guest_tables
