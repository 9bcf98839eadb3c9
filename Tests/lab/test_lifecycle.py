"""The laboratory itself: small templates with the refusal that AWS would answer with. `make lab` runs these first."""

import unittest

import template as templates
from account import Account
from lifecycle import faults_of_creation, faults_of_update
from stack import Failed, Refused, Stack


def load(text):
    return templates.load("Resources:\n" + "\n".join("  " + line for line in text.strip("\n").split("\n")))


NETWORK = """
Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
Group: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc, GroupDescription: one}}
"""
BROKER = NETWORK + """
Broker:
  Type: AWS::AmazonMQ::Broker
  DeletionPolicy: RetainExceptOnCreate
  UpdateReplacePolicy: Retain
  Properties: {BrokerName: shop, SubnetIds: [!Ref Subnet], SecurityGroups: [!Ref Group], HostInstanceType: small, EngineType: RABBITMQ}
Last: {Type: AWS::SNS::Topic, DependsOn: Broker}
"""
QUEUE = "Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}"
BALANCED = NETWORK + """
Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [!Ref Subnet]}}
Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {VpcId: !Ref Vpc, Port: 80, Protocol: HTTP}}
Listener:
  Type: AWS::ElasticLoadBalancingV2::Listener
  Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}
One: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 10, Actions: [{TargetGroupArn: !Ref Targets}]}}
Web:
  Type: AWS::ECS::Service
  DependsOn: Listener
  Properties: {LoadBalancers: [{TargetGroupArn: !Ref Targets, ContainerPort: 80}]}
"""


def retained(text, *names):
    """The template with these resources kept."""
    template = load(text)
    for name in names:
        template["Resources"][name] |= {"DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain"}
    return template


class CreationTests(unittest.TestCase):
    def faults(self, template, parameters=None):
        return list(faults_of_creation(template, parameters or {}))

    def test_what_is_kept_holds_the_network_it_stands_in(self):
        found = self.faults(load(BROKER))
        self.assertEqual(len(found), 1)
        self.assertIn("create and delete: Group (AWS::EC2::SecurityGroup) cannot be deleted: Broker", found[0])

    def test_a_kept_network_is_no_fault(self):
        self.assertEqual(self.faults(retained(BROKER, "Vpc", "Subnet", "Group")), [])

    def test_what_is_kept_on_creation_is_in_the_way_of_the_second_attempt(self):
        found = self.faults(load("""
Files: {Type: AWS::S3::Bucket, DeletionPolicy: Retain, Properties: {BucketName: acme-files}}
Jobs: {Type: AWS::SQS::Queue, DependsOn: Files}
"""))
        self.assertIn("after a first deployment that failed at Jobs, the second one fails: Files", found[0])
        self.assertIn("BucketName acme-files is taken", found[0])

    def test_protection_stops_the_rollback_and_the_deletion(self):
        text = """
Main: {Type: AWS::RDS::DBCluster, DeletionPolicy: Snapshot, Properties: {DeletionProtection: %s}}
Jobs: {Type: AWS::SQS::Queue, DependsOn: Main}
"""
        found = self.faults(load(text % "true"))
        self.assertIn("fails at Jobs is not rolled back: Main", found[0])
        self.assertIn("create and delete: Main", found[1])
        self.assertEqual(self.faults(load(text % "false")), [])

    def test_protection_by_a_parameter(self):
        template = load("""
Orders: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !Ref Protected}}
Jobs: {Type: AWS::SQS::Queue, DependsOn: Orders}
""")
        template["Parameters"] = {"Protected": {"Type": "String", "Default": "false"}}
        self.assertEqual(self.faults(template), [])
        self.assertEqual(len(self.faults(template, {"Protected": "true"})), 2)

    def test_only_some_types_leave_snapshots(self):
        found = self.faults(load("Orders: {Type: AWS::DynamoDB::Table, DeletionPolicy: Snapshot}"))
        self.assertIn("cannot leave a snapshot", found[0])

    def test_a_deletion_that_is_out_of_order(self):
        # The service names the cluster by a text: nothing says that it goes before.
        account = Account()
        stack = Stack(account)
        stack.create(load("Cluster: {Type: AWS::ECS::Cluster}\nWeb: {Type: AWS::ECS::Service, Properties: {Cluster: !Ref Cluster}}"))
        with self.assertRaisesRegex(Refused, "Web .* uses it"):
            account.delete(stack.made["Cluster"])

    def test_conditions_leave_resources_out(self):
        template = load("Jobs: {Type: AWS::SQS::Queue, Condition: Never}\nMore: {Type: AWS::SQS::Queue}")
        template["Conditions"] = {"Never": {"Fn::Equals": ["a", "b"]}}
        stack = Stack(Account())
        stack.create(template)
        self.assertEqual(list(stack.made), ["More"])


