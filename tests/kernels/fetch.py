#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Puts the type information of Debian's kernels into a folder, and of some the kernels themselves:

    fetch.py FOLDER            what is missing there; nothing when nothing is

FOLDER/KERNEL/vmlinux.btf, FOLDER/KERNEL/modules/MODULE.btf, and in FOLDER/KERNEL/packages what they
are from. What `run` boots has FOLDER/KERNEL/boot/vmlinuz and FOLDER/KERNEL/boot/lib/modules, too; for
an architecture that is not this machine's, FOLDER/MACHINE/root has the programs that run there and
what is needed to build for it. apt resolves the newest packages and checks them against Debian's
signed index, in a root of its own: the system's sources, packages and architectures stay as they
are. To have newer ones, remove FOLDER.
"""
import lzma
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zlib
from pathlib import Path

import btfraw
import headers
from machine import own

# What a kernel's name stands for: the packages (with what they depend on when it is a kernel's
# version), the architecture, how its types are found, and whether it is to be booted.
IMAGE, BOOT, HEADERS = "image", "boot", "headers"
KERNELS = {
    "amd64-6.1": ("linux-image-cloud-amd64", "amd64", BOOT),
    "amd64-6.12": ("linux-image-6.12-cloud-amd64", "amd64", BOOT),
    "arm64-6.1": ("linux-image-cloud-arm64", "arm64", BOOT),
    "arm64-6.12": ("linux-image-6.12-cloud-arm64", "arm64", BOOT),
    "s390x-6.12": ("linux-image-s390x", "s390x", BOOT),
    "armhf-6.1": ("linux-headers-armmp", "armhf", HEADERS),
}
# Debian 12. For s390x its backports, too: of that architecture's kernels 6.12 is the first with type
# information.
SUITES = [
    ("bookworm", "bookworm", "amd64 arm64 armhf"),
    ("bookworm-security", "bookworm-security", "amd64 arm64"),
    ("bookworm", "bookworm-backports", "s390x"),
]
# What runs the tests on another architecture, and what they are built with.
ROOTS = {
    "arm64": "bash dash coreutils grep sed mawk findutils diffutils util-linux procps iproute2 mount "
             "iputils-ping hostname libc-bin bpftool busybox-static python3 "
             "libc6-dev libgcc-12-dev libcjson-dev libelf-dev zlib1g-dev libsodium-dev libdw-dev "
             "libcmocka-dev",
    # No test of this build runs there, so it is enough to build a program of libbpf's and to look around.
    "s390x": "dash coreutils util-linux mount libc-bin busybox-static "
             "libc6-dev libgcc-12-dev libelf-dev zlib1g-dev",
}
# Which packages make by themselves when they are installed.
LINKS = {"bin/sh": "dash", "bin/awk": "mawk"}
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


class Missing(Exception):
    """Something cannot be had here; the sentence says what."""


def sources(suites):
    """(address, suite, architectures): where this machine's own sources have Debian 12."""
    listed = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)"],
                            capture_output=True, text=True, check=False).stdout.splitlines()
    known = {suite: uri for uri, _, suite in (line.partition(" ") for line in listed)}
    found = [(known[of], suite, machines) for of, suite, machines in suites if of in known]
    if len(found) < len(suites):
        raise Missing("apt has no sources of Debian 12 here")
    return found


