# SPDX-License-Identifier: BSD-2-Clause
"""Boots a kernel in qemu with this machine's files as its own, and has it run jobs.

The files come by virtiofs or 9p and are only read; what is written inside stays in the memory of the
machine, except in one folder."""
import ctypes
import fcntl
import os
import platform
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import initramfs

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("KERNELS") or HERE.parents[1] / ".cache" / "kernels")
VIRTIOFSD = ("/usr/lib/qemu/virtiofsd", "/usr/libexec/virtiofsd")
KVM_CREATE_VM = 0xAE01
PR_SET_PDEATHSIG = 1

# By Debian's architecture: qemu's program, the processors that have KVM for it, qemu's machine, the
# console, and how files are shared. virtiofs is the quicker one, but speaks in the kernel's byte order,
# to a daemon that knows its own only; 9p is little-endian everywhere.
MACHINES = {
    "amd64": ("qemu-system-x86_64", ("x86_64",), "pc", "ttyS0", "virtiofs"),
    "arm64": ("qemu-system-aarch64", ("aarch64",), "virt", "ttyAMA0", "virtiofs"),
    "s390x": ("qemu-system-s390x", ("s390x",), "s390-ccw-virtio", "ttysclp0", "9p"),
}
# For these there is a Wasmtime.
ENGINES = ("amd64", "arm64")
# One thread for all emulated processors: with one each, a processor may run an instruction that
# another has replaced, and kernels replace theirs all the time (kprobes, static keys).
ACCELS = {"tcg": "tcg,thread=single", "kvm": "kvm"}
# No watchdogs: an emulated processor on a busy machine stands still for seconds.
COMMAND_LINE = ("panic=-1 oops=panic loglevel=5 mitigations=off nowatchdog tsc=nowatchdog "
                "rcupdate.rcu_cpu_stall_suppress=1 lsm=landlock,yama,bpf")
COMPLAINTS = re.compile(r"Kernel panic|BUG: |Oops: |WARNING: CPU|general protection fault|UBSAN: ")


class Missing(Exception):
    """This machine cannot boot that kernel; the sentence says why."""


class Wrong(Exception):
    """What was asked for cannot be right; the sentence says why."""


class Failure(Exception):
    """The booted machine did not do what it was to do; the sentence says what was seen."""


def known(machine=None):
    """The kernels that have been fetched to be booted, oldest first."""
    found = [path.parent.name for path in CACHE.glob(f"{machine or own()}-*/boot")]
    return sorted(found, key=lambda name: [int(n) for n in re.findall(r"\d+", name.split("-")[-1])])


def with_tests():
    """The kernels on which the tests can run: of machines for which there is an engine."""
    return [kernel for machine in sorted(ENGINES, key=lambda m: m == own()) for kernel in known(machine)]


def own():
    """This machine's architecture, as Debian calls it."""
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())


def full_name(kernel):
    """6.12 is the one of this machine's architecture."""
    return kernel if "-" in kernel else f"{own()}-{kernel}"


def has_kvm(processors):
    """Whether /dev/kvm works, and on a processor that has it: what only emulates the instructions
    of a guest fails at some of them."""
    try:
        flags = Path("/proc/cpuinfo").read_text().split()
        with open("/dev/kvm", "r+b", buffering=0) as kvm:
            os.close(fcntl.ioctl(kvm, KVM_CREATE_VM, 0))
    except OSError:
        return False
    return platform.machine() in processors and ("vmx" in flags or "svm" in flags)


def program(name, *others):
    for path in (name, *others):
        found = shutil.which(path)
        if found:
            return found
    raise Missing(f"the program {name} is not installed (tools/packages.txt)")


