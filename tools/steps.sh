# SPDX-License-Identifier: BSD-2-Clause
# What tools/demo.sh and tools/test.sh share: sourced, with $me and $top set.
set -euo pipefail
export LC_ALL=C
cd "$top"

say() { echo "$me: $*"; }
die() {
	echo "$me: $*" >&2
	exit 1
}

# Runs a step quietly: step TEXT COMMAND...; its output is shown when it fails.
step() {
	local text=$1 log
	shift
	say "$text"
	mkdir -p .cache
	log=$(mktemp .cache/step.XXXXXX)
	if ! "$@" >"$log" 2>&1 </dev/null; then
		tail -n 40 "$log" >&2
		mv "$log" .cache/failed-step.log
		die "that failed; the whole output is in .cache/failed-step.log"
	fi
	rm -f "$log"
}

# configure_and_build FOLDER [CMAKE-OPTION...]: nothing is done twice.
configure_and_build() {
	local dir=$1 jobs
	shift
	jobs=${WBPF_JOBS-$(nproc)}
	[[ -e $dir/build.ninja ]] || step "configuring $dir" cmake -B "$dir" -G Ninja "$@"
	step "building $dir" ninja -C "$dir" -j "$jobs"
}

is_mounted() { [[ $(stat -f -c %T "$1" 2>/dev/null) == "$2" ]]; }

# mount_missing FOLDER TYPE: as root only; says so when it mounts, and when it cannot.
mount_missing() {
	local type=$2
	[[ $type == bpf ]] && type=bpf_fs
	is_mounted "$1" "$type" && return
	[[ -d $1 ]] || { say "there is no folder $1 to mount $2 at"; return; }
	if mount -t "$2" "$2" "$1" 2>/dev/null; then
		say "mounted $2 at $1"
	else
		say "could not mount $2 at $1; what needs it will say so"
	fi
}

# File systems that BPF programs need and that a fresh machine often lacks.
mount_what_is_missing() {
	[[ $(id -u) == 0 ]] || return 0
	mount_missing /sys/kernel/tracing tracefs
	mount_missing /sys/fs/bpf bpf
	grep -q ' cgroup2 ' /proc/mounts || mount_missing /sys/fs/cgroup cgroup2
}

# Why BPF programs cannot be run here, in a sentence; empty when they can.
why_no_bpf() {
	if [[ $(id -u) != 0 ]]; then
		echo "loading BPF programs needs root; run this with sudo"
	elif [[ ! -r /sys/kernel/btf/vmlinux ]]; then
		echo "this kernel has no type information (/sys/kernel/btf/vmlinux, CONFIG_DEBUG_INFO_BTF=y)"
	elif ! bpftool prog show >/dev/null 2>&1; then
		echo "bpf(2) is refused here although this is root: a container without CAP_BPF, a kernel without CONFIG_BPF_SYSCALL, or lockdown"
	elif [[ ! -d /sys/kernel/tracing/events/sched ]]; then
		echo "no tracefs at /sys/kernel/tracing (mount -t tracefs tracefs /sys/kernel/tracing)"
	fi
}
