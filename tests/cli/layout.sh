# SPDX-License-Identifier: BSD-2-Clause
# layout, check, diff and assert: what they find, what they refuse, and the exit status of each.
source "$(dirname "$0")/lib.sh" "$1"

# make OUTPUT TEXT: an object whose types are TEXT and which uses struct event.
make() {
	printf '%s\nconst struct event *unused_event __attribute__((unused));\n' "$2" >types.bpf.c
	"$CLANG" -target bpf -g -O2 -c types.bpf.c -o "$1"
}

# tells STATUS TEXT COMMAND ARGUMENTS...: ends so, with TEXT among what it prints, nothing on
# standard error.
tells() {
	local want=$1 text=$2 status=0
	shift 2
	"$WBPF_GEN" "$@" >"$work.out" 2>"$work.err" || status=$?
	[[ $status == "$want" ]] ||
		die "wbpf-gen $*: exit status $status, not $want: $(cat "$work.out" "$work.err")"
	[[ ! -s $work.err ]] || die "wbpf-gen $*: warns: $(<"$work.err")"
	grep -qF -- "$text" "$work.out" || die "wbpf-gen $*: says: $(<"$work.out")"
	checks=$((checks + 1))
}
silent() {
	works "$@"
	[[ ! -s $work.out ]] || die "wbpf-gen $*: says: $(<"$work.out")"
}

# changes VERDICT TEXT OLD NEW: diff and check of a change, between objects and written layouts.
changes() {
	local status=0
	make old.bpf.o "$3"
	make new.bpf.o "$4"
	works layout old.bpf.o --format json -o old.json
	works layout new.bpf.o --format json -o new.json
	[[ $1 == reads ]] || status=1
	for old in old.bpf.o old.json; do
		for new in new.bpf.o new.json; do
			tells "$status" "$2" diff "$old" "$new"
			if [[ $1 == reads ]]; then
				grep -q 'misreads or misses 0$' "$work.out" || die "diff: $(<"$work.out")"
			fi
		done
	done
	tells 1 "$2" check old.json new.bpf.o
	silent diff old.bpf.o old.json
	silent diff new.json new.bpf.o
	silent check old.json old.bpf.o
}
changes reads 'b: added (int at 4)' 'struct event { int a; };' 'struct event { int a, b; };'
changes reads 'still reads it' 'struct event { int a; };' 'struct event { int a, b; };'
changes reads 'b: added (short at 4)' 'struct event { int a; long c; };' \
	'struct event { int a; short b; long c; };'
changes reads 'b: added (short at 0)' 'struct event { union { int a; }; };' \
	'struct event { union { int a; short b; }; };'
changes reads 'C: added (2)' 'enum e { A, B }; struct event { enum e e; };' \
	'enum e { A, B, C }; struct event { enum e e; };'
changes reads 'alignment: 4, now 8' 'struct event { int a, b; };' 'struct event { int a, b; long c; };'
changes reads 'in: resized from 4 bytes to 8 bytes' 'struct in { int a; }; struct event { struct in in; };' \
	'struct in { int a, b; }; struct event { struct in in; };'
changes broken 'b: moved from 4 to 8' 'struct event { int a, b; };' 'struct event { int a, c, b; };'
changes broken 'b: moved from 0 bit 3 to 0 bit 4' 'struct event { int a : 3, b : 3; };' \
	'struct event { int a : 4, b : 3; };'
changes broken 'a: resized from 3 bits to 4 bits' 'struct event { int a : 3, : 1, b : 3; };' \
	'struct event { int a : 4, b : 3; };'
changes broken 'a: resized from 4 bytes to 8 bytes, retyped from int to long' \
	'struct event { int a; };' 'struct event { long a; };'
changes broken 'a: retyped from int to unsigned int' 'struct event { int a; };' \
	'struct event { unsigned a; };'
changes broken 'a: resized from 4 bytes to 8 bytes, retyped from pid (int) to pid (long)' \
	'typedef int pid; struct event { pid a; };' 'typedef long pid; struct event { pid a; };'
changes broken 'a: retyped from const pid (int) to const pid (float)' \
	'typedef int base; typedef base pid; struct event { const pid a; };' \
	'typedef float base; typedef base pid; struct event { const pid a; };'
changes broken '  retyped from base (int) to base (float)' \
	'typedef int base; typedef base pid; struct event { const pid a; };' \
	'typedef float base; typedef base pid; struct event { const pid a; };'
