# SPDX-License-Identifier: BSD-2-Clause
# Every example, copied outside the tree, is a project that make and CMake build, to the same module; and
# is named where examples are. Those that are no libbpf programs are built by the tests.
. "$(dirname "$0")/lib.sh"

count=0
for folder in "$WBPF_SOURCE"/examples/*/; do
	name=$(basename "$folder")
	copy_example "$name"
	grep -q "^|.* \`$name\`.* |" "$WBPF_SOURCE/examples/README.md" || fail "$name is not in examples/README.md"
	if [[ -z $(find . -name "$name.c") ]]; then
		grep -q "wbpf-run bootstrap\.wasm" README.md || fail "$name: its README.md does not say how to run it"
		grep -q "/$name\b" "$WBPF_SOURCE"/tests/{runtime/languages.cmake,component/CMakeLists.txt} ||
			fail "$name: nothing builds it"
		continue
	fi
	grep -q -w "$name" "$WBPF_SOURCE/examples/CMakeLists.txt" || fail "$name is not in examples/CMakeLists.txt"
	grep -q "wbpf-run \(.* \)\?$name\.wasm" README.md || fail "$name: its README.md does not say how to run it"
	make --no-print-directory WBPF="$prefix" >"$log" 2>&1 || fail "$name: make"
	! grep -q warning "$log" || fail "$name: warnings"
	cmake -S . -B "$work/out $name" -DCMAKE_PREFIX_PATH="$prefix" >"$log" 2>&1 || fail "$name: cmake"
	cmake --build "$work/out $name" >"$log" 2>&1 || fail "$name: the build by CMake"
	cmp "build/$name.wasm" "$work/out $name/$name.wasm" >"$log" 2>&1 ||
		fail "$name: make and CMake make different modules"
	((++count))
done
((count > 1)) || fail "no examples"
echo "done: $count examples"
