# SPDX-License-Identifier: BSD-2-Clause
# wbpf.mk, installed, builds an example's copy outside the tree, and again what a change calls for.
. "$(dirname "$0")/lib.sh"
copy_example bootstrap
build() { make --no-print-directory WBPF="$prefix" "${flags[@]}" "$@"; }
flags=()

objects="bootstrap.bpf.o bootstrap.o bootstrap.skel.h bootstrap.types.h bootstrap.wasm"
after true; built build $objects vmlinux.h
after true; built build
after touch bootstrap.h; built build $objects
after touch bootstrap.c; built build bootstrap.o bootstrap.wasm
after touch "$prefix/share/wbpf/guest/include/bpf/libbpf.h"; built build bootstrap.o bootstrap.wasm
after touch "$prefix/share/wbpf/include/bpf/bpf_helpers.h"; built build $objects
after touch "$prefix/share/wbpf/guest/lib/libwbpf.a"; built build bootstrap.wasm
after touch "$prefix/bin/wbpf-gen"
built build bootstrap.o bootstrap.skel.h bootstrap.types.h bootstrap.wasm
flags=("WASM_CFLAGS=-O1 -DNAME='a, b'"); after true; built build bootstrap.o bootstrap.wasm
after true; built build
flags=(); after true; built build bootstrap.o bootstrap.wasm
flags=(BPF_CFLAGS=-O1); after true; built build $objects
flags=(bootstrap_WIT=yes BPF_CFLAGS=-O1); after true; built build bootstrap.wit
grep -q 'record %event' build/bootstrap.wbpf/bootstrap.wit || fail "no record in bootstrap.wit"
flags+=(bootstrap_ASSERT=bootstrap.h); after true; built build bootstrap.assert.h
after true; built build
after touch bootstrap.h; built build bootstrap.assert.h $objects bootstrap.wit
after touch "$prefix/bin/wbpf-gen"
built build bootstrap.assert.h bootstrap.o bootstrap.skel.h bootstrap.types.h bootstrap.wasm bootstrap.wit
grep -q 'WBPF_ASSERT_FIELD(struct event, pid, 4, 4);' build/bootstrap.wbpf/bootstrap.assert.h ||
	fail "no assertion in bootstrap.assert.h"

"$prefix/bin/wbpf-run" build/bootstrap.wasm --help >"$log" 2>&1 || fail "the installed wbpf-run"
grep -q 'Usage: bootstrap' "$log" || fail "the module's --help"
! grep -q -F "$work" build/bootstrap.wasm || fail "the module names the folder where it was built"

make WBPF="$prefix" clean >"$log" 2>&1 || fail "make clean"
[[ -z $(find build -type f) ]] || fail "left by make clean: $(find build -type f)"

# A source that does not compile fails the build, and leaves no module that looks new.
echo 'int x = ;' >>bootstrap.bpf.c
flags=()
build >"$log" 2>&1 && fail "a broken source was built"
[[ ! -e build/bootstrap.wasm ]] || fail "a module from a broken source"

# Several sources, one in a folder; two modules; a C header with the kernel's types; an own vmlinux.h.
mkdir "$work/two" "$work/two/src"
cd "$work/two" || exit 1
cp "$WBPF_SOURCE/examples/minimal/minimal.bpf.c" one.bpf.c
cp "$WBPF_SOURCE/examples/minimal/minimal.bpf.c" second.bpf.c
printf 'struct shared_sample { u32 pid; long when; struct sock *sk; };\n' >src/sample.h
printf '#include "%s"\n' sample.types.h one.skel.h >one.c
printf 'int helper(void);\nint main(void) { return sizeof(struct shared_sample) == 24 ? helper() : 1; }\n' >>one.c
printf 'int helper(void) { return 7; }\n' >src/helper.c
printf '#include "second.skel.h"\nint main(void) { return 8; }\n' >two.c
cat >Makefile <<'END'
WBPF_MODULES = one two
one_SOURCES = one.c src/helper.c
one_TYPES = src/sample.h
two_BPF = second.bpf.c
include $(WBPF)/share/wbpf/wbpf.mk
END
build >"$log" 2>&1 || fail "two modules"
for pair in one=7 two=8; do
	"$prefix/bin/wbpf-run" build/${pair%=*}.wasm >"$log" 2>&1
	[[ $? == "${pair#*=}" ]] || fail "the module ${pair%=*}"
done
build two_TYPES=src/second.h >"$log" 2>&1 && fail "two headers of one name"
grep -q 'both give second.types.h' "$log" || fail "two headers of one name are not named"
make WBPF="$prefix" clean >"$log" 2>&1
bpftool btf dump file /sys/kernel/btf/vmlinux format c >vmlinux.h
build >"$log" 2>&1 || fail "with a vmlinux.h of its own"
[[ ! -e build/vmlinux ]] || fail "vmlinux.h was made although there was one"

# Two BPF sources linked to one object, in the module's own section; and no longer.
make_linked
cat >Makefile <<'END'
WBPF_MODULES = linked
linked_BPF = linked.bpf.c library.bpf.c
linked_LINK = yes
linked_SUBSKELETONS = library.bpf.c
linked_SOURCES = linked.c library.c
include $(WBPF)/share/wbpf/wbpf.mk
END
flags=()
objects="library.bpf.o library.o library.subskel.h linked.bpf.o linked.bpf.o linked.o linked.skel.h linked.types.h linked.wasm"
after true; built build $objects
after true; built build
after touch library.bpf.c
built build library.bpf.o library.o library.subskel.h linked.bpf.o linked.o linked.skel.h linked.types.h linked.wasm
after touch linked.bpf.c; built build linked.bpf.o linked.bpf.o linked.o linked.skel.h linked.types.h linked.wasm
after touch library.c; built build library.o linked.wasm
"$prefix/bin/wbpf-run" build/linked.wasm >"$log" 2>&1
[[ $? == 41 ]] || fail "the linked module"
flags=(linked_EMBED=section)
build >"$log" 2>&1 || fail "with the object in a section"
grep -q -a -F wbpf.bpf.linked_bpf build/linked.wasm || fail "no section in the module"
"$prefix/bin/wbpf-run" build/linked.wasm >"$log" 2>&1
[[ $? == 41 ]] || fail "the linked module, with its object in a section"
flags=(linked_LINK=)
build >"$log" 2>&1 && fail "built without the library"
echo "done: make"
