# SPDX-License-Identifier: BSD-2-Clause
# where_built.sh FOLDER COMMAND...: the command, where there is such a build.
set -u
folder=$1
shift
if [[ ! -d $folder ]]; then
	echo "skipped: there is no build for the other machine (tools/test.sh makes it)"
	exit 77
fi
exec "$@"
