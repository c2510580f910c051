# SPDX-License-Identifier: BSD-2-Clause
# btf_view.sh TEST_BTF_VIEW BUILD: the BPF objects that the build has, of examples and of tests.
set -u
mapfile -t objects < <(find "$2/examples" "$2/tests/runtime" "$2/tests/host" "$2/tests/slim" \
	"$2/tests/golden/skeleton" -name '*.bpf.o' ! -path '*/skeleton/linked/*' | sort)
((${#objects[@]} > 10)) || { echo "FAILED: only ${#objects[@]} objects are built"; exit 1; }
exec "$1" "${objects[@]}"
