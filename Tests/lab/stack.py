"""A stack on paper: what CloudFormation does with a template, step by step, against an account.

create, update and delete follow the documented order: creations and updates in the order of dependencies, replacements before what
refers to them, deletions after everything else in the opposite order. A step that AWS refuses raises Refused; a step that is told to
fail rolls the operation back.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html (2026-11-29)
"""

import uuid

import facts
import registry
from account import Refused
from template import ABSENT, Values, dependencies, order, references


class Failed(Exception):
    """The failure of a step that a test asked for."""


def _uses(value, made):
    """The uids of the resources that properties refer to, with the properties' names."""
    found = {}
    for name, inner in value.items():
        for other in references(inner):
            if other in made:
                found.setdefault(made[other].uid, set()).add(name)
    return found


class Stack:
    """One stack in an account."""

    def __init__(self, account, name="shop", parameters=None):
        self.account, self.name, self.parameters = account, name, parameters or {}
        self.id = f"arn:aws:cloudformation:eu-west-1:123456789012:stack/{name}/{uuid.uuid5(uuid.NAMESPACE_URL, str(next(account.numbers)))}"
        self.made, self.template = {}, None
        # Steps of the last operation, for who wants to read them.
        self.log = []
        self.outages = []

    # Values

    def values(self, template):
        return Values(template, self.name, self.id, self.parameters, self.physical)

    def physical(self, name, attribute):
        thing = self.made.get(name)
        if thing is None:
            raise Refused(f"{name} is referred to, and does not exist")
        own = registry.of(thing.type).identifier
        if attribute is None and len(own) == 1 and own[0] not in registry.of(thing.type).read_only and own[0] in thing.properties:
            return str(thing.properties[own[0]])
        return f"{name}#{thing.uid}" + (f".{attribute}" if attribute else "")

    def properties(self, template, values, name):
        resource = template["Resources"][name]
        worked = values.of(resource.get("Properties", {}))
        uses = _uses(resource.get("Properties", {}), self.made)
        after = resource.get("DependsOn", [])
        for other in [after] if isinstance(after, str) else after:
            if other in self.made:
                uses.setdefault(self.made[other].uid, set()).add("DependsOn")
        return ({} if worked is ABSENT else worked), uses

    def wanted(self, template, values):
        """The resources whose conditions hold, in the order in which they are made."""
        resources = template["Resources"]
        return [
            name for name in order(template)
            if "Condition" not in resources[name] or values.condition(resources[name]["Condition"])
        ]

    # Operations

    def create(self, template, fail_at=None):
        """The first deployment. `fail_at` names the resource whose creation fails; then everything is rolled back."""
        self.template = template
        values, done = self.values(template), []
        try:
            for name in self.wanted(template, values):
                if name == fail_at:
                    raise Failed(name)
                self.make(template, values, name)
                done.append(name)
        except Failed:
            for name in reversed(done):
                self.remove(self.made.pop(name), self.policy(template, name), is_new=True)
            raise
        self.finish(template, values)

    def update(self, template, fail_at=None):
        """Another template. `fail_at` names a resource whose step fails; then the update is rolled back."""
        before, values = dict(self.made), self.values(template)
        undo, replaced = [], []
        served = self.served()
        try:
            for name in self.wanted(template, values):
                if name == fail_at:
                    raise Failed(name)
                self.step(template, values, name, undo, replaced)
        except Failed:
            self.roll_back(template, before, undo)
            raise
        self.outages += self.empty_groups(served)
        self.clean_up(template, values, replaced)
        self.finish(template, values)

    def step(self, template, values, name, undo, replaced):
        """Creates, updates or replaces one resource."""
        properties, uses = self.properties(template, values, name)
        thing = self.made.get(name)
        if thing is None:
            self.make(template, values, name)
            undo.append(("made", name, None))
        elif thing.type != template["Resources"][name]["Type"]:
            raise Refused(f"{name} cannot become a {template['Resources'][name]['Type']}: it is a {thing.type}")
        elif changed := self.replacing(thing, properties):
            self.log.append(f"replace {name}: {', '.join(changed)}")
            self.made[name] = self.account.create(thing.type, name, properties, uses)
            undo.append(("replaced", name, thing))
            replaced.append((name, thing))
        elif properties != thing.properties or uses != thing.uses:
            if properties != thing.properties:
                self.log.append(f"update {name}")
            undo.append(("changed", name, (thing, thing.properties, thing.uses)))
            self.account.change(thing, properties, uses)

    def replacing(self, thing, properties):
        more = facts.MORE_CREATE_ONLY.get(thing.type, [])
        return registry.replaced_by(thing.type, thing.properties, properties) + [
            path for path in more if registry.at(thing.properties, path) != registry.at(properties, path)]

    def roll_back(self, template, before, undo):
        for kind, name, what in reversed(undo):
            if kind == "changed":
                self.account.change(*what)
            else:
                made, self.made[name] = self.made[name], what
                self.remove(made, self.policy(template, name), is_new=True)
        self.made = before

    def clean_up(self, template, values, replaced):
        """Deletes what was replaced and what is no longer in the template, after everything else."""
        wanted = set(self.wanted(template, values))
        gone = [name for name in self.made if name not in wanted]
        old = [(name, thing, self.policy(self.template, name)) for name in gone for thing in [self.made.pop(name)]]
        old += [(name, thing, self.policy(template, name, "UpdateReplacePolicy")) for name, thing in replaced]
        rank = {name: index for index, name in enumerate(order(self.template))}
        for _, thing, policy in sorted(old, key=lambda each: -rank.get(each[0], 0)):
            self.remove(thing, policy)

    def delete(self):
        """Deletes the stack."""
        for export in [name for name, owner in self.account.exports.items() if owner is self]:
            self.drop_export(export)
        for name in reversed(order(self.template)):
            if name in self.made:
                self.remove(self.made.pop(name), self.policy(self.template, name))

    # Steps

    def make(self, template, values, name):
        properties, uses = self.properties(template, values, name)
        self.made[name] = self.account.create(template["Resources"][name]["Type"], name, properties, uses)
        self.log.append(f"create {name}")

    def policy(self, template, name, attribute="DeletionPolicy"):
        resource = template["Resources"][name]
        if attribute in resource:
            return resource[attribute]
        in_cluster = "DBClusterIdentifier" in resource.get("Properties", {})
        is_kept = attribute == "DeletionPolicy" and resource["Type"] in facts.SNAPSHOT_BY_DEFAULT and not in_cluster
        return "Snapshot" if is_kept else "Delete"

    def remove(self, thing, policy, is_new=False):
        """What becomes of a resource that the stack gives up."""
        if policy == "Retain" or policy == "RetainExceptOnCreate" and not is_new:
            thing.is_kept = True
            self.log.append(f"keep {thing.logical}")
            return
        if policy == "Snapshot" and thing.type not in facts.SNAPSHOTS:
            raise Refused(f"{thing} cannot leave a snapshot")
        self.account.delete(thing)
        self.log.append(f"delete {thing.logical}")

    def finish(self, template, values):
        self.template = template
        for thing in self.made.values():
            thing.is_filled = True
        self.export(template, values)

    # Exports

    def export(self, template, values):
        exports = {
            values.of(output["Export"]["Name"]): values.of(output["Value"])
            for output in template.get("Outputs", {}).values() if "Export" in output
        }
        for name in [each for each, owner in self.account.exports.items() if owner is self]:
            if name not in exports:
                self.drop_export(name)
        for name, value in exports.items():
            owner = self.account.exports.get(name)
            if owner and owner is not self:
                raise Refused(f"the export {name} is taken by the stack {owner.name}")
            if name in self.account.imports and self.account.imports[name] != value:
                raise Refused(f"the export {name} cannot change: another stack imports it")
            self.account.exports[name] = self

    def drop_export(self, name):
        if name in self.account.imports:
            raise Refused(f"the export {name} cannot be removed: another stack imports it")
        del self.account.exports[name]

    # Serving

    def served(self):
        """The services that a load balancer leads to, by target group: a group that is replaced is empty when listeners change to it."""
        # The second group of a service whose traffic is shifted serves nobody until it is.
        second = set()
        for each in (self.template or {}).get("Resources", {}).values():
            for balancer in (each.get("Properties") or {}).get("LoadBalancers") or [] if each["Type"] == "AWS::ECS::Service" else []:
                second.add((balancer.get("AdvancedConfiguration") or {}).get("AlternateTargetGroupArn", {}).get("Ref"))
        groups = {
            thing.uid: name for name, thing in self.made.items()
            if thing.type == "AWS::ElasticLoadBalancingV2::TargetGroup" and name not in second}
        return [
            (name, uid, groups[uid]) for name, thing in self.made.items() if thing.type == "AWS::ECS::Service"
            for uid in thing.uses if uid in groups
        ]

    def empty_groups(self, before):
        """Of what was served before: services that have another group now, though the VPC is the same."""
        now = {(name, group): uid for name, uid, group in self.served()}
        for name, uid, group in before:
            other = self.account.things.get(now.get((name, group)))
            old = self.account.things.get(uid)
            if other and old and other is not old and other.properties.get("VpcId") == old.properties.get("VpcId"):
                yield name, group
            elif other is None and name in self.made and any(service == name for service, _ in now):
                yield name, group


__all__ = ["Failed", "Refused", "Stack", "dependencies"]
