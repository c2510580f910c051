#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# One golden case of the WIT: check.sh CASE FOLDER. Compares what CASE.bpf.c gives with CASE.wit,
# and has wasm-tools judge it: it has to parse, and to encode into a component type that validates.
#
# WBPF_GEN, CLANG, LIBBPF and WASM_TOOLS come from CMake; with UPDATE=1 CASE.wit is rewritten.
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
target=bpf
[[ ! -e $here/$name.target ]] || target=$(grep -v '^#' "$here/$name.target")
options=()
[[ ! -e $here/$name.options ]] || mapfile -t options <"$here/$name.options"
"$CLANG" -target "$target" -mcpu=v3 -g -O2 -Wall -Werror -Wno-unused -isystem "$LIBBPF/include" \
	-c "$here/$name.bpf.c" -o "$name.bpf.o"
"$WBPF_GEN" wit "$name.bpf.o" -o "$name.wit" "${options[@]}"
decoder=$here/$name.decode.h
if [[ -e $decoder ]]; then
	"$WBPF_GEN" wit-decoder "$name.bpf.o" -o all.h "${options[@]}"
	sed '/^#ifndef WBPF_DECODER/,/^#endif .. WBPF_DECODER/d' all.h >"$name.decode.h"
fi
if [[ ${UPDATE-} ]]; then
	cmp -s "$name.wit" "$here/$name.wit" || cp "$name.wit" "$here/$name.wit"
	[[ ! -e $decoder ]] || cmp -s "$name.decode.h" "$decoder" || cp "$name.decode.h" "$decoder"
	exit 0
fi
diff -u "$here/$name.wit" "$name.wit" || die "not as expected (golden-update rewrites it)"
[[ ! -e $decoder ]] || diff -u "$decoder" "$name.decode.h" || die "another decoder (golden-update rewrites it)"

if [[ ! -x ${WASM_TOOLS-} ]]; then
	echo "$name: as expected, but there is no wasm-tools to validate it (tools/setup.sh gets it)"
	exit 77
fi
"$WASM_TOOLS" component wit "$name.wit" >again.wit || die "wasm-tools does not parse it"
"$WASM_TOOLS" component wit --wasm "$name.wit" -o "$name.wasm" || die "wasm-tools does not encode it"
"$WASM_TOOLS" validate "$name.wasm" || die "the encoded package is not valid"
# It judges, too: an identifier that is none must not pass.
sed 's/interface %/interface %-/' "$name.wit" >broken.wit
! "$WASM_TOOLS" component wit broken.wit >/dev/null 2>&1 || die "wasm-tools accepts nonsense"
