# SPDX-License-Identifier: BSD-2-Clause
# --stats: what it says is what happened. Needs python3 to read JSON.
. "$(dirname "$0")/lib.sh"
needs_tool python3
needs_bpf
counts=$WBPF_MODULES/counts.wasm group=$WBPF_MODULES/group.wasm share=$WBPF_MODULES/share.wasm
[[ -e $counts ]] || fail "counts.wasm is not built"

reports() { # COUNT: waits until that many were printed
	local i
	for ((i = 0; i < 600 * patience; i++)); do
		(($(grep -c '"source":"statistics"\|^wbpf-run: statistics' "$err") >= $1)) && return
		sleep 0.05
	done
	fail "fewer than $1 reports"
}
# value EXPRESSION: of the last report in JSON, which is s, and m its modules by name.
value() {
	python3 - "$err" "$1" <<'PY'
import json, sys
s = [json.loads(l) for l in open(sys.argv[1], encoding="utf-8") if '"source":"statistics"' in l][-1]
m = {x["module"]: x for x in s["modules"]}
def buffer(module, name):
    return next(b for b in m[module]["buffers"] if b["map"] == name)
print(eval(sys.argv[2]))
PY
}
is() { expect_same "$1" "$2" "$(value "$1")"; }
printed() { sed -n "s/^$1 //p" "$out"; }

# While it runs, and at the end.
start_all --stats --log-format json -M "$counts 100" -M "$share x 3 3"
wait_line '^err 0'
kill -USR1 "$pid"
reports 1
[[ $(printed lost) -gt 0 ]] || fail "no record was lost: nothing to see"
for round in running ended; do
	ring="buffer('$counts', 'ring')" perf="buffer('$counts', 'perf')"
	is "$ring['records']" "$(printed ring)"
	is "$ring['kind']" ring
	is "$ring['bytes']" $((101 * 128))
	is "$ring['highest_bytes']" $((100 * 128))
	is "$ring['size_bytes']" 65536
	is "'lost' in $ring" False
	is "$perf['records']" "$(printed perf)"
	is "$perf['lost']" "$(printed lost)"
	is "$perf['kind']" perf
	is "$perf['highest_bytes'] <= $perf['size_bytes'] == 4096" True
	is "[x['name'] for x in m['$counts']['objects'][0]['programs']]" "['emit']"
	is "sorted((x['name'], x['type'], x['max_entries']) for x in m['$counts']['objects'][0]['maps'])[1]" \
		"('ring', 'ringbuf', 65536)"
	is "m['$counts']['bpf_calls']['PROG_TEST_RUN']" 101
	is "set(m['$counts']['stages']) == {'compile', 'link', 'instantiate', 'open', 'load', 'first_record'}" True
	is "m['$counts']['stages']['compile']['at_ms'] < m['$counts']['stages']['load']['at_ms']" True
	[[ $round == ended ]] || { stop TERM; reports 2; }
done
expect_status 0
is "m['$share']['bpf_calls']['PROG_TEST_RUN']" 3

# Links, by kind and target; as text.
needs_tracefs
command_of wasm minimal
start_all --stats "${command[-1]}"
wait_line 'Ctrl-C'
kill -USR1 "$pid"
reports 1
stop INT
expect_status 0
expect_line "$err" '^    link perf_event of count_start to tp/sched/sched_process_exec$'
expect_line "$err" '^    link perf_event of count_start to tp/sched/sched_process_exec, detached$'
expect_line "$err" '^      programs: count_start \(tp/sched/sched_process_exec\)$'
for stage in compile link instantiate open load attach; do expect_line "$err" "^      $stage +[0-9.]+ +[0-9.]+"; done

# SIGUSR1 of a module that catches it is the module's.
start_all --stats "$group" a catch
wait_line '^a ready'
stop USR1
expect_status 0
expect_line "$out" '^a got 10'
expect_same "reports" 1 "$(grep -c '^wbpf-run: statistics' "$err")"

# A signal that no module catches: the report, and then the same end as without it.
for signal in TERM HUP; do
	start_all --stats "$group" a default
	wait_line '^a ready'
	stop $signal
	expect_status $((128 + $(kill -l $signal)))
	expect_line "$err" '^wbpf-run: statistics'
done
