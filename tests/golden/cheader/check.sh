#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# One golden case of a C header as input: check.sh CASE FOLDER. The header that is made of CASE.h is
# judged as those of objects are, ../header/check.sh; and the assertions that are made of it hold
# behind CASE.h itself natively, where it has BPF's sizes, and where it is the same, for wasm32.
#
# The environment is that of ../header/check.sh.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
name=$1
work=$2
die() {
	echo "$name: $*"
	exit 1
}

bash "$here/../header/check.sh" "$name" "$work" "$here"
[[ -z ${UPDATE-} ]] || exit 0
cd "$work"
options=()
if [[ -e $here/$name.options ]]; then
	mapfile -t options < <(grep -v '^#' "$here/$name.options")
fi
"$WBPF_GEN" assert "$here/$name.h" -o assert.h "${options[@]}"
printf '#include "%s/%s.h"\n#include "assert.h"\n#include "assert.h"\n' "$here" "$name" >asserted.c
strict=(-Wall -Wextra -Werror -Wno-unused -fsyntax-only)
case $("$CC" -dumpmachine) in
x86_64-* | aarch64-*)
	"$CC" "${strict[@]}" asserted.c || die "the assertions do not hold natively"
	;;
esac
if grep -q '<linux/' "$here/$name.h"; then
	exit 0 # wasi-libc has none
fi
wasm=("$CLANG" --target=wasm32-wasi "${strict[@]}")
if grep -qw long "$here/$name.h" "$here/part/piece.h"; then
	! "${wasm[@]}" asserted.c 2>wasm.log || die "the assertions hold for wasm32, where long is shorter"
	grep -q 'static assertion failed' wasm.log || die "no assertion: $(head -n 3 wasm.log)"
else
	"${wasm[@]}" asserted.c || die "the assertions do not hold for wasm32"
fi
