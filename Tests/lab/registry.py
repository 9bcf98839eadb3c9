"""What the registry says of resource types: which properties are create-only, and what identifies a resource.

Read from Sources/CEmbedded/resource-types.txt, which scripts/resource-types.py makes of the schemas that cfn-lint carries.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "Sources/CEmbedded/resource-types.txt"


@dataclass
class Type:
    """One resource type. Paths are dotted, `*` stands for any item of a list."""

    name: str
    create_only: list[str] = field(default_factory=list)
    identifier: list[str] = field(default_factory=list)
    read_only: set[str] = field(default_factory=set)


@cache
def types():
    """Every type, by its name."""
    found, current = {}, None
    for line in SOURCE.read_text().split("\n"):
        if line.startswith("# "):
            current = Type(line[2:].removesuffix(" *"))
            found[current.name] = current
        elif current and line.startswith("  @"):
            fact, _, names = line[3:].partition(" ")
            if fact == "create-only":
                current.create_only = names.split()
            elif fact == "identifier":
                current.identifier = names.split()
            elif fact == "read-only":
                current.read_only = set(names.split())
    return found


def of(name):
    """The type of that name; one without facts for what the registry does not know."""
    return types().get(name) or Type(name)


def at(value, path):
    """What stands at a path: a list, because `*` may stand for many."""
    found = [value]
    for step in path.split("."):
        if step == "*":
            found = [item for each in found if isinstance(each, list) for item in each]
        else:
            # The registry often leaves out that a property is a list.
            found = [item for each in found for item in (each if isinstance(each, list) else [each])]
            found = [each[step] for each in found if isinstance(each, dict) and step in each]
    return found


def replaced_by(type_name, before, after):
    """The create-only properties in which two sets of properties differ."""
    return [path for path in of(type_name).create_only if at(before, path) != at(after, path)]
