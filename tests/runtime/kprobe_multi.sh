# SPDX-License-Identifier: BSD-2-Clause
# kprobe_multi counts the calls that a process made, of each function that the pattern names.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tracefs
[[ -d /sys/bus/event_source/devices/kprobe ]] || skip "the kernel has no kprobes (CONFIG_KPROBES)"
grep -q -w register_fprobe /proc/kallsyms || skip "the kernel has no fprobes (CONFIG_FPROBE)"

# A file system that calls these functions no more often than programs do, as overlayfs would.
mkdir "$work/files"
mount -t tmpfs none "$work/files" || skip "no file system can be mounted here"
trap 'umount "$work/files"; cleanup' EXIT
mkfifo "$work/go"

calls() { awk -v f="$2" '$2 == f { print $1 }' "$1"; }

for variant in $variants; do
	mkdir "$work/files/"{one,one/two,three}
	touch "$work/files/"{one/leaf,one/two/leaf,three/a,three/b}
	# A process whose id is known before it does anything: 3 folders and 4 files are removed.
	bash -c 'read -r line <"$1/go" && exec rm -r "$1"/files/*' - "$work" &
	target_pid=$!
	pids+=("$target_pid")
	start $variant kprobe_multi -p "$target_pid" 'vfs_*'
	wait_line '^Counting'
	hold
	echo >"$work/go"
	wait "$target_pid"
	mkdir "$work/files/other"
	rmdir "$work/files/other" # by another process
	stop INT
	expect_status 0
	expect_nothing_left
	expect_same "$variant: counts" "3 4" "$(calls "$out" vfs_rmdir) $(calls "$out" vfs_unlink)"
	awk '$2 ~ /^vfs_/ { print $2 }' "$out" | sort >"$work/names"
	expect_same "$variant: last line" \
		"Functions: $(wc -l <"$work/names"), calls: $(awk '$2 ~ /^vfs_/ { n += $1 } END { print n }' "$out")" \
		"$(tail -n 1 "$out")"
	expect_same "$variant: names that are no symbols" "" \
		"$(awk 'NR == FNR { n[$1]; next } { delete n[$3] } END { for (x in n) print x }' "$work/names" /proc/kallsyms)"
	expect_same "$variant: order" "$(awk '$2 ~ /^vfs_/' "$out" | sort -s -k1,1nr)" "$(awk '$2 ~ /^vfs_/' "$out")"
done
