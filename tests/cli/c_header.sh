# SPDX-License-Identifier: BSD-2-Clause
# C headers as input: what they may look like, how they are compiled, and what is said when they are
# not.
source "$(dirname "$0")/lib.sh" "$1"

# refuses FIRST SECOND ARGUMENTS...: ends with 1, FIRST in the line that is wbpf-gen's, SECOND among
# the compiler's own errors below it; nothing printed, no file left.
refuses() {
	local first=$1 second=$2 status=0 before
	shift 2
	before=$(ls -A)
	"$WBPF_GEN" "$@" >"$work.out" 2>"$work.err" || status=$?
	[[ $status == 1 ]] || die "wbpf-gen $*: exit status $status: $(<"$work.err")"
	head -n 1 "$work.err" | grep -qF -- "$first" || die "wbpf-gen $*: says: $(<"$work.err")"
	tail -n +2 "$work.err" | grep -qxF -- "$second" || die "wbpf-gen $*: says: $(<"$work.err")"
	[[ $(wc -l <"$work.err") -le 6 ]] || die "wbpf-gen $*: too long: $(<"$work.err")"
	[[ ! -s $work.out ]] || die "wbpf-gen $*: printed something though it failed"
	[[ $(ls -A) == "$before" ]] || die "wbpf-gen $*: left a file: $(ls -A)"
	checks=$((checks + 1))
}

# shows TEXT ARGUMENTS...: works, with TEXT in what it prints.
shows() {
	local text=$1
	shift
	works "$@"
	grep -qF -- "$text" "$work.out" || die "wbpf-gen $*: prints: $(<"$work.out")"
}

struct='struct event { long when; void *address; };'
echo "$struct" >event.h
commands=(header wit wit-decoder rust go layout assert)

# Files that are none, and names that are odd.
mkdir folder.h 'a folder'
mkfifo pipe.h
: >empty.h
printf '#define A 1\nint variable;\nstruct only_declared;\n' >no_types.h
echo '#include "event.h"' >others.h
echo 'no C at all' >text.h
ln -s nowhere.h dangling.h
for command in "${commands[@]}"; do
	works "$command" event.h
	fails 1 "none.h: cannot open: No such file or directory" "$command" none.h
	fails 1 "dangling.h: cannot open: No such file or directory" "$command" dangling.h
	fails 1 "folder.h: cannot read: Is a directory" "$command" folder.h
	fails 1 "pipe.h: a C header must be a regular file" "$command" pipe.h
	for none in empty no_types others; do
		fails 1 "$none.h: declares no struct, union, enum or typedef" "$command" "$none.h"
	done
done
fails 3 "none.h: cannot open" diff none.h event.h
fails 1 "event.h: has types only; a skeleton is made from a BPF object file" skeleton event.h
fails 1 "event.h: a C header needs no --base" header event.h --base x
fails 1 "event.h: neither it nor what it includes has a type 'none'" header event.h --type none
refuses "text.h: " "text.h:1:1: error: unknown type name 'no'" header text.h
shows 'struct event {' header others.h --type event
shows 'struct event {' header others.h --all
for name in 'a folder/an event.h' ./-dash.h '$dollar#hash.h' "quote'.h" $'\xe4.h' '%s.h'; do
	cp event.h "$name"
	shows 'int64_t when' header "$name"
	works header "$name" -o out.h
	"$CLANG" --target=wasm32-wasi -Wall -Werror -fsyntax-only -x c out.h || die "$name"
done
for name in 'two"quotes.h' 'back\slash.h'; do
	cp event.h "$name"
	fails 1 "cannot be read: rename it" header "$name"
done

# Headers that the compiler refuses.
echo 'class event { int pid; };' >cxx.h
refuses "cxx.h: $CLANG cannot compile it for BPF" "cxx.h:1:1: error: unknown type name 'class'" \
	header cxx.h --clang "$CLANG"
for ((i = 0; i < 9; i++)); do echo "struct s$i { u$i a; };"; done >many.h
refuses "it gets what is behind --, as in -- -I DIR" "many.h:5:13: error: unknown type name 'u4'" \
	layout many.h
