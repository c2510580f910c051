# SPDX-License-Identifier: BSD-2-Clause
# Command lines, each parsed natively by the C library's argp and in a module by ours.
. "$WBPF_TESTS/lib.sh"

count=0
both() {
	local same=("$WBPF_RUN")
	command_of native guest_arguments
	env ${FLAGS:+"FLAGS=$FLAGS"} ${INDEX:+"INDEX=$INDEX"} "${command[@]}" "$@" \
		>"$work/native.out" 2>"$work/native.err"
	echo "status $?" >>"$work/native.out"
	command_of wasm guest_arguments
	"${same[@]}" ${FLAGS:+-e "FLAGS=$FLAGS"} ${INDEX:+-e "INDEX=$INDEX"} "${command[-1]}" "$@" \
		>"$work/wasm.out" 2>"$work/wasm.err"
	echo "status $?" >>"$work/wasm.out"
	diff "$work/native.out" "$work/wasm.out" && diff "$work/native.err" "$work/wasm.err" ||
		fail "natively (<) and as a module (>), flags ${FLAGS:-none}: $*"
	count=$((count + 1))
}

for line in "" --help --usage "-?" -V --version -v "-vd5 a" "a -v b" "a -v b -d 7 c" "a b c d" \
	"-- -v" "a -- -v" -d --duration "--duration=5 x" "--dur 5 x" --ver --verb --vers -x --nope \
	--nope=5 --verbose=5 -o -ofoo --opt "--opt=x y" failure error invalid unknown "-c 5" \
	"--first-name -B -b --second-name --first" "-s 5 -zZ" "--a 5" "- a" -vx "a unknown b"; do
	both $line
done
both ""
FLAGS=8 # in order
for line in "a -v b -d 7 c" "-v a" "a -- b -v"; do both $line; done
FLAGS=4 # no arguments
for line in -v a; do both $line; done
FLAGS=0x20 # no exit
for line in -x "a b c d" --help; do both $line; done
FLAGS=2 # no messages
for line in -x "a b c d"; do both $line; done
FLAGS=0x10 # no --help
for line in --help -v; do both $line; done
FLAGS=0x40 # long names with one dash
for line in -verbose -v "-dur 5" -nope "-vd 5"; do both $line; done
FLAGS='' INDEX=1
for line in "a b" unknown "-v unknown x" -x; do both $line; done
echo "$count command lines give the same"
