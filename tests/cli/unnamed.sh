# SPDX-License-Identifier: BSD-2-Clause
# Fields without a name, of types that have one (-fms-extensions, as Linux has it since 6.19): their
# fields are those of the struct that they are in, and headers need no extension of C.
source "$(dirname "$0")/lib.sh" "$1"

cat >types.h <<-'END'
	struct first { short a; char b; };
	typedef struct { int c; } second;
	union either { int x; char y; };
	struct outer { char z; struct first; union { second; long l; }; union either; long w; };
END
printf '#include "types.h"\nstruct outer o;\n' >types.bpf.c
cat >judge.h <<-'END'
	#define AT(field, offset) _Static_assert(__builtin_offsetof(struct outer, field) == offset, #field)
	AT(z, 0); AT(a, 2); AT(b, 4); AT(c, 8); AT(l, 8); AT(x, 16); AT(y, 16); AT(w, 24);
	_Static_assert(sizeof(struct outer) == 32, "size");
END
bpf() { "$CLANG" -target bpf -fms-extensions -w -g -O2 "$@"; }
cat types.h judge.h | bpf -x c -fsyntax-only - || die "the test itself is wrong"
bpf -c types.bpf.c -o types.bpf.o

works header types.bpf.o -o out.h
cat out.h judge.h >ours.c
"$CLANG" --target=wasm32-wasi -std=gnu11 -Wall -Werror -fsyntax-only ours.c || die "wrong layout in C"
sed 's/_Static_assert/static_assert/' ours.c >ours.cc
"$CLANG" --target=wasm32-wasi -Wall -Werror -Wno-invalid-offsetof -fsyntax-only ours.cc ||
	die "wrong layout in C++"

# What such a field holds has moved when it has.
works layout --format json types.bpf.o -o before.json
sed -i 's/char z; //; s/long w;/& char z;/' types.h
bpf -c types.bpf.c -o types.bpf.o
status=0
"$WBPF_GEN" diff before.json types.bpf.o >changes || status=$?
[[ $status == 1 ]] && grep -q '^  a: moved from 2 to 0$' changes || die "diff: $status: $(<changes)"
done_well
