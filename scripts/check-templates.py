#!/usr/bin/env python3
"""Holds templates against cfn-lint and deploys each to a moto server, as the README shows.

    .venv/bin/python scripts/check-templates.py [--no-deploy] FILE|FOLDER...

A folder stands for every template.yaml and template.json below it. An error of cfn-lint or a stack that does not come
to CREATE_COMPLETE fails; warnings are shown. Parameters without a default are taken from parameters.json beside the
template ({"Name": "value"}); a VPC and subnets are made first and given to parameters of those types. Types that moto
does not know are reported: moto passes over them, so for these cfn-lint is the only witness.
"""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import boto3
import botocore.exceptions
from cfnlint.decode import decode
from moto.cloudformation.parsing import NULL_MODELS, get_model_map

BIN = Path(sys.executable).parent
REGION = "eu-west-1"
# The most that `aws cloudformation deploy` sends in the call itself.
INLINE_LIMIT = 51_200
CAPABILITIES = ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]


def templates(paths):
    for path in map(Path, paths):
        if path.is_dir():
            found = sorted(p for p in path.rglob("template.*") if p.suffix in (".yaml", ".json"))
            if not found:
                print(f"{path}: no template.yaml or template.json below")
            yield from found
        elif path.exists():
            yield path
        else:
            sys.exit(f"check-templates.py: {path}: no such file or folder")


def lint(paths):
    """Failures; every finding is printed."""
    command = [BIN / "cfn-lint", "--format", "json", "--regions", REGION, "--", *paths]
    run = subprocess.run(command, capture_output=True, text=True)
    try:
        findings = json.loads(run.stdout or "[]")
    except json.JSONDecodeError:
        sys.exit(f"cfn-lint failed:\n{run.stdout}{run.stderr}")
    if run.returncode and not findings:
        sys.exit(f"cfn-lint failed:\n{run.stderr}")
    failures = []
    for finding in findings:
        at = finding["Location"]["Start"]
        place = f"{finding['Filename']}:{at['LineNumber']}:{at['ColumnNumber']}"
        text = f"{place}: {finding['Rule']['Id']} {finding['Message']}"
        print(text)
        if finding["Level"] == "Error":
            failures.append(text)
    return failures


