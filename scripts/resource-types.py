#!/usr/bin/env python3
"""Writes Sources/CEmbedded/resource-types.txt from the CloudFormation registry's schemas in the pinned cfn-lint.

    make resource-types          writes the file
    scripts/resource-types.py --check   fails when the file is not what this script would write

The file is text, so that a review sees which property came or went. Its grammar is in HEADER below; the reader is
Sources/ComposeXEngine/CloudFormation/ResourceTypes/. cfn-lint's schemas are the registry's own, corrected.
us-east-1 speaks for all regions; types that only exist elsewhere are taken from the first region that has them.
"""

import importlib
import importlib.metadata
import json
import re
import sys
from pathlib import Path

import cfnlint
from cfnlint.schema import Schema

OUTPUT = Path(__file__).resolve().parent.parent / "Sources/CEmbedded/resource-types.txt"
SCHEMAS = Path(cfnlint.__file__).parent / "data/schemas"
PRIMARY = "us_east_1"

HEADER = """\
CloudFormation resource types, from the registry schemas in cfn-lint {version}.
Written by scripts/resource-types.py: do not edit, run `make resource-types`.

A line that begins with a number sign names a type; types are sorted by bytes. A trailing * admits names not listed.
  @fact names    attributes (what Fn::GetAtt returns; x.* is any name below x), read-only, create-only,
                 conditional-create-only, identifier, tags (list Property KeyField ValueField [more], map Property)
  Name[!] form   a property; ! is required
 Definition      one space: an object that the type's properties name as <Definition>; a trailing * as above

form: string integer number boolean json (a free mapping) any, (A,B) values, ~(A,B) values in any case, 0..9 range,
      [form] list, {{form}} mapping of names to form, <Definition> object, form|form either
"""

SCALARS = ("string", "integer", "number", "boolean")
NESTING = 40
# The attribute patterns of cfn-lint that are not plain names, as this file writes them.
WILDCARDS = {"Outputs\\..*": "Outputs.*", ".*": "*"}


def schemas():
    """Every type's schema, sorted by name."""
    regions = sorted(p.stem for p in (SCHEMAS / "providers").glob("*.py") if p.stem != "__init__")
    hashes = {}
    for region in [PRIMARY] + [r for r in regions if r != PRIMARY]:
        module = importlib.import_module("cfnlint.data.schemas.providers." + region)
        for name, digest in module.types.items():
            hashes.setdefault(name, digest)
    hashes.pop("Module", None)
    for name in sorted(hashes, key=str.encode):
        yield json.loads((SCHEMAS / "resources" / (hashes[name] + ".json")).read_text())


