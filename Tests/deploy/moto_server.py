"""moto's server, with what 5.2.1 does not play of CloudFormation:

    .venv/bin/python Tests/deploy/moto_server.py PORT

- change sets: found by stack and name, listed for their stack; the template, parameters, tags and outputs of a stack are those of the change
  set that was executed; with nested stacks included, each has a change set of its own
- a resource changes with the parameters that it reads
- `!GetAtt Stack.Outputs.Name`: the attribute has a dot in it
- nested stacks: Ref is the ARN, GetAtt reads outputs, an update keeps the stack and changes what is in it, a name is the root's and an id
- deletion: what moto cannot delete, because it keeps to no order, is gone all the same
- tasks whose containers state no size can be run
- repositories of ECR lie in the registry that ECR_REGISTRY names
- events: of each resource that a change set adds, changes or removes, and with the stack's own ARN
"""
import json
import os
import sys

from moto.cloudformation import models, responses
from moto.cloudformation.models import CloudFormationBackend, Stack, cloudformation_backends
from moto.cloudformation.utils import get_stack_from_s3_url
from moto.core.responses import ActionResult
from moto.ecr.models import Repository
from moto.ecs.models import EC2ContainerServiceBackend
from moto.server import main
from moto.utilities.utils import get_partition


def template_of(properties, account_id, region_name):
    return get_stack_from_s3_url(
        properties["TemplateURL"], account_id=account_id, partition=get_partition(region_name))


def texts(parameters):
    return {key: ",".join(map(str, value)) if isinstance(value, list) else str(value) for key, value in parameters.items()}


class Nested:
    """The nested stack of a resource: what moto asks of the class Stack."""

    @classmethod
    def create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        parent = kwargs["StackId"].split("/")[1]
        return cloudformation_backends[account_id][region_name].create_stack(
            name=f"{parent}-{kwargs['LogicalId']}", template=template_of(properties, account_id, region_name),
            parameters=texts(properties.get("Parameters", {})))

    @classmethod
    def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        properties = cloudformation_json["Properties"]
        original_resource.update(
            template_of(properties, account_id, region_name), parameters=texts(properties.get("Parameters", {})))
        return original_resource

    @classmethod
    def delete(cls, resource_name, cloudformation_json, account_id, region_name):
        cloudformation_backends[account_id][region_name].delete_stack(resource_name)


def output(stack, name):
    if not name.startswith("Outputs."):
        raise NotImplementedError(name)
    return next(found["OutputValue"] if isinstance(found, dict) else found.value
                for found in stack.outputs if (found["OutputKey"] if isinstance(found, dict) else found.key) == name[8:])


construct = models.yaml_tag_constructor


def constructed(loader, tag, node):
    if tag == "!GetAtt" and isinstance(node.value, str):
        return {"Fn::GetAtt": node.value.split(".", 1)}
    return construct(loader, tag, node)


models.yaml_tag_constructor = constructed
Stack.physical_resource_id = property(lambda self: self.stack_id)
Stack.create_from_cloudformation_json = Nested.create
Stack.update_from_cloudformation_json = Nested.update
Stack.delete_from_cloudformation_json = Nested.delete
Stack.get_cfn_attribute = output


# MARK: change sets

def stack_named(backend, name):
    return next((stack for stack in backend.stacks.values() if name in (stack.name, stack.stack_id)), None)


def change_set(backend, name, stack=None):
    for found in backend.change_sets.values():
        if name == found.change_set_id or name == found.change_set_name and (not stack or stack == found.stack_name):
            return found
    raise models.ValidationError(name)


create = CloudFormationBackend.create_change_set


def create_change_set(self, stack_name, change_set_name, template, parameters, description, change_set_type, **more):
    existing = stack_named(self, stack_name)
    if change_set_type == "CREATE" and existing is not None:
        del self.stacks[existing.stack_id]
    made = create(self, stack_name, change_set_name, template, parameters, description, change_set_type, **more)
    of = self.change_sets[made[0]]
    if change_set_type == "UPDATE":
        nested = [change for change in of.changes if change.resource_type == "AWS::CloudFormation::Stack"]
        for change in nested:
            below(self, of, change)
        reading(of, existing)
        if of.status == "CREATE_COMPLETE" and not of.changes:
            of.status, of.status_reason = "FAILED", "No updates are to be performed."
    return made


