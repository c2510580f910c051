#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# no_btf.sh WBPF_RUN MODULE: without the kernel's types a module that needs them ends with libbpf's
# reason, and is not the end of the host.
set -u
[[ $(id -u) == 0 ]] || { echo "skipped: needs root"; exit 77; }
unshare -m true 2>/dev/null || { echo "skipped: no mount namespaces here"; exit 77; }
cache=$(mktemp -d)
trap 'rm -rf "$cache"' EXIT
out=$(WBPF_CACHE_DIR=$cache timeout 60 unshare -m sh -c \
	'mount -t tmpfs none /sys/kernel/btf && mount -t tmpfs none /boot && exec "$@"' - "$1" "$2" 2>&1)
status=$?
echo "$out"
[[ $status == 1 ]] || { echo "FAILED: exit status $status, not 1"; exit 1; }
[[ $out == *"kernel BTF is missing"* ]] || { echo "FAILED: the reason is not said"; exit 1; }
