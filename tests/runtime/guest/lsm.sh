# SPDX-License-Identifier: BSD-2-Clause
# BPF among the security modules. Where it is none, programs attach and are never asked.
. "$WBPF_TESTS/lib.sh"
needs_bpf
[[ -e /sys/kernel/security/lsm ]] || mount -t securityfs securityfs /sys/kernel/security 2>/dev/null
grep -q -w bpf /sys/kernel/security/lsm 2>/dev/null ||
	skip "BPF is not one of the kernel's security modules (lsm=...,bpf on its command line)"
run native guest_lsm
[[ $(<"$out") != 'load: NULL, errno EPERM' ]] || skip "this machine lets not even root load BPF LSM programs"

compare guest_lsm
expect_line "$out" '^refused: -EPERM, errno EPERM$'
expect_line "$out" '^asked 2 times$'
expect_line "$out" '^no more: 0$'
expect_line "$out" '^asked 1 times$'
expect_line "$out" '^seen 1$'
expect_line "$out" '^asked 3 times$'
