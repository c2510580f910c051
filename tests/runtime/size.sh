# SPDX-License-Identifier: BSD-2-Clause
# A module with its BPF object stays small.
. "$(dirname "$0")/lib.sh"

for file in "$WBPF_EXAMPLES"/*/*.wasm; do
	size=$(stat -c %s "$file")
	echo "${file##*/}: $size bytes"
	((size <= 65536)) || fail "${file##*/} has $size bytes, more than 65536"
done
