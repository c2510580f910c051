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
# The rule of a C header is the same whatever a build's own flags say about such files.
mkdir part
echo 'struct part { int a; };' >part/part.h
printf '#include "part/part.h"\nstruct event { struct part a; };\n' >event.h
works header event.h -o event.out.h --depfile out.d
printf '%s \\\n' 'event.out.h: event.h' '  part/part.h' | sed '$s/ \\$//' >want.d
echo 'part/part.h:' >>want.d
diff -u want.d out.d || die "the rule is: $(<out.d)"
for flags in -MP -MMD '-MD -MP -MF own.d' '-MQ a:b' '-MT a:b' -MTa:b '-MV -MG' '-MM' -M '-MJ own.json' \
	--write-user-dependencies '-Xclang -MP -DX' -Wp,-MP -Wp,-MMD,own.d '-Wp,-MT,a:b -Wp,-MP' \
	'-Xclang -MT -Xclang a:b' '-MF -Xclang' -MF; do
	rm out.d
	works header event.h -o event.out.h --depfile out.d -- $flags
	diff -u want.d out.d || die "with $flags the rule is: $(<out.d)"
	[[ ! -e own.d && ! -e own.json ]] || die "$flags: writes a file"
done

fails 1 "none/x.d: cannot create" header 'a folder/my $prog#1.bpf.o' -o new.h --depfile none/x.d
done_well
