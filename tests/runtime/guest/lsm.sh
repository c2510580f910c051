# SPDX-License-Identifier: BSD-2-Clause
# BPF among the security modules.
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_bpf_lsm
needs_trampolines
run native guest_lsm
[[ $(<"$out") != 'load: NULL, errno EPERM' ]] || skip "this machine lets not even root load BPF LSM programs"

compare guest_lsm
expect_line "$out" '^refused: -EPERM, errno EPERM$'
expect_line "$out" '^asked 2 times$'
expect_line "$out" '^no more: 0$'
expect_line "$out" '^asked 1 times$'
expect_line "$out" '^seen 1$'
expect_line "$out" '^asked 3 times$'
