"""Scenarios of deployments: the command and the aws command against a server that plays a course of events.

    .venv/bin/python Tests/deploy/scenarios.py COMPOSEX [PATTERN...]      RECORD=1 takes what comes, and fails
                                                                          JITTER=0.2 makes every step late by up to 0.2 s

A scenario is a text, `Tests/deploy/scenarios/NAME.scenario`: what is shown, then sections. Input: `-- FILE --` (those in `bin/` are
commands), `-- course --` (YAML,
server.py says what it may hold), `-- args --`, `-- env --`, `-- stdin --`. Expected: `-- stdout --`, `-- stderr --`, `-- exit --`,
`-- calls --` (what was sent, and how often), `-- requests --` (what was sent with those of `record`), `-- left FILE --` (a file that
is written), `-- screens ROWSxCOLUMNS [ROWSxCOLUMNS at N] --`: what
stands on a terminal after each change, from the Nth on at another size.

Nothing here waits for a time: what comes must not depend on the speed of the machine, which JITTER shows.
"""
import codecs
import fcntl
import fnmatch
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml

from aws_process import AWSProcess
from server import Server
from terminal import Terminal

FOLDER = Path(__file__).parent / "scenarios"
HEADING = re.compile(r"^-- (\S+)(?: (.*))? --$")
EXPECTED = ("stdout", "stderr", "exit", "calls", "requests", "left", "screens")
# How many scenarios play side by side: they wait more than they work.
WIDTH = 4
INPUT = ("course", "args", "env", "stdin")
# Seconds after which a command hangs: many, for slow machines.
LONGEST = 600
# What the test itself writes to the terminal, after all that the command wrote before: its size changes; the command ended.
RESIZED, ENDED = "\x1c", "\x1d"


def read(text):
    """The comment, and the sections in order: name, the rest of the heading, content."""
    comment, sections = "", []
    for line in text.splitlines(keepends=True):
        match = HEADING.match(line.rstrip("\n"))
        if match and (match[1] in EXPECTED + INPUT or "." in match[1] or "/" in match[1]):
            sections.append([match[1], match[2], ""])
        elif sections:
            sections[-1][2] += line
        else:
            comment += line
    return comment, sections


def environment(folder, aws, url, more):
    variables = {
        "PATH": f"{folder}/bin:{aws.folder}", "HOME": str(folder), "AWS_ENDPOINT_URL": url, "AWS_MAX_ATTEMPTS": "1",
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "eu-west-1",
        "COMPOSEX_CLOCK": "2026-01-01T00:00:00Z", "TMPDIR": str(folder / "tmp"),
    }
    return variables | dict(line.split("=", 1) for line in (more or "").splitlines() if line)


def run(command, sections, aws, server):
    content = {name: text for name, _, text in sections}
    screens = next((part for name, part, _ in sections if name == "screens"), None)
    script = server.play(yaml.safe_load(content.get("course", "")))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "tmp").mkdir()
        for name, _, text in sections:
            if name not in EXPECTED + INPUT:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text)
                if name.startswith("bin/"):
                    (folder / name).chmod(0o755)
        words = [command, *content["args"].split()]
        script.rendered = lambda: subprocess.run(
            [command, "render", "-q"], cwd=folder, env={"HOME": str(folder)}, capture_output=True, text=True).stdout
        variables = environment(folder, aws, server.url, content.get("env"))
        if screens:
            found = on_terminal(words, folder, variables, script, screens, content.get("stdin", ""))
        else:
            process = subprocess.Popen(
                words, cwd=folder, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True)
            script.started(process.pid)
            output, errors = process.communicate(content.get("stdin", ""), timeout=LONGEST)
            found = {"stdout": output, "stderr": errors, "exit": process.returncode}
        left = [path.name for path in (folder / "tmp").iterdir()]
        assert not left, f"left behind: {left}"
        kept = next((part for name, part, _ in sections if name == "left"), None)
        found["left"] = (folder / kept).read_text() if kept else ""
        found["requests"] = "".join(script.requests)
    found["exit"] = f"{found['exit']}\n" if found["exit"] else ""
    found["calls"] = "".join(
        f"{call}{f' x{count}' if count > 1 else ''}\n" for call, count in sorted(Counter(script.calls).items()))
    return found


