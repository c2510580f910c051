# SPDX-License-Identifier: BSD-2-Clause
# One system call of a run fails, another one in each run: the run says so, or goes on as if nothing were.
# It never ends by a signal, hangs or prints something else as a success, and nothing stays in the kernel.
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tool strace
strace -qq -o "$work/calls" true 2>"$work/err" || skip "strace: $(<"$work/err")"

# Others' runs of the same programs would be counted, too.
in_kernel() { bpftool prog show | grep -c -E 'name (multiply|optional|drain) '; }

# What fails before main() is the C library's.
calls_of_loader() { # CALL COMMAND...: how many there are before the last that it makes itself
	strace -qq -e "trace=$1,munmap" -o "$work/calls" "${@:2}" >/dev/null 2>&1 </dev/null
	sed '/^munmap/q' "$work/calls" | grep -c "^$1("
}

judge() { # WHAT
	case $status in
	0)
		# Where libbpf finds that arrays cannot be mapped, global variables are not the kernel's.
		cmp -s "$work/expected" "$out" || grep -q libbpf_mmap "$work/injected" ||
			fail "$1: it succeeded, and printed something else"
		;;
	125) grep -q '^wbpf-run: ' "$err" || fail "$1: it failed, and does not say why" ;;
	1) [[ -s $err || -s $out ]] || fail "$1: the module failed, and does not say why" ;;
	*) fail "$1: exit status $status" ;;
	esac
}

# inject CALL ERROR COMMAND...: run by run until there is no further such call. The cache is what it was
# before each of them: a copy of $kept.
inject() {
	local call=$1 error=$2 n from
	from=$(($(calls_of_loader "$call" "${@:3}") + 1))
	for ((n = from; n < 400; n++)); do
		rm -rf "$WBPF_CACHE_DIR"
		cp -r "$kept" "$WBPF_CACHE_DIR"
		timeout -k 5 60 strace -f -qq --seccomp-bpf -e "trace=$call" -e "inject=$call:error=$error:when=$n" \
			-o "$work/calls" "${@:3}" >"$out" 2>"$err" </dev/null
		status=$?
		grep -m 1 INJECTED "$work/calls" >"$work/injected" || break
		judge "$call no. $n, $error: $(head -c 160 "$work/injected")"
		injected=$((injected + 1))
	done
}

# Which errors of which calls, in a run with and in one without a cache. Not what is the engine's own: it ends
# the process when it may not handle signals, has no random numbers, or threads that it counts on.
warm="bpf:ENOMEM dup3:EMFILE memfd_create:EMFILE ioctl:ENOMEM perf_event_open:EMFILE epoll_create1:EMFILE
	epoll_ctl:ENOSPC clone3:EAGAIN"
cold="bpf:EPERM mkdir:ENOSPC rename:ENOSPC linkat:EPERM unlink:EPERM"
if ldd "$WBPF_RUN" | grep -q libasan; then
	export ASAN_OPTIONS=detect_leaks=0 # it cannot look for leaks beside a tracer
else
	warm="$warm openat:EMFILE mmap:ENOMEM mremap:ENOMEM mprotect:ENOMEM read:EIO newfstatat:EACCES
		madvise:ENOMEM eventfd2:EMFILE"
	cold="$cold openat:EACCES pwrite64:ENOSPC fsync:EIO"
fi
# There each run takes seconds.
[[ -z ${WBPF_OTHER_KERNEL-} ]] || warm="bpf:ENOMEM" cold=

export WBPF_CACHE_DIR=$work/cache
mkdir "$work/empty"
out=$work/wasm.out err=$work/wasm.err injected=0
before=$(in_kernel)
inject_all() { # NAME ARGS...
	local fault
	command_of wasm "$1"
	rm -rf "$WBPF_CACHE_DIR"
	for kept in "$work/empty" "$work/warm"; do
		"${command[@]}" "${@:2}" >"$work/expected" 2>"$err" </dev/null || fail "$1 does not run"
		faults=$cold
		[[ $kept == "$work/empty" ]] || faults=$warm
		[[ -e $kept ]] || cp -r "$WBPF_CACHE_DIR" "$kept"
		for fault in $faults; do
			inject "${fault%:*}" "${fault#*:}" "${command[@]}" "${@:2}"
		done
	done
	rm -rf "$work/warm"
}
inject_all starts open entries 99 load run
cold=
inject_all user_ringbuf a=1 b=2 a=3
((injected > 20)) || fail "only $injected system calls failed"
for ((i = 0; i < 100; i++)); do
	(($(in_kernel) <= before)) && break
	sleep 0.1
done
(($(in_kernel) <= before)) || fail "$(in_kernel) programs are in the kernel where $before were before"
echo "$injected runs with a system call that fails"
