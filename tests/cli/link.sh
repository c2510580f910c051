# SPDX-License-Identifier: BSD-2-Clause
# wbpf-gen object: what is linked, what cannot be, and that failures leave nothing.
source "$(dirname "$0")/lib.sh" "$1"

compile() { # NAME, the source on standard input
	"$CLANG" -target bpf -mcpu=v3 -g -O2 -Wno-unused -x c - -c -o "$1.o"
}
names() { # FILE: the symbols that it defines and that are global, sorted
	llvm-readelf-19 -sW "$1" | awk '$5 == "GLOBAL" && $7 != "UND" { print $8 }' | sort | tr '\n' ' '
}

compile a <<'END'
char LICENSE[] __attribute__((section("license"))) = "GPL";
int shared = 1;
extern int other;
int twice(int x);
__attribute__((section("raw_tp/a"))) int prog_a(void *ctx) { return twice(shared) + other; }
END
compile b <<'END'
int other = 2;
extern int shared;
__attribute__((noinline)) int twice(int x) { return 2 * x + shared; }
__attribute__((section("raw_tp/b"))) int prog_b(void *ctx) { return twice(other); }
END

# As bpftool takes it: the output first.
works object out.o a.o b.o
[[ $(names out.o) == "LICENSE other prog_a prog_b shared twice " ]] || die "has: $(names out.o)"
works object - a.o b.o
cmp out.o "$work.out"
works object --depfile out.d 'out $1.o' a.o b.o
cmp out.o 'out $1.o'
[[ $(<out.d) == 'out\ $$1.o: a.o \'$'\n''  b.o' ]] || die "the rule is: $(<out.d)"
touch -d 2001-01-01 out.o
works object out.o a.o b.o
[[ $(stat -c %Y out.o) == "$(date -d 2001-01-01 +%s)" ]] || die "the same contents were written again"
works object --slim slim.o a.o b.o
(($(stat -c %s slim.o) <= $(stat -c %s out.o))) || die "slimming makes it larger"
works object again.o slim.o
works object alone.o a.o
works skeleton out.o
! llvm-readelf-19 -SW out.o | grep -q debug || die "debug information in the output"

# bpftool links them to the same, apart from what its version of the linker does.
if command -v /usr/sbin/bpftool >/dev/null; then
	/usr/sbin/bpftool gen object theirs.o a.o b.o
	[[ $(names theirs.o) == "$(names out.o)" ]] || die "bpftool's has: $(names theirs.o)"
fi

# A name that has two definitions, types that differ; with the file and the name.
compile b2 <<'END'
int shared = 3;
END
compile b3 <<'END'
extern long shared;
__attribute__((section("raw_tp/b"))) int prog_b(void *ctx) { return shared; }
END
compile b4 <<'END'
__attribute__((section("raw_tp/a"))) int prog_a(void *ctx) { return 0; }
END
compile b5 <<'END'
char LICENSE[] __attribute__((section("license"))) = "MIT";
END
echo old | tee kept.o >old.o
for kept in kept.o new.o; do
	fails 1 "b2.o: cannot be linked: Invalid argument (libbpf: conflicting non-weak symbol" object $kept a.o b2.o
	grep -qF "(shared) definition in 'b2.o'" "$work.err" || die "says: $(<"$work.err")"
	fails 1 "b3.o: cannot be linked" object $kept a.o b3.o
	grep -qF "global 'shared': incompatible" "$work.err" || die "says: $(<"$work.err")"
	fails 1 "b4.o: cannot be linked" object $kept a.o b.o b4.o
	grep -qF "(prog_a) definition in 'b4.o'" "$work.err" || die "says: $(<"$work.err")"
	fails 1 "b5.o: cannot be linked" object $kept a.o b5.o
	fails 1 "a.o: cannot be linked" object $kept a.o a.o
	fails 1 "none.o: " object $kept a.o none.o
	fails 1 "old.o: not an ELF file" object $kept a.o old.o
	fails 1 ".: " object $kept a.o .
done
! grep -q 'mem:' "$work.err" || die "names an address: $(<"$work.err")"
[[ $(<kept.o) == old ]] || die "a failure changed the old output"
"$CLANG" -target bpfeb -g -O2 -c "$CASES/arrays.bpf.c" -o big.o
fails 1 "big.o: big-endian" object new.o a.o big.o
"$CLANG" -c -x c /dev/null -o native.o
fails 1 "native.o: an ELF file for another machine" object new.o a.o native.o
head -c 300 a.o >cut.o
fails 1 "cut.o: cut off" object new.o cut.o b.o

# Global names need BTF; an object without either is linked to nothing.
echo 'char LICENSE[] __attribute__((section("license"))) = "GPL";' |
	"$CLANG" -target bpf -O2 -x c - -c -o plain.o
fails 1 "plain.o: cannot be linked" object new.o plain.o
grep -qF "failed to find BTF info for object 'plain.o'" "$work.err" || die "says: $(<"$work.err")"
"$CLANG" -target bpf -O2 -x c /dev/null -c -o empty.o
works object empty.out.o empty.o
fails 1 "no BTF in it" skeleton empty.out.o

fails 2 "missing: OUTPUT.bpf.o INPUT.bpf.o... (try wbpf-gen object --help)" object
fails 2 "missing: " object out.o
fails 2 "--depfile needs an output file" object --depfile x.d - a.o
fails 1 "--output would write over a.o, which is read" object a.o a.o b.o
fails 1 "--output would write over b.o, which is read" object ./b.o a.o b.o
fails 1 "--depfile would write over b.o, which is read" object --depfile b.o x.o a.o b.o
fails 1 "--depfile would write over the output, x.o" object --depfile x.o x.o a.o b.o
fails 1 "none/x.o: cannot create" object none/x.o a.o
fails 1 "/dev/full: cannot write" object /dev/full a.o
done_well
