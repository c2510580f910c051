# SPDX-License-Identifier: BSD-2-Clause
"""The types of a 32-bit kernel that comes without BTF, from its headers and its configuration: clang
compiles them for that machine, and pahole turns the debug information into BTF, as it does when a
kernel is built with BTF."""
import os
import shutil
import subprocess

import btfraw

# What much of a kernel is declared in, and what that includes.
INCLUDE = """
linux/audit linux/backing-dev linux/binfmts linux/bio linux/blk-mq linux/blkdev linux/bpf
linux/bpf_verifier linux/buffer_head linux/cdev linux/cgroup linux/clk-provider linux/cpufreq
linux/cpuidle linux/cred linux/crypto linux/dcache linux/debugfs linux/device linux/devfreq
linux/dma-buf linux/dmaengine linux/efi linux/elfcore linux/ethtool linux/eventpoll linux/fanotify
linux/fb linux/filter linux/firmware linux/fs linux/fs_context linux/fsnotify_backend linux/ftrace
linux/gpio/driver linux/hid linux/highmem linux/hugetlb linux/hwmon linux/i2c linux/icmp
linux/if_arp linux/if_bridge linux/if_macvlan linux/if_team linux/if_tun linux/if_vlan linux/igmp
linux/iio/iio linux/in linux/in6 linux/inet linux/inet_diag linux/inetdevice linux/init linux/input
linux/interrupt linux/iommu linux/ip linux/ipc_namespace linux/ipv6 linux/irq linux/irqdomain
linux/jbd2 linux/kernfs linux/key linux/kexec linux/kobject linux/kprobes linux/kthread linux/leds
linux/libata linux/list_lru linux/llc linux/lsm_hooks linux/mdio linux/memcontrol linux/mfd/core
linux/migrate linux/mii linux/mlx5/driver linux/mm linux/mmc/host linux/mmu_notifier linux/module
linux/mount linux/mroute linux/mroute6 linux/msg linux/msi linux/mtd/mtd linux/mtd/rawnand
linux/mutex linux/namei linux/net linux/netdevice linux/netfilter linux/netfilter/nf_conntrack_common
linux/netfilter_ipv4/ip_tables linux/netfilter_ipv6/ip6_tables linux/netlink linux/nfs4
linux/nfs_fs linux/nfs_xdr linux/nl80211 linux/notifier linux/nsproxy linux/nvme linux/of
linux/of_address linux/of_device linux/oom linux/padata linux/pagemap linux/parport linux/pci
linux/percpu linux/perf_event linux/phy linux/phy/phy linux/phylink linux/pid_namespace
linux/pinctrl/pinctrl linux/pipe_fs_i linux/platform_device linux/pm_domain linux/pm_runtime
linux/poll linux/posix-timers linux/power_supply linux/ppp_channel linux/proc_fs linux/psi
linux/pstore linux/ptp_clock_kernel linux/ptrace linux/pwm linux/quota linux/regmap
linux/regulator/driver linux/remoteproc linux/reset-controller linux/resource_ext linux/rfkill
linux/ring_buffer linux/rmap linux/rpmsg linux/rtc linux/rtnetlink linux/sched linux/sched/signal
linux/sched/task linux/scatterlist linux/seccomp linux/security linux/sem linux/seq_file
linux/serdev linux/serial_8250 linux/serial_core linux/shm linux/shmem_fs linux/signal linux/skbuff
linux/skmsg linux/slab linux/soundwire/sdw linux/spi/spi linux/spmi
linux/stop_machine linux/sunrpc/clnt linux/sunrpc/svc linux/sunrpc/xprt linux/swap linux/syscalls
linux/sysfs linux/taskstats linux/tcp linux/thermal linux/timekeeper_internal linux/torture
linux/trace_events linux/tty linux/tty_driver linux/udp linux/uio_driver linux/usb
linux/usb/gadget linux/usb/hcd linux/usb/typec linux/user_namespace linux/vfio linux/virtio
linux/virtio_net linux/vmalloc linux/vmstat linux/vt_kern linux/watchdog linux/wireless
linux/workqueue linux/xattr linux/xfrm
net/act_api net/addrconf net/af_unix net/arp net/ax25 net/bluetooth/bluetooth
net/bluetooth/hci_core net/bond_3ad net/bonding net/cfg80211 net/devlink net/dsa net/dst net/fib_rules
net/flow_dissector net/flow_offload net/genetlink net/geneve net/gro net/gue net/if_inet6
net/inet_connection_sock net/inet_hashtables net/inet_sock net/ip net/ip6_fib net/ip6_route
net/ip_fib net/ip_tunnels net/ip_vs net/ipv6 net/l3mdev net/lwtunnel net/mac80211
net/macsec net/mptcp net/ndisc net/neighbour net/net_namespace net/netfilter/nf_conntrack
net/netfilter/nf_flow_table net/netfilter/nf_nat net/netfilter/nf_tables net/netlabel
net/nfc/nfc net/page_pool net/pkt_cls net/pkt_sched net/raw net/request_sock net/route net/rtnetlink
net/sch_generic net/sctp/sctp net/sctp/structs net/seg6 net/snmp net/sock net/sock_reuseport
net/strparser net/switchdev net/tc_act/tc_ct net/tcp net/tls net/udp net/udp_tunnel net/vxlan
net/wext net/x25 net/xdp net/xdp_sock net/xfrm
scsi/libfc scsi/libfcoe scsi/libiscsi scsi/libsas scsi/scsi scsi/scsi_cmnd scsi/scsi_device
scsi/scsi_host scsi/scsi_transport_fc scsi/scsi_transport_iscsi
sound/core sound/hda_codec sound/hdaudio sound/jack sound/pcm sound/rawmidi sound/soc sound/timer
drm/drm_atomic drm/drm_bridge drm/drm_connector drm/drm_crtc drm/drm_device
drm/drm_drv drm/drm_edid drm/drm_encoder drm/drm_fb_helper drm/drm_file drm/drm_framebuffer
drm/drm_gem drm/drm_mipi_dsi drm/drm_panel drm/drm_plane drm/drm_print drm/gpu_scheduler
drm/ttm/ttm_bo_driver drm/ttm/ttm_device
media/cec media/dvb_demux media/media-device media/rc-core media/v4l2-ctrls media/v4l2-dev
media/v4l2-subdev media/videobuf2-core media/videobuf2-v4l2
rdma/ib_verbs rdma/rdma_cm rdma/rdmavt_cq target/target_core_base trace/syscall xen/xenbus
"""
# As the kernel's own build says it for this machine.
OPTIONS = """--target=arm-linux-gnueabihf -march=armv7-a -mfloat-abi=soft -mlittle-endian -std=gnu11
-g -fno-eliminate-unused-debug-types -nostdinc -D__KERNEL__ -DKBUILD_MODNAME="types" -D__LINUX_ARM_ARCH__=7 -Uarm -O2
-fshort-wchar -fno-strict-aliasing -fno-common -w -include linux/compiler-version.h
-include linux/kconfig.h -include linux/compiler_types.h"""
FOLDERS = ["arch/arm/include", "arch/arm/include/generated", "include", "arch/arm/include/uapi",
           "arch/arm/include/generated/uapi", "include/uapi", "include/generated/uapi"]


