#!/usr/bin/env python3
"""What composex costs as a whole process: start-up, and rendering 4 to 1,000 generated services. `make bench` runs it.

Prints wall time (least and median of the runs), peak memory, and the ratio of the least time to that of an empty static
Swift program. Timings on a shared machine vary by a factor of two: read the ratios.
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
    return text + "x-sqs:\n" + "".join(QUEUE.format(n=n) for n in range(0, count, 10))


def build():
    WORK.mkdir(parents=True, exist_ok=True)
    here = ROOT / "bench"
    subprocess.run(["clang", "-O2", here / "measure.c", "-o", WORK / "measure"], check=True)
    empty = [here / "empty.swift", "-o", WORK / "empty"]
    subprocess.run(["swiftc", "-O", "-static-executable", *empty], check=True)
    for count in RUNS:
        (WORK / f"{count}.yaml").write_text(compose(count))


def measure(runs, *command):
    """(least ms, median ms, peak MiB, exit code); one run before, so that files are in memory."""
    run = subprocess.run([WORK / "measure", str(runs + 1), *command], capture_output=True, text=True, check=True)
    lines = [tuple(map(int, line.split())) for line in run.stdout.splitlines()][1:]
    times = [line[0] / 1000 for line in lines]
    return min(times), statistics.median(times), max(line[1] for line in lines) / 1024, lines[-1][2]


def main():
    if not COMPOSEX.exists():
        sys.exit("bench: run `make release` first")
    build()
    floor = measure(100, WORK / "empty")
    rows = [("an empty static program", floor), ("composex version", measure(100, COMPOSEX, "version"))]
    least = {}
    for count, runs in RUNS.items():
        row = measure(runs, COMPOSEX, "render", "-f", WORK / f"{count}.yaml")
        rows.append((f"render, {count:,} services", row))
        least[count] = row[0]

    print(f"{'':26}{'least ms':>10}{'median':>10}{'peak MiB':>10}{'ratio':>8}")
    for name, (low, middle, peak, code) in rows:
        note = "" if code == 0 else f"  exit code {code}"
        print(f"{name:26}{low:10.2f}{middle:10.2f}{peak:10.1f}{low / floor[0]:8.1f}{note}")
    goal = 3 * floor[0] + 5
    print(f"\nfour services: {least[4]:.2f} ms; the aim is {goal:.2f} ms (3 empty programs and 5 ms)")
    print(f"1,000 services: {least[1000]:.0f} ms; the aim is 1,000 ms")
    each = (least[1000] - least[100]) / 900, (least[100] - least[10]) / 90
    print(f"a further service costs {each[1] * 1000:.0f} us at 10 to 100, {each[0] * 1000:.0f} us at 100 to 1,000")


if __name__ == "__main__":
    main()
