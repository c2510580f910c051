# SPDX-License-Identifier: BSD-2-Clause
# The sections for tracing, among them those for the functions of kernels and programs.
. "$WBPF_TESTS/lib.sh"
. "$WBPF_TESTS/guest/kinds.sh"
needs_bpf
needs_bpffs
needs_tracefs
needs_cgroups
group=$cgroups/wbpf-attach-$$
mkdir "$group" || skip "no cgroup can be made at $cgroups"
trap 'rmdir "$group" 2>/dev/null; cleanup' EXIT

PATH=$WBPF_NATIVE:$PATH # sections name the actor
sections_of attach_trace
compare_with_actor guest_attach_trace "$group" "$WBPF_NATIVE/actor" "${sections[@]}"
expect_kinds attach_trace
