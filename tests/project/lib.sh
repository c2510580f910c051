# SPDX-License-Identifier: BSD-2-Clause
# What the tests of users' builds share: the build is installed into a prefix of its own, and a copy
# of an example outside the tree is built against it. From CMake: WBPF_BUILD, WBPF_SOURCE.
set -u
: "${WBPF_BUILD:?run this through ctest}"

work=$(mktemp -d /tmp/wbpf-project.XXXXXX)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
log=$work/log

fail() {
	echo "FAILED: $*" >&2
	[[ -s $log ]] && tail -n 40 "$log" >&2
	exit 1
}
skip() { echo "skipped: $*"; exit 77; }

[[ -r ${VMLINUX_BTF-/sys/kernel/btf/vmlinux} ]] || skip "no kernel type information for vmlinux.h"
cmake --install "$WBPF_BUILD" --prefix "$prefix" >"$log" 2>&1 || fail "cmake --install"

# copy_example NAME: sets project, a folder outside the tree; with a space, as folders have.
copy_example() {
	project="$work/my $1"
	mkdir -p "$project"
	cp "$WBPF_SOURCE/examples/$1"/* "$project/"
	cd "$project" || exit 1
}

# A project of its own whose module comes of two BPF sources, linked: sets project.
make_linked() {
	project="$work/a linked one"
	rm -rf "$project"
	mkdir -p "$project"
	cd "$project" || exit 1
	cat >count.h <<-'END'
		int library_add(int by);
	END
	cat >linked.bpf.c <<-'END'
		#include <linux/bpf.h>
		#include <bpf/bpf_helpers.h>
		#include "count.h"
		char LICENSE[] SEC("license") = "GPL";
		int own = 1;
		SEC("raw_tp/sys_enter") int prog(void *ctx) { return library_add(own); }
	END
	cat >library.bpf.c <<-'END'
		#include <linux/bpf.h>
		#include <bpf/bpf_helpers.h>
		#include "count.h"
		int total = 40;
		__attribute__((noinline)) int library_add(int by) { total += by; return total; }
	END
	cat >library.c <<-'END'
		#include "library.subskel.h"
		int total_of(const struct bpf_object *obj);
		int total_of(const struct bpf_object *obj)
		{
			struct library_bpf *lib = library_bpf__open(obj);
			int total = lib ? *lib->data.total : -1;
			library_bpf__destroy(lib);
			return total;
		}
	END
	cat >linked.c <<-'END'
		#include "linked.skel.h"
		#include "linked.types.h"
		int total_of(const struct bpf_object *obj);
		int main(void)
		{
			struct linked_bpf *skel = linked_bpf__open();
			return skel ? skel->data->own + total_of(skel->obj) : 1;
		}
	END
}

# Files below FOLDER that were written since the last call of mark, by name.
mark() { sleep 0.05; touch "$work/mark"; sleep 0.05; }
written() {
	find "$1" -newer "$work/mark" -type f \
		\( -name '*.o' -o -name '*.h' -o -name '*.wasm' -o -name '*.wit' \) -printf '%f\n' | sort | tr '\n' ' '
}

# built FOLDER NAMES...: builds and expects exactly that these files were written, in sorted order.
built() {
	local folder=$1 got
	shift
	mark_and_build || fail "the build failed ($*)"
	got=$(written "$folder")
	[[ $got == "${*:+$* }" ]] || fail "written: '$got', expected: '$*'"
}
mark_and_build() { "${change[@]}"; build >"$log" 2>&1; }

# after COMMAND...: what is done before the next build, behind the mark.
change=(true)
after() {
	mark
	change=("$@")
}
