#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# One golden case of layouts: check.sh CASE FOLDER. The text, the JSON and the assertions of
# CASE.bpf.c are as expected; the JSON is the object's own layout; and where the case has a shared
# header, CASE.h, the assertions hold behind it where they should and bite where they should.
#
# WBPF_GEN, CLANG, CC and CXX come from CMake; with UPDATE=1 the expectations are rewritten.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
name=$1
work=$2
die() {
	echo "$name: $*"
	exit 1
}

mkdir -p "$work"
cd "$work"
"$CLANG" -target bpf -mcpu=v3 -g -O2 -Wall -Werror -Wno-unused -I"$here" \
	-c "$here/$name.bpf.c" -o "$name.bpf.o"
"$WBPF_GEN" layout "$name.bpf.o" -o "$name.expected.txt"
"$WBPF_GEN" layout "$name.bpf.o" --format json -o "$name.expected.json"
"$WBPF_GEN" assert "$name.bpf.o" -o assert.h
# The text in front of the first type is the same in every case.
sed '1,/^WBPF_ASSERT_BYTES/ { /^WBPF_ASSERT_BYTES/!d }' assert.h >"$name.expected.h"
for kind in txt json h; do
	if [[ ${UPDATE-} ]]; then
		cmp -s "$name.expected.$kind" "$here/$name.expected.$kind" ||
			cp "$name.expected.$kind" "$here/"
	else
		diff -u "$here/$name.expected.$kind" "$name.expected.$kind" ||
			die "not as expected (golden-update rewrites it)"
	fi
done
[[ -z ${UPDATE-} ]] || exit 0

python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$name.expected.json" || die "no JSON"
said=$("$WBPF_GEN" check "$name.expected.json" "$name.bpf.o") || die "differs from itself: $said"
[[ -z $said ]] || die "says something though nothing differs: $said"

[[ -e $here/$name.h ]] || exit 0
strict=(-Wall -Wextra -Werror -fsyntax-only -I"$here" -I.)
wasm=("$CLANG" --target=wasm32-wasi "${strict[@]}")
printf '#include "%s.h"\n#include "assert.h"\n#include "assert.h"\n' "$name" >right.c
"${wasm[@]}" -std=gnu11 right.c || die "the assertions do not hold for wasm32"
"${wasm[@]}" -std=c++17 -x c++ right.c || die "the assertions do not hold for wasm32 as C++"
"$CC" "${strict[@]}" right.c || die "the assertions do not hold natively"
"$CXX" "${strict[@]}" -x c++ right.c || die "the assertions do not hold natively as C++"
# Beside the generated header, in either order of the two headers' macros.
"$WBPF_GEN" header "$name.bpf.o" -o types.h
printf '#include "types.h"\n#include "assert.h"\n' >both.c
"${wasm[@]}" both.c || die "the assertions do not hold for the generated header"

# Each CHANGE line of the shared header is a difference that must not compile.
refused=0
while IFS= read -r change; do
	sed "$change" "$here/$name.h" >changed.h
	! cmp -s changed.h "$here/$name.h" || die "changes nothing: $change"
	printf '#include "changed.h"\n#include "assert.h"\n' >changed.c
	! "${wasm[@]}" changed.c 2>changed.log || die "compiles with $change"
	grep -q 'static assertion failed' changed.log || die "$change: $(head -n 3 changed.log)"
	refused=$((refused + 1))
done < <(sed -n 's/^.*CHANGE //p' "$here/$name.bpf.c")
[[ $refused -gt 0 ]] || die "the case has no CHANGE line"
echo "$refused changes refused"
