#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# large.sh WBPF_RUN MODULE: a module whose optimized code is not waited for when it ends: later runs have the
# fast code, or the optimized one where there was time, and compute the same.
set -u
run=$1 module=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export WBPF_CACHE_DIR=$work/cache

fail() { echo "$*"; exit 1; }
(($(stat -c %s "$module") > 256 * 1024)) || fail "the module is not large"
expected=$("$run" --no-cache "$module") || fail "it does not run"
[[ $expected == "sum "* ]] || fail "it printed: $expected"
for how in first second third; do
	got=$("$run" "$module") || fail "$how run: exit status $?"
	[[ $got == "$expected" ]] || fail "$how run: $got, not $expected"
	"$run" cache | grep -q "module .*large.wasm" || fail "$how run: nothing is kept"
done
# Damaged code is not run.
for file in "$WBPF_CACHE_DIR"/*; do
	printf 'x' | dd of="$file" bs=1 seek=5000 conv=notrunc status=none
done
got=$("$run" "$module") || fail "damaged: exit status $?"
[[ $got == "$expected" ]] || fail "damaged: $got"
"$run" compile "$module" >/dev/null || fail "cannot be compiled"
[[ $("$run" "$module") == "$expected" ]] || fail "compiled: something else"
"$run" cache
