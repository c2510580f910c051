#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# One golden case of Rust's and Go's types: check.sh CASE FOLDER. Compares what CASE.bpf.c gives with CASE.rs
# and CASE.go, and has compilers judge the whole of it, without a warning, for this machine and for wasm32.
# Of the text that is the same everywhere only the case "text" has more than its first lines.
#
# What is in the environment comes from CMake; with UPDATE=1 CASE.rs and CASE.go are rewritten.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
name=$1
work=$2
die() {
	echo "$name: $*"
	exit 1
}

mkdir -p "$work/go"
cd "$work"
target=bpf
[[ ! -e $here/$name.target ]] || target=$(grep -v '^#' "$here/$name.target")
options=()
[[ ! -e $here/$name.options ]] || mapfile -t options <"$here/$name.options"
"$CLANG" -target "$target" -mcpu=v3 -g -O2 -Wall -Werror -Wno-unused -isystem "$LIBBPF/include" \
	-c "$here/$name.bpf.c" -o "$name.bpf.o"
"$WBPF_GEN" rust "$name.bpf.o" -o "$name.rs" "${options[@]}"
"$WBPF_GEN" go "$name.bpf.o" -o "go/$name.go" "${options[@]}"

# What is not the template's own; and no bytes of the object, in which compilers differ.
if [[ $name == text ]]; then
	cp "$name.rs" own.rs
	cp "go/$name.go" own.go
else
	sed '/^#\[allow(dead_code/,/^\/\/ places end/d' "$name.rs" >own.rs
	sed '/^\/\/ U128 is/,/^\/\/ The types/d' "go/$name.go" >own.go
fi
sed -i '/const ELF: /s/b".*/b"...";/; /^\(\\[x0]\|[A-Za-z0-9]\).*\(\\\|";\)$/d' own.rs
sed -i '/^const wbpfElf = /s/".*/"..."/' own.go
for language in rs go; do
	if [[ ${UPDATE-} ]]; then
		cmp -s own.$language "$here/$name.$language" || cp own.$language "$here/$name.$language"
	else
		diff -u "$here/$name.$language" own.$language || die "not as expected (golden-update rewrites it)"
	fi
done
[[ ! ${UPDATE-} ]] || exit 0

missing=()
if [[ ${RUSTC_WASM-} ]]; then
	wasm=("$RUSTC_WASM" --target "$RUSTC_WASM_TARGET" --edition 2021 --crate-type rlib -D warnings)
	extern=()
	if grep -q -w skeleton "$here/$name.options" 2>/dev/null; then
		"${wasm[@]}" --crate-name wbpf "$GUEST/rust/src/lib.rs" -o libwbpf.rlib
		extern=(--extern wbpf=libwbpf.rlib)
	else
		"$RUSTC" --edition 2021 --crate-type rlib --emit=metadata -D warnings -o native.rmeta "$name.rs" ||
			die "rustc refuses it for this machine"
	fi
	"${wasm[@]}" --emit=metadata "${extern[@]}" -o wasm.rmeta "$name.rs" || die "rustc refuses it for wasm32"
else
	missing+=("a rustc for wasm32")
fi
if [[ ${GO-} ]]; then
	printf 'module case\n\ngo 1.24\n\nrequire wbpf v0.0.0\n\nreplace wbpf => %s\n' "$GUEST/go" >go/go.mod
	export GOTOOLCHAIN=local GOFLAGS=-mod=mod GOPROXY=off GOCACHE="$work/../cache"
	cd go
	if ! grep -q -w skeleton "$here/$name.options" 2>/dev/null; then
		"$GO" vet . || die "go refuses it for this machine"
	fi
	GOOS=wasip1 GOARCH=wasm "$GO" vet -unsafeptr=false . || die "go refuses it for wasm"
	[[ -z $(gofmt -l .) ]] || die "gofmt would write it otherwise"
else
	missing+=("Go 1.24")
fi
((${#missing[@]} == 0)) || {
	echo "$name: as expected, but nothing compiled all of it: no ${missing[*]}"
	exit 77
}
