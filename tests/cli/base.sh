# SPDX-License-Identifier: BSD-2-Clause
# Types without a BPF object: raw BTF, images, and modules, whose types go on from their kernel's.
source "$(dirname "$0")/lib.sh" "$1"

bpf=("$CLANG" -target bpf -g -O2 -c)
cat >kernel.c <<-'END'
	struct list { struct list *next, *prev; };
	struct device { long id; struct list all; const char *name; };
	struct unrelated { short x; };
	struct driver { int version; };
	struct device a; struct unrelated b; struct driver c;
END
cat >module.c <<-'END'
	struct list { struct list *next, *prev; };
	struct device { long id; struct list all; const char *name; };
	struct driver { char other; long version; };
	struct card { struct device dev; unsigned long flags; struct list *queue; char mode; };
	struct card d; struct driver e;
END
"${bpf[@]}" kernel.c -o kernel.o
"${bpf[@]}" module.c -o module.o
"$MAKE_BTF" raw kernel.o vmlinux
"$MAKE_BTF" split module.o vmlinux module
"$MAKE_BTF" distil module.o vmlinux outlives outlives.base
echo 'int x;' >x.c
"$CC" -c x.c -o x.o
objcopy --add-section .BTF=vmlinux x.o image
objcopy --add-section .BTF=module x.o card.ko
objcopy --add-section .BTF=outlives --add-section .BTF.base=outlives.base x.o new.ko

# Both compilers' word on where the fields are; a struct of the base comes along by value.
sizes='sizeof(struct card) == 56 && sizeof(struct device) == 32 && sizeof(struct list) == 16 &&
	sizeof(struct driver) == 16'
cat >judge.c <<-END
	#include "out.h"
	_Static_assert($sizes, "sizes");
	_Static_assert(__builtin_offsetof(struct card, mode) == 48, "mode");
	_Static_assert(__builtin_offsetof(struct card, dev.name) == 24, "name");
END
judged() { # FILE BASE
	works header "$1" --base "$2" --all -o out.h
	"$CLANG" --target=wasm32-wasi -Wall -Werror -fsyntax-only judge.c || die "$*: wrong layout"
	! grep -q unrelated out.h || die "$*: has the kernel's own types as well"
	works header "$1" --base "$2" --type card --type driver -o out.h
	"$CLANG" --target=wasm32-wasi -Wall -Werror -fsyntax-only judge.c || die "$* --type: wrong"
	works header "$1" --base "$2" --type unrelated -o out.h
	grep -q 'struct unrelated {' out.h || die "$*: a type of the kernel is not found"
}
for file in module card.ko new.ko; do
	for base in vmlinux image; do
		judged "$file" "$base"
	done
done
sed 's/out.h/module.c/' judge.c >native.c
"$CLANG" -target bpf -fsyntax-only native.c || die "the test itself is wrong"

works header image --all -o out.h
grep -q 'struct unrelated {' out.h || die "an image's types are not there"
works wit card.ko --base vmlinux --type list

# The rule names both.
works header card.ko --base vmlinux --all -o out.h --depfile out.d
[[ $(<out.d) == 'out.h: card.ko vmlinux' ]] || die "the rule is: $(<out.d)"

fails 1 "module: damaged BTF, or a module's that needs its kernel's (--base)" header module --all
fails 1 "card.ko: damaged BTF, or a module's" header card.ko --all
fails 1 "new.ko: a module's types, which go on where its kernel's end" header new.ko --all
fails 1 "none: cannot open" header card.ko --base none --all
fails 1 "x.c: not an ELF file" header card.ko --base x.c --all
fails 1 "x.o: an ELF file for another machine (62)" header card.ko --base x.o --all
fails 1 "module: damaged BTF" header card.ko --base module --all
fails 1 "kernel.o: a BPF object needs no --base" header kernel.o --base vmlinux
fails 1 "card.ko: has types only" header card.ko --base vmlinux
fails 1 "image: has types only" skeleton image
fails 2 "--base: a file name is needed" header card.ko --base ""
printf '\3757zXZ\000' >card.ko.xz
fails 1 "card.ko.xz: compressed: unpack it with xz -d first" header card.ko.xz --base vmlinux --all

# Another kernel's BTF, which is too short, is not taken for the module's own.
"${bpf[@]}" x.c -o other.o
"$MAKE_BTF" raw other.o other
fails 1 "damaged BTF, or not of a module of the kernel that --base names" \
	header module --base other --all
fails 1 "do not fit those of the kernel that --base names" header new.ko --base other --all

# Cut off anywhere, or any byte changed: an error in one line, or an output.
survives() { # FILE ARGUMENTS...
	local status=0
	"$WBPF_GEN" header "$@" --all -o damaged.out >"$work.out" 2>"$work.err" || status=$?
	[[ $status == 0 || ($status == 1 && $(wc -l <"$work.err") == 1 &&
		$(<"$work.err") == "wbpf-gen: "*) ]] ||
		die "$*: status $status at $at: $(<"$work.err")"
	checks=$((checks + 1))
}
for file in new.ko outlives module; do
	size=$(stat -c %s $file)
	for ((at = 0; at < size; at += 41)); do
		head -c "$at" $file >cut
		survives cut --base vmlinux
		for value in '\000' '\377'; do
			cp $file damaged
			printf "$value" | dd of=damaged bs=1 seek="$at" conv=notrunc status=none
			survives damaged --base vmlinux
		done
	done
done
size=$(stat -c %s image)
for ((at = 0; at < size; at += 37)); do
	cp image damaged
	printf '\377' | dd of=damaged bs=1 seek="$at" conv=notrunc status=none
	survives module --base damaged
done
done_well
