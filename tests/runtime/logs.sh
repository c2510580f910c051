# SPDX-License-Identifier: BSD-2-Clause
# What wbpf-run says, by level and in both forms. Needs python3 to read JSON.
. "$(dirname "$0")/lib.sh"
needs_tool python3
ends=$WBPF_MODULES/ends.wasm rejected=$WBPF_MODULES/rejected.wasm

# run_all ARGS...: sets status, out, err
run_all() {
	out=$work/run.out err=$work/run.err
	timeout -k 5 $((60 * patience)) "$WBPF_RUN" "$@" >"$out" 2>"$err" </dev/null
	status=$?
}
# The lines of standard error that are JSON, as "LEVEL|MODULE|SOURCE|MESSAGE".
read_json() {
	python3 - "$err" <<'PY'
import json, re, sys
for line in open(sys.argv[1], encoding="utf-8"):
    if not line.startswith("{"):
        continue
    o = json.loads(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", o["time"]), o["time"]
    assert set(o) - {"module"} == {"time", "level", "source", "message"}, o
    print(o["level"], o.get("module", "-"), o["source"], o["message"].split("\n")[0], sep="|")
PY
}
json_lines() { # NAME EXPECTED
	local lines
	lines=$(read_json) || fail "$1: not JSON"
	expect_same "$1" "$2" "$lines"
}

# Nothing by itself; the ends with info; names where there are several.
run_all "$ends" exit 3
expect_same "by itself" "" "$(cat "$err")"
run_all --log-level info "$ends" exit 3
expect_same "info" "wbpf-run: $ends: ended with status 3" "$(grep 'ended' "$err")"
run_all --log-level info --log-format json -M "$ends exit 3" "$ends"
expect_status 3
expect_same "JSON" "info|$ends#2|wbpf-run|ended with status 0
info|$ends|wbpf-run|ended with status 3" "$(read_json | grep ended | LC_ALL=C sort)"
run_all --log-format json "$ends" trap
expect_status 134
[[ $(read_json) == "error|$ends|wbpf-run|the module trapped: "* ]] || fail "trap: $(read_json)"
run_all --log-format json "$work/none.wasm"
expect_status 125
json_lines "no file" "error|-|wbpf-run|$work/none.wasm: cannot open: No such file or directory"

# Names of any bytes: valid JSON, and nothing that steers a terminal.
name=$work/$'\xff\xc3\x28 \e[31m \xe2\x82\xac".wasm'
run_all --log-format json "$name"
json_lines "a name that is no UTF-8" "error|-|wbpf-run|$work/"$'\xef\xbf\xbd\xef\xbf\xbd( ?[31m \xe2\x82\xac".wasm: cannot open: No such file or directory'
run_all "$name"
expect_no_line "$err" $'\e'

for wrong in "--log-level loud" "--log-level Info" "--log-format xml" "--log-level"; do
	# shellcheck disable=SC2086
	run_all $wrong "$ends"
	expect_status 2
	expect_line "$err" "^wbpf-run: .*--log-"
done

# libbpf's and the verifier's.
needs_bpf
[[ -e $rejected ]] || fail "rejected.wasm is not built"
reason="R[0-9] invalid mem access 'scalar'"
run_all "$rejected" mine
expect_no_line "$err" "$reason"
run_all --log-level warn "$rejected" mine
expect_status 1
expect_line "$err" "^libbpf: prog 'read_anywhere': "
expect_line "$err" "^$reason"
expect_line "$out" "$reason"
run_all --log-level warn -M "$rejected mine" -M "$rejected mine"
expect_line "$err" "^$rejected: $reason"
expect_line "$err" "^$rejected#2: $reason"
run_all --log-level warn --log-format json "$rejected" mine
expect_same "not JSON" "" "$(grep -v '^{' "$err")"
[[ $(read_json) == "warn|$rejected|libbpf|prog 'read_anywhere': "* ]] || fail "libbpf: $(read_json)"
expect_line "$err" "$reason"
run_all --log-level debug --log-format json "$rejected" mine
[[ $(read_json) == *"debug|$rejected|libbpf|"* ]] || fail "debug: $(read_json)"
