"""Pairs of generated compose files: a project, and one that differs in a few choices. The same seed makes the same pair."""

import random

import project

PAIRS = 20

STORES = {
    "x-sqs": [{}, {"Properties": {"FifoQueue": True}}],
    "x-sns": [{}],
    "x-s3": [{}],
    "x-dynamodb": [{"Properties": {
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}], "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}}],
    "x-rds": [
        {"Properties": {"Engine": "aurora-postgresql", "EngineVersion": "16.6"}},
        {"Properties": {"Engine": "postgres", "EngineVersion": "16.8"}},
        {"Properties": {"Engine": "postgres", "EngineVersion": "16.8"}, "DeletionPolicy": "RetainExceptOnCreate"},
        {"Properties": {"Engine": "mysql", "EngineVersion": "8.0.40"}, "MacroParameters": {"Proxy": True}},
    ],
    "x-docdb": [{}, {"Properties": {"EngineVersion": "5.0.0"}}, {"Properties": {"KmsKeyId": "x-kms::lab"}}],
    "x-neptune": [{}, {"Properties": {"KmsKeyId": "x-kms::lab"}}],
    "x-kms": [{}],
    "x-elasticache": [
        {"Properties": {"Engine": "valkey"}}, {"MacroParameters": {"Serverless": True}}, {"Properties": {"Engine": "memcached"}},
        {"Properties": {"Engine": "redis", "EngineVersion": "7.1", "NumNodeGroups": 2, "ReplicasPerNodeGroup": 1}}],
    "x-opensearch": [{"Properties": {"EngineVersion": "OpenSearch_2.17"}}, {"MacroParameters": {"Serverless": True}}],
    "x-mq": [{"MacroParameters": {"Engine": "RABBITMQ"}}, {
        "MacroParameters": {"Engine": "RABBITMQ"}, "Properties": {"DeploymentMode": "CLUSTER_MULTI_AZ"}}, {
        "MacroParameters": {"Engine": "ACTIVEMQ"}}],
    "x-msk": [{}, {"MacroParameters": {"Serverless": True}}],
    "x-kinesis": [{}],
    "x-cognito_userpool": [{}],
    "x-efs": [{}],
}
ACCESS = {"x-sqs": "RWMessages", "x-sns": "Publish", "x-dynamodb": "RW", "x-s3": {"objects": "RW"}, "x-kinesis": "Producer"}


def service(draw, name):
    port = draw.choice([80, 8080, 3000])
    made = {"image": f"example.com/{name}:{draw.randint(1, 3)}", "ports": [f"{port}:{port}"]}
    if draw.random() < 0.4:
        made["x-scaling"] = {"Range": f"1-{draw.randint(2, 9)}", "TargetScaling": {"CpuTarget": draw.choice([60, 70])}}
    if draw.random() < 0.2:
        made["volumes"] = ["data:/data"]
    if draw.random() < 0.2:
        made["deploy"] = {"labels": {"ecs.task.family": draw.choice([name, f"{name},more-{name}", f"old-{name}"])}}
    if draw.random() < 0.15:
        made["x-ecs"] = {"Service": {"DeploymentConfiguration": {"Strategy": "BLUE_GREEN"}}}
    return made


def compose(draw):
    """A project of a few services and stores."""
    names = [f"s{index}" for index in range(draw.randint(1, 4))]
    made = {"name": "shop", "services": {name: service(draw, name) for name in names}}
    if any("volumes" in each for each in made["services"].values()):
        made["volumes"] = {"data": {"x-efs": {}}}
    if draw.random() < 0.6:
        made["x-elbv2"] = {"public": {"Services": {
            name: {} if index == 0 else {"access": f"/{name}/*"} for index, name in enumerate(names)}}}
    for key in draw.sample(list(STORES), draw.randint(0, 4)):
        body = dict(draw.choice(STORES[key]))
        if key in ACCESS and draw.random() < 0.7:
            body["Services"] = {draw.choice(names): {"Access": ACCESS[key]}}
        made[key] = {key[2:5] + "one": body}
    if "x-kms::lab" in str(made):
        made["x-kms"] = {"lab": {}, **made.get("x-kms", {})}
    if draw.random() < 0.5:
        made["x-vpc"] = {"Properties": {"Zones": draw.randint(2, 3), **({"Nat": draw.choice(["one", "zone"])} if draw.random() < 0.5 else {})}}
    if draw.random() < 0.2:
        made["x-cluster"] = {"Compute": {"Type": "EC2", "InstanceTypes": ["m7i.large"]}}
    return made


def pair(seed):
    """Two files: the second has the choices of the first, but for a few."""
    draw = random.Random(seed)
    first = compose(draw)
    other = compose(draw)
    second = dict(first)
    for key in sorted((set(first) | set(other)) - {"name", "services", "volumes", "x-elbv2"}):
        if draw.random() < 0.4:
            second.pop(key, None)
            if key in other:
                second[key] = other[key]
    if "x-kms::lab" in str(second):
        second["x-kms"] = {"lab": {}, **second.get("x-kms", {})}
    if draw.random() < 0.7:
        for key in ("services", "volumes", "x-elbv2"):
            second.pop(key, None)
            if key in other:
                second[key] = other[key]
        if "x-kms::lab" in str(second):
            second["x-kms"] = {"lab": {}, **second.get("x-kms", {})}
        names = set(second["services"])
        for key, body in list(second.items()):
            for store, given in body.items() if key in STORES else ():
                if set(given.get("Services", {})) - names:
                    second[key] = {store: {name: value for name, value in given.items() if name != "Services"}}
    return first, second


def faults(seed, of_creation, of_update):
    """What is wrong with the pair of a seed."""
    first, second = pair(seed)
    try:
        before, after = project.render(first), project.render(second)
    except project.NotRendered as refusal:
        yield f"does not render: {refusal}"
        return
    yield from of_creation(before, {}, every=5)
    yield from of_update(before, after, {}, every=9)
