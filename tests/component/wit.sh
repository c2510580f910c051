# SPDX-License-Identifier: BSD-2-Clause
# runtime-min/abi/host.wit is what its definition makes, all of it is valid, and it goes together with the
# WIT of an object: wit.sh ABI-DESCRIBE ABI OBJECT
. "$(dirname "$0")/../runtime/lib.sh"
describe=$1 abi=$2 object=$3

"$describe" wit | cmp - "$abi/host.wit" || fail "make it again: abi-describe wit >runtime-min/abi/host.wit"

# The versions and the errnos, by the headers that they come from.
major=$(sed -n 's/^#define WBPF_ABI_MAJOR \([0-9]*\)$/\1/p' "$abi/wbpf_abi.h")
minor=$(sed -n 's/^#define WBPF_ABI_MINOR \([0-9]*\)$/\1/p' "$abi/wbpf_abi.h")
expect_line "$abi/host.wit" "^package wbpf:host@$major\\.$minor\\.0;\$"
grep -q "^#define WBPF_BPF \"wbpf:host/bpf@$major\\.$minor\\.0\"" "$abi/../guest/component/wbpf_component.h" ||
	fail "runtime-min/guest/component/wbpf_component.h has another version"
# Every way to attach is a target, but for those that need what a component has no handle of.
without="AUTO PERF_EVENT SOCKMAP ITER FREPLACE STRUCT_OPS KPROBE_MULTI UPROBE_MULTI"
for kind in $(sed -n 's/^\tWBPF_ATTACH_\([A-Z_]*\) = [0-9]*,.*/\1/p' "$abi/wbpf_abi.h"); do
	grep -q "^WBPF_TARGET([a-z_]*, $kind," "$abi/wbpf_component.def" || [[ " $without " == *" $kind "* ]] ||
		fail "wbpf_component.def has no target for WBPF_ATTACH_$kind"
done

[[ -x ${WASM_TOOLS-} ]] || skip "there is no wasm-tools (tools/setup.sh --group tests)"
"$WASM_TOOLS" --version >/dev/null 2>&1 || skip "wasm-tools does not run here"
mkdir -p "$work/wit/deps"
cp "$abi/host.wit" "$abi"/../guest/component/wit/deps/*.wit "$work/wit/deps/"
"$WBPF_GEN" wit "$object" -o "$work/wit/deps/types.wit"
package=$(sed -n 's/^package \(.*\);$/\1/p' "$work/wit/deps/types.wit")
cat >"$work/wit/world.wit" <<END
package test:together;
interface uses { use $package/types.{event}; take: func(e: event); }
world together {
  include wbpf:host/imports@$major.$minor.0;
  include wasi:cli/small-command@0.2.0;
  import uses;
}
END
"$WASM_TOOLS" component wit "$work/wit" --wasm -o "$work/wit.wasm" || fail "wasm-tools does not take the WIT"
"$WASM_TOOLS" validate --features all "$work/wit.wasm" || fail "the encoded WIT is not valid"
"$WASM_TOOLS" component wit "$work/wit.wasm" >"$work/back" || fail "the encoded WIT cannot be read"
expect_line "$work/back" 'import wbpf:host/bpf@'
