# SPDX-License-Identifier: BSD-2-Clause
# Maps and programs that modules share: by name in a process, by pin path between processes.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_bpffs
share=$WBPF_MODULES/share.wasm
[[ -e $share ]] || fail "share.wasm is not built"
pin=/sys/fs/bpf/wbpf-share-$$
trap 'rm -f "$pin"; cleanup' EXIT

# run_all ARGS...: sets status, out, err
run_all() {
	out=$work/run.out err=$work/run.err
	timeout -k 5 $((60 * patience)) "$WBPF_RUN" "$@" >"$out" 2>"$err" </dev/null
	status=$?
}
# The id that a line says behind a name: id_of MODULE NAME
id_of() { sed -n "s/^$1: counts.*$2 \([0-9]*\).*/\1/p; s/^$1: $2 \([0-9]*\),.*/\1/p" "$out"; }
same_ids() { [[ -n $(id_of a "$1") && $(id_of a "$1") == "$(id_of b "$1")" ]]; }

# Alone: each counts what it ran.
run_all -M "$share a 3 3" -M "$share b 4 4"
expect_status 0
for what in counts share_bp.bss add; do ! same_ids "$what" || fail "$what is shared without --share"; done

# The map: both see what both did, the last as the first. Another step is each one's own constant.
run_all --share counts -M "$share a 3 43" -M "$share b 4 43 1 10"
expect_status 0
same_ids counts || fail "counts is not shared"
! same_ids add || fail "the program is shared without --share"
expect_line "$out" '^a: total 3$'
expect_line "$out" '^b: total 40$'

# Variables.
run_all --share share_bp.bss --share counts -M "$share a 3 7" -M "$share b 4 7"
expect_status 0
same_ids counts || fail "counts is not shared"
same_ids share_bp.bss || fail "the variables are not shared"
expect_line "$out" '^a: total 7$'
expect_line "$out" '^b: total 7$'

# The program: loaded once, run by both, and so with the maps of the one that loaded it.
run_all --share add --share counts -M "$share a 3 7" -M "$share b 4 7"
expect_status 0
same_ids add || fail "the program is not shared"
expect_same "refused attachments" 1 "$(grep -c 'attach Operation not supported' "$out")"
expect_line "$err" "prog 'add': is shared, and another module loaded it"

# Many, of one file.
many=()
for i in {1..20}; do many+=(-M "$share m$i 2 40"); done
run_all --share counts --share add "${many[@]}"
expect_status 0
expect_same "how many counted" 20 "$(grep -c ': counted 40$' "$out")"
expect_same "how many loaded it" 19 "$(grep -c 'attach Operation not supported' "$out")"

# Definitions that differ.
run_all --share counts -M "$share a 0 0" -M "$share b 0 0 2"
expect_status 1
expect_line "$out" '^[ab]: Invalid argument'
expect_line "$err" "map 'counts': cannot be shared: its max_entries is [12] here and [12] in .*share.wasm"
run_all --share share_bp.rodata -M "$share a 0 0"
expect_status 1
expect_line "$err" "map 'share_bp.rodata': cannot be shared: it holds constants"

# Between processes, by the pin's path.
out=$work/one.out err=$work/one.err
: >"$out"
"$WBPF_RUN" "$share" a 3 7 1 1 "$pin" >"$out" 2>"$err" </dev/null &
pid=$!
pids+=("$pid")
wait_line '^a: counts'
one=$(id_of a counts)
out=$work/two.out err=$work/two.err
timeout -k 5 $((60 * patience)) "$WBPF_RUN" "$share" b 4 7 1 1 "$pin" >"$out" 2>"$err" </dev/null
status=$?
expect_status 0
[[ $(id_of b counts) == "$one" ]] || fail "two processes with one pin path have two maps"
wait_end
expect_status 0
expect_line "$work/one.out" '^a: counted 7$'
run_all "$share" c 0 7 2 1 "$pin"
expect_status 1
expect_line "$out" '^c: '
