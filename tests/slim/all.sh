# SPDX-License-Identifier: BSD-2-Clause
# all.sh TEST_SLIM BUILD: the BPF objects that the build has, of examples and of tests. This kernel
# need not take them; what it takes or refuses has to be the same slimmed.
set -u
[[ $(id -u) == 0 ]] || { echo "skipped: needs root"; exit 77; }
mapfile -t objects < <(find "$2/examples" "$2/tests/runtime" "$2/tests/host" "$2/tests/golden/skeleton" \
	-name '*.bpf.o' ! -path '*/skeleton/linked/*' | sort)
((${#objects[@]} > 10)) || { echo "FAILED: only ${#objects[@]} objects are built"; exit 1; }
out=$("$1" --any "${objects[@]}" 2>&1) || { tail -n 40 <<<"$out"; exit 1; }
echo "${#objects[@]} objects, of which $(grep -c 'not loaded here' <<<"$out") do not load here"
