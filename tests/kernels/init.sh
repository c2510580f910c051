#!/bin/busybox sh
# SPDX-License-Identifier: BSD-2-Clause
# The first process of a booted kernel: makes this machine's files the root, below a layer in memory
# that takes what is written, and goes on with inside.sh.
/bin/busybox --install -s /bin
# OUT, BOOT: folders of this machine; INSIDE: inside.sh; MODE; FILES: virtiofs or 9p. For another
# architecture also ROOT: what runs on it; and PROGRAMS, a folder that lies above BELOW.
. /settings

stop() {
	echo "init: $*"
	poweroff -f
}

share() { # TAG FOLDER [OPTION-OF-9P]
	case $FILES in
	9p) mount -t 9p -o "trans=virtio,version=9p2000.L,msize=512000,${3:-cache=loose}" "$1" "$2" ;;
	*) mount -t virtiofs "$1" "$2" ;;
	esac
}

mount -t devtmpfs dev /dev
exec </dev/console >/dev/console 2>&1
for module in /modules/*.ko; do
	insmod "$module" || stop "insmod $module"
done
share host /host || stop "no files of the host"
mount -t tmpfs -o size=80% room /room
mkdir /room/above /room/work
if [ -n "$ROOT" ]; then # a file system of its own: what lies inside another layer cannot be one
	mkdir /programs
	share root /programs || stop "no programs for this machine"
fi
mount -t overlay -o "lowerdir=${ROOT:+/programs:}/host,upperdir=/room/above,workdir=/room/work" all /all ||
	stop "no layer above the files of the host"
if [ -n "$PROGRAMS" ]; then
	mkdir /room/above2 /room/work2
	mount -t overlay -o "lowerdir=/host$PROGRAMS:/host$BELOW,upperdir=/room/above2,workdir=/room/work2" \
		programs "/all$BELOW" || stop "no layer for $PROGRAMS"
fi

# The one folder of the host that can be written.
mount -t tmpfs run /all/run
mkdir /all/run/out
if [ "$FILES" = 9p ]; then
	share out /all/run/out cache=none
else
	mount -o bind "/host/$OUT" /all/run/out
fi || stop "no folder for what comes out"
umount -l /host
exec switch_root /all /bin/sh "$INSIDE" "$MODE" "$BOOT"
