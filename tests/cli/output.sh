# SPDX-License-Identifier: BSD-2-Clause
# Outputs: whole or not at all.
source "$(dirname "$0")/lib.sh" "$1"

object sections good.bpf.o
echo "not an object" >bad.bpf.o

for command in header skeleton subskeleton wit wit-decoder rust go layout assert; do
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

# What is no file is written to, and the link to it stays: a pipe has no name that could be replaced.
# (Links of our own, as a mistake would replace the system's.)
same() { # WHAT: the output is that of -o, and so is the link
	cmp layout.got layout.out || die "$1: the output differs"
	[[ -L standard && $(readlink standard) == /proc/self/fd/1 ]] || die "$1: the link is gone"
}
ln -s /proc/self/fd/1 standard
"$WBPF_GEN" layout good.bpf.o -o standard | cat >layout.got
same "a link to a pipe"
"$WBPF_GEN" layout good.bpf.o -o >(cat >piped.got)
for ((i = 0; i < 100; i++)); do
	! cmp -s piped.got layout.out || break
	sleep 0.1
done
cmp piped.got layout.out || die "a process that reads: the output differs"
mkfifo fifo
cat fifo >layout.got &
works layout good.bpf.o -o fifo
wait $!
same "a named pipe"
[[ -p fifo ]] || die "a named pipe is gone"
# A file that is standard output goes on where it is.
{ echo first && "$WBPF_GEN" layout good.bpf.o -o standard && echo last; } >all.got
{ echo first && cat layout.out && echo last; } | cmp - all.got || die "standard output begins anew"
"$WBPF_GEN" layout good.bpf.o -o standard >>layout.got
cat layout.out layout.out | cmp - layout.got || die "standard output is not appended to"
rm standard fifo

# A link stays also when nothing is behind it: that is what is created.
mkdir folder
ln -s ../made.out folder/there
ln -s folder/there there
works layout good.bpf.o -o there
[[ -L there && -L folder/there && ! -L made.out ]] || die "a link was replaced"
cmp made.out layout.out || die "behind a link: the output differs"
ln -s none/made.out nowhere
fails 1 "nowhere: none/made.out: cannot create: No such file or directory" \
	layout good.bpf.o -o nowhere
ln -s round round
fails 1 "round: cannot write: Too many levels of symbolic links" layout good.bpf.o -o round

# What is read is not written over, whatever it is called there.
ln -s good.bpf.o link.o
ln good.bpf.o hard.o
sum="$(sha256sum good.bpf.o)"
for name in good.bpf.o ./good.bpf.o folder/../good.bpf.o "$PWD/good.bpf.o" link.o hard.o; do
	for command in header skeleton wit wit-decoder rust go layout assert; do
		fails 1 "--output would write over good.bpf.o, which is read" \
			"$command" good.bpf.o -o "$name"
		fails 1 "--depfile would write over good.bpf.o, which is read" \
			"$command" good.bpf.o -o new.out --depfile "$name"
	done
	fails 1 "--output would write over good.bpf.o, which is read" header bad.bpf.o --all \
		--base good.bpf.o -o "$name"
done
fails 1 "--output would write over link.o, which is read" header link.o -o good.bpf.o
[[ -L link.o && $(sha256sum good.bpf.o) == "$sum" ]] || die "the input was changed"
echo 'struct inner { int a; };' >inner.h
printf '#include "inner.h"\nstruct event { struct inner in; };\n' >event.h
cp event.h inner.h folder
for command in header wit wit-decoder rust go layout assert; do
	fails 1 "--output would write over event.h, which is read" "$command" event.h -o event.h
	fails 1 "--output would write over inner.h, which is read" "$command" event.h -o inner.h
	fails 1 "--depfile would write over inner.h, which is read" \
		"$command" event.h -o new.out --depfile ./inner.h
done
cmp event.h folder/event.h && cmp inner.h folder/inner.h || die "the header was changed"
works header event.h -o folder/event.h

# Two outputs are two files, also when they are not there yet.
ln -s new.out new.link
for name in new.out ./new.out folder/../new.out "$PWD/new.out" new.link; do
	fails 1 "--depfile would write over the --output, new.out" \
		layout good.bpf.o -o new.out --depfile "$name"
done
fails 1 "--depfile would write over the --output, made.out" \
	layout good.bpf.o -o made.out --depfile there
cmp made.out layout.out || die "an output was changed that two options name"
works layout good.bpf.o -o /dev/null --depfile /dev/null
works layout good.bpf.o -o new.out --depfile folder/new.out
cmp new.out layout.out || die "an output of the same name elsewhere: differs"

# A limit on the size of files is an error like a full disk, and does not end the program.
echo old >kept.out
for name in kept.out new.out; do
	cp "$name" before
	(ulimit -f 6 && fails 1 "$name: cannot write: File too large" skeleton good.bpf.o -o "$name")
	cmp "$name" before || die "at the limit on sizes: the old $name was changed"
done
(ulimit -f 6 && fails 1 "limited.out: cannot write: File too large" \
	skeleton good.bpf.o -o limited.out)
(ulimit -f 1 && fails 1 "good.bpf.o: cannot strip" header good.bpf.o -o limited.out)
status=0
(ulimit -f 6 && "$WBPF_GEN" skeleton good.bpf.o >limited.out 2>err.txt) || status=$?
[[ $status == 1 && $(<err.txt) == "wbpf-gen: standard output: cannot write: File too large" ]] ||
	die "standard output at the limit on sizes: $status: $(<err.txt)"

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
