#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# Skeletons of all BPF objects that the build has, compiled for wasm32: objects.sh BUILD FOLDER. The environment
# is that of check.sh.
set -euo pipefail
build=$1 work=$2
die() {
	echo "FAILED: $*"
	exit 1
}
rm -rf "$work"
mkdir -p "$work/go"
cd "$work"
# Not those that other tests make while this one runs.
mapfile -t objects < <(find "$build/examples" "$build/tests/runtime" "$build/tests/host" -name '*.bpf.o' | sort)
count=0
for object in "${objects[@]}"; do
	name=o$((count + 1))
	# What C's skeleton refuses (big-endian objects, some without BTF) the others' refuse.
	"$WBPF_GEN" skeleton "$object" --name "$name" >/dev/null 2>&1 || {
		! "$WBPF_GEN" rust --skeleton "$object" >/dev/null 2>&1 || die "$object: a skeleton in Rust, and none in C"
		continue
	}
	"$WBPF_GEN" rust --skeleton "$object" -o "$name.rs" || die "rust: $object"
	echo "pub mod $name; // $object" >>all.rs
	mkdir "go/$name"
	"$WBPF_GEN" go --skeleton --package "$name" "$object" -o "go/$name/skel.go" || die "go: $object"
	((++count))
done
((count > 50)) || die "only $count of ${#objects[@]} objects have a skeleton"

missing=()
if [[ ${RUSTC_WASM-} ]]; then
	wasm=("$RUSTC_WASM" --target "$RUSTC_WASM_TARGET" --edition 2021 --crate-type rlib -D warnings)
	"${wasm[@]}" --crate-name wbpf "$GUEST/rust/src/lib.rs" -o libwbpf.rlib
	"${wasm[@]}" --emit=metadata --extern wbpf=libwbpf.rlib -o all.rmeta all.rs || die "rustc refuses them"
else
	missing+=("a rustc for wasm32")
fi
if [[ ${GO-} ]]; then
	printf 'module case\n\ngo 1.24\n\nrequire wbpf v0.0.0\n\nreplace wbpf => %s\n' "$GUEST/go" >go/go.mod
	cd go
	GOTOOLCHAIN=local GOFLAGS=-mod=mod GOPROXY=off GOCACHE="$work/../cache" GOOS=wasip1 GOARCH=wasm \
		"$GO" vet -unsafeptr=false ./... || die "go refuses them"
	[[ -z $(gofmt -l .) ]] || die "gofmt would write them otherwise"
else
	missing+=("Go 1.24")
fi
((${#missing[@]} == 0)) || {
	echo "skipped: nothing compiled all of them: no ${missing[*]}"
	exit 77
}
echo "done: $count skeletons"
