#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# From exec to attached: bootstrap natively and as a module, in turn, in one run. Needs root.
#
#   tests/bench/start.sh [BUILD-FOLDER [RUNS]]
set -euo pipefail
build=${1:-$(dirname "$0")/../../build}
runs=${2:-15}
[[ $(id -u) == 0 ]] || { echo "skipped: needs root"; exit 77; }
bpftool prog show >/dev/null 2>&1 || { echo "skipped: bpf(2) is not allowed here"; exit 77; }
[[ -d /sys/kernel/tracing/events ]] || mount -t tracefs tracefs /sys/kernel/tracing ||
	{ echo "skipped: no tracefs at /sys/kernel/tracing"; exit 77; }
exec "$build/bin/bench-beside" "$runs" Watching \
	-- "$build/tests/runtime/native/bootstrap" -c none \
	-- "$build/bin/wbpf-run" "$build/examples/bootstrap/bootstrap.wasm" -c none
