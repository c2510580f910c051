# SPDX-License-Identifier: BSD-2-Clause
# Files of two builds must be the same: same_bytes.sh FOLDER OTHER-FOLDER FILE...
set -u
one=$1 other=$2
shift 2
for file; do
	cmp "$one/$file" "$other/$file" || exit 1
done
echo "$# files are the same"
