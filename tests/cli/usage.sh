# SPDX-License-Identifier: BSD-2-Clause
# Command lines that are wrong, and help.
source "$(dirname "$0")/lib.sh" "$1"

object sections good.bpf.o
fails 2 "missing: COMMAND (try wbpf-gen --help)"
fails 2 "unknown command headre (try wbpf-gen --help)" headre good.bpf.o
fails 2 "unknown option --frobnicate" --frobnicate
for command in header skeleton wit; do
	fails 2 "missing: FILE.bpf.o (try wbpf-gen $command --help)" "$command"
	fails 2 "too many arguments, beginning with b.o" "$command" good.bpf.o b.o
	fails 2 "unknown option --frobnicate (try wbpf-gen $command --help)" "$command" --frobnicate x.o
	fails 2 "unknown option -z" "$command" good.bpf.o -z
	fails 2 "a value is missing after --output" "$command" good.bpf.o --output
	fails 2 "--output: a file name is needed" "$command" good.bpf.o --output=
	fails 1 "--depfile needs --output" "$command" good.bpf.o --depfile x.d

	works "$command" --help
	grep -q "^Usage: wbpf-gen $command \[options\] FILE.bpf.o$" "$work.out" || die "$command --help"
	! grep -q '.\{81\}' "$work.out" || die "$command --help: a line of more than 80 columns"
done
fails 2 "unknown option --type" skeleton good.bpf.o --type event
works --help
for command in header skeleton wit; do
	grep -q "^  $command " "$work.out" || die "--help does not name $command"
done
works --version
[[ $(<"$work.out") == "wbpf-gen $WBPF_VERSION" ]] || die "--version: $(<"$work.out")"
works header --version
for full in --help --version "header --help"; do
	status=0
	"$WBPF_GEN" $full >/dev/full 2>/dev/null || status=$?
	[[ $status == 1 ]] || die "$full with standard output full: exit status $status"
done
done_well
