# SPDX-License-Identifier: BSD-2-Clause
# dynptr prints command lines of any length, each in a record of its own size.
. "$(dirname "$0")/lib.sh"
needs_bpf

program=$(unique_copy true dyn)
name=${program##*/}
letters() { printf "%$1s" '' | tr ' ' "$2"; }
# Runs the program with that many bytes of arguments behind its path, and says what there is to be
# printed: its process id, the size of the record and the line.
call() { # BYTES ARGUMENTS...
	local size=$((24 + ${#program} + 1 + $1)) line
	shift
	line="$program $*"
	"$program" "$@" &
	wait $!
	((${#line} < 16384)) || { line=${line:0:16384}' ...'; size=$((24 + 16384)); }
	printf '%7u %6u %s\n' $! $size "$line" >>"$work/expected"
}

for variant in $variants; do
	printf '%7s %6s COMMAND\n' PID BYTES >"$work/expected"
	start $variant dynptr "${name:0:15}"
	wait_line 'COMMAND$'
	hold
	# Around the length of a piece, of several, of the most that is reported; an empty argument.
	for ((i = 0; i < 40; i++)); do
		call $((i * 23 + 1)) "$(letters $((i * 23)) a)"
	done
	call 9 one '' two
	for length in 5000 16000 16383 16384 40000; do
		call $((length + 1)) "$(letters $length b)"
	done
	"$(type -P true)" # of another name
	wait_line ' \.\.\.$'
	for ((i = 0; i < 100 && $(wc -l <"$out") < $(wc -l <"$work/expected"); i++)); do sleep 0.1; done
	stop INT
	expect_status 0
	expect_nothing_left
	echo "Commands: 46, lost: 0" >>"$work/expected"
	diff "$work/expected" "$out" >"$work/diff" || fail "$variant: $(head -c 1000 "$work/diff")"
done
