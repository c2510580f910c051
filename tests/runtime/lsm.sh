# SPDX-License-Identifier: BSD-2-Clause
# lsm refuses the removal of one path, in each way, and of nothing else.
. "$(dirname "$0")/lib.sh"
run_options=(--dir "$work")
# What is wrong is found before a kernel is needed for it; those that are emulated need not show that.
if [[ ! ${WBPF_OTHER_KERNEL-} ]]; then
	for variant in $variants; do
		run $variant lsm "$work/no-folder/file"
		expect_status 1
		expect_line "$err" "^lsm: $work/no-folder/: No such file"
		run $variant lsm "$work/."
		expect_status 1
		expect_line "$err" '^lsm: names no file: '
	done
fi
needs_bpf
needs_bpf_lsm
needs_trampolines
needs_loading lsm "BPF LSM programs" "$work/kept"

unlink=$(unique_copy unlink u)
mv=$(unique_copy mv m)
rmdir=$(unique_copy rmdir r)
names="${unlink##*/} ${mv##*/} ${rmdir##*/}"
refusals() { awk -v names="$names" 'index(" " names " ", " " $2 " ") { print $2, $3 }' "$1"; }
refused() { # COMMAND...
	LC_ALL=C "$@" 2>"$work/said" && fail "$variant: allowed: ${*##*/}"
	grep -q 'Operation not permitted' "$work/said" || fail "$variant: ${*##*/}: $(<"$work/said")"
}
allowed() { "$@" || fail "$variant: refused: ${*##*/}"; }

mkdir "$work/folder" "$work/folder/kept" "$work/other"
for variant in $variants; do
	touch "$work"/{kept,kept2,kep,other/kept,new}
	ln "$work/kept" "$work/link"
	start $variant lsm "$work/kept"
	wait_line 'NAME +TRIED'
	hold
	refused "$unlink" "$work/kept"
	refused "$mv" "$work/kept" "$work/away"
	refused "$mv" -T "$work/new" "$work/kept"
	(cd "$work" && refused "$unlink" kept) || exit 1
	allowed rm "$work"/{link,kept2,kep,other/kept}
	allowed "$mv" "$work/new" "$work/other/kept"
	[[ -e $work/kept && ! -e $work/link ]] || fail "$variant: removed in spite of it"
	for ((i = 0; i < 100 * patience; i++)); do
		[[ $(refusals "$out" | wc -l) -lt 4 ]] || break
		sleep 0.05
	done
	stop INT
	expect_status 0
	expect_nothing_left
	expect_same "$variant: refusals" "${unlink##*/} unlink
${mv##*/} rename
${mv##*/} rename
${unlink##*/} unlink" "$(refusals "$out")"
	expect_same "$variant: last line" "Refused: 4" "$(tail -n 1 "$out")"
	allowed "$unlink" "$work/kept"
done

# A folder; and until it is there its name may be taken. Natively only: the same BPF programs decide.
variant=native
start $variant lsm "$work/folder/sub"
wait_line 'NAME +TRIED'
allowed "$mv" -T "$work/folder/kept" "$work/folder/sub"
refused "$rmdir" "$work/folder/sub"
wait_line "${rmdir##*/} +rmdir"
stop INT
expect_status 0
allowed "$rmdir" "$work/folder/sub"
