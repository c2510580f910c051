# SPDX-License-Identifier: BSD-2-Clause
# The object is in the module's section, once and nowhere else, however many sources include the
# skeleton, and whoever links them.
[[ -e ${GUEST-} ]] || exit 0
cat >other.c <<'END'
#include "embed_section.skel.h"
struct embed_section_bpf *open_elsewhere(void);
struct embed_section_bpf *open_elsewhere(void)
{
	return embed_section_bpf__open();
}
END
grep -q __wasm__ embed_section.skel.h || die "its skeleton knows no modules"
for flags in "-O2" "-O2 -flto" "-O0 -g"; do
	"$CLANG" $flags "${wasm[@]}" -DWITH_BTF -o two.wasm "$here/embed_section.use.c" other.c \
		-L"$GUEST/lib" -lwbpf || die "two sources do not compile with $flags"
	"$WBPF_RUN" two.wasm || die "two sources, with $flags: status $?"
	[[ $(grep -c -a -F 'wbpf.bpf.in_module.1' two.wasm) -ge 1 ]] || die "no section with $flags"
	count=$(grep -a -o $'\177ELF\002\001\001' two.wasm | wc -l)
	[[ $count == 1 ]] || die "the object is $count times in the module with $flags"
done
