# SPDX-License-Identifier: BSD-2-Clause
# Command lines that are wrong, and help.
source "$(dirname "$0")/lib.sh" "$1"

object sections good.bpf.o
echo 'struct event { int pid; };' >event.h
fails 2 "missing: COMMAND (try wbpf-gen --help)"
fails 2 "unknown command headre (try wbpf-gen --help)" headre good.bpf.o
fails 2 "unknown option --frobnicate" --frobnicate
for command in header skeleton subskeleton wit wit-decoder rust go; do
	args="FILE [-- CLANG-ARGUMENT...]"
	[[ $command != *skeleton ]] || args="FILE.bpf.o [name NAME]"
	fails 2 "missing: $args (try wbpf-gen $command --help)" "$command"
	if [[ $command == *skeleton ]]; then
		fails 2 "too many arguments, beginning with d" "$command" good.bpf.o b.o c d
		fails 2 "what is 'b.o'? Behind good.bpf.o there can only be: name NAME" "$command" good.bpf.o b.o
		fails 2 "there can only be: name NAME" "$command" good.bpf.o name
		fails 2 "there can only be: name NAME" "$command" good.bpf.o nome x
		fails 2 "--name is given more than once: a, b" "$command" good.bpf.o name b --name a
	else
		fails 2 "too many arguments, beginning with b.o" "$command" good.bpf.o b.o
	fi
	fails 2 "unknown option --frobnicate (try wbpf-gen $command --help)" "$command" --frobnicate x.o
	fails 2 "unknown option -z" "$command" good.bpf.o -z
	fails 2 "a value is missing after --output" "$command" good.bpf.o --output
	fails 2 "--output: a file name is needed" "$command" good.bpf.o --output=
	fails 2 "--depfile needs --output" "$command" good.bpf.o --depfile x.d
	fails 2 "--depfile needs --output" "$command" good.bpf.o --depfile x.d -o -

	works "$command" --help
	grep -qxF "Usage: wbpf-gen $command [options] $args" "$work.out" || die "$command --help"
	! grep -q '.\{81\}' "$work.out" || die "$command --help: a line of more than 80 columns"
done
# What is behind -- belongs to the compiler of a C header.
for command in header wit wit-decoder rust go layout assert "check x.json" "diff good.bpf.o"; do
	fails 2 "good.bpf.o is none (its name does not end in .h)" $command good.bpf.o -- -I.
	fails 2 "--clang compiles a C header" $command good.bpf.o --clang clang
	fails 2 "needs no other --" $command event.h -- -I. --
	fails 2 "--clang: a program is needed" $command event.h --clang=
done
# An option has one value, or may be repeated.
for command in header wit wit-decoder rust go layout assert "check x.json" "diff good.bpf.o"; do
	fails 2 "--base is given more than once: a, b (try" $command good.bpf.o --base a --base b
	fails 2 "--clang is given more than once: a, b (try" $command event.h -c a --clang b
done
for command in header skeleton wit wit-decoder rust go layout assert; do
	fails 2 "--output is given more than once: a, b (try wbpf-gen $command --help)" \
		"$command" good.bpf.o -o a --output=b
	fails 2 "--output is given more than once: a, a" "$command" -o a good.bpf.o -o a
	fails 2 "--depfile is given more than once: a, b" "$command" good.bpf.o -o x -d a -d b
done
for command in header skeleton wit wit-decoder rust go assert; do
	fails 2 "--name is given more than once: a, b" "$command" good.bpf.o -n a --name b
done
fails 2 "--package is given more than once: a, b" go good.bpf.o -p a -p b
fails 2 "--package: a name is needed" go good.bpf.o --package=
fails 2 "unknown option --package" rust good.bpf.o --package a
fails 2 "--format is given more than once: text, json" layout good.bpf.o -f text --format json
works header event.h --type event --type event
fails 2 "what is '--frobnicate'?" skeleton good.bpf.o -- --frobnicate
fails 2 "unknown option --clang" skeleton good.bpf.o --clang clang
fails 2 "unknown option --type" skeleton good.bpf.o --type event
works --help
for command in header skeleton wit wit-decoder; do
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
