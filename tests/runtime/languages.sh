# SPDX-License-Identifier: BSD-2-Clause
# A module in another language does with a typed skeleton what it demands of itself: languages.sh rust|go.
. "$(dirname "$0")/lib.sh"
language=$1
needs_bpf
module=$WBPF_MODULES/things_$language.wasm
[[ -e $module ]] || skip "there was no compiler for $language"
"$WBPF_RUN" "$module" >"$work/out" 2>"$work/err" || { cat "$work/out" "$work/err"; fail "exit status $?"; }
expect_line "$work/out" '^done$'
echo "done"
