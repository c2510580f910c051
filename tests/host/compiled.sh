#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# compiled.sh WBPF_RUN MODULE STATUS: modules compiled ahead of time, and the list of what is kept.
set -u
run=$1 module=$2 want=$3
work=$(mktemp -d)
trap 'umount "$work/full" 2>/dev/null; rm -rf "$work"' EXIT
export WBPF_CACHE_DIR=$work/cache
fail() { echo "FAILED: $*"; exit 1; }
expect() { # STATUS WHAT TEXT COMMAND...: what it prints has the text
	local status=$1 what=$2 text=$3
	shift 3
	"$@" >"$work/out" 2>&1
	local got=$?
	[[ $got == "$status" ]] || fail "$what: exit status $got, not $status: $(cat "$work/out")"
	[[ -z $text || $(cat "$work/out") == *"$text"* ]] || fail "$what: no '$text' in: $(cat "$work/out")"
}

# Into the cache: the next run writes nothing new.
expect 0 "an empty cache" "0 entries" "$run" cache
expect 0 "compile" "in $WBPF_CACHE_DIR" "$run" compile "$module"
expect 0 "the list" "module $module" "$run" cache
entry=$(find "$WBPF_CACHE_DIR" -type f)
inode=$(stat -c %i "$entry")
expect "$want" "a run behind it" "" "$run" "$module"
[[ $(stat -c %i "$entry") == "$inode" ]] || fail "a run behind it compiled again"
expect 0 "compile again" "" "$run" compile "$module"
touch "$WBPF_CACHE_DIR/not-ours"
expect 0 "clear" "removed 1 entries" "$run" cache --clear
expect 0 "the list then" "0 entries" "$run" cache
[[ -e $WBPF_CACHE_DIR/not-ours ]] || fail "clear: removed a file that is no entry"

# What cannot be kept is said, not passed over.
expect 125 "no folder for a cache" "there is no" env WBPF_CACHE_DIR=/dev/null/x "$run" cache
expect 125 "compile without a cache" "there is no cache" env WBPF_CACHE_DIR=/dev/null/x "$run" compile "$module"
if [[ $(id -u) == 0 ]] && mkdir "$work/full" && mount -t tmpfs -o size=4k,mode=700 none "$work/full" 2>/dev/null; then
	expect 125 "compile into a full disk" "could not be kept" env WBPF_CACHE_DIR="$work/full" "$run" compile "$module"
	expect 125 "compile to a full disk" "o.cwasm" "$run" compile -o "$work/full/o.cwasm" "$module"
	[[ -z $(ls -A "$work/full") ]] || fail "a full disk: $(ls -A "$work/full") is left"
fi
expect 0 "nothing of that is kept" "0 entries" "$run" cache

# Into a file, which runs only where that is allowed, and never in part.
file=$work/precompiled
expect 0 "compile -o" "" "$run" compile -o "$file" "$module"
[[ -z $(find "$WBPF_CACHE_DIR" -type f ! -name not-ours) ]] || fail "compile -o wrote to the cache"
expect 125 "not allowed" "--precompiled allows it" "$run" "$file"
expect "$want" "allowed" "" "$run" --precompiled "$file"
[[ -z $(find "$WBPF_CACHE_DIR" -type f ! -name not-ours) ]] || fail "a precompiled module was compiled"
expect "$want" "a module among those allowed" "" "$run" --precompiled "$module"
size=$(stat -c %s "$file")
for at in 0 7 20 100 $((size / 2)) $((size - 1)); do
	head -c "$at" "$file" >"$work/cut"
	expect 125 "cut at $at" "" "$run" --precompiled "$work/cut"
done
for at in 6 8 24 40 $((size / 2)) $((size - 1)); do
	cp "$file" "$work/bad"
	printf '\xa5' | dd of="$work/bad" bs=1 seek="$at" conv=notrunc 2>/dev/null
	expect 125 "changed at $at" "precompiled" "$run" --precompiled "$work/bad"
done
expect 125 "no module" "not a WebAssembly module" "$run" compile -o "$work/none" /bin/true
[[ ! -e $work/none ]] || fail "no module: left a file"
expect 2 "two for one file" "one module" "$run" compile -o "$work/none" "$module" "$module"
expect 2 "an argument of cache" "too many" "$run" cache "$module"
echo "compiled into the cache and into files, listed and cleared"
