# SPDX-License-Identifier: BSD-2-Clause
# Arenas: equal output is worth something only where lists were built and followed.
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_arena

compare guest_arena
expect_line "$out" '^list: 200 nodes, sum 20200$'
expect_line "$out" '^total: 20207$'
expect_line "$out" '^total: 1020207$'
expect_line "$out" '^all of it: ok$'
expect_line "$out" '^still there: 12$'
