"""`composex push` with real parts: buildah builds and pushes to a docker-registry on 127.0.0.1, whose users are those of ECR, played by moto.

    .venv/bin/python Tests/deploy/push.py COMPOSEX

What it needs is installed: buildah, docker-registry and apache2-utils of Debian.
"""
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from base64 import b64encode
from pathlib import Path

from aws_process import AWSProcess

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = """\
name: shop
services:
  web:
    build: {context: web, target: prod, args: {LEVEL: info}}
  api:
    image: shop-api
    build: {context: api, dockerfile: Other, labels: {team: a}}
"""
CONFIG = """\
version: 0.1
storage: {{filesystem: {{rootdirectory: {folder}/registry}}}}
http: {{addr: "127.0.0.1:{port}"}}
auth: {{htpasswd: {{realm: ecr, path: {folder}/htpasswd}}}}
"""
# Where there is no kernel support for layers, and in a container: the storage is plain folders, and nothing is isolated further.
STORAGE = '[storage]\ndriver = "vfs"\nrunroot = "{folder}/run"\ngraphroot = "{folder}/graph"\n'


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, code=200):
    for _ in range(600):
        try:
            urllib.request.urlopen(url)
            return
        except urllib.error.HTTPError as error:
            if error.code == code:
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit(f"{url} does not answer")


def expect(condition, what, text):
    if not condition:
        sys.exit(f"{what}:\n{text}")


