# SPDX-License-Identifier: BSD-2-Clause
# Inputs that cannot be read: each is told apart, and the message says what to do.
source "$(dirname "$0")/lib.sh" "$1"

object sections good.bpf.o
commands=(header skeleton wit wit-decoder rust go layout assert)

: >empty.o
echo "not an object" >text.o
printf '\177ELF' >magic.o
echo 'struct s { int x; } x;' >x.c
"$CLANG" -c x.c -o native.o
"$CLANG" --target=i386-linux-gnu -c x.c -o native32.o
"$CLANG" --target=wasm32-wasi -c x.c -o wasm.o
"$CLANG" -target bpf -O2 -c x.c -o nodebug.bpf.o
"$CLANG" -target bpfeb -g -O2 -c x.c -o big.bpf.o
head -c 4096 /dev/zero >noise.o
printf '\237\353\001\000\030\000\000\000' >short.btf
mkdir folder.o
mkfifo pipe.o

for command in "${commands[@]}"; do
	works "$command" good.bpf.o
	fails 1 "none.o: cannot open: No such file or directory" "$command" none.o
	fails 1 "folder.o: cannot read: Is a directory" "$command" folder.o
	fails 1 "empty.o: the file is empty" "$command" empty.o
	fails 1 "text.o: not an ELF file" "$command" text.o
	fails 1 "noise.o: not an ELF file" "$command" noise.o
	fails 1 "wasm.o: not an ELF file" "$command" wasm.o
	fails 1 "magic.o: cut off" "$command" magic.o
	fails 1 "native.o: an ELF file for another machine (62), not for BPF" \
		"$command" native.o
	fails 1 "native32.o: an ELF file for another machine (3), not for BPF" "$command" native32.o
	fails 1 "nodebug.bpf.o: no BTF in it: compile with clang -target bpf -g" "$command" nodebug.bpf.o
	fails 1 "short.btf: damaged BTF" "$command" short.btf
done

# Types of another byte order can be read; what would have to run with them cannot be made.
for command in header wit wit-decoder rust go layout; do
	works "$command" big.bpf.o
done
fails 1 "big.bpf.o: big-endian" skeleton big.bpf.o
fails 1 "big.bpf.o: big-endian" assert big.bpf.o
fails 1 "big.bpf.o: big-endian" rust --skeleton big.bpf.o
fails 1 "big.bpf.o: big-endian" go --skeleton big.bpf.o
fails 1 "a BPF object needs no --base" header big.bpf.o --base good.bpf.o
"$CLANG" -target bpfeb -O2 -c x.c -o big-nodebug.bpf.o
fails 1 "big-nodebug.bpf.o: no BTF in it: compile with clang -target bpf -g" header big-nodebug.bpf.o
head -c 700 big.bpf.o >big-short.bpf.o
fails 1 "big-short.bpf.o: cut off" header big-short.bpf.o

fails 1 'const struct missing *' header good.bpf.o --type missing
fails 1 "good.bpf.o: " header good.bpf.o --type "struct missing"
fails 1 'the name "3d" is no C identifier' skeleton good.bpf.o --name 3d

# A type that is only declared; raw BTF.
object longs longs.bpf.o
fails 1 "hidden" header longs.bpf.o --type hidden
fails 1 "hidden" rust longs.bpf.o --type hidden
fails 1 "good.bpf.o: 'a b' cannot be the name of a package" go good.bpf.o --package "a b"
if [[ -r /sys/kernel/btf/vmlinux ]]; then
	fails 1 "name some with --type" header /sys/kernel/btf/vmlinux
	fails 1 "has types only; a skeleton is made from a BPF object file" \
		rust --skeleton --type task_struct /sys/kernel/btf/vmlinux
	works header /sys/kernel/btf/vmlinux --type task_struct
	fails 1 "no_such_struct_at_all" header /sys/kernel/btf/vmlinux --type no_such_struct_at_all
fi

# The same input gives the same bytes, wherever it lies and whatever it is called.
mkdir elsewhere
cp good.bpf.o elsewhere/
for command in "${commands[@]}"; do
	works "$command" good.bpf.o -o one
	works "$command" elsewhere/good.bpf.o -o two
	cmp one two || die "$command: differs from one folder to the other"
	works "$command" "$PWD/good.bpf.o" -o two
	cmp one two || die "$command: differs by the path"
done
done_well
