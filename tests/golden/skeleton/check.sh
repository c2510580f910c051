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
	if [[ $name == whole ]]; then
		grep -v '^"' "$1"
	else
		sed -n '/^#ifndef/p; /^struct .*{$/,/^$/p; /s->name = /,/return 0;/p; /__assert(/,/^}/p' "$1"
	fi
}

# The members of the skeleton's structs, in order, without padding and bitfields: what a user's code
# names.
members() {
	sed -n '/^struct .*{$/,/__cplusplus/p' "$1" |
		sed -nE 's| */\*.*\*/||; s/ __attribute__.*\)\)//; /: ?[0-9]+;/d
			s/\[.*;/;/; s/\(\*([a-zA-Z0-9_]+)\)\(.*;/ \1;/
			s/^.*[ \t*]([A-Za-z0-9_]+);$/\1/p' |
		grep -v '^__pad'
}

mkdir -p "$work"
cd "$work"
"$CLANG" -target bpf -mcpu=v3 -g -O2 -Wall -Werror -Wno-unused -isystem "$LIBBPF/include" \
	-c "$here/$name.bpf.c" -o "$name.bpf.o"
"$WBPF_GEN" skeleton "$name.bpf.o" -o "$name.skel.h"
shape "$name.skel.h" >shape.h
if [[ ${UPDATE-} ]]; then
	cmp -s shape.h "$here/$name.expected.h" || cp shape.h "$here/$name.expected.h"
	exit 0
fi
diff -u "$here/$name.expected.h" shape.h || die "not as expected (golden-update rewrites it)"

{
	if [[ -e $here/$name.h ]]; then echo "#include \"$here/$name.h\""; fi
	echo "#include \"$name.skel.h\""
} >unit.c
cp unit.c unit.cc
strict=(-Wall -Wextra -Werror -I. -I"$here" -isystem "$LIBBPF/include")
wasm=("${strict[@]}" --target=wasm32-wasi)
if [[ -e ${GUEST-} ]]; then
	wasm=("${wasm[@]/"$LIBBPF/include"/"$GUEST/include"}")
else
	wasm+=(-isystem "$LIBBPF/source/include/uapi" -isystem "$here/../../../runtime-min/guest/include")
fi
"$CC" "${strict[@]}" -c unit.c -o unit.o || die "the C compiler refuses it"
"$CXX" "${strict[@]}" -c unit.cc -o unit.o || die "the C++ compiler refuses it"
"$CLANG" "${wasm[@]}" -c unit.c -o unit.o || die "clang refuses it for wasm32"
"$CLANG" "${wasm[@]}" -x c++ -c unit.cc -o unit.o || die "clang refuses it for wasm32 as C++"

# The assertions bite: with one variable moved by a byte, it compiles nowhere.
sed '0,/^\t\t*struct .*__.* {$/s//&\n\t\tchar moved;/' "$name.skel.h" >moved.skel.h
if ! cmp -s "$name.skel.h" moved.skel.h; then
	sed "s/$name.skel.h/moved.skel.h/" unit.c >moved.c
	! "$CC" "${strict[@]}" -c moved.c -o unit.o 2>moved.log || die "compiles with a variable moved"
	grep -q 'unexpected offset' moved.log || die "a moved variable: $(head -n 3 moved.log)"
	! "$CLANG" "${wasm[@]}" -c moved.c -o unit.o 2>moved.log ||
		die "compiles with a variable moved, for wasm32"
	grep -q 'unexpected offset' moved.log || die "a moved variable: $(head -n 3 moved.log)"
fi

if [[ -e $here/$name.use.c ]]; then
	"$CC" -g "${strict[@]}" -o use "$here/$name.use.c" "$LIBBPF/lib/libbpf.a" -lelf -lz ||
		die "its user does not compile"
	./use || die "its user fails"
	if [[ -e ${GUEST-} ]]; then
		"$CLANG" -O2 "${wasm[@]}" -o use.wasm "$here/$name.use.c" -L"$GUEST/lib" -lwbpf ||
			die "its user does not compile for wasm32"
		"$WBPF_RUN" use.wasm || die "its user fails as a module"
	fi
fi

# bpftool, as far as Debian's old one knows what the case shows: not struct_ops and arenas, and it
# has a member for constants without variables.
case $name in arena | sections | struct_ops) exit 0 ;; esac
if [[ -x ${BPFTOOL-} ]]; then
	"$BPFTOOL" gen skeleton "$name.bpf.o" >bpftool.skel.h 2>bpftool.log || die "$(cat bpftool.log)"
	members bpftool.skel.h >theirs
	[[ -s theirs ]] || die "found no members in bpftool's skeleton"
	diff -u theirs <(members "$name.skel.h") || die "bpftool's skeleton has other members"
fi
