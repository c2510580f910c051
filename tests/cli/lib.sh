# SPDX-License-Identifier: BSD-2-Clause
# What the tests of the command line share: source it with the work folder as $1. It is emptied.
set -euo pipefail
work=$1
rm -rf "$work"
mkdir -p "$work"
cd "$work"
checks=0

die() {
	echo "FAILED: $*"
	exit 1
}

# A BPF object from one of the golden cases.
object() { # CASE OUTPUT
	"$CLANG" -target bpf -mcpu=v3 -g -O2 -Wno-unused -c "$CASES/$1.bpf.c" -o "$2"
}

# fails STATUS TEXT ARGUMENTS...: ends so, with TEXT in its one line on standard error, nothing on
# standard output and no new file.
fails() {
	local want=$1 text=$2 status=0 before
	shift 2
	before=$(ls -A)
	"$WBPF_GEN" "$@" >"$work.out" 2>"$work.err" || status=$?
	[[ $status == "$want" ]] || die "wbpf-gen $*: exit status $status, not $want: $(<"$work.err")"
	[[ $(wc -l <"$work.err") == 1 ]] || die "wbpf-gen $*: not one line: $(<"$work.err")"
	grep -qF -- "$text" "$work.err" || die "wbpf-gen $*: says: $(<"$work.err")"
	[[ ! -s $work.out ]] || die "wbpf-gen $*: printed something though it failed"
	[[ $(ls -A) == "$before" ]] || die "wbpf-gen $*: left a file: $(ls -A)"
	checks=$((checks + 1))
}

# works ARGUMENTS...: ends with 0 and says nothing on standard error.
works() {
	"$WBPF_GEN" "$@" >"$work.out" 2>"$work.err" || die "wbpf-gen $*: $(<"$work.err")"
	[[ ! -s $work.err ]] || die "wbpf-gen $*: warns: $(<"$work.err")"
	checks=$((checks + 1))
}

done_well() {
	echo "$checks checks"
}
