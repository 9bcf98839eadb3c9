"""The pipelines of the project, run step by step in a plain shell: action.yml, the hooks of pre-commit, the jobs for GitLab, and the files
of examples/pipelines. What composex asks AWS goes to moto; `gh` and `curl` are stand-ins that note what they were given.

    COMPOSEX=.build/debug/composex .venv/bin/python -m unittest discover -s Tests/pipelines
"""
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSEX = Path(os.environ.get("COMPOSEX", ROOT / ".build/debug/composex")).resolve()
BASE = "name: shop\nservices: {web: {image: 'nginx:1.27', deploy: {resources: {limits: {cpus: '0.25', memory: 512M}}}}}\n"
CHANGED = BASE.replace("1.27", "1.28")


class GitLabLoader(yaml.SafeLoader):
    """YAML with GitLab's tags."""


GitLabLoader.add_multi_constructor("!", lambda loader, suffix, node: None)


def read(path):
    return yaml.load((ROOT / path).read_text(), GitLabLoader)


class Project(unittest.TestCase):
    """A repository with one commit and a change in the working tree, composex on the path, and stand-ins for programs."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        (self.folder / "bin").mkdir()
        (self.folder / "bin/composex").symlink_to(COMPOSEX)
        for name in ("gh", "curl"):
            self.stand_in(name, f'printf "%s\\n" "$*" >> "{self.folder}/{name}.calls"')
        self.project = self.folder / "project"
        self.project.mkdir()
        self.variables = {"PATH": f"{self.folder}/bin:{sys.prefix}/bin:/usr/bin:/bin", "HOME": str(self.folder)}
        self.write("compose.yaml", BASE)
        for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "base"],
                      ["update-ref", "refs/remotes/origin/main", "HEAD"], ["remote", "add", "origin", "."]):
            subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *words], cwd=self.project, check=True)
        self.write("compose.yaml", CHANGED)

    def stand_in(self, name, body):
        path = self.folder / "bin" / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def write(self, name, text):
        (self.project / name).write_text(text)

    def step(self, script, code=0, **more):
        done = subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=self.project, env=self.variables | more,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual(done.returncode, code, f"{script}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr


def filled(text, values):
    """GitHub's `${{ ... }}` by their values; one that is not known is a mistake of the file."""
    return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda match: values[match[1]], str(text))


class Action(Project):
    """The steps of action.yml, as a runner would take them."""

    def run_action(self, **given):
        action = read("action.yml")
        contexts = {"github.event.pull_request.base.sha": "origin/main", "github.token": "secret", "github.event.number": "7"}
        inputs = {name: filled(entry["default"], contexts) for name, entry in action["inputs"].items()} | given
        values = contexts | {f"inputs.{name}": value for name, value in inputs.items()}
        runner = {"RUNNER_TEMP": str(self.folder), "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
                  "GITHUB_PATH": str(self.folder / "path")}
        texts = []
        for step in action["runs"]["steps"]:
            # Values reach a script as variables only: text in it would be run.
            self.assertNotIn("${{", step["run"])
            condition = step.get("if", "true")
            for name, value in inputs.items():
                condition = condition.replace(f"inputs.{name}", f"'{value}'")
            if not eval(condition.replace("&&", "and").replace("true", "True").replace("'True'", "'true'")):
                continue
            environment = {name: filled(value, values) for name, value in step.get("env", {}).items()}
            texts.append(self.step(step["run"], **runner, **environment))
        return texts

    def test_diff_becomes_a_comment(self):
        self.run_action(output="template.yaml")
        self.assertIn("AWS::ECS::Service", (self.project / "template.yaml").read_text())
        self.assertIn("nginx:1.28", (self.folder / "summary").read_text())
        self.assertIn("pr comment 7 --body-file", (self.folder / "gh.calls").read_text())

    def test_no_base_no_comment(self):
        self.run_action(base="")
        self.assertFalse((self.folder / "gh.calls").exists())
        self.assertFalse((self.project / "template.yaml").exists())

    def test_what_is_wrong_is_annotated(self):
        self.write("compose.yaml", BASE + "x-sqs: {jobs: {Services: {wob: {Access: RO}}}}\n")
        check = next(step for step in read("action.yml")["runs"]["steps"] if step["name"] == "Check")
        text = self.step(check["run"], code=1, OPTIONS="")
        self.assertRegex(text, r"::error file=compose.yaml,line=3,")

    def test_package_is_checked_and_unpacked(self):
        install = next(step for step in read("action.yml")["runs"]["steps"] if step["name"] == "Install")
        archive = self.folder / "release.tar.gz"
        subprocess.run(["tar", "-czf", archive, "-C", self.folder, "--transform", "s,^bin,composex-1/bin,", "bin/gh"], check=True)
        self.stand_in("curl", f'cp "{archive}" "$6"')
        digest = subprocess.run(["sha256sum", archive], capture_output=True, text=True).stdout.split()[0]
        more = {"RUNNER_TEMP": str(self.folder), "GITHUB_PATH": str(self.folder / "path"), "PACKAGE": "https://example.com/a.tar.gz"}
        self.step(install["run"], SHA256=digest, **more)
        self.assertTrue((self.folder / "composex/bin/gh").exists())
        self.step(install["run"], code=1, SHA256="0" * 64, **more)


