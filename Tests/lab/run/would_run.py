#!/usr/bin/env python3
"""Would it run? Reads the template of each sample as ECS does, on paper, and says which services start, whom they reach and what they keep.

    would_run.py COMPOSEX [SAMPLE...]

A sample is a compose file below files/. It is rendered as it is (its services must start and reach each other, and what is lost must be
told), and with `volumes: efs` and `publish: auto` (nothing is lost, and every published port is reached). images.json says what images need.
Every block that a finding gives to paste is applied, and must mend it. Samples below broken/ begin with the fault that must be found in them: the laboratory itself is tested by those.
"""
import json, pathlib, re, subprocess, sys, tempfile
import yaml

here = pathlib.Path(__file__).resolve().parent
images = json.loads((here / "images.json").read_text())
proxy_memory = 64  # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html (2026-11-29)


class Tagged(yaml.SafeLoader):
    """Short forms of CloudFormation as mappings."""


def tagged(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        if suffix == "GetAtt":
            value = value.split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {"Ref" if suffix == "Ref" else f"Fn::{suffix}": value}


Tagged.add_multi_constructor("!", tagged)


def target_of(value):
    """The logical id that a reference leads to."""
    if isinstance(value, dict):
        if "Ref" in value:
            return value["Ref"]
        if "Fn::GetAtt" in value:
            return value["Fn::GetAtt"][0]
    return value


def known(image):
    """What images.json says of an image."""
    path = re.sub(r":[^/:]*$", "", str(image).split("@")[0])
    parts = path.split("/")
    return images.get("/".join(parts[-2:])) or images.get(parts[-1])


def memory(container, usual=64):
    """The MiB that a container needs, by the heap that its texts name."""
    facts = known(container["Image"]) or {}
    need = facts.get("memory", usual)
    texts = " ".join(str(v.get("Value")) for v in container.get("Environment", [])) + " ".join(map(str, container.get("Command", [])))
    heap = re.search(r"-Xmx(\d+)([mg])", texts)
    if heap and "heap" in facts:
        need = int(heap[1]) * (1024 if heap[2] == "g" else 1) * 1.3 + 150
    return 16 if (container.get("EntryPoint") or [""])[0] == "sh" else need


class Sample:
    def __init__(self, folder, compose, template, told):
        self.folder, self.compose, self.told = folder, compose, told
        self.resources = template.get("Resources") or {}
        self.faults = []
        self.services = {n: s for n, s in compose["services"].items() if not s.get("profiles")}
        self.tasks = {}      # ECS service -> (properties of it, of its task definition)
        self.home = {}       # compose service -> ECS service
        for key, each in self.of("AWS::ECS::Service"):
            task = self.resources[target_of(each["Properties"]["TaskDefinition"])]["Properties"]
            self.tasks[key] = (each, task)
            for container in task["ContainerDefinitions"]:
                if container["Name"] in self.services:
                    self.home.setdefault(container["Name"], key)

    def of(self, kind):
        return [(k, r) for k, r in self.resources.items() if r["Type"] == kind]

    def fault(self, text):
        self.faults.append(text)

    def container(self, name):
        task = self.tasks[self.home[name]][1]
        return next(c for c in task["ContainerDefinitions"] if c["Name"] == name)

    # Starting ----------------------------------------------------------------------------------------------------------

    def check_start(self):
        for name in self.services:
            if name not in self.home and not any(c["Name"] == name for _, t in self.tasks.values() for c in t["ContainerDefinitions"]):
                self.fault(f"{name} is in no task")
        for key, (service, task) in self.tasks.items():
            containers = {c["Name"]: c for c in task["ContainerDefinitions"]}
            ending = {d["ContainerName"] for c in containers.values() for d in c.get("DependsOn", []) if d["Condition"] in ("SUCCESS", "COMPLETE")}
            need = sum(memory(c) for n, c in containers.items() if n not in ending)
            need = max(need, max([memory(c, 32) for n, c in containers.items() if n in ending] or [0]))
            if self.is_connected(key):
                need += proxy_memory
            if task.get("Memory") and need > int(task["Memory"]):
                self.fault(f"{key} needs {need} MiB and has {task['Memory']}")
            for container in containers.values():
                self.check_container(container, containers)

    def check_container(self, container, containers):
        facts = known(container["Image"]) or {}
        for dependency in container.get("DependsOn", []):
            other = containers.get(dependency["ContainerName"])
            if other is None:
                self.fault(f"{container['Name']} waits for {dependency['ContainerName']}, which is not in its task")
            elif dependency["Condition"] == "SUCCESS" and (other.get("EntryPoint") or [""])[0] == "sh" and (known(other["Image"]) or {}).get("shell") is False:
                self.fault(f"{container['Name']} never starts: {other['Name']} runs sh in an image that has none")
        limit = container.get("Memory")
        if limit and facts.get("memory", 0) > limit:
            self.fault(f"{container['Name']} needs {facts['memory']} MiB, and its limit is {limit}")
        dropped = (container.get("LinuxParameters", {}).get("Capabilities") or {}).get("Drop", [])
        if "ALL" in dropped and any(p < 1024 for p in facts.get("listens", [])):
            self.fault(f"{container['Name']} may not bind its port: all capabilities are dropped")
        for variable in container.get("Environment", []):
            listens = re.search("LISTEN|BIND", variable["Name"]) and "ADVERTISE" not in variable["Name"]
            if listens and isinstance(variable["Value"], str) and re.search(rf"(//|^){re.escape(container['Name'])}:\d", variable["Value"]):
                if "listens on its own name" not in self.told:
                    self.fault(f"{container['Name']} listens on its own name, and nobody says so")

    # Reaching ----------------------------------------------------------------------------------------------------------

    def is_connected(self, key):
        return bool(self.tasks[key][0]["Properties"].get("ServiceConnectConfiguration", {}).get("Enabled"))

    def calls(self, name):
        """What the texts of a service name: pairs of a service and a port."""
        service, found = self.services[name], set()
        environment = service.get("environment") or {}
        if isinstance(environment, list):
            environment = dict(item.split("=", 1) for item in environment if "=" in item)
        texts = [str(v) for v in environment.values()]
        for key in ("command", "entrypoint"):
            value = service.get(key) or []
            texts += value if isinstance(value, list) else [value]
        for mount in service.get("volumes") or []:
            if isinstance(mount, str) and mount.startswith("./"):
                path = self.folder / mount.split(":")[0]
                if path.is_file():
                    texts.append(path.read_text())
        for text in map(str, texts):
            for host, port in re.findall(r"(?<![\w.-])([a-zA-Z][\w-]*):(\d{2,5})(?!\d)", text):
                found.add((host, int(port)))
            for scheme, host in re.findall(r"(https?)://([a-zA-Z][\w-]*)(?=/|$)", text):
                found.add((host, 80 if scheme == "http" else 443))
        for key, value in environment.items():
            if key.endswith("HOST") and value in self.services and key[:-4] + "PORT" in environment:
                found.add((value, int(environment[key[:-4] + "PORT"])))
        return {(h, p) for h, p in found if h in self.services and h != name}

    def waits(self, key, seen=None):
        seen = seen if seen is not None else set()
        needs = self.resources[key].get("DependsOn") or []
        for other in [needs] if isinstance(needs, str) else needs:
            if other not in seen:
                seen.add(other)
                self.waits(other, seen)
        return seen

    def groups(self, key):
        network = self.tasks[key][0]["Properties"].get("NetworkConfiguration", {}).get("AwsvpcConfiguration", {})
        return {target_of(g) for g in network.get("SecurityGroups", [])}

    def check_reach(self):
        for name in self.services:
            for host, port in sorted(self.calls(name)):
                if name in self.home and host in self.home:
                    self.check_call(name, host, port)

    def check_call(self, name, host, port):
        caller, target = self.home[name], self.home[host]
        if caller == target:
            return
        image = known(self.container(host)["Image"])
        if image and port not in image.get("listens", []):
            return  # It would not answer in Docker either.
        entries = self.tasks[target][0]["Properties"].get("ServiceConnectConfiguration", {}).get("Services", [])
        alias = [(a["DnsName"], a["Port"]) for e in entries for a in e.get("ClientAliases", [])]
        if not self.is_connected(caller) or (host, port) not in alias:
            return self.fault(f"{name} does not resolve {host}:{port}")
        own, theirs = self.groups(caller), self.groups(target)
        rules = [r["Properties"] for _, r in self.of("AWS::EC2::SecurityGroupIngress")]
        if not any(target_of(r["GroupId"]) in theirs and target_of(r.get("SourceSecurityGroupId")) in own
                   and r["FromPort"] <= port <= r["ToPort"] for r in rules):
            self.fault(f"{name} is not let in at {host}:{port}")
        if target not in self.waits(caller) and caller not in self.waits(target):
            self.fault(f"{name} may be created before {host}, and not know its name")

    # Keeping -----------------------------------------------------------------------------------------------------------

    def check_data(self, keeps):
        for name in self.services:
            if name not in self.home:
                continue
            container, task = self.container(name), self.tasks[self.home[name]][1]
            facts = known(container["Image"]) or {}
            volumes = {v["Name"]: v for v in task.get("Volumes", [])}
            mounts = {m["ContainerPath"]: m for m in container.get("MountPoints", [])}
            for path in facts.get("writes", []):
                mount = mounts.get(path)
                if mount is None:
                    continue
                volume = volumes[mount["SourceVolume"]]
                if facts.get("uid") and not self.is_writable(container, task, volume, path, facts):
                    self.fault(f"{name} cannot write to {path} as {facts['uid']}")
                if keeps and "EFSVolumeConfiguration" not in volume:
                    self.fault(f"{name} loses what it writes to {path}")
                elif not keeps and "EFSVolumeConfiguration" not in volume and "the data of" not in self.told:
                    self.fault(f"{name} loses what it writes to {path}, and nobody says so")

    def is_writable(self, container, task, volume, path, facts):
        # ECS fills what an image declares, with its owner; file systems it leaves as they are.
        if facts.get("declares") and "EFSVolumeConfiguration" not in volume:
            return True
        if "EFSVolumeConfiguration" in volume:
            point = self.resources[target_of(volume["EFSVolumeConfiguration"]["AuthorizationConfig"]["AccessPointId"])]["Properties"]
            mode = point["RootDirectory"].get("CreationInfo", {}).get("Permissions", "0777")
            if int(mode[-1]) & 2 or str(facts["uid"]) == str(point.get("PosixUser", {}).get("Uid")):
                return True
        for other in task["ContainerDefinitions"]:
            inside = [m["ContainerPath"] for m in other.get("MountPoints", []) if m["SourceVolume"] == volume["Name"]]
            text = " ".join(map(str, other.get("Command", [])))
            if other is container or not inside or f" {inside[0]}" not in text:
                continue
            if f"cp -a '{path}/.'" in text:
                return path in facts.get("ships", []) and facts.get("shell") is not False
            if "chmod 0777" in text or f"chown '{facts['uid']}" in text:
                return True
        return False

    # From outside ------------------------------------------------------------------------------------------------------

    def check_published(self):
        listeners = {l["Properties"]["Port"] for _, l in self.of("AWS::ElasticLoadBalancingV2::Listener")}
        for name, service in self.services.items():
            image = known(service.get("image")) or {}
            for port in service.get("ports") or []:
                match = re.fullmatch(r"(\d+):(\d+)", str(port))
                if not match or int(match[2]) not in image.get("listens", []):
                    continue
                number, target = int(match[1]), int(match[2])
                if target in (80, 3000, 8000, 8080) and number not in listeners:
                    self.fault(f"{name} publishes {number}, and no listener leads there")


def findings(composex, path, overlay=None):
    """What is told of a sample, as programs read it."""
    return json.loads(execute(composex, path, overlay, "check", "--diagnostics-format", "json").stdout)


def remedies(composex, path):
    """Each block that a finding gives to paste must mend it: applied over the file, it renders without that finding, and without errors."""
    for finding in findings(composex, path):
        if "block" not in finding:
            continue
        after = findings(composex, path, finding["block"] + "\n")
        errors = [f["message"] for f in after if f["severity"] == "error"]
        if errors:
            yield f"the remedy {finding['block']} is refused: {errors[0]}"
        elif any(f["message"] == finding["message"] for f in after):
            yield f"the remedy {finding['block']} does not mend: {finding['message']}"


def render(composex, path, overlay=None):
    ran = execute(composex, path, overlay, "render")
    return (None, ran.stderr) if ran.returncode else (yaml.load(ran.stdout, Tagged), ran.stderr)


def execute(composex, path, overlay, *command):
    folder = path.parent / path.stem
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as more:
        files = ["-f", str(path)]
        if overlay:
            more.write(overlay)
            more.flush()
            files += ["-f", more.name]
        directory = folder if folder.is_dir() else path.parent
        return subprocess.run([composex, *command, "-p", "lab", "--project-directory", str(directory), *files], capture_output=True, text=True)


def run(composex, path):
    compose = yaml.safe_load(path.read_text())
    faults = []
    for label, overlay in (("as it is", None), ("with volumes: efs, publish: auto", "x-composex: {volumes: efs, publish: auto}\n")):
        template, told = render(composex, path, overlay)
        if template is None:
            faults.append(f"{label}: it does not render\n{told}")
            continue
        sample = Sample(path.parent / path.stem, compose, template, told)
        sample.check_start()
        sample.check_reach()
        sample.check_data(keeps=overlay is not None)
        if overlay:
            sample.check_published()
        faults += [f"{label}: {fault}" for fault in sample.faults]
    return faults + list(remedies(composex, path))


def main():
    composex, names = sys.argv[1], sys.argv[2:]
    paths = [p for p in sorted((here / "files").glob("*.yaml")) if not names or p.stem in names]
    failed = 0
    for path in paths:
        faults = run(composex, path)
        failed += bool(faults)
        for fault in faults:
            print(f"{path.stem}: {fault}")
    for path in sorted((here / "broken").glob("*.yaml")):
        wanted = path.read_text().splitlines()[0].removeprefix("# ")
        faults = run(composex, path)
        if not names and not any(wanted in fault for fault in faults):
            failed += 1
            print(f"broken/{path.stem}: the fault \"{wanted}\" is not found, but {faults}")
    print(f"{len(paths) - failed} of {len(paths)} samples would run")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
