# SPDX-License-Identifier: BSD-2-Clause
# A program natively and as a module: both must print the same and end the same.
#   compare.sh NAME [ARGUMENT...]
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_bpffs

compare "$@"