class Hooks(Project):
    """The hooks of pre-commit."""

    def test_each_runs(self):
        for hook in read(".pre-commit-hooks.yaml"):
            self.assertTrue({"id", "name", "entry", "language", "files"} <= set(hook))
            self.assertRegex("services/compose.prod.yaml", hook["files"])
            self.assertNotRegex("README.md", hook["files"])
            self.step(" ".join([hook["entry"], *hook.get("args", [])]))
        self.assertTrue((self.project / "template.yaml").exists())
        self.write("compose.yaml", BASE + "x-sqs: {jobs: {Servces: {}}}\n")
        self.step(read(".pre-commit-hooks.yaml")[0]["entry"], code=1)


class GitLab(Project):
    """The jobs that a project includes."""

    def test_each_runs(self):
        jobs = read("packaging/gitlab-ci.yml")
        base = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "origin/main", **{k: str(v) for k, v in jobs["variables"].items()}}
        for name, job in jobs.items():
            if name.startswith("."):
                lines = [line for line in job["script"] if not line.startswith("git fetch")]
                self.step("\n".join(lines), **base)
        self.assertIsInstance(json.loads((self.project / "composex-quality.json").read_text()), list)
        self.assertIn("nginx:1.28", (self.project / "diff.md").read_text())


class Examples(Project):
    """examples/pipelines: plans and deployments, on moto."""

    @classmethod
    def setUpClass(cls):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        cls.url = f"http://127.0.0.1:{port}"
        cls.server = subprocess.Popen([sys.executable, ROOT / "Tests/deploy/moto_server.py", str(port)],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                urllib.request.urlopen(cls.url + "/moto-api/", timeout=5)
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("moto does not start")

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait()

    def setUp(self):
        super().setUp()
        urllib.request.urlopen(urllib.request.Request(self.url + "/moto-api/reset", method="POST"))
        self.variables |= {"AWS_ENDPOINT_URL": self.url, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x",
                           "AWS_DEFAULT_REGION": "eu-west-1", "NUMBER": "7"}

    def run_lines(self, lines):
        return "".join(self.step(line) for line in lines)

    def test_github(self):
        jobs = read("examples/pipelines/github-actions.yml")["jobs"]
        lines = {name: [step["run"] for step in job["steps"] if "run" in step] for name, job in jobs.items()}
        summary = self.folder / "summary"
        self.variables |= {"BASE": "main", "GITHUB_STEP_SUMMARY": str(summary)}
        self.run_lines(lines["diff"])
        self.assertIn("nginx:1.28", (self.project / "diff.md").read_text())
        self.assertIn("pr comment 7", (self.folder / "gh.calls").read_text())
        self.run_lines(lines["plan"])
        self.assertIn("shop: new stack", summary.read_text())
        self.assertIn("CREATE_COMPLETE", self.run_lines(lines["up"]))

    def test_gitlab(self):
        jobs = read("examples/pipelines/gitlab-ci.yml")
        self.variables |= {"PLAN_ROLE": "", "DEPLOY_ROLE": ""}
        for name in ("plan", "deploy"):
            # The role is the runner's; moto takes the keys.
            text = self.run_lines([line for line in jobs[name]["script"] if "AWS_ROLE_ARN" not in line])
        self.assertIn("shop: new stack", (self.project / "plan.md").read_text())
        self.assertIn("CREATE_COMPLETE", text)

    def test_codebuild(self):
        phases = read("examples/pipelines/buildspec.yml")["phases"].values()
        self.assertIn("CREATE_COMPLETE", self.run_lines([line for phase in phases for line in phase["commands"]]))


if __name__ == "__main__":
    unittest.main()
