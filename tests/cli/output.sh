# SPDX-License-Identifier: BSD-2-Clause
# Outputs: whole or not at all.
source "$(dirname "$0")/lib.sh" "$1"

object sections good.bpf.o
echo "not an object" >bad.bpf.o

for command in header skeleton wit layout assert; do
	works "$command" good.bpf.o -o "$command.out"
	"$WBPF_GEN" "$command" good.bpf.o >stdout.out
	cmp "$command.out" stdout.out || die "$command: standard output differs from -o"
	"$WBPF_GEN" "$command" good.bpf.o -o - | cmp - stdout.out || die "$command: -o - differs"
	works "$command" -o after.out good.bpf.o
	cmp after.out stdout.out
	rm after.out

	fails 1 "none/x.h: cannot create: No such file or directory" "$command" good.bpf.o -o none/x.h
	fails 1 "good.bpf.o/x.h: " "$command" good.bpf.o -o good.bpf.o/x.h
	fails 1 "/dev/full: cannot write: No space left on device" "$command" good.bpf.o -o /dev/full
	fails 1 ".: " "$command" good.bpf.o -o .
	status=0
	"$WBPF_GEN" "$command" good.bpf.o >/dev/full 2>err.txt || status=$?
	[[ $status == 1 ]] || die "$command: exit status $status with standard output full"
	grep -q "wbpf-gen: standard output: cannot write: No space left on device" err.txt ||
		die "$command: says: $(<err.txt)"
	rm err.txt

	# A failure leaves what was there, a success replaces it in one step and keeps its mode.
	echo old >kept.out
	chmod 640 kept.out
	fails 1 "bad.bpf.o: not an ELF file" "$command" bad.bpf.o -o kept.out
	[[ $(<kept.out) == old ]] || die "$command: a failure changed the old output"
	works "$command" good.bpf.o -o kept.out
	cmp kept.out stdout.out
	[[ $(stat -c %a kept.out) == 640 ]] || die "$command: the mode was not kept"
	touch -d 2001-01-01 kept.out
	works "$command" good.bpf.o -o kept.out
	[[ $(stat -c %Y kept.out) == "$(date -d 2001-01-01 +%s)" ]] ||
		die "$command: the same contents were written again"
	rm kept.out stdout.out
done

# A disk that fills up while the file is being written: the old one stays.
if [[ $(id -u) == 0 ]] && mkdir small && mount -t tmpfs -o size=16k tmpfs small 2>/dev/null; then
	echo old >small/skeleton.h
	object maps maps.bpf.o
	head -c 12000 /dev/zero >small/filler
	fails 1 "small/skeleton.h: cannot write: No space left on device" \
		skeleton maps.bpf.o -o small/skeleton.h
	left="$(ls -A small)" old="$(<small/skeleton.h)"
	umount small
	[[ $left == $'filler\nskeleton.h' && $old == old ]] || die "a full disk left: $left, $old"
fi
done_well
