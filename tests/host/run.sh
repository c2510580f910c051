#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# run.sh WBPF_RUN MODULE STATUS TEXT: runs the module and demands its exit status and a text among what
# it and the runtime print.
set -u
out=$("$1" "$2" 2>&1)
status=$?
printf '%s\n' "$out"
if [[ $status == 77 ]]; then exit 77; fi
if [[ $status != "$3" ]]; then
	echo "exit status $status, not $3"
	exit 1
fi
if [[ $out != *"$4"* ]]; then
	echo "does not say: $4"
	exit 1
fi
