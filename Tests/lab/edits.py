"""What people change in a compose file between two deployments. Each edit changes a file in place; False: there is nothing to change."""

PORTS = {80: 8080, 8080: 9090, 5000: 5001, 3000: 3001}


def _services(compose):
    return compose.get("services") or {}


def _first(compose):
    return next(iter(_services(compose).items()), (None, None))


def image(compose):
    """A new version of every image."""
    changed = False
    for service in _services(compose).values():
        if isinstance(service.get("image"), str):
            service["image"] = service["image"].split("@")[0].rsplit(":", 1)[0] + ":9.9"
            changed = True
    return changed


def port(compose):
    """Containers listen on other ports."""
    changed = False

    def moved(value):
        nonlocal changed
        text = str(value)
        head, _, last = text.rpartition(":")
        number, slash, protocol = last.partition("/")
        if not number.isdigit():
            return value
        changed = True
        return (head + ":" if head else "") + str(PORTS.get(int(number), int(number) + 1)) + slash + protocol

    for service in _services(compose).values():
        for key in ("ports", "expose"):
            if isinstance(service.get(key), list):
                service[key] = [moved(item) if isinstance(item, (str, int)) else item for item in service[key]]
    return changed and "x-elbv2" not in str([s for s in compose.get("x-elbv2", {}).values() if "TargetGroups" in s])


def zone(compose):
    """One zone more."""
    vpc = compose.setdefault("x-vpc", {})
    if "Lookup" in vpc or "Parameters" in vpc:
        return False
    properties = vpc.setdefault("Properties", {})
    zones = properties.get("Zones", 2)
    if not isinstance(zones, int):
        return False
    properties["Zones"] = zones + 1


def scaling(compose):
    """Services scale, or scale further."""
    for service in _services(compose).values():
        if isinstance(service.get("deploy"), dict) and service["deploy"].get("mode") == "global":
            continue
        given = service.setdefault("x-scaling", {})
        if not isinstance(given, dict):
            continue
        given["Range"] = "2-7"
        given.setdefault("TargetScaling", {})["CpuTarget"] = 61
    return bool(_services(compose))


def _renamed(value, old, new):
    """References of other parts of the file to a service: keys and items that are its name."""
    if isinstance(value, dict):
        return {(new if key == old else key): _renamed(each, old, new) for key, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, old, new) for each in value]
    if value == old:
        return new
    return value.replace(f"services::{old}", f"services::{new}") if isinstance(value, str) else value


def rename(compose):
    """The first service has another name."""
    name, _ = _first(compose)
    if name is None:
        return False
    for key in list(compose):
        if key not in ("name", "volumes", "secrets", "configs", "networks"):
            compose[key] = _renamed(compose[key], name, name + "2")


def add(compose):
    """A service like the first one comes before it."""
    name, service = _first(compose)
    if name is None:
        return False
    more = {"image": "nginx:1.27", "expose": ["8123"]}
    if isinstance(service.get("networks"), list):
        more["networks"] = service["networks"]
    compose["services"] = {"aaa": more, **compose["services"]}
    for balancer in (compose.get("x-elbv2") or {}).values():
        if isinstance(balancer, dict) and isinstance(balancer.get("Services"), dict) and "Listeners" not in balancer:
            balancer["Services"] = {"aaa": {"access": "/aaa/*"}, **balancer["Services"]}


def _without(value, name):
    if isinstance(value, dict):
        return {key: _without(each, name) for key, each in value.items() if key != name}
    if isinstance(value, list):
        return [_without(each, name) for each in value if each != name and not (isinstance(each, dict) and name in each.values())]
    return value


def remove_service(compose):
    """The last service is taken out."""
    services = _services(compose)
    if len(services) < 2:
        return False
    # A rule needs a target.
    names = [each for each in services if each not in str(compose.get("x-events"))]
    if not names:
        return False
    name = names[-1]
    for key in list(compose):
        if key not in ("name", "volumes", "secrets", "configs", "networks"):
            compose[key] = _without(compose[key], name)


def remove_stores(compose):
    """Every store and queue is taken out, with what names them."""
    keys = [key for key in compose if key.startswith("x-") and key not in (
        "x-vpc", "x-cluster", "x-elbv2", "x-acm", "x-route53", "x-cloudmap", "x-composex", "x-tags")]
    for key in keys:
        del compose[key]
    for service in _services(compose).values():
        variables = service.get("environment")
        if isinstance(variables, dict):
            service["environment"] = {name: value for name, value in variables.items() if "x-" not in str(value)}
    return bool(keys)


def nat(compose):
    """A NAT gateway for each zone."""
    vpc = compose.setdefault("x-vpc", {})
    if "Lookup" in vpc or "Parameters" in vpc or "Nat" in vpc.get("Properties", {}):
        return False
    vpc.setdefault("Properties", {})["Nat"] = "zone"


def addresses(compose):
    """The VPC has other addresses: everything that stands in it is replaced."""
    vpc = compose.setdefault("x-vpc", {})
    if "Lookup" in vpc or "Parameters" in vpc:
        return False
    vpc.setdefault("Properties", {})["VpcCidr"] = "10.77.0.0/16"


