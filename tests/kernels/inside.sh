#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The first process from init.sh on: mounts what programs expect, and runs jobs, or a shell.
#   inside.sh jobs|shell BOOT
mode=$1 boot=$2
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LC_ALL=C.UTF-8
export OUT=/run/out

mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts /dev/shm
mount -t devpts -o ptmxmode=666 devpts /dev/pts
mount -t tmpfs shm /dev/shm
ln -sf /proc/self/fd /dev/fd
ln -sf /proc/self/fd/0 /dev/stdin
ln -sf /proc/self/fd/1 /dev/stdout
ln -sf /proc/self/fd/2 /dev/stderr
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t bpf bpf /sys/fs/bpf
mount -t debugfs debugfs /sys/kernel/debug
mount -t tracefs tracefs /sys/kernel/tracing
mount -t securityfs securityfs /sys/kernel/security
busybox ifconfig lo 127.0.0.1 up
echo wbpf >/proc/sys/kernel/hostname
echo 0 >/proc/sys/kernel/kptr_restrict
echo -1 >/proc/sys/kernel/perf_event_paranoid

# The kernel's own modules, and what loads them when the kernel asks for one.
mkdir -p /lib/modules /run/bin
mount -o bind "$boot/lib/modules" /lib/modules
ln -s "$(command -v busybox)" /run/bin/modprobe
ln -s "$(command -v busybox)" /run/bin/poweroff
export PATH="$PATH:/run/bin"
echo /run/bin/modprobe >/proc/sys/kernel/modprobe

if [ "$mode" = shell ]; then
	cd /tmp || cd /
	export PS1='\h \w # ' TERM=linux
	echo "Linux $(uname -r); what is written goes to memory, but in $OUT; 'exit' ends the machine"
	setsid busybox cttyhack bash --norc
	exec poweroff -f
fi

for job in "$OUT"/jobs/*.sh; do
	job=${job%.sh}
	: >"$job.started"
	read -r before _ </proc/uptime
	setsid sh "$job.sh" >"$job.out" 2>"$job.err" </dev/null &
	wait $!
	status=$?
	kill -s KILL -- -$! 2>/dev/null # what it left behind
	read -r after _ </proc/uptime
	echo "$status $before $after" >"$job.new"
	mv "$job.new" "$job.status"
done
: >"$OUT/done"
exec poweroff -f