class Writer:
    """One type's lines."""

    def __init__(self, schema):
        self.schema = schema
        self.definitions = {}  # name -> lines, in the order of first use
        self.names = {}  # JSON pointer or id of an inline object -> definition name
        self.read_only = self.paths("readOnlyProperties")

    def paths(self, key):
        """JSON pointers as dotted paths; list items are *."""
        return [pointer.removeprefix("/properties/").replace("/", ".") for pointer in self.schema.get(key, [])]

    def lines(self):
        schema = self.schema
        yield "# " + schema["typeName"] + star(schema)
        for fact, names in self.facts():
            if names:
                yield f"  @{fact} {' '.join(names)}"
        yield from self.object_lines(schema)
        done = 0
        while done < len(self.definitions):
            name = list(self.definitions)[done]
            node, mark = self.definitions[name]
            yield f" {name}{mark}"
            yield from self.object_lines(node, name)
            done += 1

    def facts(self):
        yield "attributes", self.attributes()
        yield "read-only", sorted(self.read_only)
        yield "create-only", sorted(self.paths("createOnlyProperties"))
        yield "conditional-create-only", sorted(self.paths("conditionalCreateOnlyProperties"))
        yield "identifier", self.paths("primaryIdentifier")
        yield "tags", self.tags()

    def attributes(self):
        names = set()
        for name in Schema(self.schema).get_atts:
            if name in WILDCARDS:
                names.add(WILDCARDS[name])
            elif ".*" not in name and not self.is_object_list(name):
                names.update([name], self.leaves(name))
        # A container whose parts are named is no attribute of its own.
        return sorted(n for n in names if not any(m.startswith(n + ".") for m in names))

    def at(self, name):
        """The node at a dotted path; empty when there is none."""
        node = self.schema
        for part in name.split("."):
            node = self.resolve(node).get("properties", {}).get(part, {})
        return self.resolve(node)

    def is_object_list(self, name):
        """Whether an attribute is a list of objects, which Fn::GetAtt cannot return."""
        items = self.at(name).get("items", {})
        return isinstance(items, dict) and self.resolve(items).get("type") == "object" and name not in self.read_only

    def leaves(self, name):
        """The scalar parts of an attribute that is an object."""
        for part, below in self.at(name).get("properties", {}).items():
            if self.resolve(below).get("type") in SCALARS:
                yield f"{name}.{part}"

    def tags(self):
        tagging = self.schema.get("tagging", {})
        if tagging.get("taggable") is False or (not tagging and self.schema.get("taggable") is False):
            return []
        name = tagging.get("tagProperty", "/properties/Tags").removeprefix("/properties/")
        node = self.resolve(self.schema.get("properties", {}).get(name, {}))
        if name in self.read_only or not node:
            return []
        if node.get("type") == "array":
            item = self.resolve(node.get("items", {}))
            fields = item.get("properties", {})
            for key, value in (("Key", "Value"), ("key", "value"), ("TagKey", "TagValue")):
                if key in fields and value in fields:
                    more = sorted(set(item.get("required", [])) - {key, value})
                    return ["list", name, key, value, *more]
            return []
        is_map = "patternProperties" in node or isinstance(node.get("additionalProperties"), dict)
        is_free = node.get("type") == "object" and "properties" not in node
        return ["map", name] if is_map or is_free else []

    # Objects

    def object_lines(self, node, path=""):
        required = set(node.get("required", []))
        for name, below in sorted(node.get("properties", {}).items()):
            mark = "!" if name in required and self.settable(path, name) else ""
            yield f"  {name}{mark} {self.form(below, name, path)}"

    def settable(self, path, name):
        return path != "" or name not in self.read_only

    def resolve(self, node, depth=0):
        """The node behind `$ref`s."""
        while "$ref" in node and depth < NESTING:
            target = self.schema
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node, depth = target, depth + 1
        return node

    def define(self, node, wanted, key):
        """The definition's name of an object, made at the first use."""
        if key not in self.names:
            name, number = wanted, 2
            while name in self.definitions:
                name, number = f"{wanted}{number}", number + 1
            self.names[key] = name
            self.definitions[name] = (node, star(node))
        return f"<{self.names[key]}>"

    def form(self, node, name, path, depth=0):
        if depth > NESTING:
            return "any"
        if "$ref" in node:
            target = self.resolve(node)
            if is_object(target):
                return self.object_form(target, node["$ref"].split("/")[-1], node["$ref"], path, depth)
            return self.form(target, name, path, depth + 1)
        types = node.get("type")
        if types is None:
            return self.untyped_form(node, name, path, depth)
        types = [types] if isinstance(types, str) else [t for t in types if t != "null"]
        if len(types) >= 4:
            return "any"
        return either([self.typed_form(t, node, name, path, depth) for t in types])

    def untyped_form(self, node, name, path, depth):
        if is_object(node):
            return self.object_form(node, name, id(node), path, depth)
        branches = [b for k in ("allOf", "oneOf", "anyOf") for b in node.get(k, []) if isinstance(b, dict)]
        forms = [f for f in (self.form(b, name, path, depth + 1) for b in branches) if f != "any"]
        if forms:
            return either(forms)
        return "json" if "patternProperties" in node or "additionalProperties" in node else "any"

    def typed_form(self, kind, node, name, path, depth):
        if kind == "array":
            items = node.get("items", {})
            return f"[{self.form(items, name, path, depth + 1) if isinstance(items, dict) else 'any'}]"
        if kind == "object":
            return self.object_form(node, name, id(node), path, depth)
        values = node.get("enum", [node["const"]] if "const" in node else None)
        folded = node.get("enumCaseInsensitive")
        if values or folded:
            texts = [text(v) for v in values or folded]
            return f"{kind}{'~' if folded and not values else ''}({','.join(texts)})"
        low, high = node.get("minimum"), node.get("maximum")
        if kind in ("integer", "number") and (low is not None or high is not None):
            return f"{kind} {'' if low is None else text(low)}..{'' if high is None else text(high)}"
        return kind

    def object_form(self, node, name, key, path, depth):
        merged = merge(node, self.resolve)
        if merged.get("properties"):
            return self.define(merged, name, key)
        values = list(node.get("patternProperties", {}).values())
        if isinstance(node.get("additionalProperties"), dict):
            values.append(node["additionalProperties"])
        forms = [f for f in (self.form(v, name, path, depth + 1) for v in values) if f != "any"]
        return f"{{{either(forms)}}}" if forms and len(forms) == len(values) else "json"


