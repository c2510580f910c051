# SPDX-License-Identifier: BSD-2-Clause
"""The files of the tree: what git tracks or would not ignore; without git, all but build folders."""
import os
import subprocess


def files_of(top):
    try:
        git = subprocess.run(["git", "-C", top, "ls-files", "-co", "--exclude-standard", "-z"],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        return sorted(set(p for p in git.stdout.decode().split("\0") if p))
    except (OSError, subprocess.CalledProcessError):
        pass
    found = []
    for folder, folders, names in os.walk(top):
        if folder == str(top):
            folders[:] = [f for f in folders if f not in (".git", ".cache") and not f.startswith("build")]
        folders[:] = [f for f in folders if f != "__pycache__"]
        found += [os.path.relpath(os.path.join(folder, n), top) for n in names]
    return sorted(found)
