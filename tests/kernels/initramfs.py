# SPDX-License-Identifier: BSD-2-Clause
"""The few files that a kernel starts with: busybox, the modules that it needs to reach this
machine's files, and init.sh."""
import stat

# To reach the files, by how they are shared, and to write beside them. A kernel that has one of them
# built in lists none.
MODULES = {"virtiofs": ("virtio_pci", "virtiofs", "overlay"), "9p": ("9pnet_virtio", "9p", "overlay")}
FOLDERS = ("bin", "modules", "dev", "proc", "host", "room", "all")


class Archive:
    """The cpio format "newc"."""

    def __init__(self):
        self.data = bytearray()
        self.number = 0

    def add(self, name, mode, contents=b""):
        self.number += 1
        encoded = name.encode() + b"\0"
        # inode, mode, owner, group, links, time, size, four device numbers, name, checksum
        fields = (self.number, mode, 0, 0, 1, 0, len(contents), 0, 0, 0, 0, len(encoded), 0)
        self.data += b"070701" + b"".join(b"%08X" % field for field in fields) + encoded
        self.pad()
        self.data += contents
        self.pad()

    def pad(self):
        self.data += bytes(-len(self.data) % 4)

    def finish(self):
        self.add("TRAILER!!!", 0)
        return bytes(self.data)


def in_order(modules, wanted):
    """The files of wanted modules and of what they need, each after those that it needs."""
    needs = {}
    for line in (modules / "modules.dep").read_text().splitlines():
        path, _, others = line.partition(":")
        needs[path] = others.split()
    paths = {path.rsplit("/", 1)[-1].removesuffix(".ko"): path for path in needs}
    found = []

    def visit(path):
        if path not in found:
            for other in needs[path]:
                visit(other)
            found.append(path)

    for name in wanted:
        if name in paths:
            visit(paths[name])
    return found


def build(busybox, modules, files, init, settings):
    """The archive; settings are what init.sh finds in /settings."""
    archive = Archive()
    for folder in FOLDERS:
        archive.add(folder, stat.S_IFDIR | 0o755)
    archive.add("bin/busybox", stat.S_IFREG | 0o755, busybox.read_bytes())
    for number, path in enumerate(in_order(modules, MODULES[files])):
        archive.add(f"modules/{number:02}.ko", stat.S_IFREG | 0o644, (modules / path).read_bytes())
    archive.add("settings", stat.S_IFREG | 0o644, settings.encode())
    archive.add("init", stat.S_IFREG | 0o755, init.read_bytes())
    return archive.finish()
