# SPDX-License-Identifier: BSD-2-Clause
# Declaration tags for WIT that do not fit what they are on: the error names the type, the field and
# the tag.
source "$(dirname "$0")/lib.sh" "$1"

tagged() { # C: an object of that source, in which T("...") is a tag
	printf '#define T(text) __attribute__((btf_decl_tag(text)))\n%s\n' "$1" >tagged.bpf.c
	"$CLANG" -target bpf -mcpu=v3 -g -O2 -w -c tagged.bpf.c -o tagged.bpf.o || die "clang"
}

refused() { # TEXT C
	tagged "$2"
	fails 1 "$1" wit tagged.bpf.o
	fails 1 "$1" wit-decoder tagged.bpf.o
	works header tagged.bpf.o # which has nothing to do with them
}

refused "struct s.u: the declaration tag 'wit:varaint=k' is unknown" \
	'struct s { int k; union { int a; } u T("wit:varaint=k"); } *s;'
refused "struct s.u: the declaration tag 'wit:variant' names no field" \
	'struct s { int k; union { int a; } u T("wit:variant"); } *s;'
refused "struct s.k: the declaration tag 'wit:variant=k' is for a union" \
	'struct s { int k T("wit:variant=k"); } *s;'
refused "struct s: it has no field 'kind'" \
	'struct s { int k; union { int a T("wit:case=1"); } u T("wit:variant=kind"); } *s;'
refused "struct s: k, which the tag wit:variant=k names, is no integer" \
	'struct s { float k; union { int a T("wit:case=1"); } u T("wit:variant=k"); } *s;'
refused "needs members with a tag wit:case=VALUE" \
	'struct s { int k; union { int a; } u T("wit:variant=k"); } *s;'
refused "union s_u.a: 'NONE' in its tag wit:case is neither" \
	'struct s { int k; union { int a T("wit:case=NONE"); } u T("wit:variant=k"); } *s;'
refused "union u.a: '' in its tag wit:case is neither" \
	'struct s { int k; union u { int a T("wit:case=1,"); } u T("wit:variant=k"); } *s;'
refused "union u.b: two cases have the value 0x1" \
	'struct s { int k; union u { int a T("wit:case=1"); int b T("wit:case=0x1"); } u T("wit:variant=k"); } *s;'
refused "struct s: k, which selects a member of a union, cannot be 256, as a needs" \
	'struct s { unsigned char k; union { int a T("wit:case=256"); } u T("wit:variant=k"); } *s;'
refused "struct s: k, which selects a member of a union, cannot be -1, as a needs" \
	'struct s { unsigned k; union { int a T("wit:case=-1"); } u T("wit:variant=k"); } *s;'
refused "struct s.a: the tag wit:case is for the members of a union" \
	'struct s { int a T("wit:case=1"); } *s;'
refused "the declaration tag 'wit:bytes' is for arrays of char" \
	'struct s { int a T("wit:bytes"); } *s;'
refused "the declaration tag 'wit:bytes=2' takes no value" \
	'struct s { char a[2] T("wit:bytes=2"); } *s;'

# Tags of others are nobody's business.
tagged 'struct s { int a T("witless"); char b[2] T("user"); } *s;'
works wit tagged.bpf.o
done_well
