#!/usr/bin/env python3
"""Renders the compose file that docs/resources.md shows at each `x-` key, for scripts/check-templates.py.

    scripts/resource-examples.py COMPOSEX FOLDER

FOLDER gets KEY/compose.yaml and KEY/template.yaml for each key; what stood there is replaced. A key without a file, or
a file that does not render, fails.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs/resources.md"
MARK = "<!-- What follows is made of lua/x by `make docs`. -->\n"


def examples():
    """Key and compose file of each heading below the mark."""
    for section in PAGE.read_text().split(MARK)[1].split("\n## ")[1:]:
        key = section.split("\n", 1)[0]
        found = re.search(r"^```yaml\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
        if not found:
            sys.exit(f"docs/resources.md shows no file at {key}")
        yield key, found[1]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    composex, folder = sys.argv[1], Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    count = 0
    for count, (key, text) in enumerate(examples(), 1):
        file = folder / key / "compose.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(text)
        command = [composex, "render", "-f", str(file), "-o", str(file.with_name("template.yaml"))]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode:
            sys.exit(f"{key}: {run.stderr}")
    print(f"{count} files of docs/resources.md rendered")


if __name__ == "__main__":
    main()
