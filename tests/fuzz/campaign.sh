#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# Fuzzes one target for some seconds: campaign.sh BUILD TARGET SECONDS WORK
# BUILD was configured with -DWBPF_FUZZ=ON. In WORK: TARGET.corpus (goes on from there when it is
# there), TARGET.found (what failed), TARGET.log, and seeds. Exit status 1 when something was found.
set -euo pipefail
[[ $# == 4 ]] || { sed -n '3,5s/^# //p' "$0" >&2; exit 2; }
build=$1 target=$2 seconds=$3 work=$4
here=$(cd "$(dirname "$0")" && pwd)

mkdir -p "$work/$target.corpus" "$work/$target.found"
seeds=$work/seeds
[[ -d $seeds ]] || python3 "$here/seeds.py" "$seeds" "$here/../.." clang-19 llvm-objcopy-19 gcc \
	"$build/bin/make_btf" "$build/bin/wbpf-gen"
options=()
[[ ! -e $here/$target.dict ]] || options+=(-dict="$here/$target.dict")
folders=("$work/$target.corpus" "$seeds/$target")
[[ ! -d $here/findings/$target ]] || folders+=("$here/findings/$target")
found=$(ls "$work/$target.found" | wc -l)
# What is freed and kept for ASan would soon be most of what counts against the limit below.
export ASAN_OPTIONS=quarantine_size_mb=16${ASAN_OPTIONS+:$ASAN_OPTIONS}
nice -n 15 "$build/bin/fuzz-$target" -fork=1 -ignore_crashes=1 -ignore_timeouts=1 -ignore_ooms=1 \
	-rss_limit_mb=512 -malloc_limit_mb=256 -timeout=5 -max_len=16384 -print_final_stats=1 \
	-max_total_time="$seconds" -artifact_prefix="$work/$target.found/" "${options[@]}" \
	"${folders[@]}" >>"$work/$target.log" 2>&1 || true
(($(ls "$work/$target.found" | wc -l) == found))
