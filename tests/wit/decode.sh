#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# The decoder, in the structs that wit-bindgen makes: clang lays decode.bpf.c's values out for BPF of
# either byte order, decode.c prints them, and it is what decode.expected says. decode.sh FOLDER
#
# WBPF_GEN, CLANG, CC, LIBBPF, OBJCOPY and WIT_BINDGEN come from CMake.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$1
die() { echo "$*"; exit 1; }

[[ -x ${WIT_BINDGEN-} ]] || { echo "there is no wit-bindgen (tools/setup.sh --group extras, or WIT_BINDGEN)"; exit 77; }
strict=(-std=gnu11 -Wall -Wextra -Werror -g)
for target in bpf bpfeb; do
	rm -rf "$work/$target"
	mkdir -p "$work/$target"
	cd "$work/$target"
	"$CLANG" -target $target -mcpu=v3 -g -O2 -Wall -Werror -isystem "$LIBBPF/include" \
		-c "$here/decode.bpf.c" -o decode.bpf.o
	"$OBJCOPY" -O binary --only-section=.data decode.bpf.o data
	"$WBPF_GEN" header decode.bpf.o -o decode.h
	"$WBPF_GEN" wit decode.bpf.o -o decode.wit
	"$WBPF_GEN" wit-decoder decode.bpf.o -o decode.decode.h
	"$WIT_BINDGEN" c decode.wit --out-dir . >/dev/null 2>bindgen.log || die "wit-bindgen: $(cat bindgen.log)"
	"$CLANG" --target=wasm32-wasi "${strict[@]}" -I. -c "$here/decode.c" -o wasm.o
	"$CC" -g -w -I. -c decode_bpf.c -o free.o # its attributes are for WebAssembly
	"$CC" "${strict[@]}" -fsanitize=address,undefined -fno-sanitize-recover=all -I. \
		"$here/decode.c" free.o -o decode \
		-Wl,--defsym=__component_type_object_force_link_decode_bpf=0
	for how in "" owned; do
		./decode data $how >printed || die "$target $how: $(cat printed)"
		diff -u "$here/decode.expected" printed || die "$target $how: other values"
	done
done
# It judges, too: the bytes of one order through the decoder of the other are other values.
! { ./decode ../bpf/data | cmp -s - "$here/decode.expected"; } || die "the byte order makes no difference"