class UpdateTests(unittest.TestCase):
    def faults(self, before, after):
        return list(faults_of_update(before, after, {}))

    def test_a_fixed_name_collides_with_its_former_self(self):
        queue = QUEUE.replace("jobs", "jobs, FifoQueue: true")
        found = self.faults(load(QUEUE), load(queue))
        self.assertIn("update: Jobs (AWS::SQS::Queue) cannot be made: QueueName jobs is taken by Jobs", found[0])

    def test_another_name_is_no_fault(self):
        self.assertEqual(self.faults(load(QUEUE), load(QUEUE.replace("jobs", "jobs.fifo, FifoQueue: true"))), [])

    def test_replacement_spreads_to_what_refers_to_it(self):
        before, after = load(NETWORK), load(NETWORK.replace("10.0.0.0/16", "10.1.0.0/16"))
        stack = Stack(Account())
        stack.create(before)
        stack.log = []
        stack.update(after)
        self.assertEqual(
            stack.log, [
                "replace Vpc: CidrBlock", "replace Subnet: VpcId", "replace Group: VpcId", "delete Group", "delete Subnet", "delete Vpc"])

    def test_a_replaced_store_under_a_fixed_name_collides_when_its_network_is_replaced(self):
        before = retained(BROKER, "Vpc", "Subnet", "Group")
        after = retained(BROKER.replace("10.0.1.0/24", "10.0.2.0/24"), "Vpc", "Subnet", "Group")
        self.assertIn("BrokerName shop is taken by Broker", self.faults(before, after)[0])

    def test_a_kept_store_holds_the_network_of_an_update(self):
        after = retained(BROKER, "Vpc", "Group")
        del after["Resources"]["Broker"], after["Resources"]["Last"], after["Resources"]["Subnet"]
        found = self.faults(retained(BROKER, "Vpc", "Group"), after)
        self.assertIn("update: Subnet (AWS::EC2::Subnet) cannot be deleted: Broker (AWS::AmazonMQ::Broker), which is kept, uses it", found[0])

    def test_a_rename_of_what_has_a_fixed_name(self):
        found = self.faults(load(QUEUE), load(QUEUE.replace("Jobs", "Tasks")))
        self.assertIn("Tasks (AWS::SQS::Queue) cannot be made: QueueName jobs is taken by Jobs", found[0])

    def test_a_priority_that_another_rule_still_has(self):
        first = BALANCED.split("One:")[0] + "New: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 10}}\n"
        after = load(first + "One:" + BALANCED.split("One:")[1].replace("Priority: 10", "Priority: 20"))
        self.assertIn("Priority 10 is taken by One", self.faults(load(BALANCED), after)[0])

    def test_a_replaced_target_group_is_empty(self):
        found = self.faults(load(BALANCED), load(BALANCED.replace("Port: 80, Protocol", "Port: 81, Protocol")))
        self.assertEqual(found, [
            "Web is not reached while it is updated: Targets is replaced, and the new one is empty until the new tasks are there"])

    def test_another_port_of_the_container_is_no_fault(self):
        self.assertEqual(self.faults(load(BALANCED), load(BALANCED.replace("ContainerPort: 80", "ContainerPort: 81"))), [])

    def test_a_type_cannot_change(self):
        self.assertIn("cannot become a AWS::SNS::Topic", self.faults(load(QUEUE), load("Jobs: {Type: AWS::SNS::Topic}"))[0])

    def test_a_failed_update_is_rolled_back(self):
        account = Account()
        stack = Stack(account)
        stack.create(load(QUEUE))
        with self.assertRaises(Failed):
            stack.update(load(QUEUE.replace("jobs", "tasks") + "\nMore: {Type: AWS::SQS::Queue, DependsOn: Jobs}"), fail_at="More")
        self.assertEqual([thing.properties["QueueName"] for thing in account.things.values()], ["jobs"])

    def test_a_failed_update_that_leaves_something_behind(self):
        more = QUEUE + "\nFiles: {Type: AWS::S3::Bucket, DeletionPolicy: Retain, Properties: {BucketName: acme}}\nLast: {Type: AWS::SNS::Topic, DependsOn: Files}"
        self.assertIn("update again, after one that failed at Last: Files", self.faults(load(QUEUE), load(more))[0])

    def test_an_export_in_use(self):
        def exporting(value):
            template = load(QUEUE)
            template["Outputs"] = {"Out": {"Value": value, "Export": {"Name": "jobs"}}}
            return template

        account = Account()
        stack = Stack(account)
        stack.create(exporting("a"))
        account.imports["jobs"] = "a"
        stack.update(exporting("a"))
        with self.assertRaisesRegex(Refused, "the export jobs cannot change"):
            stack.update(exporting("b"))
        with self.assertRaisesRegex(Refused, "the export jobs cannot be removed"):
            stack.update(load(QUEUE))
        with self.assertRaisesRegex(Refused, "the export jobs cannot be removed"):
            stack.delete()


class ValueTests(unittest.TestCase):
    def value(self, text):
        template = load("Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: %s}}" % text)
        stack = Stack(Account())
        stack.create(template)
        return stack.made["Jobs"].properties.get("QueueName")

    def test_functions_are_worked_out(self):
        self.assertEqual(self.value('!Sub "${AWS::StackName}-jobs"'), "shop-jobs")
        self.assertEqual(self.value('!Join ["-", [a, !Select [1, !Split ["/", x/y]]]]'), "a-y")
        self.assertEqual(self.value("!Ref AWS::NoValue"), None)

    def test_stacks_of_one_name_have_ids_of_their_own(self):
        account, text = Account(), "Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref AWS::StackId}}"
        one, other = Stack(account), Stack(account)
        one.create(load(text))
        other.create(load(text))
        self.assertEqual(len(account.things), 2)


if __name__ == "__main__":
    unittest.main()