changes broken 'a: retyped from in_t (struct in) to in_t (struct on)' \
	'struct in { int a; }; typedef struct in in_t; struct event { in_t a; };' \
	'struct on { int a; }; typedef struct on in_t; struct event { in_t a; };'
changes broken 'a: resized from 12 bytes to 16 bytes, retyped from row (int[3]) to row (int[4])' \
	'typedef int row[3]; struct event { row a; };' 'typedef int row[4]; struct event { row a; };'
changes broken 'a: retyped from int[4] to int[2][2]' 'struct event { int a[4]; };' \
	'struct event { int a[2][2]; };'
changes broken 'a: removed (int at 0)' 'struct event { int a, b; };' 'struct event { int c, b; };'
changes broken 'in.b: moved from 4 to 8' 'struct event { struct { int a, b; } in; };' \
	'struct event { struct { int a, c, b; } in; };'
changes broken 'size: 8 bytes, now 4' 'struct event { int a; } __attribute__((aligned(8)));' \
	'struct event { int a; };'
changes broken 'B: changed from 1 to 2' 'enum e { A, B }; struct event { enum e e; };' \
	'enum e { A, B = 2 }; struct event { enum e e; };'
changes broken 'B: removed (1, now C)' 'enum e { A, B }; struct event { enum e e; };' \
	'enum e { A, C }; struct event { enum e e; };'
changes broken 'counter: retyped from int to unsigned int' 'struct event { int x; }; int counter;' \
	'struct event { int x; }; unsigned counter;'

# An array without a length, whose elements are behind what has a size.
grows='an old reader misreads those behind the first'
changes broken "d: each element resized from 8 to 12 bytes, so $grows" \
	'struct in { int a, b; }; struct event { int n; struct in d[]; };' \
	'struct in { int a, b, c; }; struct event { int n; struct in d[]; };'
changes broken "d: each element resized from 8 to 12 bytes, so $grows" \
	'struct in { int a, b; }; struct event { int n; struct in d[0]; };' \
	'struct in { int a, b, c; }; struct event { int n; struct in d[0]; };'
changes broken "d: each element resized from 4 to 8 bytes, so $grows" \
	'struct event { int n; struct { int a; } d[]; };' \
	'struct event { int n; struct { int a, b; } d[]; };'
changes broken "d: retyped from short[0] to int[0], each element resized from 2 to 4 bytes" \
	'struct event { int n; short d[]; };' 'struct event { int n; int d[]; };'
changes broken "list: each element resized from 4 to 8 bytes" \
	'struct in { int a; }; typedef struct in list[]; struct event { struct { int n; list list; } in; };' \
	'struct in { int a, b; }; typedef struct in list[]; struct event { struct { int n; list list; } in; };'
changes broken 'd: moved from 4 to 8' 'struct event { int n; char d[]; };' \
	'struct event { int n, m; char d[]; };'
changes broken 'd: retyped from int[0][2] to int[0][3]' 'struct event { int n, d[][2]; };' \
	'struct event { int n, d[][3]; };'
behind='a field now lies behind it, where'
changes broken "d: $behind its elements were" 'struct event { int n; char d[0]; };' \
	'struct event { int n; char d[0]; int z; };'
changes broken "ids: $behind its elements were" \
	'struct event { union { int id; int ids[0]; }; };' \
	'struct event { union { int id; int ids[0]; }; int z; };'
changes broken "in: $behind the last array's elements were" \
	'struct in { int n; char d[]; }; struct event { struct in in; };' \
	'struct in { int n; char d[]; }; struct event { struct in in; int z; };'
changes broken "in: $behind the last array's elements were" \
	'typedef struct { int n; union { struct { int m; char d[0]; } x; }; } in; struct event { in in; };' \
	'typedef struct { int n; union { struct { int m; char d[0]; } x; }; } in; struct event { in in; int z; };'
changes broken "in.d: $behind its elements were" 'struct event { struct { int n; char d[0]; } in; };' \
	'struct event { struct { int n; char d[0]; int z; } in; };'
# One that only marks where the fields behind it begin has none of its own.
changes reads 'z: added (int at 4)' 'struct event { int marker[0], n; };' \
	'struct event { int marker[0], n, z; };'
changes reads 'wide: added (long at 0)' 'struct event { union { int id; int ids[0]; }; };' \
	'struct event { union { int id; int ids[0]; long wide; }; };'