class Apt:
    """apt with lists, cache and status of its own."""

    def __init__(self, root, suites, machine):
        self.root = root
        for folder in ("lists/partial", "cache/archives/partial", "debs"):
            (root / folder).mkdir(parents=True)
        (root / "status").touch()
        (root / "debian.sources").write_text("\n".join(
            f"Types: deb\nURIs: {uri}\nSuites: {suite}\nComponents: main\n"
            f"Architectures: {machines}\nTargets: Packages\nSigned-By: {KEYRING}\n"
            for uri, suite, machines in sources(suites)))
        machines = sorted({m for _, _, those in suites for m in those.split()})
        # The configuration of the system holds, too: a proxy, say.
        self.options = [f"-o{word}" for word in (
            f"APT::Architecture={machine}", *(f"APT::Architectures::={m}" for m in machines),
            f"Dir::State={root}", f"Dir::State::lists={root}/lists",
            f"Dir::State::status={root}/status", f"Dir::Cache={root}/cache",
            f"Dir::Etc::sourcelist={root}/debian.sources", "Dir::Etc::sourceparts=/dev/null",
            "Dir::Cache::pkgcache=pkgcache.bin", "Dir::Cache::srcpkgcache=srcpkgcache.bin",
            "Acquire::Languages=none", "Acquire::Retries=2", "Acquire::http::Timeout=20", "APT::Sandbox::User=root",
            "APT::Update::Error-Mode=any")]

    def run(self, program, *words):
        try:
            done = subprocess.run([program, "-q", *self.options, *words], capture_output=True,
                                  text=True, cwd=self.root / "debs", check=False,
                                  env={**os.environ, "LC_ALL": "C"}, stdin=subprocess.DEVNULL)
        except OSError as err:
            raise Missing(f"{program}: {err.strerror}") from err
        if done.returncode:
            raise Missing(f"{program} {words[0]}: {(done.stderr.strip() or 'failed').splitlines()[0]}")
        return done.stdout

    def field(self, package, name):
        shown = self.run("apt-cache", "show", "--no-all-versions", package)
        found = re.search(rf"^{name}: (.*)$", shown, re.M)
        return found.group(1) if found else ""

    def resolve(self, meta, machine):
        """The versioned packages that a package without a version stands for."""
        found, todo = [], [f"{meta}:{machine}"]
        while todo:
            package = todo.pop(0)
            for wanted in re.findall(r"(linux-(?:image|headers)-[\w.+-]+) \(= ",
                                     self.field(package, "Depends")):
                # What is for all architectures goes by its name alone.
                name = wanted if wanted.endswith("-common") else f"{wanted}:{machine}"
                if name not in found:
                    found.append(name)
                    todo.append(name)
        if not found:
            raise Missing(f"apt knows no kernel behind {meta}:{machine}")
        return found

    def download(self, package):
        """The file of a package, whose checksum apt has compared, and a line that says what it is."""
        self.run("apt-get", "download", package)
        file = next((self.root / "debs").glob("*.deb"))
        kept = file.rename(self.root / file.name)
        return kept, " ".join([package, self.field(package, "Version"), "sha256",
                               self.field(package, "SHA256")])


    def download_all(self, packages):
        """The files of packages and of what they depend on."""
        self.run("apt-get", "install", "--download-only", "--no-install-recommends", "-y", *packages)
        return sorted((self.root / "cache" / "archives").glob("*.deb"))


def files_of(deb):
    """(path, contents) of each file in a package."""
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE) as unpacked:
        with tarfile.open(fileobj=unpacked.stdout, mode="r|") as tar:
            for member in tar:
                if member.isfile():
                    yield member.name, tar.extractfile(member)


def piped(*command):
    """Decompresses with a program. What follows the compressed data is an error to it, not to us."""
    def decompress(data):
        try:
            return subprocess.run(command, input=data, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, check=False).stdout
        except FileNotFoundError as err:
            raise Missing(f"there is no program {command[0]}") from err
    return decompress


DECOMPRESS = [
    (b"\xfd7zXZ\x00", lambda data: lzma.LZMADecompressor().decompress(data)),
    (b"\x1f\x8b\x08", lambda data: zlib.decompressobj(31).decompress(data)),
    (b"\x28\xb5\x2f\xfd", piped("zstd", "-dcq")),
    (b"\x02\x21\x4c\x18", piped("lz4", "-dcq")),
]


def kernel_types(image):
    """The type information inside a kernel's image: bare, or behind the start of a compressed one."""
    found = btfraw.find(image)
    for magic, decompress in DECOMPRESS if not found else []:
        at = image.find(magic)
        while at >= 0 and not found:
            try:
                found = btfraw.find(decompress(image[at:]))
            except (lzma.LZMAError, zlib.error, EOFError):
                pass
            at = image.find(magic, at + 1)
    if not found:
        raise Missing("this kernel's image holds no type information")
    return found


def unpack_image(debs, out, with_boot):
    (out / "modules").mkdir()
    for deb in debs:
        for path, file in files_of(deb):
            name = Path(path).name
            if name.startswith("vmlinuz-") or name.startswith("vmlinux-"):
                image = file.read()
                (out / "vmlinux.btf").write_bytes(kernel_types(image))
                if with_boot:
                    keep(out / "boot" / "vmlinuz", image)
            elif name.endswith((".ko", ".ko.xz")):
                data = file.read()
                data = lzma.decompress(data) if name.endswith(".xz") else data
                btf = btfraw.section(data)
                if btf:
                    (out / "modules" / (name.split(".ko")[0] + ".btf")).write_bytes(btf)
                if with_boot:
                    keep(out / "boot" / inside(path).removesuffix(".xz"), data)
            elif with_boot and name.startswith("modules."):
                keep(out / "boot" / inside(path), file.read())
    if not (out / "vmlinux.btf").exists():
        raise Missing(f"{deb.name} holds no kernel")
    if with_boot:
        index_modules(out / "boot")


