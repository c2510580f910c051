# SPDX-License-Identifier: BSD-2-Clause
# Each header of the guest library by itself, as C and as C++, and all of them together.
#   headers.sh CLANG INCLUDE_DIR
. "$WBPF_TESTS/lib.sh"
clang=$1 include=$2

compile() { # LANGUAGE, source on standard input
	"$clang" --target=wasm32-wasi -x "$@" -Wall -Wextra -Werror -fsyntax-only \
		-isystem "$include" - 2>"$work/compile.err"
}

# Those for BPF programs, and parts of others, are not for a program to include.
headers=$(cd "$include" && find . -name '*.h' ! -name '__*' ! -path './asm-generic/*' \
	! -path './bpf/bpf_helpers.h' ! -path './bpf/bpf_helper_defs.h' ! -path './bpf/bpf_tracing.h' \
	! -path './linux/hdlc/*' ! -path './bpf/bpf_core_read.h' ! -path './bpf/usdt.bpf.h' | sed 's,^\./,,' | sort)
count=0
for header in $headers; do
	for language in "c -std=gnu11" "c -std=gnu17 -D_GNU_SOURCE" "c++ -std=gnu++17 -nostdinc++"; do
		echo "#include <$header>" | compile $language || fail "<$header> as $language"
	done
	count=$((count + 1))
done
((count > 40)) || fail "only $count headers at $include"
# Of these two, as natively, one or the other.
headers=$(grep -vx linux/elf.h <<<"$headers")
for order in sort "sort -r"; do
	$order <<<"$headers" | sed 's/.*/#include <&>/' | compile c -std=gnu11 || fail "all together: $order"
done
echo "$count headers"