# A layout that was written before elements had a size in it.
make old.bpf.o 'struct in { int a; }; struct event { int n; struct in d[]; };'
make new.bpf.o 'struct in { int a, b; }; struct event { int n; struct in d[]; };'
works layout old.bpf.o --format json -o old.json
sed -i 's/,"element":4//' old.json
silent check old.json old.bpf.o
tells 1 'd: each element resized from 4 to 8 bytes' check old.json new.bpf.o
# Of headers.
echo 'struct in { int a, b; }; struct h { int n; struct in d[]; };' >old.h
echo 'struct in { int a, b, c; }; struct h { int n; struct in d[]; };' >new.h
works layout old.h --clang "$CLANG" --format json -o old.json
tells 1 'd: each element resized from 8 to 12 bytes' diff old.h new.h --clang "$CLANG"
tells 1 'd: each element resized from 8 to 12 bytes' diff old.json new.h --clang "$CLANG"
tells 1 'd: each element resized from 8 to 12 bytes' check old.json new.h --clang "$CLANG"

# A type that is gone. Against a layout, the types of the layout are compared, and no others.
make old.bpf.o 'struct in { int a; }; struct event { int x; }; struct in in;'
make new.bpf.o 'struct event { int x; };'
works layout old.bpf.o --format json -o old.json
works layout new.bpf.o --format json -o new.json
for old in old.bpf.o old.json; do
	tells 1 'struct in: removed' diff "$old" new.bpf.o
done
tells 1 'struct in: removed' diff old.json new.json
tells 1 'struct in: removed' check old.json new.bpf.o
tells 1 'struct in: added' diff new.bpf.o old.bpf.o
silent diff new.json new.bpf.o

# How a type is spelled, what a pointer points to, and the order of definitions are no difference.
make one.bpf.o 'typedef int pid; struct b; struct event { pid a; struct b *p; }; int x;'
make two.bpf.o 'int x; struct c; struct event { int a; struct c *p; };'
works layout one.bpf.o --type event --format json -o one.json
silent diff one.bpf.o two.bpf.o --type event
silent check one.json two.bpf.o
! grep -q '"name":"x"' one.json || die "--type event takes the sections, too"
tells 0 'struct event {' layout one.bpf.o --type event

# A type that only the debug information has is found again.
printf 'struct event { int pid; };\nint f(void *p) { struct event e = {1}; return e.pid + *(int *)p; }' >hidden.c
"$CLANG" -target bpf -g -O0 -c hidden.c -o hidden.bpf.o
works layout hidden.bpf.o --type event --format json -o hidden.json
silent check hidden.json hidden.bpf.o
silent diff hidden.json hidden.bpf.o
silent diff hidden.bpf.o hidden.bpf.o --type event

# Objects of both byte orders: of the big-endian one the sections are not known, and not gone.
make little.bpf.o 'struct event { int x; }; int counter;'
"$CLANG" -target bpfeb -g -O2 -c types.bpf.c -o big.bpf.o
make more.bpf.o 'struct event { int x, y; }; int counter;'
works layout little.bpf.o --format json -o little.json
works layout big.bpf.o --format json -o big.json
for little in little.bpf.o little.json; do
	for big in big.bpf.o big.json; do
		tells 1 'byte order: little, now big' diff "$little" "$big"
		! grep -qE 'section|bss|removed' "$work.out" || die "diff: $(<"$work.out")"
		tells 1 'the byte order changed; a reader built for the old layout misreads all types' \
			diff "$big" "$little"
		! grep -qE 'section|bss|added' "$work.out" || die "diff: $(<"$work.out")"
	done
done
tells 1 'big.bpf.o differs from little.json in the byte order:' check little.json big.bpf.o
tells 1 'more.bpf.o differs from big.json in the byte order and 1 type:' check big.json more.bpf.o
tells 1 'the byte order and 1 type changed; a reader' diff big.bpf.o more.bpf.o
silent diff big.bpf.o big.json
silent check big.json big.bpf.o

# Static variables are no holes, and nobody's to read: they come and go.
cat >static.c <<-'END'
	struct event { int x; };
	unsigned long long total;
	static volatile unsigned long long cnt;
	static volatile short sv[5];
	int f(void) { static volatile int cnt; cnt++; sv[2]++; return cnt++ + total; }
	int g(void) { cnt++; return cnt; }
