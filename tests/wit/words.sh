#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# A BPF source whose fields, types and cases have the names in words.txt, with "_" behind them as they
# are keywords of C; WIT's names are without. words.sh >SOURCE
set -euo pipefail
read -r -d '' -a words < <(cat "$(dirname "$0")/words.txt" && printf '\0')
declare -A seen
types=()
echo "struct all_fields {"
printf '\tint %s_;\n' "${words[@]}"
echo "} *all;"
for word in "${words[@]}"; do
	[[ ! ${seen[${word,,}]-} ]] || continue
	seen[${word,,}]=1
	types+=("$word")
	echo "struct ${word}_ { char ${word}_[4]; int x[2]; } *p_${word};"
done
echo "struct all_cases { int which; union {"
for i in "${!types[@]}"; do
	echo "	struct ${types[i]}_ ${types[i]}_ __attribute__((btf_decl_tag(\"wit:case=$i\")));"
done
echo "} u __attribute__((btf_decl_tag(\"wit:variant=which\"))); } *cases;"
