# SPDX-License-Identifier: BSD-2-Clause
# A module whose first object was loaded while the engine was gets what it gets otherwise, natively as
# well; and what is not the same as the last time is loaded as ever.
. "$(dirname "$0")/lib.sh"
needs_bpf
(($(nproc) > 1)) || skip "one processor: nothing is done ahead"
export WBPF_CACHE_DIR=$work/cache

# Whether an object of the last run was loaded ahead: yes, no, or none: nothing was loaded.
ahead() {
	if grep -q '"ahead":true' "$err"; then
		echo yes
	elif grep -q '"ahead":false' "$err"; then
		echo no
	else
		echo none
	fi
}
# same_as NATIVE-STATUS NATIVE-OUTPUT WANTED WORD...: a run does the same, and its object is loaded ahead
# or not. A load that took long, as on a busy machine, is not kept: then the next one is.
same_as() {
	local want_status=$1 want_out=$2 wanted=$3 i
	shift 3
	for ((i = 0; i < 20; i++)); do
		run wasm starts "$@"
		expect_status "$want_status"
		expect_same "$*" "$want_out" "$(cat "$out")"
		[[ $(ahead) == "$wanted" ]] && return
		[[ $wanted == yes ]] || break
	done
	fail "$*: ahead: $(ahead), not $wanted"
}
# runs WANTED... -- WORD...: as often as there are answers, each what it is expected to be, and prints
# what the native program prints.
runs() {
	local wanted=() want
	while [[ $1 != -- ]]; do wanted+=("$1"); shift; done
	shift
	run native starts "$@"
	local native_status=$status native
	native=$(cat "$out")
	run_options=(--stats --log-format json)
	for want in "${wanted[@]}"; do same_as "$native_status" "$native" "$want" "$@"; done
	echo "$*: ${wanted[*]}"
}
work_words=(open factor 2 entries 99 name load name run)

# --- the same again -------------------------------------------------------------------------------
runs no yes yes -- "${work_words[@]}"
runs no yes -- open load run
runs no yes -- open without load run
runs no yes -- open load run close
runs no yes -- open load run open load run close run
# Messages come as they always do, at the module's level.
runs no yes yes -- log open factor 3 load run
runs no yes -- warn open factor 3 load run
runs no yes -- open log load run
runs no yes -- log open warn load run
# What loads is decided by what the module does, not by when it does it.
runs no yes -- open open load run close load run

# --- not the same ---------------------------------------------------------------------------------
echo 4 >"$work/n"
changing=(open factor "$work/n" load run)
for wanted in no yes no no; do
	[[ $wanted == no ]] && echo $((RANDOM + 5)) >"$work/n"
	run native starts "${changing[@]}"
	native=$(cat "$out")
	run_options=(--stats --log-format json --dir "$work")
	same_as 0 "$native" "$wanted" "${changing[@]}"
done

# --- what cannot be done ahead --------------------------------------------------------------------
runs none none -- open
runs none none -- open close
runs none none -- exit
runs none none -- open endless load
runs no no -- open close open load run
if needs_bpffs; then
	pin=/sys/fs/bpf/wbpf-ahead-$$
	trap 'rm -f "$pin"; cleanup' EXIT
	runs no no no -- open pin "$pin" load run
	[[ -e $pin ]] || fail "nothing was pinned"
fi

# Without the cache, or with one processor, nothing is.
run_options=(--stats --log-format json --no-cache)
run wasm starts "${work_words[@]}"
[[ $(ahead) == no ]] || fail "--no-cache: ahead: $(ahead)"
run_options=(--stats --log-format json)
command_of wasm starts
taskset -c 0 "${command[@]}" "${work_words[@]}" >"$work/wasm.out" 2>"$work/wasm.err" || fail "on one processor"
err=$work/wasm.err
[[ $(ahead) == no ]] || fail "one processor: ahead: $(ahead)"

# --- another file ---------------------------------------------------------------------------------
command_of wasm starts
cp -p "${command[-1]}" "$work/starts.wasm"
WBPF_MODULES=$work
runs no yes -- "${work_words[@]}"
touch "$work/starts.wasm"
runs no yes -- "${work_words[@]}"

# Several at once.
"$WBPF_RUN" cache | grep -q " a start$" || fail "the list of the cache has no start"
for i in 1 2 3 4 5 6; do
	"$WBPF_RUN" "$work/starts.wasm" "${work_words[@]}" >"$work/wasm.$i.out" 2>&1 &
	pids+=("$!")
done
for i in 1 2 3 4 5 6; do
	wait "${pids[i - 1]}" || fail "one of six at once"
	expect_same "one of six at once" "$(cat "$work/wasm.1.out")" "$(cat "$work/wasm.$i.out")"
done
pids=()
