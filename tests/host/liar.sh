#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# liar.sh WBPF_RUN MODULE: statistics of a module that does not tell the truth, in both forms.
set -u
fail() { echo "FAILED: $*"; exit 1; }
for format in text json; do
	out=$("$1" --stats --log-format $format "$2" 2>&1)
	status=$?
	[[ $status == 77 ]] && { echo "$out"; exit 77; }
	[[ $status == 0 && $out == *" 0 failures"* ]] || fail "exit status $status: ${out:0:2000}"
	[[ $out == *18446744073709551615* ]] || fail "not what it said: ${out:0:2000}"
done