echo '#include "deep/types.h"' >includes.h
echo "$struct" >>includes.h
refuses "includes.h: " "includes.h:1:10: fatal error: 'deep/types.h' file not found" header includes.h
echo '#include "itself.h"' >itself.h
refuses "itself.h: " "itself.h:1:10: error: #include nested too deeply" header itself.h
printf 'struct event { int pid; }\n#include "event.h"\n' >later.h
refuses "later.h: " "event.h:1:8: error: redefinition of 'event'" header later.h
echo 'struct v { struct { int x __attribute__((vector_size(16))); } in; };' >vector.h
fails 1 "vector.h: debug information at" layout vector.h
grep -q '(field x in v): a vector' "$work.err" || die "does not name the vector: $(<"$work.err")"
# Of three bytes, an atomic type has four.
for type in 'v { int a; struct { _Atomic(struct three) x[2]; } in; }' 'v { _Atomic(three) x; }' \
	'v { _Atomic(three) x; }; struct w { _Atomic(three) y; }'; do
	echo "typedef struct three { char a[3]; } three; struct $type;" >atomic.h
	fails 1 "(field x in v): an _Atomic type that is larger than it would be" layout atomic.h
done
cat >atomic.h <<'EOF'
struct three { char a[3]; }; struct four { char a[4]; }; struct nine { char a[9]; };
struct v { _Atomic(struct three) *p; _Atomic(struct four) x[3]; _Atomic(struct nine) y; _Atomic int i;
	};
EOF
works assert atomic.h -o atomic_assert.h
"$CLANG" --target=bpf -Werror -fsyntax-only -include ./atomic.h -x c atomic_assert.h ||
	die "the assertions about atomic types do not hold"
printf 'struct \303\251v { int a; };\n' >letters.h
fails 1 "the name is no identifier" header letters.h

# Arguments for the compiler. Types of what "-include" brings are not the header's own.
mkdir deep
echo 'typedef unsigned int u32; struct deep { int d; };' >deep/types.h
shows 'int64_t when' header includes.h -- -I . -DX='a b'
echo 'struct needs { u32 a; struct deep *p; DEFINED b; };' >needs.h
shows '	u32 a;' header needs.h -- -include deep/types.h -DDEFINED=long
grep -qF 'int64_t b; /* long */' "$work.out" || die "-D: $(<"$work.out")"
! grep -q 'struct deep {' "$work.out" || die "types of -include are taken for the header's"
shows 'int32_t d' header needs.h --all -- -include deep/types.h -DDEFINED=long
shows 'int64_t when' header includes.h -- -I. -ffile-prefix-map="$PWD=/gone" -fdebug-prefix-map=.=/gone
printf '#pragma once\n%s\n' "$struct" >once.h
shows 'int64_t when' header once.h -- -include "$PWD/deep/../once.h"
shows 'int64_t when' header event.h -- -g0 -Werror -fno-debug-macro -O2 -mcpu=v3
fails 1 "event.h: the compiler wrote something else than an object for BPF" header event.h -- -E
fails 1 "event.h: the compiler wrote something else" header event.h -- --target=wasm32
shows '"byte_order":"big"' layout event.h --format json -- --target=bpfeb
refuses "event.h: " "$(basename "$CLANG"): error: no such file or directory: 'x.c'" header event.h -- x.c

# Flags of a build: none leaves a file beside what is asked for, or makes another kind of object.
before=$(ls -A)
echo 'int f(void);' >>event.h
for flags in -gsplit-dwarf -gsplit-dwarf=single -save-temps --save-temps=obj -save-stats=cwd \
	-ftime-trace -ftime-trace=trace.json -fsave-optimization-record=yaml --coverage -coverage \
	-ftest-coverage -fprofile-arcs '-foptimization-record-file=x -fsave-optimization-record' \
	-fproc-stat-report=stat '--serialize-diagnostics x.dia' -flto=thin -fstack-usage; do
	shows 'int64_t when' header event.h -- $flags
	[[ $(ls -A) == "$before" ]] || die "$flags: leaves a file: $(ls -A)"
done

# Macros: what an included header defines alike stays, what it defines otherwise is not the header's.
printf '#define LENGTH 16\n#define OTHER 1\n#define CALLED 1\n' >macros.h
sed 's/ 1$/ 2/; s/CALLED/&()/' macros.h >macros_again.h
printf '#include "macros_again.h"\n%s\n' "$struct" >>macros.h
shows '#define LENGTH 16' header macros.h
! grep -qE 'define (OTHER|CALLED)' "$work.out" || die "a macro of another file: $(<"$work.out")"
for ((i = 0; i < 60000; i++)); do echo "#define M$i $i"; done >many_macros.h
echo "$struct" >>many_macros.h
"$WBPF_GEN" header many_macros.h >"$work.out" || die "60,000 macros: $?"
[[ $(grep -c '^#define M' "$work.out") == 60000 ]] || die "macros are lost"

