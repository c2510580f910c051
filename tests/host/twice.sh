#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# twice.sh WBPF_RUN MODULE: runs the module, which traps, twice in a network namespace of its own.
set -u
if ! unshare -n true; then
	echo "SKIP: no network namespace can be made here"
	exit 77
fi
# shellcheck disable=SC2016
exec unshare -n bash -c '"$1" "$3" "$2" 134 " 0 failures" && "$1" "$3" "$2" 134 " 0 failures"' twice \
	"$(dirname "$0")/run.sh" "$2" "$1"