def size(descriptor, rows, columns):
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def on_terminal(words, folder, variables, script, sizes, keys):
    """The screens that the command draws, the last of them whole; `ROWSxCOLUMNS at N` is its size from the Nth look at events on."""
    first, *later = sizes.split()
    rows, columns = map(int, first.split("x"))
    descriptor, inside = pty.openpty()
    size(descriptor, rows, columns)
    terminal, screens, resized = Terminal(rows, columns), [], threading.Event()
    if later:

        def resize():
            os.write(inside, RESIZED.encode())
            assert resized.wait(LONGEST), "the terminal is not read"

        script.looks[int(later[2])] = resize
    process = subprocess.Popen(
        words, cwd=folder, env=variables | {"TERM": "xterm"}, stdin=inside, stdout=inside, stderr=inside,
        start_new_session=True)
    script.started(process.pid)
    threading.Thread(target=lambda: (process.wait(), os.write(inside, ENDED.encode())), daemon=True).start()
    shown = ""

    def note():
        if not screens or screens[-1] != terminal.screen:
            screens.append(terminal.screen)

    for part in parts(descriptor):
        if part == ENDED:
            break
        if part == RESIZED:
            terminal.resize(*map(int, later[0].split("x")))
            size(descriptor, terminal.rows, terminal.columns)
            resized.set()
            continue
        # A frame begins by moving the cursor up.
        if FRAME.fullmatch(part):
            note()
        terminal.feed(part)
        shown = (shown + part)[-100:]
        if keys and shown.endswith("[y/N] "):
            os.write(descriptor, keys.encode())
            keys = ""
    note()
    os.close(descriptor)
    os.close(inside)
    return {"screens": "".join(f"{screen}\n~\n" for screen in screens), "exit": process.returncode}


FRAME = re.compile(r"\x1b\[\d+A")
# A sequence for the terminal, whole or not yet; a line end; any other letter.
PART = re.compile(rf"\x1b(?:\[\d*[A-Za-z]?)?|\r\n?|{RESIZED}|{ENDED}|[^\x1b\r{RESIZED}{ENDED}]+")


def parts(descriptor):
    """What comes out of a terminal, in pieces that do not depend on how it was read."""
    decoder, rest = codecs.getincrementaldecoder("utf-8")("replace"), ""
    while True:
        rest += decoder.decode(os.read(descriptor, 1 << 16))
        at = 0
        for match in PART.finditer(rest):
            text = match[0]
            if match.end() == len(rest) and re.fullmatch(r"\x1b(\[\d*)?|\r", text):
                break
            at = match.end()
            yield "\n" if text == "\r\n" else text
        rest = rest[at:]


def check(command, path, aws, server):
    """What differs, as lines; nothing when all is as it was recorded."""
    comment, sections = read(path.read_text())
    found = run(command, sections, aws, server)
    expected = {name: text.strip("\n") for name, _, text in sections if name in EXPECTED}
    came = {name: text.strip("\n") for name, text in found.items()}
    came = {name: text for name, text in came.items() if text or name in expected or name == "screens"}
    if came == expected:
        return []
    if os.environ.get("RECORD") == "1":
        parts = {name: part for name, part, _ in sections}
        text = comment + "".join(
            f"-- {name}{f' {part}' if part else ''} --\n{content}" for name, part, content in sections if name not in EXPECTED)
        for name in EXPECTED:
            if came.get(name) or name in expected:
                part = f" {parts[name]}" if parts.get(name) else ""
                text += f"-- {name}{part} --\n{came.get(name, '')}\n"
        path.write_text(text)
    lines = []
    for name in EXPECTED:
        if came.get(name, "") != expected.get(name, ""):
            lines.append(f"{path.stem}: {name}")
            lines += [f"  - {line}" for line in expected.get(name, "").splitlines()]
            lines += [f"  + {line}" for line in came.get(name, "").splitlines()]
    return lines


def main():
    command, patterns = str(Path(sys.argv[1]).resolve()), sys.argv[2:] or ["*"]
    paths = sorted(p for p in FOLDER.glob("*.scenario") if any(fnmatch.fnmatch(p.stem, x) for x in patterns))
    failed = 0
    with tempfile.TemporaryDirectory() as folder, AWSProcess(folder) as aws, ThreadPoolExecutor(WIDTH) as pool:

        def play(path):
            with Server() as server:
                return path, check(command, path, aws, server)

        for path, lines in pool.map(play, paths):
            failed += bool(lines)
            print("\n".join(lines) or f"ok {path.stem}", flush=True)
    if failed or not paths:
        sys.exit(f"{failed} of {len(paths)} scenarios differ: RECORD=1 takes what comes")
    print(f"{len(paths)} scenarios")


if __name__ == "__main__":
    main()
