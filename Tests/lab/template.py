"""Templates as CloudFormation reads them: YAML with short tags, and values with everything worked out that can be."""

import re

import yaml

PSEUDO = {
    "AWS::Region": "eu-west-1", "AWS::AccountId": "123456789012", "AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com",
}
ABSENT = object()


class Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):
    """YAML with the short forms of functions."""


def _short(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else "Fn::" + suffix: value}


Loader.add_multi_constructor("!", _short)


def load(text):
    """The template of a text."""
    return yaml.load(text, Loader)


def references(value):
    """The names that a value refers to, pseudo parameters left out."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "Ref" and isinstance(inner, str):
                yield inner
            elif key == "Fn::GetAtt":
                yield inner[0]
            elif key == "Fn::Sub":
                text, extra = inner if isinstance(inner, list) else (inner, {})
                for name in re.findall(r"\$\{([^!}][^}]*)\}", text):
                    if name not in extra:
                        yield name.split(".")[0]
                yield from references(extra)
            else:
                yield from references(inner)


def dependencies(template):
    """By logical id: what each resource refers to or names in DependsOn."""
    resources = template["Resources"]
    edges = {}
    rank = {name: index for index, name in enumerate(resources)}
    for name, resource in resources.items():
        after = resource.get("DependsOn", [])
        names = set(references(resource.get("Properties", {}))) | set([after] if isinstance(after, str) else after)
        edges[name] = sorted((other for other in names if other in rank and other != name), key=rank.get)
    return edges


def order(template):
    """The logical ids, each after what it depends on; else in the order of the template. Worked out once for each template."""
    if " order" not in template:
        template[" order"] = _order(template)
    return template[" order"]


def _order(template):
    edges, done, result = dependencies(template), set(), []

    def visit(name):
        stack = [(name, iter(edges[name]))]
        done.add(name)
        while stack:
            here, rest = stack[-1]
            for other in rest:
                if other not in done:
                    done.add(other)
                    stack.append((other, iter(edges[other])))
                    break
            else:
                result.append(here)
                stack.pop()

    for name in template["Resources"]:
        if name not in done:
            visit(name)
    return result


class Values:
    """Works out values: `physical` answers what Ref and GetAtt of a resource are."""

    def __init__(self, template, stack_name, stack_id, parameters, physical):
        self.template = template
        self.physical = physical
        self.pseudo = PSEUDO | {"AWS::StackName": stack_name, "AWS::StackId": stack_id, "AWS::NotificationARNs": []}
        self.parameters = {
            name: parameters.get(name, _value_of_parameter(name, definition))
            for name, definition in template.get("Parameters", {}).items()
        }

    def condition(self, name):
        return bool(self.of(self.template["Conditions"][name]))

    def of(self, value):
        """The value; ABSENT for AWS::NoValue."""
        if isinstance(value, list):
            return [each for each in map(self.of, value) if each is not ABSENT]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            name, inner = next(iter(value.items()))
            if name == "Ref" or name == "Condition" and isinstance(inner, str) or name.startswith("Fn::"):
                return self.function(name, inner)
        worked = {key: self.of(each) for key, each in value.items()}
        return {key: each for key, each in worked.items() if each is not ABSENT}

    def reference(self, name, attribute=None):
        if name == "AWS::NoValue":
            return ABSENT
        if name in self.pseudo:
            return self.pseudo[name]
        if name in self.parameters:
            return self.parameters[name]
        return self.physical(name, attribute)

    def function(self, name, inner):
        if name == "Ref":
            return self.reference(inner)
        if name == "Condition":
            return self.condition(inner)
        if name == "Fn::GetAtt":
            return self.reference(inner[0], inner[1])
        if name == "Fn::If":
            return self.of(inner[1] if self.condition(inner[0]) else inner[2])
        if name == "Fn::Sub":
            return self.sub(inner)
        inner = self.of(inner)
        if name == "Fn::Join":
            return inner[0].join(map(_text, inner[1])) if isinstance(inner[1], list) else f"join({inner[1]})"
        if name == "Fn::Split":
            return inner[1].split(inner[0]) if isinstance(inner[1], str) else inner
        if name == "Fn::Select":
            return self.select(*inner)
        if name == "Fn::GetAZs":
            return [PSEUDO["AWS::Region"] + letter for letter in "abcdef"]
        if name == "Fn::Equals":
            return _text(inner[0]) == _text(inner[1])
        if name == "Fn::Not":
            return not inner[0]
        if name == "Fn::And":
            return all(inner)
        if name == "Fn::Or":
            return any(inner)
        if name == "Fn::FindInMap":
            return self.template["Mappings"][inner[0]][inner[1]][inner[2]]
        if name == "Fn::Cidr":
            return [f"cidr({_text(inner)})/{index}" for index in range(int(inner[1]))]
        return f"{name}({_text(inner)})"

    def select(self, index, items):
        index = int(index)
        if isinstance(items, list) and index < len(items):
            return items[index]
        return f"select({index}, {_text(items)})"

    def sub(self, inner):
        text, extra = inner if isinstance(inner, list) else (inner, {})

        def part(match):
            name = match.group(1)
            if name.startswith("!"):
                return "${" + name[1:] + "}"
            if name in extra:
                return _text(self.of(extra[name]))
            return _text(self.reference(*name.split(".", 1)))

        return re.sub(r"\$\{([^}]*)\}", part, text)


def _text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)



def _value_of_parameter(name, definition):
    value, kind = definition.get("Default"), definition.get("Type", "String")
    is_list = "List" in kind
    if value is None:
        return [f"{name}-{index}" for index in range(3)] if is_list else f"{name}-0"
    return [part.strip() for part in str(value).split(",")] if is_list else value