def with_us():
    """In a child, before its program: it ends when we do, however that happens."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Machine:
    """programs: a folder of programs for the kernel's architecture, which lie above those of the
    folder below."""

    def __init__(self, kernel, cpus=2, memory=2048, accel=None, programs=None, below=None):
        self.kernel = full_name(kernel)
        self.cpus, self.memory = cpus, memory
        self.boot = CACHE / self.kernel / "boot"
        note = CACHE / f"{self.kernel}.missing"
        if not (self.boot / "vmlinuz").exists():
            raise Missing(f"there is no kernel {self.kernel} in {CACHE}" +
                          (f": {note.read_text().strip()}" if note.exists() else ""))
        architecture = self.kernel.split("-")[0]
        qemu, processors, self.machine, self.console, self.files = MACHINES[architecture]
        self.qemu = program(qemu)
        self.virtiofsd = program("virtiofsd", *VIRTIOFSD) if self.files == "virtiofs" else None
        self.root = CACHE.resolve() / architecture / "root" if architecture != own() else None
        if self.root and not self.root.exists():
            raise Missing(f"there are no programs for {architecture} in {CACHE} (tools/setup.sh)")
        self.busybox = self.root / "bin" / "busybox" if self.root else Path(program("busybox"))
        self.programs = Path(programs).resolve() if programs else None
        self.below = Path(below).resolve() if programs else None
        self.accel = accel or ("kvm" if has_kvm(processors) else "tcg")
        if os.geteuid():
            raise Missing("sharing this machine's files with another needs root")
        self.work = Path(tempfile.mkdtemp(prefix="wbpf-kernel."))
        self.out = self.work / "out"
        (self.out / "jobs").mkdir(parents=True)
        self.log = self.work / "console"
        self.children = []

    def add_job(self, number, command, folder, environment, limit):
        """What is to be run inside, in the order of the numbers, each not longer than limit seconds."""
        lines = [f"cd {shlex.quote(str(folder))} || exit 126"]
        lines += [f"export {name}={shlex.quote(value)}" for name, value in environment.items()]
        lines.append(f"exec timeout --foreground -k 10 {limit} {shlex.join(command)}")
        self.job(number, "sh").write_text("".join(f"{line}\n" for line in lines))

    def job(self, number, suffix):
        return self.out / "jobs" / f"{number:03}.{suffix}"

    def start(self, mode):
        modules = next((self.boot / "lib" / "modules").iterdir())
        settings = "".join(f"{name}={shlex.quote(str(value))}\n" for name, value in (
            ("OUT", self.out), ("BOOT", self.boot.resolve()), ("INSIDE", HERE / "inside.sh"),
            ("MODE", mode), ("FILES", self.files), ("ROOT", self.root or ""),
            ("PROGRAMS", self.programs or ""), ("BELOW", self.below or "")))
        archive = self.work / "initramfs"
        archive.write_bytes(initramfs.build(self.busybox, modules, self.files, HERE / "init.sh",
                                            settings))
        shares = {"host": "/", **({"root": self.root} if self.root else {})}
        share = self.share_9p if self.files == "9p" else self.share_virtiofs
        # Without the program's default devices: they cost time, and none is needed.
        command = [self.qemu, "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
                   "-accel", ACCELS[self.accel], "-cpu", "max", "-smp", str(self.cpus),
                   "-m", str(self.memory),
                   "-object", f"memory-backend-memfd,id=memory,size={self.memory}M,share=on",
                   "-machine", f"{self.machine},memory-backend=memory", *share(shares),
                   "-serial", "mon:stdio" if mode == "shell" else f"file:{self.log}",
                   "-kernel", self.boot / "vmlinuz", "-initrd", archive,
                   "-append", f"console={self.console} {COMMAND_LINE}"]
        if mode == "shell":
            return subprocess.run(command, check=False).returncode
        return self.child(command, "qemu.log")

    def child(self, command, log):
        with open(self.work / log, "wb") as output:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output,
                                       stderr=subprocess.STDOUT, preexec_fn=with_us)
        self.children.append(process)
        return process

    def share_virtiofs(self, shares):
        """Starts what serves the folders; qemu's options. (Of the program's two implementations one has
        options of its own.)"""
        old = b"-o source" in subprocess.run([self.virtiofsd, "--help"], stdout=subprocess.PIPE,
                                             stderr=subprocess.STDOUT, check=False).stdout
        words = []
        for tag, folder in shares.items():
            options = ("-o", f"source={folder}", "-o", "sandbox=chroot", "-o", "cache=always") if old else (
                f"--shared-dir={folder}", "--sandbox=chroot", "--cache=always")
            self.child([self.virtiofsd, f"--socket-path={self.work}/{tag}", *options],
                       f"files-{tag}.log")
            self.wait((self.work / tag).exists, 20, self.children[-1])
            words += ["-chardev", f"socket,id={tag},path={self.work}/{tag}",
                      "-device", f"vhost-user-fs-pci,chardev={tag},tag={tag}"]
        return words

    def share_9p(self, shares):
        """qemu serves the folders itself. What is written goes by a share of its own, as the others
        are cached for good."""
        options = {tag: f"path={folder},readonly=on" for tag, folder in shares.items()}
        options["out"] = f"path={self.out}"
        return [word for tag, option in options.items() for word in (
            "-fsdev", f"local,id={tag},security_model=none,multidevs=remap,{option}",
            "-device", f"virtio-9p,fsdev={tag},mount_tag={tag}")]

    def wait(self, condition, seconds, process):
        """Until the condition holds. It is looked at once more when the process has ended."""
        end = time.monotonic() + seconds
        while not condition():
            ended = process.poll() is not None
            if ended and not condition():
                raise Failure(self.why_it_ended())
            if time.monotonic() > end:
                raise Failure(f"not done after {seconds:.0f} seconds")
            time.sleep(0.05)

    def why_it_ended(self):
        for line in self.complaints():
            return f"the kernel ended: {line}"
        for name in ("qemu.log", "files-host.log", "files-root.log", "console"):
            path = self.work / name
            lines = path.read_text(errors="replace").split("\n") if path.exists() else []
            lines = [line for line in lines if line.strip() and not line.startswith("virtio_")]
            if lines:
                return f"the machine ended before its jobs; {name}: {lines[-1].strip()}"
        return "the machine ended before its jobs"

    def complaints(self):
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return [line.strip() for line in text.splitlines() if COMPLAINTS.search(line)]

    def result(self, number):
        """(exit status, seconds) of a job that has ended, or None."""
        path = self.job(number, "status")
        if not path.exists():
            return None
        status, before, after = path.read_text().split()
        return int(status), float(after) - float(before)

    def finish(self):
        """After the last job: the machine goes off; the kernel must not have complained."""
        try:
            self.children[-1].wait(60)
        except subprocess.TimeoutExpired as err:
            raise Failure("the machine did not go off") from err
        if not (self.out / "done").exists():
            raise Failure(self.why_it_ended())
        for line in self.complaints():
            raise Failure(f"the kernel complained: {line}")

    def close(self, keep):
        for process in reversed(self.children):
            process.kill()
            process.wait()
        if not keep:
            shutil.rmtree(self.work, ignore_errors=True)
        else:
            print(f"kept: {self.work}", file=sys.stderr)
