# SPDX-License-Identifier: BSD-2-Clause
# The man page has what the help has, and is sound troff.
source "$(dirname "$0")/lib.sh" "$1"

"$WBPF_GEN" --man >wbpf-gen.1
for command in header skeleton wit wit-decoder layout assert check diff; do
	grep -q "^.SH wbpf-gen $command$" wbpf-gen.1 || die "the page has no $command"
	"$WBPF_GEN" "$command" --help | grep -o -- '--[a-z]*' | sort -u >options
	while read -r option; do
		[[ $option == --man ]] || grep -qF -- "${option//-/\\-}" wbpf-gen.1 ||
			die "the page has no $option of $command"
	done <options
done
if command -v man >/dev/null; then
	warnings=$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z \
		./wbpf-gen.1 2>&1 >/dev/null)
	[[ -z $warnings ]] || die "man: $warnings"
fi
done_well
