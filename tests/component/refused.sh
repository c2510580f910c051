# SPDX-License-Identifier: BSD-2-Clause
# Components that cannot be run: each is one line that says why, and status 125.
. "$(dirname "$0")/lib.sh"
basics=$WBPF_MODULES/basics.wasm

refused() { # FILE PATTERN
	run_file --no-cache "$1"
	expect_status 125
	[[ $(wc -l <"$err") == 1 ]] || fail "not one line: $(cat "$err")"
	expect_line "$err" "$2"
	[[ ! -s $out ]] || fail "it printed something"
}
refused_text() { # PATTERN <TEXT
	text refused
	refused "$work/refused.wasm" "$1"
}

head -c 5000 "$basics" >"$work/cut.wasm"
refused "$work/cut.wasm" 'cut\.wasm: .*out of bounds'
head -c 8 "$basics" >"$work/header.wasm"
refused "$work/header.wasm" 'header\.wasm: has no export wasi:cli/run@0\.2'
refused "$WBPF_MODULES/basics.core.wasm" \
	'imports wbpf:host/bpf@1\.[0-9]*\.0, as the core module of a component does: make the component'
# An interface of types alone needs nobody.
text types <<'END'
(component (import "other:one/types@1.0.0" (instance
  (type $event (record (field "pid" u32))) (export "event" (type (eq $event))))))
END
refused "$work/types.wasm" 'has no export wasi:cli/run@0\.2'
refused_text 'imports other:one/thing@1\.0\.0, which nobody offers' <<'END'
(component (import "other:one/thing@1.0.0" (instance (export "x" (func)))))
END
refused_text 'imports wbpf:host/bpf@2\.0\.0; this runtime offers version 1\.' <<'END'
(component (import "wbpf:host/bpf@2.0.0" (instance (export "system" (func)))))
END
refused_text 'wbpf:host/bpf@1\.3\.0.*`nothing`' <<'END'
(component (import "wbpf:host/bpf@1.3.0" (instance (export "nothing" (func)))))
END
refused_text 'wbpf:host/nothing@1\.3\.0' <<'END'
(component (import "wbpf:host/nothing@1.3.0" (instance (export "x" (func)))))
END
refused_text 'wasi:cli/environment@0\.9\.0' <<'END'
(component (import "wasi:cli/environment@0.9.0" (instance (export "x" (func)))))
END
# Deeper than anybody needs.
{
	for ((i = 0; i < 150; i++)); do echo '(component '; done
	for ((i = 0; i < 150; i++)); do echo ')'; done
} | refused_text 'refused\.wasm: .*(within each other|nesting)'
# What would end the engine's compiler is refused, in a component's modules as elsewhere.
{
	echo '(component (core module '
	for ((i = 0; i < 6000; i++)); do echo '(global i32 (i32.const 1))'; done
	echo '))'
} | refused_text 'has 6000 globals'