def merge(node, resolve):
    """An object together with the properties that its alternatives (allOf, oneOf, anyOf) add; those are optional."""
    properties = dict(node.get("properties", {}))
    required = set(node.get("required", []))
    for key in ("allOf", "oneOf", "anyOf"):
        for branch in node.get(key, []):
            branch = resolve(branch)
            for name, below in branch.get("properties", {}).items():
                if name not in properties:
                    properties[name] = below
                elif below != properties[name] and "properties" not in node:
                    properties[name] = {"anyOf": [properties[name], below]}
            if key == "allOf":
                required |= set(branch.get("required", []))
    result = {"properties": properties, "required": sorted(required & set(properties))}
    open_ended = node.get("patternProperties") or node.get("additionalProperties", False)
    return result | ({"additionalProperties": True} if open_ended else {})


def is_object(node):
    if node.get("type") == "object":
        return True
    branches = [b for k in ("allOf", "oneOf", "anyOf") for b in node.get(k, [])]
    return "type" not in node and ("properties" in node or any("properties" in b for b in branches))


def star(node):
    """Whether names that are not listed pass. The registry always says; AWS::CDK::Metadata has no schema at all."""
    named = "properties" in node or "typeName" not in node
    return " *" if node.get("patternProperties") or node.get("additionalProperties", not named) else ""


def either(forms):
    unique = list(dict.fromkeys(part for form in forms for part in split(form)))
    return "any" if "any" in unique else "|".join(unique)


def split(form):
    """The alternatives of a form: `a|b`, but not inside brackets."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(form):
        depth += (letter in "[{(<") - (letter in "]})>")
        if letter == "|" and depth == 0:
            parts.append(form[start:at])
            start = at + 1
    return parts + [form[start:]]


def text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    result = str(value)
    if not re.fullmatch(r"[A-Za-z0-9_.:/@ *+-]*", result):
        sys.exit(f"resource-types.py: the grammar has no place for the value {result!r}")
    return result


def main():
    parts = [HEADER.format(version=importlib.metadata.version("cfn-lint"))]
    for schema in schemas():
        parts.append("\n".join(Writer(schema).lines()) + "\n")
    result = "\n".join(parts)
    if "--check" in sys.argv[1:]:
        if not OUTPUT.exists() or OUTPUT.read_text() != result:
            sys.exit(f"{OUTPUT.name} is not current: run `make resource-types`")
    else:
        OUTPUT.write_text(result)
        print(f"{OUTPUT.name}: {len(parts) - 1} types, {len(result):,} bytes")


if __name__ == "__main__":
    main()