class Moto:
    """A moto server on a free port of 127.0.0.1, ended with the `with` block."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [BIN / "moto_server", "-H", "127.0.0.1", "-p", str(port)], stdout=self.log, stderr=subprocess.STDOUT
        )
        for _ in range(300):
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(self.url + "/moto-api/", timeout=5).read()
                return self
            except OSError:
                time.sleep(0.1)
        self.__exit__()
        sys.exit("moto_server did not start")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def reset(self):
        urllib.request.urlopen(urllib.request.Request(self.url + "/moto-api/reset", method="POST")).read()

    def client(self, service):
        return boto3.client(service, endpoint_url=self.url, region_name=REGION)


class Network:
    """What parameters of AWS-specific types are given."""

    def __init__(self, moto):
        ec2 = moto.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.subnets = []
        for n, zone in enumerate("ab"):
            place = {"CidrBlock": f"10.0.{n}.0/24", "AvailabilityZone": REGION + zone}
            self.subnets.append(ec2.create_subnet(VpcId=self.vpc, **place)["Subnet"]["SubnetId"])
        self.group = ec2.create_security_group(VpcId=self.vpc, GroupName="given", Description="given")["GroupId"]

    def value(self, kind):
        return {
            "AWS::EC2::VPC::Id": self.vpc,
            "AWS::EC2::Subnet::Id": self.subnets[0],
            "List<AWS::EC2::Subnet::Id>": ",".join(self.subnets),
            "AWS::EC2::SecurityGroup::Id": self.group,
            "List<AWS::EC2::SecurityGroup::Id>": self.group,
        }.get(kind)


def stand_in(attribute):
    return "5432" if attribute.endswith("Port") else f"arn:aws:stand-in:{REGION}:123456789012:stand-in"


def without(template, missing):
    """The template without these resources: what refers to one of them gets a stand-in, so that the rest can be deployed."""

    def walk(node):
        if isinstance(node, list):
            return [walk(item) for item in node]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (key, value), = node.items()
            name = value[0] if isinstance(value, list) and value else value
            if key in ("Ref", "Fn::GetAtt") and isinstance(name, str) and name.split(".")[0] in missing:
                return stand_in(".".join(value) if isinstance(value, list) else value)
            if key == "Fn::Sub":
                text = value[0] if isinstance(value, list) else value
                for name in missing:
                    text = re.sub(r"\$\{" + name + r"(\.[^}]*)?\}", lambda match: stand_in(match[1] or ""), text)
                return {key: [text, walk(value[1])] if isinstance(value, list) else text}
        return {key: walk(value) for key, value in node.items()}

    rest = {name: walk(body) for name, body in template["Resources"].items() if name not in missing}
    for body in rest.values():
        waits = body.get("DependsOn", [])
        body["DependsOn"] = [name for name in ([waits] if isinstance(waits, str) else waits) if name not in missing]
    return template | {"Resources": rest}


def reduced(template, unknown):
    """The resources that moto cannot make although others refer to them: of types that it does not know, and their members."""
    resources = template["Resources"]
    missing = {name for name, body in resources.items() if body["Type"] in unknown}
    text = json.dumps(template["Resources"])
    if not any(f'"Fn::GetAtt": ["{name}"' in text or "${" + name + "." in text for name in missing):
        return set()
    members = {name for name, body in resources.items() if "DBClusterIdentifier" in body.get("Properties", {})}
    return missing | members


def deploy(moto, path, template, original):
    """What went wrong, or nothing. `path` is what is deployed of the template at `original`."""
    moto.reset()
    network = Network(moto)
    given_file = original.with_name("parameters.json")
    given = json.loads(given_file.read_text()) if given_file.exists() else {}
    overrides = {}
    for name, parameter in template.get("Parameters", {}).items():
        value = given.get(name, network.value(parameter["Type"]))
        if value is not None:
            overrides[name] = str(value)
        elif "Default" not in parameter:
            return f'the parameter {name} ({parameter["Type"]}) has no default: give it in {given_file}'
    if path.stat().st_size > INLINE_LIMIT:
        problem = create_stack(moto, path, overrides)
    else:
        problem = aws_deploy(moto, path, overrides)
    stacks = moto.client("cloudformation").describe_stacks()["Stacks"]
    status = stacks[0]["StackStatus"] if stacks else "no stack"
    if problem or status != "CREATE_COMPLETE":
        reason = stacks[0].get("StackStatusReason", "") if stacks else ""
        return "\n".join(filter(None, [status, reason, problem]))
    return None


def aws_deploy(moto, path, overrides):
    """By the command of the README; what it said when it failed."""
    command = [BIN / "aws", "cloudformation", "deploy", "--template-file", path, "--stack-name", "checked"]
    command += ["--capabilities", *CAPABILITIES]
    if overrides:
        command += ["--parameter-overrides", *(f"{name}={value}" for name, value in overrides.items())]
    environment = os.environ | {"AWS_ENDPOINT_URL": moto.url}
    run = subprocess.run(command, capture_output=True, text=True, env=environment)
    return f"{run.stdout.strip()}\n{run.stderr.strip()}" if run.returncode else None


def create_stack(moto, path, overrides):
    """By the API: the command would put a long template into a bucket, where moto does not find it by the address."""
    parameters = [{"ParameterKey": name, "ParameterValue": value} for name, value in overrides.items()]
    try:
        moto.client("cloudformation").create_stack(
            StackName="checked", TemplateBody=path.read_text(), Parameters=parameters, Capabilities=CAPABILITIES
        )
    except botocore.exceptions.ClientError as error:
        return str(error)
    return None


def deploy_all(paths):
    failures = []
    known = get_model_map()
    with Moto() as moto:
        for path in paths:
            template, problems = decode(str(path))
            if problems or not template.get("Resources"):
                failures.append(f"{path}: not a template with resources")
                continue
            template = json.loads(json.dumps(template))
            types = {resource["Type"] for resource in template["Resources"].values()} - set(NULL_MODELS)
            unknown = sorted(t for t in types if t not in known and not t.startswith("Custom::"))
            missing = reduced(template, unknown)
            with tempfile.TemporaryDirectory() as folder:
                rest = path
                if missing:
                    rest = Path(folder) / "template.json"
                    rest.write_text(json.dumps(without(template, missing)))
                problem = deploy(moto, rest, template, path)
            if problem:
                failures.append(f"{path}: {problem}")
            print(f"{path}: {'FAILED' if problem else 'CREATE_COMPLETE'}, {len(template['Resources'])} resources")
            if unknown:
                print(f"  moto does not know: {', '.join(unknown)}{'; deployed without them' if missing else ''}")
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-deploy", action="store_true", help="cfn-lint only")
    parser.add_argument("paths", nargs="+", metavar="FILE|FOLDER")
    arguments = parser.parse_args()
    # moto takes any credentials; none of the user's own are ever sent.
    os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION}
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"):
        os.environ.pop(name, None)
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull

    paths = list(templates(arguments.paths))
    if not paths:
        sys.exit("check-templates.py: no templates")
    failures = lint(paths)
    if not arguments.no_deploy:
        failures += deploy_all(paths)
    if failures:
        sys.exit("\n".join(["", f"{len(failures)} failed:", *failures]))
    print(f"{len(paths)} templates passed")


if __name__ == "__main__":
    main()
