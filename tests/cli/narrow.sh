# SPDX-License-Identifier: BSD-2-Clause
# BTF of 32-bit machines: pointers and longs have 4 bytes, and 8-byte fields may be aligned to 4.
source "$(dirname "$0")/lib.sh" "$1"

cat >types.h <<-'END'
	struct list { struct list *next, *prev; };
	struct event {
		long a;
		void *p;
		char c;
		long long l;
		unsigned long n;
		struct list link;
		unsigned long bits : 5, more : 27;
		void (*call)(int);
		unsigned long list[3];
		double d;
	};
	struct __attribute__((packed)) tight { char c; long l; void *p; long long ll; };
END
cat >types.c <<-'END'
	#include "types.h"
	struct event e;
	struct tight t;
END
if ! "$CC" -m32 -gbtf -c types.c -o types.o 2>gcc.log; then
	echo "$CC makes no BTF for a 32-bit machine: $(head -n 1 gcc.log)"
	exit 77
fi
"$MAKE_BTF" raw types.o types.btf
cat >judge.h <<-'END'
	#define AT(type, field, offset) \
		_Static_assert(__builtin_offsetof(struct type, field) == offset, #field)
	_Static_assert(sizeof(struct event) == 60 && sizeof(struct tight) == 17, "sizes");
	_Static_assert(sizeof(((struct event *)0)->a) == 4 && sizeof(((struct event *)0)->p) == 4, "");
	AT(event, l, 12); AT(event, link, 24); AT(event, call, 36); AT(event, list, 40);
	AT(event, d, 52); AT(tight, l, 1); AT(tight, p, 5); AT(tight, ll, 9);
END
printf '#include "types.h"\n#include "judge.h"\n' >original.c
"$CLANG" --target=i386-linux-gnu -fsyntax-only original.c || die "the test itself is wrong"
printf '#include "out.h"\n#include "judge.h"\n' >ours.c
for file in types.o types.btf; do
	works header "$file" --all -o out.h
	"$CLANG" --target=wasm32-wasi -Wall -Werror -fsyntax-only ours.c || die "$file: wrong layout"
done

# Without "long" there is nothing but the places of pointers to tell.
printf 'struct list { struct list *next, *prev; } a; struct solo { int *x; } b;\n' >few.c
"$CC" -m32 -gbtf -c few.c -o few.o
"$MAKE_BTF" raw few.o few.btf
printf '#include "out.h"\n_Static_assert(sizeof(struct solo) == 4, "");\n' >ours.c
works header few.btf --all -o out.h
"$CLANG" --target=wasm32-wasi -fsyntax-only ours.c || die "few.btf: wrong layout"
printf 'struct list { struct list *next, *prev; } a;\n' >few.c
"$CC" -gbtf -c few.c -o few.o
"$MAKE_BTF" raw few.o few.btf
works header few.btf --all -o out.h
grep -q "uint64_t next;" out.h || die "few.btf: wrong pointers"
done_well
