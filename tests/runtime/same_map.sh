# SPDX-License-Identifier: BSD-2-Clause
# What would make the kernel stop is refused by the host.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_struct_ops
needs_tcp_links

run wasm same_map
expect_status 0
expect_same "what it printed" "the same: -EINVAL
the same, by bpf(2): -EINVAL
another: 0
that once more: -EINVAL
back: 0
destroy: 0" "$(cat "$out")"
