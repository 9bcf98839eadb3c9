#!/usr/bin/env python3
"""What composex costs as a whole process: start-up, and rendering 4 to 1,000 generated services. `make bench` runs it.

Prints wall time (least and median of the runs), the least processor time, peak memory, and the ratio of the least wall
time to that of an empty static Swift program. On a busy machine wall times grow with its load; processor times hardly.
"""

import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".build/bench"
COMPOSEX = ROOT / ".build/composex"
RUNS = {4: 50, 10: 50, 100: 20, 1000: 8}

SERVICE = """\
  service-{n}:
    image: registry.example.com/team/service-{n}:1.4.2
    command: ["serve", "--port", "8080"]
    environment:
      LOG_LEVEL: ${{LOG_LEVEL:-info}}
      SERVICE_NAME: service-{n}
      UPSTREAM: http://service-{upstream}:8080
    ports: ["8080"]
    depends_on:
      service-{upstream}: {{condition: service_healthy}}
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost:8080/health"]
      interval: 30s
      timeout: 5s
      retries: 3
    labels: {{com.example.team: team-{team}}}
    deploy:
      replicas: 2
      resources:
        limits: {{cpus: "0.5", memory: 1G}}
"""
LARGE = """\
  service-{n}:
    image: registry.example.com/team/service-{n}:1.{n}.0
    command: ["serve", "--port", "{port}", "--name", "service-{n}"]
    environment:
      DATABASE_URL: postgres://user:password@db-{few}:5432/app-{n}
      LOG_LEVEL: info
      WORKERS: "{few}"
      FEATURE_FLAGS: alpha,beta,gamma
      QUEUE_NAME: queue-{n}
      REGION: ${{REGION:-eu-west-1}}
    ports:
      - "{host}:{port}"
      - target: 9090
        published: {port}
        protocol: tcp
    labels:
      com.example.team: team-{few}
      com.example.tier: backend
      com.example.cost-center: "4711"
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost:{port}/health"]
      interval: 30s
      timeout: 5s
      retries: 3
    deploy:
      replicas: 2
      resources:
        limits:
          cpus: "0.5"
          memory: 512M
    volumes:
      - data-{few}:/var/lib/data
    networks: [front, back]
    depends_on: [service-{upstream}]
"""
QUEUE = """\
  jobs-{n}:
    Properties: {{VisibilityTimeout: 300}}
    Services:
      service-{n}: {{Access: RWMessages}}
"""


def compose(count):
    """A compose file of `count` services, each depending on the one before, and a queue for every tenth."""
    text = "services:\n"
    for n in range(count):
        service = SERVICE.format(n=n, upstream=n - 1, team=n % 7)
        if n == 0:  # depends on nothing
            lines = [line for line in service.splitlines(True) if "service--1" not in line and "depends_on" not in line]
            service = "".join(lines)
        text += service
    queues = "".join(QUEUE.format(n=n) for n in range(0, count, 10))
    # Beyond 500 resources CloudFormation would refuse the template; the work is the same.
    return f"{text}x-sqs:\n{queues}x-composex: {{limits: warn}}\n"