def reading(of, existing):
    """Adds the changes of resources that read a parameter which gets another value."""
    changed = {name for name, value in of.parameters.items() if existing.parameters.get(name) != value}
    known = {change.logical_resource_id for change in of.changes}
    for name, resource in of.template_dict["Resources"].items():
        text = json.dumps(resource)
        if name not in known and any(f'{{"Ref": "{each}"}}' in text for each in changed):
            of.changes.append(models.Change("Modify", name, resource["Type"]))


def below(backend, of, change):
    """The change set of a nested stack, which CloudFormation makes with that of its root."""
    stack = of.stack.resource_map._parsed_resources.get(change.logical_resource_id)
    if stack is None or change.action != "Modify":
        if stack is not None:
            change.physical_resource_id = stack.stack_id
        return
    properties = of.template_dict["Resources"][change.logical_resource_id]["Properties"]
    template = template_of(properties, backend.account_id, backend.region_name)
    change.physical_resource_id = stack.stack_id
    change.change_set_id, _ = backend.create_change_set(
        stack.name, f"{of.change_set_name}-{change.logical_resource_id}", template, stack.parameters, "", "UPDATE")


def execute_change_set(self, change_set_name, stack_name=None):
    found = change_set(self, change_set_name, stack_name)
    stack, kind = self.stacks[found.stack_id], found.change_set_type
    stack._add_stack_event(f"{kind}_IN_PROGRESS", resource_status_reason="User Initiated")
    stack.template, stack.parameters = found.template, found.parameters
    found.apply()
    stack._parse_template()
    stack.output_map = stack._create_output_map()
    stack.tags = found.tags or stack.tags
    stack.status, found.execution_status = f"{kind}_COMPLETE", "EXECUTE_COMPLETE"
    for change in found.changes:
        words = {"Add": "CREATE", "Modify": "UPDATE", "Remove": "DELETE"}[change.action]
        stack._add_stack_event(
            f"{words}_COMPLETE", resource_name=change.logical_resource_id, resource_type=change.resource_type,
            physical_resource_id=f"{change.logical_resource_id}-id")
    stack._add_stack_event(f"{kind}_COMPLETE")
    del self.change_sets[found.change_set_id]


def add_event(self, status, resource_status_reason=None, resource_name=None, resource_type="AWS::CloudFormation::Stack",
              physical_resource_id=None, resource_properties=None):
    self.events.append(
        models.Event(
            stack_id=self.stack_id, stack_name=self.name, logical_resource_id=resource_name or self.name,
            physical_resource_id=physical_resource_id or self.stack_id, resource_type=resource_type,
            resource_status=status, resource_status_reason=resource_status_reason, resource_properties=None))


def delete_change_set(self, change_set_name):
    self.change_sets.pop(change_set(self, change_set_name).change_set_id)


def list_change_sets(self):
    name = self._get_param("StackName")
    sets = [found for found in self.cloudformation_backend.list_change_sets() if name in (found.stack_name, found.stack_id)]
    return ActionResult({"Summaries": sets})


def describe_change_set(self):
    return ActionResult(
        change_set(self.cloudformation_backend, self._get_param("ChangeSetName"), self._get_param("StackName")))


CloudFormationBackend.create_change_set = create_change_set
CloudFormationBackend.execute_change_set = execute_change_set
CloudFormationBackend.delete_change_set = delete_change_set
responses.CloudFormationResponse.list_change_sets = list_change_sets
# A change set that changes nothing is made, and failed.
responses.CloudFormationResponse._validate_different_update = lambda *_: None
responses.CloudFormationResponse.describe_change_set = describe_change_set
Stack._add_stack_event = add_event

delete_all = models.ResourceMap.delete


def delete_resources(self):
    try:
        delete_all(self)
    except Exception as error:
        print(f"left: {error}", file=sys.stderr)


models.ResourceMap.delete = delete_resources

made = Repository.__init__


def make_repository(self, *words, **named):
    made(self, *words, **named)
    if "ECR_REGISTRY" in os.environ:
        self.uri = f"{os.environ['ECR_REGISTRY']}/{self.name}"


Repository.__init__ = make_repository

needs = EC2ContainerServiceBackend._calculate_task_resource_requirements


def task_needs(task_definition):
    """A container that states no size needs none."""
    for container in task_definition.container_definitions:
        if not any(key in container for key in ("Memory", "MemoryReservation", "memory", "memoryReservation")):
            container["memory"] = 0
    return needs(task_definition)


EC2ContainerServiceBackend._calculate_task_resource_requirements = staticmethod(task_needs)

if __name__ == "__main__":
    main(["-H", "127.0.0.1", "-p", sys.argv[1]])
