# SPDX-License-Identifier: BSD-2-Clause
# Tables of functions, natively and as a module.
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_struct_ops
compare guest_tables
