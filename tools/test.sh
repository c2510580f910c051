#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# Sets up and builds what is missing, then runs all tests: in build/ everything, in build-asan/ the
# host's and the generators' again under ASan and UBSan, and in build-arm64/ what runs on an arm64 kernel in
# qemu. Further arguments go to ctest.
me=test
top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tools/steps.sh
. "$top/tools/steps.sh"

tools/setup.sh
mount_what_is_missing
reason=$(why_no_bpf)
[[ -z $reason ]] || say "tests on the live kernel will be skipped: $reason"

# A folder that the demo configured lacks the tests.
[[ ! -e build/CMakeCache.txt ]] || cmake -B build -DWBPF_TESTS=ON >/dev/null
configure_and_build build
configure_and_build build-asan -DWBPF_SANITIZE=ON

# What runs on another machine's kernel.
if [[ -e .cache/deps/arm64 && -e .cache/kernels/arm64-6.12/vmlinux.btf ]]; then
	[[ -e build-arm64/build.ninja ]] || step "configuring build-arm64" \
		cmake -B build-arm64 -G Ninja -DCMAKE_TOOLCHAIN_FILE=tests/kernels/arm64.cmake
	step "building build-arm64" ninja -C build-arm64 -j "${WBPF_JOBS-$(nproc)}" for-arm64
fi

# What the sanitizers cannot see into has run without them.
unchecked='^((bench|lint|project)\.|kernels\.(judge|run)-)'
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
failed=0
# What has the live kernel to itself, or measures, runs alone; the others two at a time.
apart='^(cli|fuzz|golden|kernels|oracle|project|property|unit)\.'
run_tests() { # LOG FOLDER EXCLUDED [CTEST-OPTION...]
	local log=$1 dir=$2 excluded=$3
	shift 3
	ctest --test-dir "$dir" --output-on-failure -E "$excluded" "$@" 2>&1 | tee -a "$log" || failed=1
}
run_all_tests() { # LOG FOLDER EXCLUDED [CTEST-OPTION...]
	if (($# > 3)); then
		run_tests "$@"
	else
		run_tests "$@" -R "$apart" -j "$(nproc)"
		run_tests "$1" "$2" "$3|$apart"
	fi
}
say "running all tests"
run_all_tests "$logs/build" build 'no-such-test' "$@"
# Figures, of which nothing is asserted.
awk '/^[0-9]+\/[0-9]+ Testing: / { bench = $3 ~ /^bench\./; name = $3; next }
bench && /median/ { print "test: " name; on = 1 }
/^<end of output>/ { on = 0 }
on' build/Testing/Temporary/LastTest.log 2>/dev/null || true
say "running the tests of host and generators under ASan and UBSan"
run_all_tests "$logs/asan" build-asan "$unchecked" "$@"

python3 -B tests/kernels/table.py build/doc/kernels.md build/results "$logs/build"

# One line for all; ctest counts a skipped test as passed.
awk '/^ *[0-9]+\/[0-9]+ Test +#/ {
	if (/\*\*\*Skipped/) skipped++
	else if (/ Passed /) passed++
	else bad++
}
END { printf "%d passed, %d failed, %d skipped\n", passed, bad, skipped }' "$logs/build" "$logs/asan"
exit $failed
