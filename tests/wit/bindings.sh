#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# wit-bindgen's generators for C, Rust and Go take the WIT of objects, and what they write compiles:
# bindings.sh BUILD FOLDER. To each package comes a world whose functions take and give every record,
# so that the code for them is written as well; but not for Go, whose code needs a module for that.
# The decoders compile with that C, also that of a whole kernel.
#
# WBPF_GEN, CLANG, LIBBPF and WIT_BINDGEN come from CMake; RUSTC and GO, where they are.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$1
work=$2
die() { echo "$*"; exit 1; }

[[ -x ${WIT_BINDGEN-} ]] || { echo "there is no wit-bindgen (tools/setup.sh --group extras, or WIT_BINDGEN)"; exit 77; }
rm -rf "$work"
mkdir -p "$work/go"
cd "$work"

# The package with that world.
with_functions() { # WIT
	local types
	mapfile -t types < <(sed -n 's/^  \(record\|variant\) \(%[a-z0-9-]*\) {/\2/p' "$1")
	sed '/^\/\/\/ A guest of the object/,$d' "$1"
	echo "interface uses {"
	((${#types[@]} == 0)) || echo "  use %types.{$(IFS=, && echo "${types[*]}")};"
	for i in "${!types[@]}"; do
		echo "  call-n$i: func(x: ${types[i]}, y: list<${types[i]}>) -> ${types[i]};"
	done
	echo "}"
	sed -n 's/^world \(.*\) {/world \1 { import uses; export uses; }/p' "$1"
}

bind() { # LANGUAGE WIT FOLDER
	"$WIT_BINDGEN" "$1" "$2" --out-dir "$3" >log 2>&1 || die "wit-bindgen $1: $2: $(head -n 8 log)"
}

check_decoder() { # OBJECT OPTIONS...: with the header that wit-bindgen made last
	local name=object$count
	"$WBPF_GEN" wit-decoder "$@" --name "$name" -o decode.h
	[[ ${!#} != --bytes ]] || set -- "$1"
	"$WBPF_GEN" header "$@" --name "$name" -o types.h
	printf '#include "types.h"\n#include "c/%s.h"\n#include "decode.h"\n' "$name" >decode.c
	"$CLANG" --target=wasm32-wasi -Wall -Wextra -Werror -fsyntax-only decode.c 2>log ||
		die "$*: the decoder does not compile: $(head -n 8 log)"
}

count=0
take() { # OBJECT OPTIONS...: into a package of its own
	count=$((count + 1))
	"$WBPF_GEN" wit "$@" --name "object$count" -o "$count.wit"
	grep -q '^  interface %types\|^interface %types' "$count.wit" || die "$1: no interface types"
	with_functions "$count.wit" >"$count.uses.wit"
	bind c "$count.uses.wit" c
	"$CLANG" --target=wasm32-wasi -w -c "c/object$count.c" -o c.o 2>log ||
		die "$*: the C does not compile: $(head -n 8 log)"
	check_decoder "$@"
	bind rust "$count.uses.wit" rust
	echo "mod object$count;" >>rust/lib.rs
	bind go "$count.wit" "go$count"
	mv "go$count/bpf_object${count}_types" go/
}

bash "$here/words.sh" >words.bpf.c
"$CLANG" -target bpf -g -O2 -c words.bpf.c -o words.bpf.o
take words.bpf.o
for source in "$here"/../golden/wit/*.bpf.c; do
	"$CLANG" -target bpf -mcpu=v3 -g -O2 -w -isystem "$LIBBPF/include" -c "$source" -o x.bpf.o
	take x.bpf.o
	take x.bpf.o --bytes
done
mapfile -t objects < <(find "$build/examples" -name '*.bpf.o' | sort)
for object in "${objects[@]}"; do
	take "$object"
done

# A whole kernel, but for C only, and without functions.
kernel=/sys/kernel/btf/vmlinux
if [[ -r $kernel ]]; then
	count=$((count + 1))
	"$WBPF_GEN" wit --all $kernel --name "object$count" -o kernel.wit
	bind c kernel.wit c
	check_decoder $kernel --all
fi

judged=C
if [[ -x ${RUSTC-} ]]; then
	"$RUSTC" --edition 2021 --crate-type lib --crate-name wit_bindgen "$here/runtime.rs" -o libwit_bindgen.rlib
	"$RUSTC" --edition 2021 --crate-type lib --cap-lints allow --emit=metadata \
		--extern wit_bindgen=libwit_bindgen.rlib -o lib.rmeta rust/lib.rs 2>log ||
		die "the Rust does not compile: $(grep -A 5 '^error' log | head -n 12)"
	judged+=", Rust"
fi
if [[ -x ${GO-} ]]; then
	module=go.bytecodealliance.org/pkg
	mkdir -p module/wit/types
	cp "$here/types.go" module/wit/types/
	printf 'module %s\n\ngo 1.21\n' $module >module/go.mod
	printf 'module wit_component\n\ngo 1.21\n\nrequire %s v0.0.0\n\nreplace %s => ../module\n' \
		$module $module >go/go.mod
	(cd go && GOCACHE=$work/cache GOPROXY=off GOFLAGS=-mod=mod "$GO" vet ./...) >log 2>&1 ||
		die "the Go does not compile: $(head -n 8 log)"
	judged+=", Go"
fi
echo "$count packages, ${#objects[@]} of them examples: $judged"
