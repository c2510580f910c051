# SPDX-License-Identifier: BSD-2-Clause
# The installed CMake package, moved to a path with a space, builds an example's copy outside the
# tree, and again what a change calls for; with Ninja and with make.
. "$(dirname "$0")/lib.sh"
mv "$prefix" "$work/moved prefix"
prefix="$work/moved prefix"
copy_example bootstrap
sed -i 's/^wbpf_add_module(.*)$/wbpf_add_module(bootstrap WIT ASSERT bootstrap.h)/' CMakeLists.txt
grep -q WIT CMakeLists.txt || fail "the example's CMakeLists.txt is not what this test expects"

objects="bootstrap.0.o bootstrap.assert.h bootstrap.bpf.o bootstrap.skel.h bootstrap.types.h bootstrap.wasm bootstrap.wit"
for generator in Ninja "Unix Makefiles"; do
	out="$work/out $generator"
	configure() { cmake -S . -B "$out" -G "$generator" -DCMAKE_PREFIX_PATH="$prefix" "$@" >"$log" 2>&1; }
	build() { cmake --build "$out"; }
	configure || fail "configure with $generator"
	after true; built "$out" $objects
	after true; built "$out"
	after touch bootstrap.h; built "$out" $objects
	after touch bootstrap.c; built "$out" bootstrap.0.o bootstrap.wasm
	after touch "$prefix/share/wbpf/guest/include/bpf/libbpf.h"; built "$out" bootstrap.0.o bootstrap.wasm
	after touch "$prefix/share/wbpf/guest/lib/libwbpf.a"; built "$out" bootstrap.wasm
	after touch "$prefix/bin/wbpf-gen"
	built "$out" bootstrap.0.o bootstrap.assert.h bootstrap.skel.h bootstrap.types.h bootstrap.wasm \
		bootstrap.wit
	after configure "-DWASM_CFLAGS=-O1;-DNAME=a b"; built "$out" bootstrap.0.o bootstrap.wasm
	after configure; built "$out"
	"$prefix/bin/wbpf-run" "$out/bootstrap.wasm" --help >"$log" 2>&1 || fail "the installed wbpf-run"
	grep -q 'Usage: bootstrap' "$log" || fail "the module's --help"
	! grep -q -F "$work" "$out/bootstrap.wasm" || fail "the module names the folder where it was built"
done

# What the package cannot do is said at configure time.
sed -i 's/(bootstrap WIT .*)/(bootstrap TYPES bootstrap.h)/' CMakeLists.txt
configure && fail "two headers of one name were accepted"
grep -q 'rename one' "$log" || fail "two headers of one name are not named"
sed -i 's/(bootstrap TYPES .*)/(bootstrap SUORCES x.c)/' CMakeLists.txt
configure && fail "a misspelt argument was accepted"
grep -q 'SUORCES' "$log" || fail "a misspelt argument is not named"

# Two BPF sources linked to one object, in the program and in the module's own section.
make_linked
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.25)
project(linked NONE)
find_package(wbpf REQUIRED)
wbpf_add_module(linked BPF linked.bpf.c library.bpf.c LINK SUBSKELETONS library.bpf.c
  SOURCES linked.c library.c)
wbpf_add_module(section BPF linked.bpf.c library.bpf.c LINK SUBSKELETONS library.bpf.c EMBED section=linked
  SOURCES section.c library.c)
END
sed 's/linked\([_.]\)/section\1/g; s/linked_bpf/section_bpf/g' linked.c >section.c
generator=Ninja out="$work/out linked"
configure || fail "configure of a linked module"
build >"$log" 2>&1 || fail "linked modules"
for module in linked section; do
	"$prefix/bin/wbpf-run" "$out/$module.wasm" >"$log" 2>&1
	[[ $? == 41 ]] || fail "the module $module"
done
grep -q -a -F wbpf.bpf.linked "$out/section.wasm" || fail "no section in the module"
after true; built "$out"
after touch library.c; built "$out" library.1.o library.1.o linked.wasm section.wasm
after touch library.bpf.c
built "$out" library.1.o library.1.o library.bpf.o library.bpf.o library.subskel.h library.subskel.h \
	linked.0.o linked.bpf.o linked.skel.h linked.types.h linked.wasm section.0.o section.bpf.o section.skel.h \
	section.types.h section.wasm
echo "done: cmake"
