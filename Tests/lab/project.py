"""Projects that the laboratory deploys: the folders of examples/, and edits of their compose files."""

import copy
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

import yaml

import template as templates

ROOT = Path(__file__).resolve().parents[2]
COMPOSEX = os.environ.get("COMPOSEX", str(ROOT / ".build/debug/composex"))


class NotRendered(Exception):
    """What composex said of a project that it refuses."""


class ComposeLoader(yaml.SafeLoader):
    """YAML of compose files; tags (`!reset`, `!Ref`) are kept as they are."""


class Tagged:
    def __init__(self, tag, value):
        self.tag, self.value = tag, value


def _tagged(loader, suffix, node):
    kinds = {"scalar": loader.construct_scalar, "sequence": loader.construct_sequence, "mapping": loader.construct_mapping}
    return Tagged("!" + suffix, kinds[node.id](node) if node.id == "scalar" else kinds[node.id](node, deep=True))


ComposeLoader.add_multi_constructor("!", _tagged)


class ComposeDumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


def _dump(dumper, data):
    if isinstance(data.value, list):
        return dumper.represent_sequence(data.tag, data.value)
    if isinstance(data.value, dict):
        return dumper.represent_mapping(data.tag, data.value)
    return dumper.represent_scalar(data.tag, str(data.value))


ComposeDumper.add_representer(Tagged, _dump)


class Project:
    """A folder with a compose file, and the command of its README."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.name = str(self.folder.relative_to(ROOT / "examples"))
        # The entries of the cookbook are variations of one project.
        self.is_small = self.name.startswith("cookbook/")
        readme = (self.folder / "README.md").read_text()
        self.command = shlex.split(re.search(r"^    composex (.*)$", readme, re.MULTILINE).group(1))
        self.compose = yaml.load((self.folder / "compose.yaml").read_text(), ComposeLoader)
        parameters = self.folder / "parameters.json"
        self.parameters = yaml.safe_load(parameters.read_text()) if parameters.exists() else {}

    def render(self, compose=None):
        """The template of another compose file in this folder; that of its own without one."""
        if compose is None:
            return templates.load((self.folder / "template.yaml").read_text())
        with tempfile.TemporaryDirectory() as folder:
            # Scripts and packs beside the project are named by paths that leave the folder.
            above = Path(folder) / "examples"
            shutil.copytree(ROOT / "examples" / Path(self.name).parts[0], above / Path(self.name).parts[0])
            here = above / self.name
            (here / "compose.yaml").write_text(yaml.dump(compose, Dumper=ComposeDumper, sort_keys=False))
            return run(self.command, here)

    def edited(self, edit):
        """A copy of the compose file, changed."""
        compose = copy.deepcopy(self.compose)
        return compose if edit(compose) is not False else None


def run(command, folder):
    """The template that a command writes."""
    done = subprocess.run([COMPOSEX, *command], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise NotRendered(done.stderr)
    return templates.load(done.stdout)


def render(compose):
    """The template of a compose file without a folder."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "compose.yaml").write_text(yaml.dump(compose, Dumper=ComposeDumper, sort_keys=False))
        return run(["render", "-f", "compose.yaml"], folder)


def examples():
    """Every project of examples/, in the order of their names."""
    return [Project(path.parent) for path in sorted((ROOT / "examples").rglob("compose.yaml"))]
