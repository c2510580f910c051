# SPDX-License-Identifier: BSD-2-Clause
# --depfile: what the output is made from, as make reads it.
source "$(dirname "$0")/lib.sh" "$1"

mkdir "a folder"
object sections 'a folder/my $prog#1.bpf.o'
works header 'a folder/my $prog#1.bpf.o' -o 'out file.h' --depfile out.d
[[ $(<out.d) == 'out\ file.h: a\ folder/my\ $$prog\#1.bpf.o' ]] || die "the rule is: $(<out.d)"

# make itself understands it: nothing to do, until the input is newer.
if command -v make >/dev/null; then
	printf 'all: out\\ file.h\n%s\n\tenv >remade\n' "$(<out.d)" >Makefile
	make -s all
	[[ ! -e remade ]] || die "make makes it again though nothing changed"
	touch -d tomorrow 'a folder/my $prog#1.bpf.o'
	make -s all
	[[ -e remade ]] || die "make does not see that the input changed"
	rm -f remade Makefile
fi
fails 1 "none/x.d: cannot create" header 'a folder/my $prog#1.bpf.o' -o new.h --depfile none/x.d
done_well
