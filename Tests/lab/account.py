"""An AWS account on paper: what exists, who uses what, which names are taken."""

import itertools
from dataclasses import dataclass, field
from functools import cache

import facts
import registry


class Refused(Exception):
    """A step that AWS refuses."""


@dataclass(eq=False)
class Physical:
    """Something that exists in the account."""

    uid: int
    type: str
    logical: str
    properties: dict
    # The uid of each thing that it refers to, with the properties that do.
    uses: dict = field(default_factory=dict)
    # Whether a stack has been complete with it: it may hold data.
    is_filled: bool = False
    is_kept: bool = False

    def __str__(self):
        return f"{self.logical} ({self.type})"


class Account:
    """What exists."""

    def __init__(self):
        self.things = {}
        self.taken = {}
        self.snapshots = set()
        # Exports by name, and who imports them.
        self.exports, self.imports = {}, {}
        self.numbers = itertools.count(1)

    def create(self, type_name, logical, properties, uses):
        """Makes a resource, or refuses a name that is taken."""
        made = Physical(next(self.numbers), type_name, logical, properties, uses)
        self.take(made, properties)
        self.things[made.uid] = made
        return made

    def change(self, thing, properties, uses):
        """Updates a resource in place."""
        before = thing.properties
        self.leave(thing)
        try:
            self.take(thing, properties)
        except Refused:
            self.take(thing, before)
            raise
        thing.properties, thing.uses = properties, uses

    def delete(self, thing):
        """Deletes a resource, or says what keeps it."""
        self.check_protection(thing)
        user = next((other for other in self.users(thing)), None)
        if user:
            state = "which is kept" if user.is_kept else "which exists"
            raise Refused(f"{thing} cannot be deleted: {user}, {state}, uses it")
        if thing.type in facts.NOT_WHEN_FILLED and thing.is_filled:
            raise Refused(f"{thing} cannot be deleted: it is not empty")
        name = thing.properties.get(facts.FINAL_SNAPSHOT.get(thing.type))
        if name is not None:
            if (thing.type, name) in self.snapshots:
                raise Refused(f"{thing} cannot be deleted: there is a snapshot {name} already")
            self.snapshots.add((thing.type, name))
        self.leave(thing)
        del self.things[thing.uid]

    def tidy(self):
        """Whoever deploys deletes by hand what stacks have kept: it is theirs from then on."""
        for thing in [each for each in self.things.values() if each.is_kept]:
            self.leave(thing)
            del self.things[thing.uid]

    def check_protection(self, thing):
        name, values = facts.PROTECTED.get(thing.type, (None, ()))
        is_protected = name and str(thing.properties.get(name, "")).lower() in {each.lower() for each in values}
        for attribute in thing.properties.get("LoadBalancerAttributes", []):
            if attribute.get("Key") == facts.BALANCER_PROTECTION and str(attribute.get("Value")).lower() == "true":
                is_protected = True
        if is_protected:
            raise Refused(f"{thing} cannot be deleted: its deletion protection is on")

    def users(self, thing):
        """What keeps `thing` from being deleted by using it."""
        types, passed = facts.IN_USE.get(thing.type, (set(), set()))
        groups = {each.uid for each in self.things.values() if each.type in facts.SUBNET_GROUPS and thing.uid in each.uses}
        for other in self.things.values():
            if other is thing or other.type not in types:
                continue
            if other.uses.get(thing.uid, set()) - passed or groups & set(other.uses):
                yield other

    # Names

    def take(self, thing, properties):
        keys = list(names(thing.type, properties))
        for key in keys:
            other = self.taken.get(key)
            if other and other is not thing:
                what = ", ".join(f"{name} {value}" for name, value in key[1:])
                raise Refused(f"{thing.logical} ({thing.type}) cannot be made: {what} is taken by {other}")
        for key in keys:
            self.taken[key] = thing

    def leave(self, thing):
        for key in names(thing.type, thing.properties):
            if self.taken.get(key) is thing:
                del self.taken[key]


@cache
def _rows(type_name):
    rows = list(facts.UNIQUE.get(type_name, []))
    known = registry.of(type_name)
    settable = [name for name in known.identifier if name not in known.read_only and name in known.create_only]
    if settable and len(settable) == len(known.identifier):
        rows.append(settable)
    return rows


def names(type_name, properties):
    """What a resource takes that must be one: a key for each name."""
    for row in _rows(type_name):
        pairs = []
        for name in row:
            value = properties.get(name.rstrip("?"))
            if value is None and not name.endswith("?"):
                break
            pairs.append((name.rstrip("?"), str(value)))
        else:
            yield (type_name, *pairs)
