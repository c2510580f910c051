#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# One golden case of the C header: check.sh CASE FOLDER [CASES]. Compiles CASE.bpf.c, or takes CASE.h
# itself, compares the header with CASE.expected.h, and has compilers judge it: C and C++, natively
# and for wasm32, with the C library's headers before and after it. A header that says something wrong
# must not compile. CASES is the folder of the cases, if not this one.
#
# WBPF_GEN, CLANG, LIBBPF, CC and CXX come from CMake; with UPDATE=1 the expectation is rewritten.
set -euo pipefail
here=${3:-$(cd "$(dirname "$0")" && pwd)}
name=$1
work=$2
die() {
	echo "$name: $*"
	exit 1
}

mkdir -p "$work"
cd "$work"
options=()
if [[ -e $here/$name.options ]]; then
	mapfile -t options < <(grep -v '^#' "$here/$name.options")
fi
target=bpf
if [[ -e $here/$name.target ]]; then
	target=$(grep -v '^#' "$here/$name.target")
fi
input=$here/$name.h
if [[ -e $here/$name.bpf.c ]]; then
	input=$name.bpf.o
	"$CLANG" -target "$target" -mcpu=v3 -g -O2 -Wall -Werror -Wno-unused \
		-isystem "$LIBBPF/include" -I"$here" -c "$here/$name.bpf.c" -o "$input"
fi
"$WBPF_GEN" header "$input" -o "$name.h" "${options[@]}"

# The text in front of the first type is the same in every case; "holes" and "big_endian" show it.
body() {
	if [[ $name == holes || $name == big_endian ]]; then
		cat "$1"
	else
		awk 'shown; /is not where the BPF object has it/ { getline; shown = 1 }' "$1" |
			sed '/^#ifndef WBPF_BE$/,/^#endif \/\* WBPF_BE \*\/$/d'
	fi
}
body "$name.h" >body.h
if [[ ${UPDATE-} ]]; then
	cmp -s body.h "$here/$name.expected.h" || cp body.h "$here/$name.expected.h"
	exit 0
fi
diff -u "$here/$name.expected.h" body.h || die "not as expected (golden-update rewrites it)"

libc=$'#include <errno.h>\n#include <stdio.h>\n#include <sys/socket.h>\n#include <sys/stat.h>
#include <sys/sysinfo.h>\n#include <sys/time.h>\n#include <sys/types.h>\n#include <time.h>\n#include <unistd.h>'
echo "#include \"$name.h\"" >alone.c
printf '%s\n#include "%s.h"\n' "$libc" "$name" >after.c
printf '#include "%s.h"\n%s\n' "$name" "$libc" >before.c
printf '#include "%s.h"\n#include "%s.h"\n' "$name" "$name" >twice.c
strict=(-Wall -Wextra -Werror -D_GNU_SOURCE -fsyntax-only)
wasm=("$CLANG" --target=wasm32-wasi "${strict[@]}")
for unit in alone before after twice; do
	"${wasm[@]}" -std=gnu11 "$unit.c" || die "$unit: clang refuses it for wasm32"
	"${wasm[@]}" -std=c++17 -x c++ "$unit.c" || die "$unit: clang refuses it for wasm32 as C++"
done
printf '#include <linux/types.h>\n#include "%s.h"\n#include <linux/bpf.h>\n' "$name" >kernel.c
"$CC" "${strict[@]}" twice.c || die "the C compiler refuses it"
"$CC" "${strict[@]}" kernel.c || die "the C compiler refuses it beside the kernel's headers"
"$CXX" "${strict[@]}" -x c++ twice.c || die "the C++ compiler refuses it"

# CASE.use.c and CASE.use.cc are what users do with it.
if [[ -e $here/$name.use.c ]]; then
	"$CC" -Wall -Wextra -Werror -I. -o use "$here/$name.use.c" || die "its user does not compile"
	./use || die "its user fails"
fi
if [[ -e $here/$name.use.cc ]]; then
	"$CXX" -Wall -Wextra -Werror -I. -o use_cxx "$here/$name.use.cc" ||
		die "its user in C++ does not compile"
	./use_cxx || die "its user in C++ fails"
fi

# Each REFUSED line is something that must not compile behind the header.
if [[ -e $here/$name.use.c ]]; then
	grep -c 'REFUSED ' "$here/$name.use.c" >refusals || true
	for number in $(seq "$(cat refusals)"); do
		line=$(sed -n 's/^.*REFUSED //p' "$here/$name.use.c" | sed -n "${number}p")
		printf '#include "%s.h"\n%s\n' "$name" "$line" >refused.c
		! "${wasm[@]}" refused.c 2>/dev/null || die "compiles: $line"
	done
fi

# The assertions bite: neither a field too much, nor one byte beside, nor a wider hole gets through.
refused() {
	if cmp -s "$name.h" changed.h; then
		return
	fi
	echo '#include "changed.h"' >changed.c
	! "${wasm[@]}" changed.c 2>changed.log || die "compiles with $1"
	grep -q 'static assertion failed' changed.log || die "$1: $(head -n 3 changed.log)"
}
sed '0,/^struct .* {$/s//&\n\tuint64_t moved[2];/' "$name.h" >changed.h
refused "a field too much"
awk '/WBPF_ASSERT_OFFSET\(.*, [0-9]+\);/ && !done { sub(/[0-9]+\);$/, "77777);"); done = 1 } 1' \
	"$name.h" >changed.h
refused "another offset"
sed -E '0,/^(\tuint[0-9]+_t) : ([0-9]+);$/s//\1 : \2; uint64_t : 64, : 64;/' "$name.h" >changed.h
refused "a wider hole"
