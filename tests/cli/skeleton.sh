# SPDX-License-Identifier: BSD-2-Clause
# Skeletons' names, and where they have the object.
source "$(dirname "$0")/lib.sh" "$1"

object sections good.bpf.o

# The name: from the file's, by option, as bpftool takes it; no longer than bpftool's.
named() { # NAME ARGUMENTS...
	local want=$1 line
	shift
	works "$@"
	line=$(grep -m 1 '^struct [a-z0-9_]* {$' "$work.out") || die "$*: no struct"
	[[ $line == "struct $want {" ]] || die "$*: $line, not $want"
}
for command in skeleton subskeleton; do
	named good_bpf $command good.bpf.o
	named other $command good.bpf.o --name other
	named other $command good.bpf.o name other
	named other $command --name=other good.bpf.o
	fails 1 "good.bpf.o: the name \"a-b\" is no C identifier" $command good.bpf.o name a-b
	fails 1 "the object's name 'while' is no identifier of C: choose one with --name" \
		$command good.bpf.o name while
	cp good.bpf.o 4-odd+name.o
	named _4_odd_name $command 4-odd+name.o
	for length in 62 63 64 65 70; do
		file=$(printf 'n%.0s' $(seq $((length - 6)))).bpf.o
		cp good.bpf.o "$file"
		# bpftool cuts the file's name before it takes off the ".o".
		want=${file:0:63}
		want=${want%.o}
		named "${want//./_}" $command "$file"
	done
	long=$(printf 'x%.0s' $(seq 80))
	named "${long:0:63}" $command good.bpf.o name "$long"
	rm ./n* 4*
done

# Where the object is.
works skeleton good.bpf.o -o plain.h
works skeleton good.bpf.o --embed array -o array.h
cmp plain.h array.h
embed() { # HOW PATTERN
	works skeleton good.bpf.o --embed "$1" -o embed.h
	grep -qF -- "$2" embed.h || die "--embed $1: no $2"
}
embed file 'path[] = "good.bpf.o";'
! grep -q 177ELF embed.h || die "--embed file: the object is in the skeleton"
embed 'file=/some where/"x".o' 'path[] = "/some where/\42x\42.o";'
embed file==x 'path[] = "=x";'
embed section .custom_section.wbpf.bpf.good_bpf,
embed section=My.one_2 .custom_section.wbpf.bpf.My.one_2,
named other skeleton good.bpf.o --embed section --name other
fails 2 "--embed: array, file[=PATH] or section[=NAME], not arr" skeleton good.bpf.o --embed arr
fails 2 "not array=x" skeleton good.bpf.o --embed array=x
fails 2 "not files" skeleton good.bpf.o --embed files
fails 2 "--embed: array, file[=PATH] or section[=NAME], not " skeleton good.bpf.o --embed=
fails 2 "--embed: a path is needed behind file=" skeleton good.bpf.o --embed file=
for name in '' 'a b' a-b 'a,b' $'a\nb' 'ä'; do
	fails 2 "cannot name a section" skeleton good.bpf.o --embed "section=$name"
done
fails 2 "--embed is given more than once: file, section" skeleton good.bpf.o --embed file --embed section
fails 2 "unknown option --embed" subskeleton good.bpf.o --embed file

# What is no object for a skeleton is none for a subskeleton.
echo 'struct event { int pid; };' >event.h
for command in skeleton subskeleton; do
	fails 1 "has types only; a skeleton is made from a BPF object file" $command event.h
	"$CLANG" -target bpfeb -g -O2 -c "$CASES/arrays.bpf.c" -o big.bpf.o
	fails 1 "big-endian" $command big.bpf.o
	rm big.bpf.o
	fails 1 "good.bpf.o, which is read" $command good.bpf.o -o good.bpf.o
done
done_well
