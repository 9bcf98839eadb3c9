#!/usr/bin/env python3
"""Pictures of every example, in a real browser: the page of `composex graph --format html`, with chromium headless.

    Tests/graph/test_graph.py .build/debug/composex

All pages stand in one file, each in a frame of its own, and a script of the test looks into them: every service and every definition is
in the picture, no two labels overlap, nothing is asked of another place; what is searched for is marked, a frame folds its boxes and the
lines to them, a click shows the properties of a box with their writers.
"""

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
VIEWS = ["architecture", "network", "access"]

# What the test does in each frame; the answers become the text of the page.
CHECKS = """
const faults = [];
for (const frame of document.querySelectorAll('iframe')) {
  const page = frame.contentWindow, doc = frame.contentDocument, name = frame.title;
  const fault = (text) => faults.push(name + ': ' + text);
  const boxes = JSON.parse(doc.getElementById('boxes').textContent);
  const drawn = boxes.flatMap((box) => box.names);
  for (const wanted of JSON.parse(frame.dataset.wanted)) if (!drawn.includes(wanted)) fault('lacks ' + wanted);
  for (const box of boxes) if (!doc.getElementById(box.id)) fault('has no element for ' + box.names[0]);

  const texts = Array.from(doc.querySelectorAll('svg text')).map((text) => ({ text, area: text.getBoundingClientRect() }));
  if (texts.some((one) => one.area.width === 0)) fault('has a label that is not drawn');
  for (let i = 0; i < texts.length; i++) for (let j = i + 1; j < texts.length; j++) {
    const a = texts[i].area, b = texts[j].area, slack = a.height * 0.35;
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - slack && b.top < a.bottom - slack)
      fault('labels overlap: ' + texts[i].text.textContent + ' / ' + texts[j].text.textContent);
  }

  const isHidden = (id) => page.getComputedStyle(doc.getElementById(id)).display === 'none';
  const find = doc.getElementById('find');
  find.value = boxes[0].names[0].toUpperCase();
  find.dispatchEvent(new page.Event('input'));
  if (!doc.getElementById(boxes[0].id).classList.contains('hit')) fault('does not find ' + boxes[0].names[0]);
  if (!/^[1-9]/.test(doc.getElementById('count').textContent)) fault('does not count what is found');
  find.value = 'there is no such thing';
  find.dispatchEvent(new page.Event('input'));
  if (doc.querySelector('.hit') || doc.getElementById('count').textContent !== '0 found') fault('finds what is not there');
  find.value = '';
  find.dispatchEvent(new page.Event('input'));
  if (doc.querySelector('.dim')) fault('stays dim');

  const cluster = doc.querySelector('g.cluster');
  if (cluster) {
    const title = cluster.querySelector('text').textContent;
    const inside = boxes.filter((box) => box.frame === title).map((box) => box.id);
    const click = () => cluster.dispatchEvent(new page.MouseEvent('click', { bubbles: true }));
    click();
    if (inside.length === 0 || !inside.every(isHidden)) fault('does not fold ' + title);
    const joined = Array.from(doc.querySelectorAll('g.edge')).filter((line) => inside.some((id) => line.classList.contains(id)));
    if (joined.some((line) => page.getComputedStyle(line).display !== 'none')) fault('leaves lines to what is folded');
    click();
    if (inside.some(isHidden) || cluster.querySelector('text').textContent !== title) fault('does not unfold ' + title);
  }

  const described = boxes.find((box) => box.properties.length > 0);
  if (!described) fault('describes no box');
  else {
    doc.getElementById(described.id).dispatchEvent(new page.MouseEvent('click', { bubbles: true }));
    const rows = Array.from(doc.querySelectorAll('#facts tr'));
    if (rows.length !== described.properties.length) fault('does not show the properties of ' + described.names[0]);
    if (!rows.some((row) => /compose\\.yaml:\\d+|default/.test(row.cells[2].textContent))) fault('does not say who wrote');
  }
  const before = doc.querySelector('svg').getAttribute('width');
  doc.getElementById('in').click();
  if (doc.querySelector('svg').getAttribute('width') === before) fault('does not zoom');
}
document.title = 'checked';
document.body.textContent = 'FAULTS' + JSON.stringify(faults) + 'END';
"""


def options(folder):
    """What the reader of an example is told to render it with."""
    line = next(l for l in (folder / "README.md").read_text().splitlines() if l.startswith("    composex render"))
    return line.split()[2:]


def wanted(composex, folder, arguments):
    """Services, and definitions of which something came."""
    compose = yaml.load((folder / "compose.yaml").read_text(), Loader=Loose)
    names = [f"services::{name}" for name in compose["services"]]
    for key, section in compose.items():
        if not key.startswith("x-") or not isinstance(section, dict) or key in ("x-tags", "x-composex", "x-vpc", "x-cluster"):
            continue
        for name, definition in section.items():
            subject = f"{key}::{name}"
            if isinstance(definition, dict) and subprocess.run(
                [composex, "explain", subject, *arguments], cwd=folder, capture_output=True
            ).returncode == 0:
                names.append(subject)
    return names


class Loose(yaml.SafeLoader):
    """Tags of CloudFormation and of Compose are not looked at."""


Loose.add_multi_constructor("!", lambda loader, suffix, node: None)


def main():
    composex = str(Path(sys.argv[1]).resolve())
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser or not shutil.which("dot"):
        sys.exit("Tests/graph: needs chromium and dot: scripts/install chromium graphviz")
    frames, faults = [], []
    for folder in sorted(path.parent for path in (ROOT / "examples").glob("*/compose.yaml")):
        arguments = options(folder)
        names = wanted(composex, folder, arguments)
        for view in VIEWS:
            page = subprocess.run(
                [composex, "graph", "--view", view, "--format", "html", *arguments], cwd=folder, capture_output=True,
                text=True, check=True).stdout
            if re.search(r"""(src|href)\s*=|url\(|@import|fetch\(|XMLHttp""", page):
                faults.append(f"{folder.name} {view}: asks something of another place")
            own = names if view == "architecture" else [n for n in names if n.startswith("services::")]
            frames.append(
                f'<iframe title="{folder.name} {view}" width="1400" height="800" data-wanted="{html.escape(json.dumps(own))}" '
                f'srcdoc="{html.escape(page)}"></iframe>')
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "all.html"
        whole.write_text(
            "<!DOCTYPE html><meta charset=utf-8><body>" + "\n".join(frames)
            + f"<script>window.addEventListener('load', () => {{ {CHECKS} }});</script>")
        result = subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={scratch}/profile",
             "--virtual-time-budget=20000", "--dump-dom", whole.as_uri()], capture_output=True, text=True, timeout=300)
    found = re.search(r"FAULTS(\[.*\])END", result.stdout, re.S)
    if not found:
        sys.exit(f"Tests/graph: the browser did not come to an end\n{result.stdout[-500:]}\n{result.stderr[-1500:]}")
    faults += json.loads(html.unescape(found.group(1)))
    for fault in faults:
        print(f"Tests/graph: {fault}", file=sys.stderr)
    if faults:
        sys.exit(1)
    print(f"Tests/graph: {len(frames)} pictures, drawn, searched, folded and clicked")


main()
