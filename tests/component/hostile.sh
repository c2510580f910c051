# SPDX-License-Identifier: BSD-2-Clause
# What components may do wrong: hostile.c, and as text what no compiler writes, functions that are imported
# with other types than they have.
. "$(dirname "$0")/lib.sh"
needs_bpf
ulimit -n 20000 # one of them opens 200 objects
needs_tracefs
start_caller
export WBPF_CACHE_DIR=$work/cache
hostile=$WBPF_MODULES/hostile.wasm

# STATUS LAST-LINE ARGS...
ends() {
	run_file "$hostile" "${@:3}"
	expect_status "$1"
	[[ $(tail -n 1 "$out") == "$2" ]] || fail "${*:3}: ends with '$(tail -n 1 "$out")' in place of '$2'"
}
ends 0 well object-first "$caller"
ends 0 well many "$caller"
ends 0 well bad-names
ends 134 "small ones are refused" large-lists "$caller"
expect_line "$err" 'large-lists|trapped'
ends 134 "" used-again "$caller"
expect_line "$err" 'unknown handle index'
for status in 0 1 7 134 255; do ends "$status" "" exit "$status"; done
ends 134 "" trap
expect_line "$err" 'unreachable'

# What it is given, and no more.
ends 0 well memory
GIVEN=here run_file --env GIVEN "$hostile" environment
expect_line "$out" '^here$'
GIVEN=here run_file "$hostile" environment
expect_line "$out" '^nothing$'
run_file --memory 4 "$hostile" memory
expect_status 1
expect_line "$out" 'not bytes'

start_component() { # WHAT PID: waits for its first line
	out=$work/run.out err=$work/run.err
	: >"$out"
	env --default-signal=INT,QUIT,TERM "$WBPF_RUN" "$hostile" "$@" >"$out" 2>"$err" </dev/null &
	pid=$!
	pids+=("$pid")
	wait_line "^$1\$"
}
start_component waits 1
hold
stop TERM
expect_status 143
expect_nothing_left
start_component deaf 1
hold
for i in 1 2 3; do
	kill -TERM "$pid" 2>/dev/null
	sleep 0.2
done
wait_end
expect_status 143
expect_nothing_left
start_component signals 1
kill -USR1 "$pid"
sleep 0.2
stop TERM
expect_status 0
expect_line "$out" '^all came$'

# --- other types -----------------------------------------------------------------------------------
# imported TYPES FUNCTION-TYPE NAME CORE-ARGUMENTS PARAMETERS: calls it once.
imported() {
	text imported <<END
(component
  (import "wbpf:host/bpf@1.3.0" (instance \$bpf $1))
  (core module \$memory (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) i32.const 1024))
  (core instance \$m (instantiate \$memory))
  (alias core export \$m "memory" (core memory \$bytes))
  (alias core export \$m "realloc" (core func \$realloc))
  $2
  (core module \$main
    $3
    (func (export "run") (result i32) $4 i32.const 0))
  (core instance \$i (instantiate \$main (with "h" (instance $5))))
  (alias core export \$i "run" (core func \$core_run))
  (func \$run (result (result)) (canon lift (core func \$core_run)))
  (instance \$exported (export "run" (func \$run)))
  (export "wasi:cli/run@0.2.0" (instance \$exported)))
END
	run_file --no-cache "$work/imported.wasm"
	expect_status 134
	expect_line "$err" "$6"
}
lower() {
	echo "(alias export \$bpf \"$1\" (func \$imported))
	(core func \$f (canon lower (func \$imported) (memory \$bytes) (realloc \$realloc)))"
}
other='imported with another type'
# Of what comes first in a call the host sees the type: numbers for texts, for lists, for signals.
imported '(export "interface-index" (func (param "name" u32) (result u32)))' "$(lower interface-index)" \
	'(import "h" "f" (func $f (param i32) (result i32)))' '(drop (call $f (i32.const -1)))' \
	'(export "f" (func $f))' "$other"
imported '(export "interface-index" (func (result u32)))' "$(lower interface-index)" \
	'(import "h" "f" (func $f (result i32)))' '(drop (call $f))' '(export "f" (func $f))' "$other"
imported '(export "interface-index" (func (param "name" (list u64)) (result u32)))' "$(lower interface-index)" \
	'(import "h" "f" (func $f (param i32 i32) (result i32)))' '(drop (call $f (i32.const 0) (i32.const 9)))' \
	'(export "f" (func $f))' "$other"
# A resource in place of a result that has one.
imported '(export "map" (type $map (sub resource))) (export "object" (type $object (sub resource)))
	(export "[static]object.open-section" (func (param "section" string) (param "name" string)
		(result (own $map))))' "$(lower '[static]object.open-section')" \
	'(import "h" "f" (func $f (param i32 i32 i32 i32) (result i32)))' \
	'(drop (call $f (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))' '(export "f" (func $f))' 'trapped'
# Another result than there is.
imported '(export "system" (func (result string)))' "$(lower system)" \
	'(import "h" "f" (func $f (param i32)))' '(call $f (i32.const 64))' '(export "f" (func $f))' 'trapped'
imported '(export "system" (func))' "$(lower system)" \
	'(import "h" "f" (func $f))' '(call $f)' '(export "f" (func $f))' "$other"
