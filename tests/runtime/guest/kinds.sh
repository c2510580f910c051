# SPDX-License-Identifier: BSD-2-Clause
# What attach_*.sh share (kinds.h says what the programs do). After lib.sh.
list=$WBPF_TESTS/../../runtime-min/guest/attach.txt

# Runs a program, natively or as a module, with an actor at its side, which is in the cgroup $group if
# there is one. Sets status, out and err.
with_actor() { # VARIANT NAME ARGS...
	local variant=$1 name=$2 actor
	shift 2
	command_of "$variant" "$name"
	out=$work/$variant.out err=$work/$variant.err
	rm -f "$work/orders" "$work/answers" /sys/fs/bpf/wbpf-attach*
	mkfifo "$work/orders" "$work/answers"
	(
		[[ -z ${group-} ]] || echo "$BASHPID" >"$group/cgroup.procs"
		exec "$WBPF_NATIVE/actor" <"$work/orders" >"$work/answers" 2>"$err"
	) &
	actor=$!
	pids+=("$actor")
	timeout -k 5 $((${limit-120} * patience)) "${command[@]}" "$@" 2>"$work/orders" <"$work/answers" >"$out"
	status=$?
	wait "$actor"
	rm -f /sys/fs/bpf/wbpf-attach*
}

# Natively and as a module: the same, and whatever the actor was told to do was done.
compare_with_actor() { # NAME ARGS...
	local variant
	for variant in $variants; do
		with_actor "$variant" "$@"
		((status == 0)) || fail "$1, $variant: status $status"
		expect_no_line "$out" ' failed: '
	done
	[[ $variants != *native*wasm* ]] || diff "$work/native.out" "$work/wasm.out" ||
		fail "$1: natively (<) and as a module (>) it prints different things"
}

# The rows of the list that have this test for this kernel: "section|what its link can do".
rows_of() { # NAME
	local section kernel by can test where note
	while IFS='|' read -r section kernel by can test where note; do
		[[ " $test " == *" runtime.guest_$1 "* ]] || continue
		# What a link can do differs from kernel to kernel: the list says it of the last that it names.
		[[ $where == *" ${WBPF_OTHER_KERNEL-host} " ]] || can=
		[[ " $where " == *" ${WBPF_OTHER_KERNEL-host} "* ]] && echo "${section% }|$can"
	done < <(grep -v '^#' "$list")
}

# The sections to be tried here, for a program's arguments: these, and those that no kernel has yet. On a
# kernel that the list does not name all of them, for which the variants are only compared.
sections_of() { # NAME
	local where=-
	[[ $(rows_of "$1") ]] || where='[^|]*'
	mapfile -t sections < <(rows_of "$1" | cut -d '|' -f 1
		grep -E "\\| runtime\\.guest_$1 \\| $where \\|" "$list" | sed 's/ |.*//')
	((${#sections[@]} > 0)) || fail "$list has nothing for runtime.guest_$1"
	[[ ${WBPF_OTHER_KERNEL-} || $where == - ]] || fail "$list has nothing for runtime.guest_$1 on the host"
}

# Each section that the list has this test for, on this kernel, was attached, ran, and ended; and its link
# can do what the list says.
expect_kinds() { # NAME
	local section can word n=0
	while IFS='|' read -r section can; do
		n=$((n + 1))
		grep -q -x -F "$section fires: 1" "$out" || fail "$section did not fire"
		grep -q -x -F "$section ends: 1" "$out" || fail "$section did not end"
		for word in ${can:+update pin detach}; do
			if grep -q -x -F "$section $word: 0" "$out"; then
				[[ " $can " == *" $word "* ]] || fail "$section: its link can $word, which $list does not say"
			else
				[[ " $can " != *" $word "* ]] || fail "$section: its link cannot $word, as $list says"
			fi
		done
	done < <(rows_of "$1")
	echo "$n sections, $(wc -l <"$out") lines"
}
