# SPDX-License-Identifier: BSD-2-Clause
# bootstrap prints the processes that were started and ended, with their names, paths, parents, exit
# statuses and signals: the same natively and as a module.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tracefs

shell=$(unique_copy sh c)
sleeper=$(unique_copy sleep d)
name=${shell##*/}

# Clock times and durations are not known beforehand; everything else is.
events() { grep -E ' (EXEC|EXIT) ' "$1" | sed -E 's/^[0-9:]{8} +//; s/ after [0-9]+ ms$/ after a while/; s/ +/ /g'; }

# Runs that many, one after the other: from a small process, of which making another costs less.
run_many() { # COUNT
	sh -c 'i=0; while [ $i -lt "$1" ]; do "$0" -c :; i=$((i + 1)); done' "$shell" "$1"
}

for variant in $variants; do
	start $variant bootstrap -c "$name"
	wait_line '^UTC '
	hold
	expected=
	for script in 'exit 0' 'exit 7' 'kill -KILL $$'; do
		{ "$shell" -c "$script" & } 2>/dev/null
		child=$!
		wait $child 2>/dev/null
		case $script in
		exit*) how="exit status ${script#exit }" ;;
		*) how='killed by signal 9' ;;
		esac
		expected+="EXEC $name $child $$ $shell
EXIT $name $child $$ $how after a while
"
	done
	for ((i = 0; i < 3 * patience && $(events "$out" | wc -l) < 6; i++)); do sleep 1; done
	stop INT
	expect_status 0
	expect_nothing_left
	expect_same "$variant: events" "${expected%$'\n'}" "$(events "$out")"
	expect_same "$variant: last line" "Events: 6, lost: 0" "$(tail -n 1 "$out")"

	# Many that wait at once: none is lost, none is printed twice.
	start $variant bootstrap -c "$name"
	wait_line '^UTC '
	kill -STOP "$pid"
	run_many 300
	kill -CONT "$pid"
	for ((i = 0; i < 5 * patience && $(events "$out" | wc -l) < 600; i++)); do sleep 1; done
	stop TERM
	expect_status 0
	expect_same "$variant: many events" "Events: 600, lost: 0" "$(tail -n 1 "$out")"
	expect_same "$variant: processes" 300 "$(events "$out" | awk '$1 == "EXIT" { print $3 }' | sort -u | wc -l)"

	# More than the ring buffer holds: what did not fit is counted, live in .bss.
	start $variant bootstrap -c "$name"
	wait_line '^UTC '
	kill -STOP "$pid"
	run_many 800
	kill -CONT "$pid"
	for ((i = 0, seen = 0; i < 30 && (seen < 1 || $(events "$out" | wc -l) != seen); i++)); do
		seen=$(events "$out" | wc -l)
		sleep 0.5
	done
	stop INT
	expect_status 0
	read -r printed lost < <(sed -n 's/^Events: \([0-9]*\), lost: \([0-9]*\)$/\1 \2/p' "$out")
	[[ ${lost-0} -gt 0 && $((printed + lost)) == 1600 ]] || fail "printed $printed, lost $lost, of 1600"
	expect_same "$variant: lines" "$printed" "$(events "$out" | wc -l)"

	# Only those that ran long, and only as many as asked for.
	start $variant bootstrap -d 200 -c "${sleeper##*/}" -n 2
	wait_line '^UTC '
	for s in 0.3 0.01 0.3 0.01; do "$sleeper" $s; done
	wait_end
	expect_status 0
	expect_same "$variant: long ones" "EXIT ${sleeper##*/} exit status 0
EXIT ${sleeper##*/} exit status 0" "$(events "$out" | awk '{ print $1, $2, $5, $6, $7 }')"

	run $variant bootstrap -t 1 -c no-such-name
	expect_status 0
	expect_same "$variant: -t" "Events: 0, lost: 0" "$(tail -n 1 "$out")"
done
