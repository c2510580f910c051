# SPDX-License-Identifier: BSD-2-Clause
# What assertions find where neither a size nor an offset differs: elements of arrays without a length,
# and bitfields of long. They hold natively and for the generated header.
source "$(dirname "$0")/lib.sh" "$1"

judge() {
	local standard
	printf '#include "%s"\n#include "event.assert.h"\n' "$1" >unit.c
	for standard in "c -std=gnu11" "c++ -std=c++17"; do
		# shellcheck disable=SC2086 # words
		if "$CLANG" "$2" -Wall -Wextra -Wno-c99-extensions -Werror -ferror-limit=0 -fsyntax-only \
			-x $standard unit.c 2>judge.log; then
			[[ $3 == holds ]] || die "$1 ($standard): holds for $2"
		else
			[[ $3 != holds ]] || die "$1 ($standard): does not hold for $2: $(<judge.log)"
			grep -q "static assertion failed.*$3" judge.log ||
				die "$1 ($standard): not for the right reason: $(<judge.log)"
		fi
		checks=$((checks + 1))
	done
}

while read -r what declaration; do
	echo "$declaration" >event.h
	works assert event.h -o event.assert.h
	works header event.h -o event.types.h
	judge event.h --target=wasm32-wasi "$what"
	judge event.h --target=x86_64-linux-gnu holds
	judge event.types.h --target=wasm32-wasi holds
done <<'end'
g struct e { unsigned long f : 30, g : 30; };
h struct e { unsigned a; struct { unsigned long h : 20; } in[2]; };
ips struct e { unsigned long long n; long ips[]; };
names struct e { unsigned long long n; char *names[0]; };
pairs struct e { unsigned long long n; struct { long pairs; } in[]; };
end
echo 'enum { FIRST = 3 }; struct e { int a; };' >event.h
works assert event.h -o event.assert.h
judge event.h --target=wasm32-wasi holds
sed 's/3/4/' event.h >other.h
judge other.h --target=wasm32-wasi FIRST
echo 'typedef struct { int a; } list_t[]; struct e { unsigned long long f : 30; int open[]; };' >event.h
works assert event.h -o event.assert.h
judge event.h --target=wasm32-wasi holds
done_well
