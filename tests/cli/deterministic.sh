# SPDX-License-Identifier: BSD-2-Clause
# The same input gives the same bytes: run again from another folder, in another environment and by
# another path, and from another build (clang without optimisation; its folder is kept).
source "$(dirname "$0")/lib.sh" "$1"
top=$(cd "$CASES/../../.." && pwd)
kernel=/sys/kernel/btf/vmlinux

mkdir in
for case in arrays bitfields debug_info enums int128 keywords libc maps packed recursive same_names \
	sections tags typedefs unions; do
	object $case in/$case.bpf.o
done
"$CLANG" -target "$(<"$CASES/big_endian.target")" -g -O2 -Wno-unused -c "$CASES/big_endian.bpf.c" \
	-o in/big_endian.bpf.o
cp "$CASES"/../cheader/{longs,order}.h in

# write TO COMMAND ARGUMENTS...: the output and the exit status; that something has no such output
# is well when it is so each time.
write() {
	local to=$1 status=0
	shift
	"$gen" "$@" >"$to" 2>/dev/null || status=$?
	echo "status $status" >>"$to"
}

# generate TO IN: all outputs of all inputs, into the new folder TO.
generate() {
	local to=$1 in=$2 file name
	mkdir "$to"
	for file in "$in"/*.bpf.o; do
		name=$to/$(basename "$file" .bpf.o)
		write "$name.h" header "$file"
		write "$name.all.h" header --all "$file"
		write "$name.skel.h" skeleton "$file"
		write "$name.full.h" skeleton --no-slim "$file"
		write "$name.section.h" skeleton --embed section "$file"
		write "$name.subskel.h" subskeleton "$file"
		write "$name.linked.o" object - "$file"
		write "$name.slim.o" object --slim - "$file"
		write "$name.wit" wit "$file"
		write "$name.decode.h" wit-decoder "$file"
		write "$name.rs" rust --skeleton "$file"
		write "$name.go" go --all "$file"
		write "$name.text" layout "$file"
		write "$name.json" layout --all --format json "$file"
		write "$name.assert.h" assert --all "$file"
		write "$name.diff" diff --all "$in/arrays.bpf.o" "$file"
	done
	for file in "$in"/*.h; do
		write "$to/$(basename "$file")" header "$file"
	done
	if [[ -r $kernel ]]; then
		write "$to/vmlinux.h" header --all $kernel
		write "$to/task.h" header --type task_struct $kernel
		write "$to/vmlinux.text" layout --all $kernel
		write "$to/vmlinux.json" layout --all --format json $kernel
	fi
}

same() { # A B WHAT
	diff -rq "$1" "$2" || die "$3 writes something else"
	checks=$((checks + $(find "$1" -type f | wc -l)))
}

gen=$WBPF_GEN
generate "$work/first" "$work/in"
written=$(grep -lx 'status 0' first/* | wc -l) || true
((written > 100)) || die "only $written outputs are written at all"

# Folder, path, locale, time zone, TMPDIR, what fresh memory holds, how large the environment is,
# where the program lies.
fixed=(setarch -R)
"${fixed[@]}" true 2>/dev/null || fixed=()
locale=$(locale -a | grep -vxE "C|POSIX|C\.(utf8|UTF-8)" | head -n 1) || true
mkdir -p else/where tmp
(cd else/where && umask 077 && "${fixed[@]}" env -i PATH="$PATH" gen="$gen" kernel="$kernel" \
	TZ=Asia/Tokyo LC_ALL="${locale:-C.UTF-8}" HOME=/nonexistent TMPDIR="$work/tmp" COLUMNS=20 \
	MALLOC_PERTURB_=85 \
	LONG="$(head -c 100000 /dev/zero | tr '\0' x)" \
	bash -c "$(declare -f generate write); generate ../../again ../../in")
same first again "a second run"

other=$work-build
ninja=()
! command -v ninja >/dev/null || ninja=(-G Ninja)
CC=$CLANG cmake -S "$top" -B "$other" "${ninja[@]}" -DCMAKE_BUILD_TYPE=Debug -DWBPF_RUNTIME=OFF \
	-DWBPF_TESTS=OFF -DWBPF_WERROR=OFF -DLIBBPF_ROOT="$LIBBPF_ROOT" >"$work.out" 2>&1 ||
	die "no other build: $(tail -5 "$work.out")"
cmake --build "$other" --target wbpf-gen --parallel 2 >"$work.out" 2>&1 ||
	die "the other build fails: $(tail -5 "$work.out")"
gen=$other/bin/wbpf-gen
generate "$work/other" "$work/in"
same first other "another build"
done_well
