# SPDX-License-Identifier: BSD-2-Clause
# The generators alone build without the runtime's dependencies, and depend on no part of it.
set -u
: "${WBPF_BUILD:?run this through ctest}"
out=$(mktemp -d /tmp/wbpf-generators.XXXXXX)
trap 'rm -rf "$out"' EXIT
fail() { echo "FAILED: $*" >&2; tail -n 40 "$out/log" >&2; exit 1; }

cmake -S "$WBPF_SOURCE" -B "$out/build" -G Ninja -DWBPF_RUNTIME=OFF -DWBPF_TESTS=OFF \
	-DWBPF_DEPS="$WBPF_DEPS" -DWASMTIME_ROOT=/nonexistent -DCMAKE_BUILD_TYPE=Debug >"$out/log" 2>&1 ||
	fail "configuring"
ninja -C "$out/build" -j 2 >"$out/log" 2>&1 || fail "building"
[[ ! -e $out/build/bin/wbpf-run ]] || fail "wbpf-run was built"
"$out/build/bin/wbpf-gen" --version >"$out/log" 2>&1 || fail "wbpf-gen --version"
ldd "$out/build/bin/wbpf-gen" >"$out/log"
! grep -q wasmtime "$out/log" || fail "wbpf-gen is linked with the engine"
cmake --install "$out/build" --prefix "$out/prefix" >"$out/log" 2>&1 || fail "installing"
"$out/prefix/bin/wbpf-gen" --help >"$out/log" 2>&1 || fail "the installed wbpf-gen"
echo "done: the generators alone"
