"""From nothing to a deployment and back, on moto: bootstrap, lookup, plan, up, ps, logs, scale, run, plan again (nothing), a change, down; a
project of one template, and one of sixty services in nested stacks.

    .venv/bin/python Tests/deploy/endtoend.py COMPOSEX [single|nested]
"""
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import boto3

from aws_process import AWSProcess

SINGLE = """\
name: shop
services:
  web: {{image: "nginx:{image}", ports: ["80:80"], deploy: {{replicas: {replicas}}}, environment: {{LEVEL: {level}}}}}
  worker: {{image: "busybox:1"}}
  seed: {{image: "busybox:1", command: seed, deploy: {{mode: replicated-job}}}}
x-sns: {{news: {{Lookup: {{Tags: {{app: shop}}}}, Services: {{web: {{Access: Publish}}}}}}}}
x-sqs: {{jobs: {{Properties: {{VisibilityTimeout: {timeout}}}, Services: {{web: {{Access: Publish}}}}}}}}
"""


def nested(image, replicas, level, timeout):
    services = "".join(
        f"  s{n}: {{image: 'nginx:{image if n == 7 else '1'}', environment: {{LEVEL: {level if n == 7 else 'x'}}}}}\n" for n in range(60))
    return f"name: shop\nservices:\n{services}x-sqs: {{jobs: {{Properties: {{VisibilityTimeout: {timeout}}}}}}}\nx-composex: {{layout: nested}}\n"


class Project:
    def __init__(self, command, folder, variables):
        self.command, self.folder, self.variables = command, folder, variables

    def write(self, text):
        (self.folder / "compose.yaml").write_text(text)

    def run(self, *words, code=0):
        done = subprocess.run(
            [self.command, *words], cwd=self.folder, env=self.variables, stdin=subprocess.DEVNULL, capture_output=True,
            text=True)
        if done.returncode != code:
            sys.exit(f"composex {' '.join(words)} ended with {done.returncode}, not {code}:\n{done.stdout}{done.stderr}")
        return done.stdout


def expect(condition, what, text):
    if not condition:
        sys.exit(f"{what}:\n{text}")


def client(project, service):
    return boto3.client(
        service, region_name="eu-west-1", endpoint_url=project.variables["AWS_ENDPOINT_URL"], aws_access_key_id="x",
        aws_secret_access_key="x")


def daily(project):
    """What one does with what runs. moto brings up no tasks of services."""
    found = json.loads(project.run("ps", "-q", "--format", "json"))
    expect([(row["service"], row["desired"]) for row in found] == [("web", 1), ("worker", 1), ("seed", 0)], "the services", found)
    group = next(group["logGroupName"] for group in client(project, "logs").describe_log_groups()["logGroups"]
                 if group["logGroupName"].endswith("/web"))
    logs = client(project, "logs")
    logs.create_log_stream(logGroupName=group, logStreamName="web/web/0123456789abcdef")
    now = int(time.time() * 1000)  # moto takes no old ones
    logs.put_log_events(logGroupName=group, logStreamName="web/web/0123456789abcdef", logEvents=[
        {"timestamp": now - 60000, "message": "GET / 200"}, {"timestamp": now - 30000, "message": "GET /a 404"}])
    text = project.run("logs", "-q", "--since", "2026-01-01T00:00:00Z", "--tail", "1", "web")
    expect(text == "web-012345 | GET /a 404\n", "the last line", text)
    expect("3 wanted" in project.run("scale", "-q", "web=3"), "three are wanted", "")
    found = json.loads(project.run("ps", "-q", "--format", "json", "web"))
    expect(found[0]["desired"] == 3, "three are wanted", found)
    project.run("scale", "-q", "web=1")
    expect("web: new tasks" in project.run("restart", "-q", "web"), "a restart", "")
    task = project.run("run", "-d", "-e", "LEVEL=debug", "seed", "seed", "--all").strip()
    made = client(project, "ecs").describe_tasks(cluster=cluster(project), tasks=[task])["tasks"][0]
    expect(
        made["overrides"]["containerOverrides"] == [
            {"name": "seed", "command": ["seed", "--all"], "environment": [{"name": "LEVEL", "value": "debug"}]}]
        and "shop-seed" in made["taskDefinitionArn"], "the job was started", made)


