#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# cached.sh WBPF_RUN MODULE STATUS: whatever the state of the cache, the module runs the same.
set -u
run=$1 module=$2 want=$3
work=$(mktemp -d)
trap 'umount "$work/full" 2>/dev/null; rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; exit 1; }

expect_run() { # WHAT FOLDER [OPTION...]
	local what=$1 folder=$2
	shift 2
	WBPF_CACHE_DIR=$folder "$run" "$@" "$module" >"$work/out" 2>"$work/err"
	local status=$?
	[[ $status == "$want" ]] || fail "$what: exit status $status, not $want: $(cat "$work/err")"
	[[ ! -s $work/err ]] || fail "$what: says $(cat "$work/err")"
}
entries() { find "$1" -type f 2>/dev/null; }
expect_entries() { # FOLDER COUNT WHAT
	local n
	n=$(entries "$1" | wc -l)
	[[ $n == "$2" ]] || fail "$3: $n entries, not $2"
}

cache=$work/a/cache
expect_run "without a cache" "$cache" --no-cache
expect_entries "$cache" 0 "without a cache"
expect_run "cold" "$cache"
expect_entries "$cache" 1 cold
entry=$(entries "$cache")
cp "$entry" "$work/good"

# The code that a warm run uses is the entry's: it is not written again.
touch -d '2001-01-01' "$entry"
inode=$(stat -c %i "$entry")
expect_run warm "$cache"
[[ $(stat -c %i "$entry") == "$inode" ]] || fail "warm: the entry was written again"
[[ $(stat -c %Y "$entry") -gt 1000000000 ]] || fail "warm: the entry was not used"

# Cut off, changed, of another machine or engine: compiled again, and kept.
truncate -s 1000 "$entry"
expect_run "cut off" "$cache"
cmp -s "$entry" "$work/good" || fail "cut off: not replaced"
printf 'x' | dd of="$entry" bs=1 seek=2000 conv=notrunc 2>/dev/null
expect_run changed "$cache"
cmp -s "$entry" "$work/good" || fail "changed: not replaced"
: >"$entry"
expect_run empty "$cache"
cmp -s "$entry" "$work/good" || fail "empty: not replaced"

# Where somebody else could write, nothing is read or written.
printf 'x' | dd of="$entry" bs=1 seek=2000 conv=notrunc 2>/dev/null
cp "$entry" "$work/bad"
chmod 777 "$cache"
expect_run "open folder" "$cache"
cmp -s "$entry" "$work/bad" || fail "open folder: written"
chmod 700 "$cache"

expect_run "no folder to be had" /dev/null/cache
if [[ $(id -u) == 0 ]] && mkdir "$work/full" && mount -t tmpfs -o size=4k,mode=700 none "$work/full" 2>/dev/null; then
	expect_run "full disk" "$work/full"
	expect_entries "$work/full" 0 "full disk"
fi

# Several at once.
rm -rf "$cache"
for _ in 1 2 3 4; do
	WBPF_CACHE_DIR=$cache "$run" "$module" >/dev/null 2>&1 &
	pids+=($!)
done
for pid in "${pids[@]}"; do
	wait "$pid"
	status=$?
	[[ $status == "$want" ]] || fail "at once: exit status $status"
done
expect_entries "$cache" 1 "at once"
echo "cold, warm, damaged, open, full and racing caches: the same"