def inside(path):
    """lib/modules/..., wherever a package has it."""
    return path[path.index("lib/modules/"):]


def keep(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def index_modules(boot):
    """Which module needs which, as the package does it when it is installed."""
    for modules in (boot / "lib" / "modules").iterdir():
        try:
            subprocess.run(["busybox", "depmod", "-b", boot, modules.name], check=True,
                           stdout=subprocess.DEVNULL)
        except (FileNotFoundError, subprocess.CalledProcessError) as err:
            raise Missing("busybox depmod does not work") from err


def unpack_headers(debs, out):
    tree = out / "tree"
    for deb in debs:
        subprocess.run(["dpkg-deb", "-x", deb, tree], check=True)
    (out / "vmlinux.btf").write_bytes(headers.types(tree / "usr/src", out))
    shutil.rmtree(tree)


def fetch(apt, folder, kernel):
    meta, machine, how = KERNELS[kernel]
    out = Path(tempfile.mkdtemp(prefix="tmp.", dir=folder))
    try:
        got = [apt.download(package) for package in apt.resolve(meta, machine)]
        debs = [deb for deb, _ in got]
        if how == HEADERS:
            unpack_headers(debs, out)
        else:
            unpack_image(debs, out, how == BOOT)
        (out / "packages").write_text("".join(f"{line}\n" for _, line in got))
        for deb in debs:
            deb.unlink()
        if (folder / kernel).exists():
            (folder / kernel).rename(out / "before")
        out.rename(folder / kernel)
        shutil.rmtree(folder / kernel / "before", ignore_errors=True)
    except headers.Missing as err:
        raise Missing(str(err)) from err
    finally:
        shutil.rmtree(out, ignore_errors=True)
    modules = len(list((folder / kernel / "modules").glob("*.btf")))
    size = (folder / kernel / "vmlinux.btf").stat().st_size
    print(f"{kernel}: {size} bytes, {modules} modules, from {got[0][1]}", flush=True)


def fetch_root(folder, machine):
    out = Path(tempfile.mkdtemp(prefix="tmp.", dir=folder))
    root = out / "root"
    try:
        for name in ("bin", "sbin", "lib"):
            (root / "usr" / name).mkdir(parents=True)
            (root / name).symlink_to(f"usr/{name}")
        apt = Apt(out / "apt", [("bookworm", "bookworm", machine)], machine)
        apt.run("apt-get", "update")
        debs = apt.download_all(ROOTS[machine].split())
        for deb in debs:
            with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE) as tar:
                subprocess.run(["tar", "-x", "--keep-directory-symlink", "-C", root], check=True,
                               stdin=tar.stdout)
        for name, target in LINKS.items():
            if not (root / "usr" / name).exists():
                (root / "usr" / name).symlink_to(target)
        (out / "packages").write_text("".join(f"{deb.name}\n" for deb in debs))
        shutil.rmtree(out / "apt")
        out.chmod(0o755)
        out.rename(folder / machine)
    finally:
        shutil.rmtree(out, ignore_errors=True)
    print(f"{machine}: programs and libraries from {len(debs)} packages", flush=True)


def complete(folder, kernel):
    """What was fetched before a kernel was to be booted is not."""
    return (folder / kernel / ("boot" if KERNELS[kernel][2] == BOOT else "packages")).exists()


def main():
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    missing = [kernel for kernel in KERNELS if not complete(folder, kernel)]
    failed = 0
    for machine in ROOTS:
        if not (folder / machine).exists() and machine != own():
            print(f"downloading programs and libraries of Debian for {machine}", flush=True)
            try:
                fetch_root(folder, machine)
            except Missing as err:
                print(f"{machine}: {err}", file=sys.stderr)
                failed += 1
    if not missing:
        return 1 if failed else 0
    print(f"downloading kernels of Debian: {', '.join(missing)}", flush=True)
    with tempfile.TemporaryDirectory(prefix="apt.", dir=folder) as root:
        try:
            apt = Apt(Path(root), SUITES, "amd64")
        except Missing as err:
            print(err, file=sys.stderr)
            return 1
        try:
            apt.run("apt-get", "update")
        except Missing as err:
            # An index may be out of date on a mirror for a while; the others serve.
            print(err, file=sys.stderr)
        for kernel in missing:
            try:
                fetch(apt, folder, kernel)
                (folder / f"{kernel}.missing").unlink(missing_ok=True)
            except Missing as err:
                (folder / f"{kernel}.missing").write_text(f"{err}\n")
                print(f"{kernel}: {err}", file=sys.stderr)
                failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
