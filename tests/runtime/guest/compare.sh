# SPDX-License-Identifier: BSD-2-Clause
# A program natively and as a module: both must print the same and end the same.
#   compare.sh NAME [ARGUMENT...]
. "$WBPF_TESTS/lib.sh"
needs_bpf
mountpoint -q /sys/fs/bpf || mount -t bpf bpf /sys/fs/bpf 2>/dev/null || skip "no BPF file system at /sys/fs/bpf"

run native "$@"
native=$status
((native == 0)) || fail "$1 natively: status $native"
run wasm "$@"
((status == native)) || fail "$1: status $native natively, $status as a module"
diff "$work/native.out" "$work/wasm.out" || fail "$1: natively (<) and as a module (>) it prints different things"
echo "$(wc -l <"$work/wasm.out") lines are the same"
