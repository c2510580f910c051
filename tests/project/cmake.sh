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
echo "done: cmake"