class Missing(Exception):
    """Something cannot be had here; the sentence says what."""


def program(*names):
    for name in names:
        if shutil.which(name):
            return name
    raise Missing(f"there is no program {names[0]}")


def types(sources, work):
    """The BTF of the headers in the folders of a kernel's header packages."""
    clang, pahole = program("clang-19", "clang"), program("pahole")
    objcopy = program("llvm-objcopy-19", "llvm-objcopy")
    trees = sorted(p for p in sources.iterdir() if p.name.startswith("linux-headers-"))
    where = [tree / folder for folder in FOLDERS for tree in trees if (tree / folder).is_dir()]
    unit = work / "types.c"
    # A header that this kernel does not have is left out; one that does not compile is not.
    unit.write_text("".join(f"#include <{name}.h>\n" for name in INCLUDE.split()
                            if any((folder / f"{name}.h").exists() for folder in where)))
    made = work / "types.o"
    done = subprocess.run([clang, *OPTIONS.split(), *(f"-I{folder}" for folder in where), "-c", unit,
                           "-o", made], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(f"{clang} does not compile the kernel's headers: "
                      f"{next((l for l in done.stderr.splitlines() if 'error' in l), '')}")
    # What pahole adds a section with.
    subprocess.run([pahole, "-J", made], check=True, env=os.environ | {"LLVM_OBJCOPY": objcopy})
    btf = btfraw.section(made.read_bytes())
    unit.unlink()
    made.unlink()
    return btf