def large():
    """A compose file of 1 MB: 1,150 services with the attributes that services have."""
    text = "services:\n"
    for n in range(1150):
        service = LARGE.format(n=n, host=10000 + n, port=8000 + n, few=n % 10, upstream=(n - 1) // 2)
        text += "".join(line for line in service.splitlines(True) if n or "depends_on" not in line)
    return text + "volumes: {" + ", ".join(f"data-{n}: {{}}" for n in range(10)) + "}\nnetworks: {front: {}, back: {}}\n"


def script():
    """A script of some 360 lines: every kind of word, over all resources, tasks and services, and over single ones."""
    lines = [
        "local owners = { [\"0\"] = \"payments\", [\"1\"] = \"orders\" }",
        "composex.each(\"*\", function(resource)",
        "  resource:tag { owner = owners[(resource.name or \"\"):sub(-1)] or \"nobody\", key = resource.key }",
        "end)",
        "composex.patch(\"AWS::Logs::LogGroup\", { RetentionInDays = 14 })",
        "composex.default(\"x-sqs\", { MessageRetentionPeriod = 1209600 })",
        "composex.check(\"services\", \"must run on Fargate\", function(service)",
        "  return service.Properties.LaunchType ~= \"EC2\"",
        "end)",
        "composex.check(\"tasks\", \"must log\", function(task)",
        "  for _, container in ipairs(task.Properties.ContainerDefinitions) do",
        "    if not container.LogConfiguration then return false, container end",
        "  end",
        "  return true",
        "end)",
    ]
    for n in range(0, 174, 2):
        lines += [
            f"composex.patch(\"services::service-{n}\", {{ DesiredCount = {n % 5 + 1} }})",
            f"composex.each(\"services::service-{n + 1}\", function(service)",
            "  service.Properties.DesiredCount = service.Properties.DesiredCount + 1",
            "end)",
        ]
    lines += [f'composex.patch("services::service-{n}", {{ DesiredCount = 3 }})' for n in range(174, 176)]
    return "\n".join(lines) + "\n"


def build():
    WORK.mkdir(parents=True, exist_ok=True)
    here = ROOT / "bench"
    subprocess.run(["clang", "-O2", here / "measure.c", "-o", WORK / "measure"], check=True)
    empty = [here / "empty.swift", "-o", WORK / "empty"]
    subprocess.run(["swiftc", "-O", "-static-executable", *empty], check=True)
    subprocess.run(["clang", "-O2", here / "events.c", "-o", WORK / "events", "-lyaml"], check=True)
    for count in RUNS:
        (WORK / f"{count}.yaml").write_text(compose(count))
    (WORK / "200.yaml").write_text(compose(200))
    (WORK / "load.yaml").write_text(large())
    (WORK / "script.lua").write_text(script())
    (WORK / "190.yaml").write_text(compose(190))


class Figures:
    """The figures of some runs of a command; one run goes before, so that files are in memory."""

    def __init__(self, runs, *command):
        command = [WORK / "measure", str(runs + 1), *command]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        walls, busy, peaks, codes = zip(*(map(int, line.split()) for line in run.stdout.splitlines()[1:]))
        self.least = min(walls) / 1000
        self.median = statistics.median(walls) / 1000
        self.busy = min(busy) / 1000
        self.peak = max(peaks) / 1024
        self.code = codes[-1]


def main():
    if not COMPOSEX.exists():
        sys.exit("bench: run `make release` first")
    build()
    floor = Figures(100, WORK / "empty")
    rows = [("an empty static program", floor), ("composex version", Figures(100, COMPOSEX, "version"))]
    render = {}
    for count, runs in RUNS.items():
        render[count] = Figures(runs, COMPOSEX, "render", "-f", WORK / f"{count}.yaml")
        rows.append((f"render, {count:,} services", render[count]))

    print(f"{'':26}{'least ms':>10}{'median':>10}{'cpu ms':>10}{'peak MiB':>10}{'ratio':>8}")
    for name, row in rows:
        note = f"  exit code {row.code}" if row.code else ""
        print(f"{name:26}{row.least:10.2f}{row.median:10.2f}{row.busy:10.2f}{row.peak:10.1f}", end="")
        print(f"{row.least / floor.least:8.1f}{note}")
    goal = 3 * floor.least + 5
    print(f"\nfour services: {render[4].least:.2f} ms; the aim is {goal:.2f} ms (3 empty programs and 5 ms)")
    print(f"1,000 services: {render[1000].least:.0f} ms; the aim is 1,000 ms")
    start, load = rows[1][1], Figures(20, COMPOSEX, "config", "-q", "-f", WORK / "load.yaml")
    events = int(subprocess.run([WORK / "events", WORK / "load.yaml"], capture_output=True, text=True, check=True).stdout) / 1000
    size = (WORK / "load.yaml").stat().st_size / 1e6
    print(f"loading {size:.2f} MB of compose file: {load.busy - start.busy:.1f} ms of processor, {load.peak:.0f} MiB;", end="")
    print(f" libyaml's events alone {events:.1f} ms: ratio {(load.busy - start.busy) / events:.1f}; the aim is 4")
    project = WORK / "190.yaml"
    plain = Figures(40, COMPOSEX, "render", "-f", project)
    scripted = Figures(40, COMPOSEX, "render", "-f", project, "--script", WORK / "script.lua")
    more = (scripted.busy - plain.busy) / plain.busy * 100
    lines = (WORK / "script.lua").read_text().count("\n")
    print(f"a script of {lines} lines over 190 services: {scripted.busy - plain.busy:.1f} ms of processor on {plain.busy:.1f}, ", end="")
    print(f"{more:.0f} %; the aim is 25 %" + (f"; exit code {scripted.code}" if scripted.code else ""))
    changed = WORK / "200-changed.yaml"
    changed.write_text((WORK / "200.yaml").read_text().replace(":1.4.2", ":1.4.3").replace("VisibilityTimeout: 300", "VisibilityTimeout: 60"))
    diff = Figures(10, COMPOSEX, "diff", WORK / "200.yaml", "-f", changed)
    once = Figures(10, COMPOSEX, "render", "-f", changed)
    print(f"diff of 200 services, each with another image: {diff.least:.0f} ms, {diff.busy / once.busy:.1f} renders; the aim is 500 ms")
    few = (render[100].busy - render[10].busy) / 90
    many = (render[1000].busy - render[100].busy) / 900
    print(f"a further service costs {few * 1000:.0f} us at 10 to 100, {many * 1000:.0f} us at 100 to 1,000", end="")
    print(f": growth {many / few:.2f}" if few > 0 else "")


if __name__ == "__main__":
    main()
