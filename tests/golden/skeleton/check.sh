#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# One golden case of the C skeleton: check.sh CASE FOLDER. Compiles CASE.bpf.c, compares what varies
# in the skeleton with CASE.expected.h, and has compilers judge all of it: C and C++, natively and
# for wasm32. CASE.h, when there is one, is what a user includes first; CASE.use.c is built against
# libbpf and run, and as a module when there is a runtime.
#
# WBPF_GEN, CLANG, LIBBPF, CC, CXX, BPFTOOL, and with a runtime GUEST and WBPF_RUN come from CMake;
# with UPDATE=1 the expectation is rewritten.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
name=$1
work=$2
die() {
	echo "$name: $*"
	exit 1
}

# The embedded object's bytes are the compiler's affair. The functions are the same in every case,
# so only one shows them.
shape() {
	case $name in
	whole | embed_*)
		grep -v -e '^"' -e '^	x("' "$1" ;;
	*)
		sed -n '/^#ifndef/p; /^struct .*{$/,/^$/p; /s->name = /,/return 0;/p; /__assert(/,/^}/p
			/s->obj = src/,/return 0;/p' "$1" ;;
	esac
}

# The members of the skeleton's structs, in order, without padding and bitfields: what a user's code
# names.
members() {
	sed -n '/^struct .*{$/,/__cplusplus/p' "$1" |
		sed -nE 's| */\*.*\*/||; s/union \{ [^;]*\*([a-zA-Z0-9_]+); uint64_t __\1_room; \};/ \1;/; s/ __attribute__.*\)\)//; /: ?[0-9]+;/d
			s/\[.*;/;/; s/\(\*([a-zA-Z0-9_]+)\)\(.*;/ \1;/
			s/^.*[ \t*]([A-Za-z0-9_]+);$/\1/p' |
		grep -v '^__pad'
}

compile_bpf() { # NAME
	"$CLANG" -target bpf -mcpu=v3 -g -O2 -Wall -Werror -Wno-unused -isystem "$LIBBPF/include" \
		-c "$here/$1.bpf.c" -o "$1.bpf.o"
}

# expect TEXT: what varies in it is what the file beside the case has.
expect() {
	shape "$1" >shape.h
	if [[ ${UPDATE-} ]]; then
		cmp -s shape.h "$here/$2" || cp shape.h "$here/$2"
		return
	fi
	diff -u "$here/$2" shape.h || die "not as expected (golden-update rewrites it)"
}

# A unit that includes the headers compiles everywhere; it and what compilers say are in unit.*.
compiles_everywhere() {
	printf '#include "%s"\n' "$@" >unit.c
	cp unit.c unit.cc
	"$CC" "${strict[@]}" -c unit.c -o unit.o || die "the C compiler refuses it"
	"$CXX" "${strict[@]}" -c unit.cc -o unit.o || die "the C++ compiler refuses it"
	"$CLANG" "${wasm[@]}" -c unit.c -o unit.o || die "clang refuses it for wasm32"
	"$CLANG" "${wasm[@]}" -x c++ -c unit.cc -o unit.o || die "clang refuses it for wasm32 as C++"
}

compiles_nowhere() { # TEXT, with unit.c
	! "$CC" "${strict[@]}" -c unit.c -o unit.o 2>moved.log || die "compiles with a variable moved"
	grep -q "$1" moved.log || die "a moved variable: $(head -n 3 moved.log)"
	! "$CLANG" "${wasm[@]}" -c unit.c -o unit.o 2>moved.log ||
		die "compiles with a variable moved, for wasm32"
	grep -q "$1" moved.log || die "a moved variable: $(head -n 3 moved.log)"
}

# A user of it runs natively and, when there is a runtime, as a module; the module is left there.
runs() { # SOURCE
	"$CC" -g "${strict[@]}" -o use "$here/$1" "$LIBBPF/lib/libbpf.a" -lelf -lz ||
		die "its user does not compile"
	./use || die "its user fails"
	if [[ -e ${GUEST-} ]]; then
		"$CLANG" -O2 "${wasm[@]}" -Wl,--strip-all -o use.wasm "$here/$1" -L"$GUEST/lib" -lwbpf ||
			die "its user does not compile for wasm32"
		"$WBPF_RUN" --dir . use.wasm || die "its user fails as a module"
	fi
}

mkdir -p "$work"
cd "$work"
rm -f -- *.wasm
strict=(-Wall -Wextra -Werror -I. -I"$here" -isystem "$LIBBPF/include")
wasm=("${strict[@]}" --target=wasm32-wasi)
if [[ -e ${GUEST-} ]]; then
	wasm=("${wasm[@]/"$LIBBPF/include"/"$GUEST/include"}")
else
	wasm+=(-isystem "$LIBBPF/source/include/uapi" -isystem "$here/../../../runtime-min/guest/include")
fi
headers=()
[[ ! -e $here/$name.h ]] || headers=("$name.h")
options=()
[[ ! -e $here/$name.options ]] || read -ra options <"$here/$name.options"

compile_bpf "$name"
if [[ -e $here/$name.library.bpf.c ]]; then
	compile_bpf "$name.library"
	"$WBPF_GEN" object "$name.linked.bpf.o" "$name.bpf.o" "$name.library.bpf.o"
	mv "$name.linked.bpf.o" "$name.bpf.o"
fi
"$WBPF_GEN" skeleton "$name.bpf.o" -o "$name.skel.h" "${options[@]}"
expect "$name.skel.h" "$name.expected.h"
if [[ -e $here/$name.sub.expected.h ]]; then
	sub=$name
	[[ ! -e $here/$name.library.bpf.c ]] || sub=$name.library
	"$WBPF_GEN" subskeleton "$sub.bpf.o" name "${name}_lib" -o "$name.subskel.h"
	expect "$name.subskel.h" "$name.sub.expected.h"
fi
[[ ! ${UPDATE-} ]] || exit 0

if [[ -e $name.subskel.h ]]; then
	compiles_everywhere "${headers[@]}" "$name.subskel.h"
fi
compiles_everywhere "${headers[@]}" "$name.skel.h"

# The assertions bite: with one variable moved by a byte, it compiles nowhere.
sed '0,/^\t\t*struct .*__.* {$/s//&\n\t\tchar moved;/' "$name.skel.h" >moved.skel.h
if ! cmp -s "$name.skel.h" moved.skel.h; then
	sed -i "s/$name.skel.h/moved.skel.h/" unit.c
	compiles_nowhere 'unexpected offset'
fi

if [[ -e $here/$name.before.sh ]]; then . "$here/$name.before.sh"; fi
if [[ -e $here/$name.use.c ]]; then runs "$name.use.c"; fi
if [[ -e $here/$name.check.sh ]]; then . "$here/$name.check.sh"; fi

# bpftool, as far as Debian's old one knows what the case shows: not struct_ops and arenas, and it
# has a member for constants without variables.
case $name in arena | sections | struct_ops) exit 0 ;; esac
if [[ -x ${BPFTOOL-} ]]; then
	"$BPFTOOL" gen skeleton "$name.bpf.o" >bpftool.skel.h 2>bpftool.log || die "$(cat bpftool.log)"
	members bpftool.skel.h >theirs
	[[ -s theirs ]] || die "found no members in bpftool's skeleton"
	diff -u theirs <(members "$name.skel.h") || die "bpftool's skeleton has other members"
fi