class Project:
    def __init__(self, command, folder, variables):
        self.command, self.folder, self.variables = command, folder, variables

    def run(self, *words, code=0):
        done = subprocess.run(
            [self.command, *words], cwd=self.folder, env=self.variables, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        expect(done.returncode == code, f"composex {' '.join(words)} ended with {done.returncode}", done.stdout + done.stderr)
        return done

    @property
    def images(self):
        return json.loads((self.folder / "composex.images.json").read_text())["images"]


def course(project, registry):
    def manifest(name, digest):
        request = urllib.request.Request(
            f"http://{registry}/v2/shop/{name}/manifests/{digest}",
            headers={
                "Authorization": "Basic " + b64encode(b"AWS:123456789012-auth-token").decode(),
                "Accept": "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json",
            })
        with urllib.request.urlopen(request) as answer:
            return answer.headers["Docker-Content-Digest"]

    (project.folder / "compose.yaml").write_text(COMPOSE)
    for name, file, text in (
        ("web", "Dockerfile", "FROM scratch AS base\nFROM base AS prod\nARG LEVEL\nENV LEVEL=$LEVEL\nCOPY page /page\n"),
        ("api", "Other", "FROM scratch\nCOPY page /page\n"),
    ):
        (project.folder / name).mkdir()
        (project.folder / name / file).write_text(text)
        (project.folder / name / "page").write_text(f"{name}\n")
    refused = project.run("plan", "-q", code=1)
    expect("composex push builds it" in refused.stderr, "a plan says what is missing", refused.stderr)
    pushed = project.run("push", "--builder", "buildah")
    images = project.images
    expect(set(images) == {"api", "web"}, "both are noted", images)
    for name, entry in images.items():
        expect(entry["image"] == f"{registry}/shop/{name}" and entry["from"] == "build", "the repository is that of ECR", entry)
        expect(manifest(name, entry["digest"]) == entry["digest"], "the registry has what is noted", entry)
        expect(f"{name}: {entry['image']}@{entry['digest']}" in pushed.stdout, "the digest is printed", pushed.stdout)
    expect("123456789012-auth-token" not in pushed.stdout + pushed.stderr, "nobody sees the password", pushed.stderr)

    plan = json.loads(project.run("plan", "-q", "--format", "json").stdout)
    expect(plan["type"] == "CREATE", "it can be planned", plan)
    project.run("up", "-q", "--yes", "--progress", "plain")
    nothing = project.run("plan", "-q", "--exit-code").stdout
    expect("nothing changes" in nothing, "what was pushed is deployed", nothing)

    (project.folder / "web" / "page").write_text("another\n")
    project.run("push", "web", "--builder", "buildah")
    again = project.images
    expect(again["api"] == images["api"] and again["web"]["digest"] != images["web"]["digest"], "one is new", again)
    plan = json.loads(project.run("plan", "-q", "--format", "json", "--exit-code", code=3).stdout)
    changes = {change["logicalId"]: change for group in plan["groups"] for change in group["changes"]}
    image = next(p for p in changes["WebTaskDefinition"]["properties"] if p["path"].endswith("web.Image"))
    expect(
        (image["before"], image["after"]) == tuple(f"{x['web']['image']}@{x['web']['digest']}" for x in (images, again))
        and image["writer"]["kind"] == "image" and image["writer"]["file"] == "composex.images.json",
        "the plan has both digests, and who wrote the new one", plan)
    expect("ApiTaskDefinition" not in changes, "and nothing else", plan)

    # The tag of what is in the registry, resolved by the builder.
    repository = f"{registry}/shop/web"
    subprocess.run(
        ["buildah", "tag", f"{repository}@{again['web']['digest']}", f"{repository}:stable"], env=project.variables,
        check=False, capture_output=True)
    (project.folder / "pin.yaml").write_text(f"name: pins\nservices:\n  web: {{image: '{registry}/shop/web:{tag_of(project, registry)}'}}\n")
    project.run("push", "--pin", "-f", "pin.yaml", "--images", "pins.json", "--builder", "buildah")
    pins = json.loads((project.folder / "pins.json").read_text())["images"]
    expect(pins["web"]["digest"] == again["web"]["digest"] and pins["web"]["from"] == "pin", "a tag is pinned", pins)


def tag_of(project, registry):
    request = urllib.request.Request(
        f"http://{registry}/v2/shop/web/tags/list",
        headers={"Authorization": "Basic " + b64encode(b"AWS:123456789012-auth-token").decode()})
    digest = project.images["web"]["digest"]
    for tag in json.load(urllib.request.urlopen(request))["tags"]:
        head = urllib.request.Request(
            f"http://{registry}/v2/shop/web/manifests/{tag}", method="HEAD",
            headers={**request.headers, "Accept": "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json"})
        if urllib.request.urlopen(head).headers["Docker-Content-Digest"] == digest:
            return tag
    sys.exit(f"no tag of shop/web is {digest}")


def main():
    command = str(Path(sys.argv[1]).resolve())
    subprocess.run([ROOT / "scripts" / "install", "buildah", "docker-registry", "apache2-utils"], check=True, stdout=sys.stderr)
    port, registry = free_port(), f"127.0.0.1:{free_port()}"
    with tempfile.TemporaryDirectory() as name, AWSProcess(name) as aws:
        folder = Path(name)
        (folder / "registry.yaml").write_text(CONFIG.format(folder=name, port=registry.split(":")[1]))
        (folder / "storage.conf").write_text(STORAGE.format(folder=name))
        (folder / "policy.json").write_text('{"default": [{"type": "insecureAcceptAnything"}]}')
        users = subprocess.run(
            ["htpasswd", "-Bbn", "AWS", "123456789012-auth-token"], check=True, capture_output=True, text=True).stdout
        (folder / "htpasswd").write_text(users)
        url = f"http://127.0.0.1:{port}"
        with (folder / "log").open("w") as log:
            servers = [
                subprocess.Popen(
                    [sys.executable, Path(__file__).parent / "moto_server.py", str(port)], stdout=log, stderr=log,
                    env={**os.environ, "ECR_REGISTRY": registry}),
                subprocess.Popen(["docker-registry", "serve", folder / "registry.yaml"], stdout=log, stderr=log),
            ]
        try:
            wait_for(url + "/moto-api/")
            wait_for(f"http://{registry}/v2/", 401)
            variables = {
                "PATH": f"{aws.folder}:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": name, "AWS_ENDPOINT_URL": url, "AWS_DEFAULT_REGION": "eu-west-1",
                "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "COMPOSEX_CLOCK": "2026-01-01T00:00:00Z",
                "CONTAINERS_STORAGE_CONF": str(folder / "storage.conf"), "BUILDAH_ISOLATION": "chroot", "STORAGE_DRIVER": "vfs",
                "REGISTRY_AUTH_FILE": str(folder / "auth.json"), "XDG_RUNTIME_DIR": name}
            (folder / ".config" / "containers").mkdir(parents=True)
            (folder / "policy.json").rename(folder / ".config" / "containers" / "policy.json")
            (folder / "project").mkdir()
            course(Project(command, folder / "project", variables), registry)
            print("ok push", flush=True)
        except SystemExit:
            print("\n".join((folder / "log").read_text().splitlines()[-30:]), file=sys.stderr)
            raise
        finally:
            for server in servers:
                server.terminate()
                server.wait()


if __name__ == "__main__":
    main()