END
"$CLANG" -target bpf -g -O2 -c static.c -o static.bpf.o
works layout static.bpf.o -o static.txt
works layout static.bpf.o -f json -o static.json
[[ $(grep -c hole: static.txt) == 1 ]] && grep -q 'hole: 2 bytes' static.txt || die "a static variable is a hole: $(<static.txt)"
[[ $(grep -c 'static volatile' static.txt) == 3 ]] || die "static variables: $(<static.txt)"
grep -qE 'static volatile short sv\[5\]; +/\* +[0-9]+ +10 \*/' static.txt || die "$(<static.txt)"
grep -qE '"name":"sv","offset":[0-9]+,"size":10,"type":"volatile short\[5\]"' static.json ||
	die "$(<static.json)"
silent check static.json static.bpf.o
sed 's/\<sv\>/other/' static.c >other.c
"$CLANG" -target bpf -g -O2 -c other.c -o other.bpf.o
silent diff static.json other.bpf.o

# Enumerators of enums that nothing is of.
echo 'enum { EV_OPEN = 1, EV_CLOSE }; enum { NEG = -1 }; struct h { enum { IN } in; };' >old.h
echo 'enum { EV_OPEN = 1, EV_MORE, EV_CLOSE }; enum named { NEG = -2 }; struct h { enum { IN } in; };' >new.h
works layout old.h --clang "$CLANG" --format json -o old.json
works layout new.h --clang "$CLANG" --format json -o new.json
for old in old.h old.json; do
	tells 1 'EV_CLOSE: changed from 2 to 3' diff "$old" new.h --clang "$CLANG"
	tells 1 'NEG: changed from -1 to -2' diff "$old" new.h --clang "$CLANG"
done
tells 1 'EV_CLOSE: changed from 2 to 3' diff old.json new.json
tells 1 'EV_CLOSE: changed from 2 to 3' check old.json new.h --clang "$CLANG"
silent check old.json old.h --clang "$CLANG"
silent diff old.h old.json --clang "$CLANG"
tells 0 '	NEG = -1,' layout old.h --clang "$CLANG"
[[ $(grep -c '"IN"' old.json) == 1 ]] || die "a field's enumerators are constants, too: $(<old.json)"
sed 's/"value":"-1"/"value":"x"/' old.json >bad.json
fails 3 'the layout: "value" is no decimal number' check bad.json old.h --clang "$CLANG"
# Of linked sources each can have its own value for a name.
constants() {
	printf '{"wbpf_layout":1,"byte_order":"little","pointer_size":8,"types":[],"constants":['
	printf '{"name":"X","value":"%s"},' "$@" | sed 's/,$/]}/'
}
constants 3 1 2 3 >many.json
constants 2 7 >one_of.json
constants 4 0 >none_of.json
silent diff many.json one_of.json
tells 1 'X: changed from 1 to 0' diff many.json none_of.json
# An object without the enum does not differ from the header that has it.
printf '#include "old.h"\nstruct h h;\n' >one.c
"$CLANG" -target bpf -g -O2 -c one.c -o constants.bpf.o
silent check old.json constants.bpf.o
silent diff old.h constants.bpf.o --clang "$CLANG"
echo 'enum { ONLY = 1 };' >only.h
works layout only.h --clang "$CLANG" --format json -o only.json
silent check only.json only.h --clang "$CLANG"

# Failures are told apart from differences.
echo 'no layout' >bad.json
fails 3 "bad.json: line 1: no JSON" check bad.json one.bpf.o
fails 3 "none.json: cannot open" check none.json one.bpf.o
fails 3 "none.bpf.o: cannot open" check one.json none.bpf.o
fails 3 "bad.json: not an ELF file" diff bad.json one.bpf.o
fails 3 "this is a layout, which has its own" diff one.json one.bpf.o --all
fails 3 "'nothing'" diff one.bpf.o two.bpf.o --type nothing
fails 2 "missing: LAYOUT.json FILE" check one.json
fails 2 "--format: text or json, not xml" layout one.bpf.o --format xml
fails 1 "'nothing'" layout one.bpf.o --type nothing
fails 1 "no struct, union or enum to assert" assert one.bpf.o --type pid

# Nothing to compare is no success: the ring buffer's events are in the debug information alone.
cat >ring.c <<-'END'
	struct event { int pid; };
	struct { int (*type)[27]; int (*max_entries)[4096]; } ring __attribute__((section(".maps")));
	int f(void *p) { struct event e = {1}; return e.pid + *(int *)p; }
