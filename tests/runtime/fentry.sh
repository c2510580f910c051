# SPDX-License-Identifier: BSD-2-Clause
# fentry prints the removals that were tried, with arguments, results and times.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_trampolines
needs_loading fentry "programs for functions of the kernel"

unlink=$(unique_copy unlink f)
rm=$(unique_copy rm r)
mkdir "$work/folder"
names="${unlink##*/} ${rm##*/}"
removals() {
	awk -v names="$names" '
		index(" " names " ", " " $2 " ") && $4 ~ /^[0-9]+$/ && $5 == "us" {
			print $2, $3, ($6 ~ /^[0-9]+$/ ? "in a folder" : $6), $7
		}' "$1"
}

for variant in $variants; do
	touch "$work/present"
	mkdir "$work/tree"
	touch "$work/tree/leaf"
	start $variant fentry
	wait_line 'NAME +RESULT'
	hold
	"$unlink" "$work/present"
	"$unlink" "$work/missing" 2>/dev/null
	"$unlink" "$work/folder" 2>/dev/null
	"$rm" -r "$work/tree"
	"$unlink" ./last 2>/dev/null
	wait_line "${unlink##*/} .*\./last"
	stop INT
	expect_status 0
	expect_nothing_left
	expect_same "$variant: removals" "${unlink##*/} 0 cwd $work/present
${unlink##*/} -2 cwd $work/missing
${unlink##*/} -21 cwd $work/folder
${rm##*/} 0 in a folder leaf
${unlink##*/} -2 cwd ./last" "$(removals "$out")"
	expect_same "$variant: last line" "Calls: $(grep -c -E '^ *[0-9]+ ' "$out")" "$(tail -n 1 "$out")"
done
