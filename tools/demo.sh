#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# From a .bpf.c file to a sandboxed module that prints real kernel events, in a few steps. Run as
# root; sets up and builds what is missing first.
me=demo
top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tools/steps.sh
. "$top/tools/steps.sh"

build=${WBPF_BUILD-build}
[[ $(id -u) == 0 ]] || die "$(why_no_bpf)"
# The demo needs no test tools.
tools/setup.sh --group runtime
mount_what_is_missing
reason=$(why_no_bpf)
[[ -z $reason ]] || die "$reason"
[[ -e $build/build.ninja ]] ||
	step "configuring $build" cmake -B "$build" -G Ninja -DWBPF_TESTS=OFF
step "building (some minutes the first time)" \
	ninja -C "$build" -j "${WBPF_JOBS-$(nproc)}" wbpf-gen wbpf-run bootstrap

work=$(mktemp -d /tmp/demo.XXXX)
child=
trap '[[ -n $child ]] && kill "$child" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
object=$build/examples/bootstrap/bootstrap.wbpf/bootstrap.bpf.o
gen=$build/bin/wbpf-gen
cp "$object" "$work/bootstrap.bpf.o"

show() { # FILE LINES PATTERN: some lines from where the pattern is
	sed -n "/$3/,+$(($2 - 1))s/^/    | /p" "$1"
}
say "1. wbpf-gen header bootstrap.bpf.o: the kernel's layout, for wasm32"
"$gen" header "$work/bootstrap.bpf.o" -o "$work/bootstrap.types.h"
show "$work/bootstrap.types.h" 12 '^struct event {'
say "2. wbpf-gen skeleton bootstrap.bpf.o: what libbpf programs include"
"$gen" skeleton "$work/bootstrap.bpf.o" -o "$work/bootstrap.skel.h"
show "$work/bootstrap.skel.h" 17 '^struct bootstrap_bpf {'
say "3. wbpf-gen wit bootstrap.bpf.o: the same types for component tools"
"$gen" wit "$work/bootstrap.bpf.o" -o "$work/bootstrap.wit"
show "$work/bootstrap.wit" 12 'record %event {'

say "4. clang --target=wasm32-wasi: examples/bootstrap/bootstrap.c, an ordinary libbpf program"
clang=$(sed -n 's/^WBPF_CLANG:[A-Z]*=//p' "$build/CMakeCache.txt" | head -n 1)
"${clang:-clang-19}" --target=wasm32-wasi -O2 -isystem "$build/guest/include" -I "$work" \
	examples/bootstrap/bootstrap.c -L "$build/guest/lib" -lwbpf -Wl,--gc-sections,--strip-all,--compress-relocations \
	-o "$work/bootstrap.wasm"
echo "    | bootstrap.wasm: $(stat -c %s "$work/bootstrap.wasm") bytes, the BPF object in it"

# Processes under a name that nobody else uses, so that their events are known.
name=demo$$
cp "$(type -P sh)" "$work/$name"
out=$work/out
say "5. wbpf-run bootstrap.wasm -c $name, while processes of that name start and end"
"$build/bin/wbpf-run" "$work/bootstrap.wasm" -c "$name" -n 8 -t 20 >"$out" &
child=$!
for ((i = 0; i < 200; i++)); do
	grep -q '^UTC' "$out" && break
	kill -0 "$child" 2>/dev/null || break
	sleep 0.05
done
grep -q '^UTC' "$out" || die "the module did not come to watch; see what it said above"
for status in 0 1 7; do "$work/$name" -c "exit $status" || true; done
# The shell between says "Terminated" about it, to nobody.
bash -c '"$1" -c "kill -TERM \$\$"; :' - "$work/$name" 2>/dev/null
wait "$child" || die "the module failed with status $?"
child=
sed 's/^/    | /' "$out"

for kind in EXEC EXIT; do
	count=$(grep -c " $kind *$name " "$out") || true
	[[ $count -ge 3 ]] || die "only $count $kind events of $name were printed where 4 were caused"
done
say "done: the module saw 4 processes start and end. More: README.md, examples/"