END
"$CLANG" -target bpf -g -O0 -c ring.c -o ring.bpf.o
fails 1 "use no type that has a name: name types with --type, or take all with --all" \
	layout ring.bpf.o -f json
fails 1 "use no type that has a name" layout ring.bpf.o -o ring.json
printf '{"wbpf_layout":1,"byte_order":"little","pointer_size":8,"types":[]}' >empty.json
fails 3 "empty.json: a layout without types: nothing to compare" check empty.json one.bpf.o
fails 3 "neither ring.bpf.o nor ring.bpf.o has types to compare: name types with --type" \
	diff ring.bpf.o ring.bpf.o
fails 3 "empty.json: a layout without types: nothing to compare" diff empty.json one.bpf.o
fails 3 "empty.json: a layout without types: nothing to compare" diff one.bpf.o empty.json
fails 3 "neither empty.json nor empty.json has types to compare" diff empty.json empty.json
tells 0 "struct event: added" diff empty.json one.json
silent diff ring.bpf.o ring.bpf.o --type event

status=0
"$WBPF_GEN" check old.json new.bpf.o >/dev/full 2>"$work.err" || status=$?
[[ $status == 3 ]] || die "check with standard output full: exit status $status"

# refused TEXT SED: the layout changed by a sed command is none, and the message says what is wrong.
refused() {
	sed -E "$2" one.json >bad.json
	! cmp -s one.json bad.json || die "changes nothing: $2"
	fails 3 "$1" check bad.json one.bpf.o
}
refused '"wbpf_layout" is missing' 's/wbpf_layout/layout/'
refused 'a layout of version 2' 's/"wbpf_layout":1/"wbpf_layout":2/'
refused '"byte_order" is neither' 's/little/middle/'
refused '"pointer_size" is neither' 's/"pointer_size":8/"pointer_size":5/'
refused '"types" is missing' 's/"types"/"sorts"/'
refused '"types" is no list' 's/"types":\[/"types":0,"x":[/'
refused 'struct event: "size" is no whole number' '/"event"/s/"size":16/"size":1.5/'
refused 'struct event: "size" is no whole number' '/"event"/s/"size":16/"size":-1/'
refused 'struct event: "size" is no whole number' '/"event"/s/"size":16/"size":1e300/'
refused 'struct event: "align" is missing' '/"event"/s/,"align":8//'
refused 'field a: "offset" puts the field past the end' '/"a"/s/"offset":0/"offset":13/'
refused 'field a: "kind" is none of those' '/"a"/s/"signed"/"odd"/'
refused '"name" is no identifier' 's/"a"/"a b"/'
refused '"name" is no identifier' 's/"event"/""/'
refused 'field a: "type" is too long or has control characters' '/"a"/s/"type":"/&\\u001b/'
refused '"is" is no kind of type' 's/"is":"struct"/"is":"class"/'
refused 'types" has something in it that is no type' 's/"types":\[/&7,/'
refused 'line 1: no JSON, or cut off' '1s/.*/{{/'

# Deep, long and cut off: an error, and soon.
{ printf '{"wbpf_layout":1,"byte_order":"little","pointer_size":8,"types":[{"is":"struct","name":"s",'
	printf '"size":8,"align":1'
	for ((i = 0; i < 200; i++)); do
		printf ',"fields":[{"name":"a","offset":0,"size":8,"type":"struct {...}","kind":"struct"'
	done
	for ((i = 0; i < 200; i++)); do printf '}]'; done
	printf '}]}\n'; } >bad.json
fails 3 '"fields" nests too deep' check bad.json one.bpf.o
head -c 1000000 /dev/zero | tr '\0' '[' >bad.json
fails 3 'no JSON, or cut off' check bad.json one.bpf.o
for ((n = 0; n + 2 < $(stat -c %s one.json); n += 7)); do
	head -c "$n" one.json >bad.json
	fails 3 "bad.json: " check bad.json one.bpf.o
done
for ((at = 0; at < $(stat -c %s one.json); at += 3)); do
	cp one.json bad.json
	printf '"' | dd of=bad.json bs=1 seek="$at" conv=notrunc status=none
	status=0
	"$WBPF_GEN" check bad.json one.bpf.o >"$work.out" 2>"$work.err" || status=$?
	[[ $status == 0 || $status == 1 || $status == 3 ]] || die "byte $at: exit status $status"
	checks=$((checks + 1))
done
done_well
