# SPDX-License-Identifier: BSD-2-Clause
# What is left on an interface when a program ends in each way: nothing of links; of tc filters and XDP
# programs that are no links what would be left natively, but nothing after a trap. In a network of its own.
[[ ${IN_NETWORK-} ]] || exec env IN_NETWORK=1 unshare --net bash "$0" "$@"
. "$(dirname "$0")/lib.sh"
needs_bpf
needs_tool ip tc
ip link add wv0 type veth peer name wv1 || skip "no veth interfaces here"

# attached KIND: whether the interface has it
attached() {
	case $1 in
	xdp) ip link show wv1 | grep -q 'prog/xdp' ;;
	tc) tc filter show dev wv1 ingress 2>/dev/null | grep -q stays_tc ;;
	*) false ;; # links are seen by their programs
	esac
}

take_away() {
	ip link set wv1 xdp off
	tc qdisc del dev wv1 clsact 2>/dev/null
	true
}

# ended VARIANT KIND HOW EXPECTED: looks at what there is of the program whose id was printed
ended() {
	local id=$(sed -n 's/^id //p' "$out") there=gone i
	[[ $id ]] || fail "$1 $2 $3: nothing was attached"
	for ((i = 0; i < 100 * patience; i++)); do # the kernel frees a little later
		there=gone
		bpftool prog show id "$id" >/dev/null 2>&1 && there=stays
		[[ $there == "$4" ]] && break
		sleep 0.1
	done
	[[ $there == "$4" ]] || fail "$1: $2, $3: it is $there"
	if [[ $2 != *link ]]; then
		attached "$2" && there=stays || there=gone
		[[ $there == "$4" ]] || fail "$1: $2, $3: on the interface it is $there"
	fi
	take_away
	count=$((count + 1))
}

count=0
for variant in $variants; do
	for kind in xdp-link tcx-link xdp tc; do
		[[ $kind != tcx-link ]] || grep -q -w tcx_link_attach /proc/kallsyms || continue
		left=stays trapped=stays
		[[ $kind == *link ]] && left=gone
		[[ $kind == *link || $variant == wasm ]] && trapped=gone
		run "$variant" stays wv1 "$kind" detach
		expect_status 0
		ended "$variant" "$kind" detach gone
		for how in return exit; do
			run "$variant" stays wv1 "$kind" "$how"
			expect_status 0
			ended "$variant" "$kind" "$how" $left
		done
		run "$variant" stays wv1 "$kind" trap
		((status > 128)) || fail "$variant $kind: status $status after a trap"
		ended "$variant" "$kind" trap $trapped
		for signal in TERM INT KILL; do
			start "$variant" stays wv1 "$kind" wait
			wait_line '^id '
			stop $signal
			ended "$variant" "$kind" $signal $left
		done
	done
done
echo "$count ends"
