#!/usr/bin/env python3
"""Packs .build/composex, the static binary of `make release`, into .build/package:

    composex_VERSION_ARCH.deb              binary, man pages, completions, documents; depends on nothing
    composex-VERSION-linux-MACHINE.tar.gz  the same files below one folder
    composex-VERSION.spdx.json             what is inside, as SPDX 2.3
    composex.rb                            a Homebrew formula for Linux
    SHA256SUMS

The same binary and the same commit make the same bytes: every time is that of the commit, every list is sorted, every owner root.
Man pages come from swift-argument-parser's generator, completions from the command itself.
"""
import gzip
import hashlib
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = ROOT / ".build/composex"
OUT = ROOT / ".build/package"
SHARE = "usr/share"
SHELLS = {
    "bash": f"{SHARE}/bash-completion/completions/composex",
    "zsh": f"{SHARE}/zsh/vendor-completions/_composex",
    "fish": f"{SHARE}/fish/vendor_completions.d/composex.fish",
}
SUMMARY = "Turns a Docker Compose file into AWS CloudFormation that runs it on ECS"
HOME = os.environ.get("COMPOSEX_HOMEPAGE", "https://composex.example.com")
# Linked into the binary besides what Package.resolved names: Debian's package, its licence, and where it comes from.
LINKED = {
    "liblua5.4-dev": ("Lua", "MIT", "https://www.lua.org"),
    "libyaml-dev": ("libyaml", "MIT", "https://pyyaml.org/wiki/LibYAML"),
    "libc6-dev": ("glibc", "LGPL-2.1-or-later", "https://www.gnu.org/software/libc/"),
}


def output(*command):
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def commit_time():
    """https://reproducible-builds.org/specs/source-date-epoch/"""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or output("git", "log", "-1", "--format=%ct"))


def manuals(time):
    """The man pages by name; the generator is built from the parser's own package, in a folder of its own."""
    scratch = ROOT / ".build/manual"
    subprocess.run(
        ["swift", "build", "--package-path", ".build/checkouts/swift-argument-parser", "--scratch-path", scratch, "--product",
         "generate-manual"], cwd=ROOT, check=True, stdout=sys.stderr)
    pages = OUT / "man"
    pages.mkdir()
    day = datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%d")
    subprocess.run([scratch / "debug/generate-manual", BINARY, "--multi-page", "--date", day, "-o", pages], cwd=ROOT, check=True,
                   stdout=sys.stderr)
    found = {page.name: page.read_bytes() for page in sorted(pages.iterdir())}
    shutil.rmtree(pages)
    return found


def compressed(data):
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", filename="", mtime=0, compresslevel=9) as file:
        file.write(data)
    return packed.getvalue()


def contents(time):
    """What is installed: path below / to bytes and mode."""
    files = {"usr/bin/composex": (BINARY.read_bytes(), 0o755)}
    for name, page in manuals(time).items():
        files[f"{SHARE}/man/man1/{name}.gz"] = (compressed(page), 0o644)
    for shell, path in SHELLS.items():
        files[path] = (output(BINARY, "--generate-completion-script", shell).encode(), 0o644)
    documents = f"{SHARE}/doc/composex"
    for page in sorted([*ROOT.glob("docs/*.md"), ROOT / "README.md", ROOT / "SECURITY.md"]):
        files[f"{documents}/{page.relative_to(ROOT)}"] = (page.read_bytes(), 0o644)
    files[f"{documents}/changelog.gz"] = (compressed((ROOT / "CHANGELOG.md").read_bytes()), 0o644)
    files[f"{documents}/copyright"] = ((ROOT / "LICENSE").read_bytes(), 0o644)
    return files