def cluster(project):
    return client(project, "ecs").list_clusters()["clusterArns"][0]


def course(project, texts, kind):
    first, second = texts
    project.write(first)
    if kind == "single":
        topic = client(project, "sns").create_topic(Name="news", Tags=[{"Key": "app", "Value": "shop"}])["TopicArn"]
        expect("1 answered" in project.run("lookup"), "the topic is found", "")
        expect("is current" in project.run("lookup", "--check"), "and is still there", "")
        expect(topic in project.run("render", "-q"), "and rendered", "")
    created = json.loads(project.run("plan", "-q", "--format", "json"))
    expect(created["type"] == "CREATE" and created["summary"]["create"] > 20, "the plan creates", created)
    text = project.run("up", "-q", "--yes", "--progress", "plain")
    expect("CREATE_COMPLETE" in text, "it stands", text)
    if kind == "single":
        daily(project)
    again = project.run("plan", "-q", "--exit-code")
    expect("nothing changes" in again, "nothing changes", again)
    project.write(second)
    plan = json.loads(project.run("plan", "-q", "--format", "json", "--exit-code", code=3))
    changes = {change["logicalId"]: change for group in plan["groups"] for change in group["changes"]}
    service = "S7" if kind == "nested" else "Web"
    expect(f"{service}TaskDefinition" in changes and "JobsQueue" in changes, "what was changed is in the plan", plan)
    paths = {p["path"]: (p["before"], p["after"]) for p in changes["JobsQueue"]["properties"]}
    expect(paths == {"VisibilityTimeout": (30, 60)}, "the old and the new value", plan)
    if kind == "nested":
        expect(set(changes) == {"S7TaskDefinition", "JobsQueue"} | {"S7Service"} & set(changes), "and nothing else", plan)
    text = project.run("up", "-q", "--yes", "--progress", "json")
    expect(json.loads(text.splitlines()[-1]) == {"result": "done", "cause": None}, "the change stands", text)
    again = project.run("plan", "-q", "--exit-code")
    expect("nothing changes" in again, "nothing changes again", again)
    gone = project.run("down", "-q", "--yes", "--progress", "plain")
    expect("shop is deleted" in gone, "it is deleted", gone)
    expect("no such stack" in project.run("down", "-q", "--yes"), "there is nothing left", gone)


def main():
    command = str(Path(sys.argv[1]).resolve())
    kinds = sys.argv[2:] or ["single", "nested"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as name, AWSProcess(name) as aws:
        folder = Path(name)
        with (folder / "moto.log").open("w") as log:
            moto = subprocess.Popen(
                [sys.executable, Path(__file__).parent / "moto_server.py", str(port)], stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            for _ in range(200):
                try:
                    urllib.request.urlopen(url + "/moto-api/")
                    break
                except OSError:
                    time.sleep(0.1)
            variables = {
                "PATH": f"{aws.folder}:/usr/bin:/bin", "HOME": name, "AWS_ENDPOINT_URL": url, "AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-1",
                "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "COMPOSEX_CLOCK": "2026-01-01T00:00:00Z"}
            for kind in kinds:
                start = time.time()
                (folder / kind).mkdir()
                project = Project(command, folder / kind, variables)
                if kind == "nested":
                    text = project.run("bootstrap", "--yes", "--progress", "plain")
                    expect("TemplateBucket" in text, "the bucket is made", text)
                    texts = nested("1", 1, "info", 30), nested("2", 1, "debug", 60)
                else:
                    texts = [SINGLE.format(image=i, replicas=r, level=level, timeout=t)
                             for i, r, level, t in (("1.27", 1, "info", 30), ("1.28", 2, "debug", 60))]
                course(project, texts, kind)
                print(f"ok {kind} ({time.time() - start:.0f}s)", flush=True)
        except SystemExit:
            print("\n".join((folder / "moto.log").read_text().splitlines()[-40:]), file=sys.stderr)
            raise
        finally:
            moto.terminate()
            moto.wait()


if __name__ == "__main__":
    main()
