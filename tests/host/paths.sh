#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# paths.sh WBPF_RUN MODULE: runs the module with a folder that has a pipe in it. What it attempts leaves
# no folder there and no probe in the kernel.
set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
mkfifo "$folder/pipe" || exit 1
"$1" --dir "$folder::/folder" "$2" "$folder"
status=$?
if [[ $status != 0 ]]; then exit $status; fi
if [[ $(ls -A "$folder") != pipe ]]; then
	echo "left behind:" && ls -AR "$folder"
	exit 1
fi
for events in /sys/kernel/{tracing,debug/tracing}/{k,u}probe_events; do
	if [[ -r $events ]] && grep wbpf_paths "$events"; then
		echo "left behind in $events"
		exit 1
	fi
done