# Of 4000 members without a name, each gets one in WIT, the next number.
{
	echo 'struct unions {'
	for ((i = 0; i < 4000; i++)); do echo "union { int a$i, b$i; };"; done
	echo '};'
} >unions.h
"$WBPF_GEN" wit unions.h >"$work.out" || die "4000 unions: $?"
[[ $(grep -c 'union-n[0-9]*: list<u8>' "$work.out") == 3999 ]] || die "unions: $(grep -m 3 list "$work.out")"
grep -q 'union-n4000: list<u8>' "$work.out" || die "unions are numbered otherwise"

# #line: what is below it is still the header's, not so what is included from a file of that name.
mkdir lines
echo 'struct other_grammar { int a; };' >lines/grammar.y
cat >lines.h <<'EOF'
#include "lines/grammar.y"
struct l1 { int a; };
#line 1 "grammar.y"
#define BELOW 1
struct l2 { int a; };
/* A comment.
#line 1 FILE
*/ // /*
#line 50
struct l3 { int a; };
  # line 7 ".//of/\"a\".y" // as bison writes it
struct l4 { int a; };
#line 1 "/none/b.y"
struct l5 { int a; };
# 100 "lines.h"
enum l6 { L6 };
EOF
for flags in '' "-ffile-prefix-map=$PWD=. -fdebug-prefix-map=/none=." -fdebug-compilation-dir=/gone; do
	shows '#define BELOW 1' header lines.h -- $flags
	[[ $(grep -cE '^(struct l[1-5]|enum l6) {' "$work.out") == 6 ]] || die "#line: $(<"$work.out")"
	! grep -q other_grammar "$work.out" || die "#line: a file's that is included: $(<"$work.out")"
done
for line in '#line 7 FILE' '#line NUMBER'; do
	printf '#define FILE "a.y"\n#define NUMBER 7 FILE\n%s\n%s\n' "$line" "$struct" >line.h
	fails 1 'line.h: line 3: the file that #line names is in a macro' header line.h
done

# The compiler: named, from the environment, missing, failing.
clang=$CLANG
fails 1 "event.h: a C header is compiled for BPF, and ./none cannot be run: No such file" \
	header event.h --clang ./none
CLANG=./none fails 1 "./none cannot be run" header event.h
CLANG=./none works header event.h --clang "$clang"
printf '#!/bin/sh\nkill -9 $$\n' >killed
printf '#!/bin/sh\nexit 7\n' >silent
printf '#!/bin/sh\nexec "%s" "$@"\n' "$clang" >wrapper
printf '#!/bin/sh\necho "too early"\n' >talks
chmod +x killed silent wrapper talks
fails 1 "event.h: ./killed was ended by signal 9 (Killed)" header event.h --clang ./killed
fails 1 "event.h: ./silent ended with status 7 and no error message" header event.h --clang ./silent
fails 1 "the compiler wrote something else" header event.h --clang ./talks
mkdir tmp
TMPDIR=$PWD/tmp works header event.h --clang ./wrapper
[[ -z $(ls -A tmp) ]] || die "leaves temporary files: $(ls -A tmp)"
cp wrapper clang
for file in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
	eval "\"\$WBPF_GEN\" header event.h -o closed.h $file" || die "with $file: exit status $?"
	grep -q int64_t closed.h || die "with $file: $(<closed.h)"
	rm closed.h
done
CLANG= PATH=$PWD "$WBPF_GEN" header event.h >/dev/null || die "does not find clang"
rm clang
status=0
CLANG= PATH=$PWD "$WBPF_GEN" header event.h 2>"$work.err" || status=$?
[[ $status == 1 && $(<"$work.err") == *"there is neither clang-19 nor clang: install one"* ]] ||
	die "without clang: $status: $(<"$work.err")"