def archive(files, time, prefix=""):
    """A tar of the files with their folders."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar:
        folders = {str(parent) for path in files for parent in Path(prefix + path).parents}
        for path in sorted(folders - {"."}) + sorted(files):
            info = tarfile.TarInfo(path if path in folders else prefix + path)
            info.mtime = time
            info.uname = info.gname = "root"
            if path in folders:
                info.type, info.mode = tarfile.DIRTYPE, 0o755
                tar.addfile(info)
            else:
                data, info.mode = files[path]
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def debian(files, version, architecture, time):
    """The .deb, by dpkg-deb, which takes times from SOURCE_DATE_EPOCH."""
    stage = OUT / "deb"
    for path, (data, mode) in files.items():
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        (stage / path).write_bytes(data)
        (stage / path).chmod(mode)
    size = sum(len(data) for data, _ in files.values()) // 1024
    (stage / "DEBIAN").mkdir()
    (stage / "DEBIAN/control").write_text(
        f"Package: composex\nVersion: {version}\nArchitecture: {architecture}\nSection: admin\nPriority: optional\n"
        f"Maintainer: The composex developers <composex@example.com>\nInstalled-Size: {size}\nHomepage: {HOME}\n"
        f"Suggests: awscli, graphviz\nDescription: {SUMMARY}\n"
        " The engine is Swift, the policy is Lua: queues, databases and load balancers are x- sections of the compose\n"
        " file, each service is granted what the file says, and packs of an organisation change and check what comes.\n")
    sums = "".join(f"{hashlib.md5(data).hexdigest()}  {path}\n" for path, (data, _) in sorted(files.items()))
    (stage / "DEBIAN/md5sums").write_text(sums)
    for folder in [stage, *stage.rglob("*")]:
        if folder.is_dir():
            folder.chmod(0o755)
    target = OUT / f"composex_{version}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", stage, target], check=True, stdout=sys.stderr,
                   env=os.environ | {"SOURCE_DATE_EPOCH": str(time)})
    shutil.rmtree(stage)
    return target


def bill(version, time):
    """What is linked into the binary, as SPDX 2.3."""
    def entry(name, its_version, licence, place):
        return {"SPDXID": f"SPDXRef-{name}", "name": name, "versionInfo": its_version, "downloadLocation": place,
                "licenseConcluded": licence, "licenseDeclared": licence, "copyrightText": "NOASSERTION", "filesAnalyzed": False}

    packages = [entry("composex", version, "Apache-2.0", HOME)]
    for pin in json.loads((ROOT / "Package.resolved").read_text())["pins"]:
        packages.append(entry(pin["identity"], pin["state"]["version"], "Apache-2.0", pin["location"]))
    swift = output("swift", "--version").split("Swift version ")[1].split()[0]
    packages.append(entry("swift-runtime", swift, "Apache-2.0", "https://www.swift.org"))
    for package, (name, licence, place) in LINKED.items():
        packages.append(entry(name, output("dpkg-query", "-W", "-f", "${Version}", package), licence, place))
    day = datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    digest = hashlib.sha256(BINARY.read_bytes()).hexdigest()
    packages[0]["checksums"] = [{"algorithm": "SHA256", "checksumValue": digest}]
    relations = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-composex"}]
    relations += [{"spdxElementId": "SPDXRef-composex", "relationshipType": "STATIC_LINK", "relatedSpdxElement": package["SPDXID"]}
                  for package in packages[1:]]
    return {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"composex-{version}",
            "documentNamespace": f"{HOME}/spdx/{version}-{digest[:16]}",
            "creationInfo": {"created": day, "creators": ["Tool: packaging/package.py"]},
            "packages": packages, "relationships": relations}


def main():
    if not BINARY.exists():
        sys.exit("there is no .build/composex: make package builds it first")
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    time = commit_time()
    version = output(BINARY, "version").split()[1]
    machine, architecture = platform.machine(), output("dpkg", "--print-architecture").strip()
    files = contents(time)
    made = [debian(files, version, architecture, time)]
    folder = f"composex-{version}-linux-{machine}"
    tarball = OUT / f"{folder}.tar.gz"
    short = {path.removeprefix("usr/"): content for path, content in files.items()}
    tarball.write_bytes(compressed(archive(short, time, prefix=f"{folder}/")))
    made.append(tarball)
    spdx = OUT / f"composex-{version}.spdx.json"
    spdx.write_text(json.dumps(bill(version, time), indent=2, sort_keys=True) + "\n")
    made.append(spdx)
    formula = OUT / "composex.rb"
    formula.write_text(
        (ROOT / "packaging/composex.rb").read_text().replace("@VERSION@", version).replace("@HOMEPAGE@", HOME).replace("@MACHINE@", machine)
        .replace("@SHA256@", hashlib.sha256(tarball.read_bytes()).hexdigest()))
    made.append(formula)
    sums = OUT / "SHA256SUMS"
    sums.write_text("".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(made)))
    print(sums.read_text(), end="")


main()