VERSIONS = {
    "16.6": "16.8", "16.8": "17.4", "8.0.40": "8.4.4", "7.1": "7.2", "8.0": "8.1", "OpenSearch_2.17": "OpenSearch_2.19", "3.9.x": "4.0.x",
}


def _bodies(compose):
    """The definitions of x- sections that have Properties."""
    for key, section in compose.items():
        for body in section.values() if key.startswith("x-") and isinstance(section, dict) else ():
            if isinstance(body, dict) and isinstance(body.get("Properties"), dict):
                yield key, body


def version(compose):
    """Engines of databases, caches and searches are newer."""
    changed = False
    for _, body in _bodies(compose):
        for name in ("EngineVersion", "KafkaVersion"):
            if str(body["Properties"].get(name)) in VERSIONS:
                body["Properties"][name] = VERSIONS[str(body["Properties"][name])]
                changed = True
    return changed


def key(compose):
    """Stores have a key of their own, which many take when they are made only."""
    names = {
        "x-rds": "KmsKeyId", "x-docdb": "KmsKeyId", "x-neptune": "KmsKeyId", "x-sqs": "KmsMasterKeyId", "x-efs": "KmsKeyId",
        "x-elasticache": "KmsKeyId",
    }
    changed = False
    for section in names:
        for body in (compose.get(section) or {}).values():
            if isinstance(body, dict) and "Lookup" not in body and names[section] not in (body.get("Properties") or {}):
                body.setdefault("Properties", {})[names[section]] = "x-kms::lab"
                changed = True
    if changed:
        compose.setdefault("x-kms", {})["lab"] = {}
    return changed


def family(compose):
    """The first service runs in a second family as well."""
    name, service = _first(compose)
    if name is None or "network_mode" in service or "build" in service:
        return False
    labels = service.setdefault("deploy", {}).setdefault("labels", {})
    if not isinstance(labels, dict):
        return False
    labels["ecs.task.family"] = f"{labels.get('ecs.task.family', name)},lab-second"


def listener(compose):
    """Load balancers answer on one more port."""
    changed = False
    for balancer in (compose.get("x-elbv2") or {}).values():
        if not isinstance(balancer, dict) or "Lookup" in balancer or not isinstance(balancer.get("Listeners"), list):
            continue
        if (balancer.get("Properties") or {}).get("Type") == "network":
            continue
        balancer["Listeners"].append({"Port": 8099, "Protocol": "HTTP", "DefaultActions": [{"Redirect": "HTTP_TO_HTTPS"}]})
        changed = True
    return changed


def fewer_listeners(compose):
    """Load balancers answer on one port less."""
    changed = False
    for balancer in (compose.get("x-elbv2") or {}).values():
        listeners = balancer.get("Listeners") if isinstance(balancer, dict) else None
        if isinstance(listeners, list) and len(listeners) > 1:
            # Services whose only rule goes with it would have no load balancer.
            kept = str([each.get("Targets") for each in listeners[:-1]])
            if all(target.get("name", "?") in kept for target in listeners[-1].get("Targets") or []):
                listeners.pop()
                changed = True
    return changed


def networks(compose):
    """Every service is on one more network."""
    if not _services(compose):
        return False
    compose.setdefault("networks", {})["lab"] = {}
    for service in _services(compose).values():
        if "network_mode" in service:
            continue
        given = service.get("networks", ["default"])
        service["networks"] = {**given, "lab": {}} if isinstance(given, dict) else [*given, "lab"]


def instances(compose):
    """Services move from Fargate to instances."""
    if "x-cluster" in compose or any("x-ecs" in service for service in _services(compose).values()):
        return False
    compose["x-cluster"] = {"Compute": {"Type": "EC2", "InstanceTypes": ["m7i.large"]}}


def stateful(compose):
    """Named volumes are kept on EFS."""
    volumes = compose.get("volumes") or {}
    changed = False
    for name, body in volumes.items():
        if body is None or body == {}:
            volumes[name] = {"x-efs": {}}
            changed = True
    return changed


def rename_stores(compose):
    """Every store has another name."""
    changed = False
    for section in [each for each in compose if each in STORES and isinstance(compose[each], dict)]:
        for name in list(compose[section]):
            if "Lookup" in (compose[section][name] or {}):
                continue
            compose[section][name + "2"] = compose[section].pop(name)
            for other in list(compose):
                compose[other] = _pointed(compose[other], section, name)
            changed = True
    return changed


STORES = ("x-sqs", "x-sns", "x-s3", "x-dynamodb", "x-rds", "x-docdb", "x-elasticache", "x-opensearch", "x-mq", "x-msk", "x-kinesis", "x-kms")


def _pointed(value, section, name):
    """`value` with the new name of a definition: in pointers to it, and after its section (`x-sns: ops`)."""
    if isinstance(value, dict):
        return {key: name + "2" if key == section and each == name else _pointed(each, section, name) for key, each in value.items()}
    if isinstance(value, list):
        return [_pointed(each, section, name) for each in value]
    old = f"{section}::{name}"
    return (old + "2" if value == old else value.replace(old + "::", old + "2::")) if isinstance(value, str) else value


FEW = [image, port, scaling, family]
ALL = [
    image, port, zone, scaling, rename, add, remove_service, remove_stores, nat, addresses, version, key, family, listener, fewer_listeners,
    networks, instances, stateful, rename_stores,
]