# Interrupted while the compiler runs, by Ctrl-C and alone: nothing is left, the compiler neither.
printf '#!/bin/sh\necho $$ >"$PID_FILE"\nexec sleep 60\n' >slow
chmod +x slow
before=$(ls -A)
for how in '--signal=INT' '--signal=INT --foreground' '--signal=TERM --foreground'; do
	status=0
	PID_FILE=$work.pid TMPDIR=$PWD/tmp timeout $how --preserve-status 1 "$WBPF_GEN" header event.h \
		-o interrupted.h --depfile interrupted.d --clang ./slow >"$work.out" 2>&1 || status=$?
	[[ $status == 130 || $status == 143 ]] || die "$how: exit status $status: $(<"$work.out")"
	[[ $(ls -A) == "$before" && -z $(ls -A tmp) ]] || die "$how: leaves a file: $(ls -A . tmp)"
	for ((i = 0; i < 50; i++)); do
		[[ $(cat "/proc/$(<"$work.pid")/comm" 2>/dev/null) == sleep ]] || break
		sleep 0.1
	done
	[[ $i -lt 50 ]] || die "$how: the compiler goes on"
	checks=$((checks + 1))
done

# --depfile: what was included, too.
mkdir 'in cluded'
printf '#pragma once\n#include "more.h"\n' >'in cluded/$one.h'
: >'in cluded/more.h'
printf '#include "in cluded/$one.h"\n%s\n' "$struct" >dep.h
works header dep.h -o out.h --depfile out.d
printf '%s \\\n' 'out.h: dep.h' '  in\ cluded/$$one.h' '  in\ cluded/more.h' '' | sed '$d' |
	sed '$s/ \\$//' >want.d
printf '%s:\n' 'in\ cluded/$$one.h' 'in\ cluded/more.h' >>want.d
diff -u want.d out.d || die "the rule is: $(<out.d)"
if command -v make >/dev/null; then
	printf 'all: out.h\n%s\nout.h:\n\ttouch remade\n' "$(<out.d)" >Makefile
	make -s all
	[[ ! -e remade ]] || die "make makes it again though nothing changed"
	touch -d tomorrow 'in cluded/more.h'
	make -s all
	[[ -e remade ]] || die "make does not see that an included header changed"
	rm -f remade 'in cluded/more.h'
	make -s all || die "make wants an included header that is gone"
	[[ -e remade ]] || die "make does not see that an included header is gone"
	: >'in cluded/more.h'
fi

# Compared: with what was written, with another header, with the object.
works layout event.h --format json -o event.json
works check event.json event.h
echo "const struct event *unused __attribute__((unused)); $struct" >event.bpf.c
"$clang" -target bpf -g -O2 -c event.bpf.c -o event.bpf.o
mkdir new
echo "struct more { int a; }; $struct struct more2 { int a; };" >new/event.h
echo 'struct event { int when; void *address; };' >other.h
for pair in "event.h event.bpf.o" "event.bpf.o event.h" "event.json event.h" "event.h event.json" \
	"event.h event.h" "event.h others.h" "event.bpf.o event.bpf.o"; do
	status=0
	[[ $pair != *others.h ]] || pair="$pair --type event"
	"$WBPF_GEN" diff $pair >"$work.out" 2>&1 || status=$?
	[[ $status == 0 && ! -s $work.out ]] || die "diff $pair: $status: $(<"$work.out")"
	checks=$((checks + 1))
done
for pair in "event.h other.h" "event.bpf.o other.h" "other.h event.bpf.o" "event.json other.h"; do
	status=0
	"$WBPF_GEN" diff $pair >"$work.out" 2>&1 || status=$?
	[[ $status == 1 && $(<"$work.out") == *"when: resized"* ]] ||
		die "diff $pair: $status: $(<"$work.out")"
	checks=$((checks + 1))
done
# A type that moved to what the header includes is still there.
printf '#include "event.h"\nstruct more { int a; };\n' >moved.h
"$WBPF_GEN" diff event.h moved.h >"$work.out"
[[ $(<"$work.out") == "struct more: added"* && $(<"$work.out") != *"struct event"* ]] ||
	die "diff event.h moved.h: $(<"$work.out")"
status=0
"$WBPF_GEN" check event.json other.h >"$work.out" || status=$?
[[ $status == 1 ]] || die "check: $status: $(<"$work.out")"

# A type that an unused pointer reaches first is still one type.
printf 'typedef unsigned int id_t_; enum mode { ON }; struct one { id_t_ *p; enum mode *q; };
struct two { id_t_ a; enum mode m; }; struct two (*rows)[2]; struct three { struct two (*r)[2]; };\n' \
	>twice.h
works layout twice.h --format json -o twice.json
! grep -q '"number"' twice.json || die "a type is there twice: $(<twice.json)"
works check twice.json twice.h
[[ ! -s $work.out ]] || die "differs from itself: $(<"$work.out")"
done_well
