#!/usr/bin/env python3
"""What `make package` made, tried: the same bytes when it is packed again; the .deb installs in a Debian of nothing but its base system
and does its main job there; the tarball and the image of packaging/Dockerfile, too; the list of what is inside names what is linked.
As root, because of debootstrap and chroot."""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / ".build/package"
EXAMPLE = ROOT / "examples/web-and-worker"
WORDS = ["render", "-q", "-f", "compose.yaml", "--script", "tags.lua"]
CLEAN = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}


def run(*words, **more):
    done = subprocess.run(words, capture_output=True, text=True, **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def expect(holds, what):
    if not holds:
        sys.exit(f"not so: {what}")
    print(f"ok {what}", flush=True)


def find(pattern):
    return next(OUT.glob(pattern))


def packs_alike():
    before = (OUT / "SHA256SUMS").read_text()
    run(ROOT / "packaging/package.py", cwd=ROOT)
    expect((OUT / "SHA256SUMS").read_text() == before, "packed again, the same bytes")
    for line in before.splitlines():
        digest, name = line.split()
        expect(hashlib.sha256((OUT / name).read_bytes()).hexdigest() == digest, f"{name} has its digest")


def names_what_is_inside():
    bill = json.loads(find("*.spdx.json").read_text())
    names = {package["name"] for package in bill["packages"]}
    expect({"composex", "swift-argument-parser", "swift-crypto", "swift-runtime", "Lua", "libyaml", "glibc"} <= names, "the list names what is linked")
    expect("@VERSION@" not in find("composex.rb").read_text() and "@SHA256@" not in find("composex.rb").read_text(), "the formula is filled in")
    linked = subprocess.run(["ldd", ROOT / ".build/composex"], capture_output=True, text=True)
    expect("not a dynamic executable" in linked.stdout + linked.stderr, "the binary needs no library")


def renders(output, where):
    expect(output == (EXAMPLE / "template.yaml").read_text(), f"it renders the example {where}")


def in_debian(folder):
    """A base system from the mirror that this machine uses."""
    # `500 http://mirror/debian bookworm/main amd64 Packages`, of a package that every system has.
    words = next(line.split() for line in run("apt-cache", "policy", "base-files").splitlines() if "/main" in line)
    mirror, release = words[1], words[2].split("/")[0]
    root = folder / "debian"
    run("debootstrap", "--variant=minbase", release, root, mirror)
    package = find("*.deb")
    shutil.copy(package, root / "composex.deb")
    run("chroot", root, "dpkg", "-i", "/composex.deb", env=CLEAN)
    shutil.copytree(EXAMPLE, root / "project")
    # With /proc, as any system has it.
    inside = ["unshare", "--fork", "--pid", f"--mount-proc={root}/proc", "chroot", root]
    renders(run(*inside, "/bin/sh", "-c", f"cd /project && composex {' '.join(WORDS)}", env=CLEAN), "in a clean Debian")
    listed = run("chroot", root, "dpkg", "-L", "composex", env=CLEAN)
    for part in ["/usr/share/man/man1/composex.1.gz", "/usr/share/man/man1/composex.render.1.gz",
                 "/usr/share/bash-completion/completions/composex", "/usr/share/doc/composex/docs/tutorial.md"]:
        expect(part in listed, f"it installs {part}")
    run("chroot", root, "dpkg", "-r", "composex", env=CLEAN)


def from_tarball(folder):
    with tarfile.open(find("*.tar.gz")) as tar:
        tar.extractall(folder, filter="data")
    binary = next(folder.glob("composex-*/bin/composex"))
    renders(run(binary, *WORDS, cwd=EXAMPLE, env={"HOME": str(folder)}), "from the tarball")


def in_image(folder):
    store = ["--root", str(folder / "store"), "--runroot", str(folder / "run"), "--storage-driver", "vfs"]
    context = folder / "context"
    context.mkdir()
    shutil.copy(ROOT / ".build/composex", context)
    run("buildah", *store, "bud", "--isolation", "chroot", "-f", ROOT / "packaging/Dockerfile", "-t", "composex", context)
    container = run("buildah", *store, "from", "composex").strip()
    renders(run("buildah", *store, "run", "--isolation", "chroot", "-v", f"{EXAMPLE}:/work", container, "--", "/composex", *WORDS),
            "in an image of nothing else")


def main():
    if os.geteuid() != 0:
        sys.exit("packaging/test.py makes a Debian of its own, which needs root")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packs_alike()
        names_what_is_inside()
        from_tarball(folder)
        in_image(folder)
        in_debian(folder)


main()
