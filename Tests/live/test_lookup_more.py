"""composex lookup of caches, domains, brokers, Kafka clusters, delivery streams and prefix lists, on a moto server."""
import logging
import unittest

import moto.kafka.models
import moto.mq.models

from server import ACCOUNT, REGION, Case

# ARNs have names on AWS, and not on moto.
moto.kafka.models.FakeKafkaCluster._generate_arn = lambda self: (
    f"arn:aws:kafka:{self.region_name}:{self.account_id}:cluster/{self.cluster_name}/{self.cluster_id}")


def named_broker(self, *words, **named):
    make_broker(self, *words, **named)
    self.arn = f"arn:aws:mq:{REGION}:{ACCOUNT}:broker:{self.name}:{self.id}"


make_broker, moto.mq.models.Broker.__init__ = moto.mq.models.Broker.__init__, named_broker

# What moto does not play is told by an error, which is enough here.
logging.disable(logging.CRITICAL)

TAGS = [{"Key": "app", "Value": "shop"}]
COMPOSE = """
name: shop
services: {web: {image: nginx, ports: ["80"]}}
x-composex: {account: "123456789012"}
"""


class StoreTests(Case):
    def setUp(self):
        super().setUp()
        ec2 = self.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.subnets = [
            ec2.create_subnet(VpcId=self.vpc, CidrBlock=f"10.0.{i}.0/24", AvailabilityZone=f"{REGION}{zone}")["Subnet"]["SubnetId"]
            for i, zone in enumerate("ab")]
        self.group = ec2.create_security_group(GroupName="store", Description="store", VpcId=self.vpc)["GroupId"]

    def found(self, text):
        """The values of the Lookups of a project, and its template."""
        self.write(COMPOSE + f"x-vpc: {{Lookup: {{VpcId: {self.vpc}, AppSubnets: [{', '.join(self.subnets)}]}}}}\n" + text)
        self.run_composex("lookup")
        values = {name: entry["values"] for name, entry in self.read("composex.lookups.json")["lookups"].items()}
        return values, self.run_composex("render", "-q")

    def test_caches(self):
        cache = self.client("elasticache")
        cache.create_cache_cluster(
            CacheClusterId="sessions", Engine="redis", CacheNodeType="cache.t4g.micro", NumCacheNodes=1)
        cache.create_replication_group(
            ReplicationGroupId="pages", ReplicationGroupDescription="pages", Engine="redis", CacheNodeType="cache.t4g.micro",
            NumCacheClusters=2, AutomaticFailoverEnabled=True)
        pages = cache.describe_replication_groups(ReplicationGroupId="pages")["ReplicationGroups"][0]
        for member in pages["MemberClusters"]:
            cache.create_cache_cluster(
                CacheClusterId=member, Engine="redis", CacheNodeType="cache.t4g.micro", NumCacheNodes=1)
        values, template = self.found(f"""\
x-elasticache:
  sessions: {{Lookup: {{Name: sessions}}, Services: {{web: {{}}}}}}
  pages: {{Lookup: {{Arn: "arn:aws:elasticache:{REGION}:{ACCOUNT}:replicationgroup:pages"}}, Services: {{web: {{}}}}}}
""")
        self.assertEqual(
            values["x-elasticache::sessions"]["Arn"], f"arn:aws:elasticache:{REGION}:{ACCOUNT}:cluster:sessions")
        address = pages["NodeGroups"][0]["PrimaryEndpoint"]["Address"]
        self.assertEqual(values["x-elasticache::pages"]["Address"], address)
        self.assertIn(address, template)

    def test_domains(self):
        domain = self.client("opensearch").create_domain(
            DomainName="search", EngineVersion="OpenSearch_2.11", TagList=TAGS,
            VPCOptions={"SubnetIds": self.subnets[:1], "SecurityGroupIds": [self.group]})["DomainStatus"]
        values, template = self.found(
            "x-opensearch: {search: {Lookup: {Name: search}, Services: {web: {Access: {Http: RW}}}}}\n")
        self.assertEqual(values["x-opensearch::search"], {
            "Arn": domain["ARN"], "DomainEndpoint": domain["Endpoints"]["vpc"], "GroupId": self.group})
        self.assertIn(f"{domain['ARN']}/*", template)

    def test_kafka(self):
        arn = self.client("kafka").create_cluster_v2(
            ClusterName="events", Tags={"app": "shop"}, Provisioned={
                "BrokerNodeGroupInfo": {
                    "ClientSubnets": self.subnets, "InstanceType": "kafka.t3.small", "SecurityGroups": [self.group]},
                "KafkaVersion": "3.6.0", "NumberOfBrokerNodes": 2})["ClusterArn"]
        for query in ("Name: events", f'Arn: "{arn}"'):
            values, template = self.found(
                f"x-msk: {{events: {{Lookup: {{{query}}}, Services: {{web: {{Access: RO}}}}}}}}\n")
            self.assertEqual(values["x-msk::events"], {"Arn": arn, "GroupId": self.group})
            self.assertIn(arn, template)
            self.assertIn(f"GroupId: {self.group}", template)

    def test_brokers(self):
        arn = self.client("mq").create_broker(
            BrokerName="mails", DeploymentMode="SINGLE_INSTANCE", EngineType="RABBITMQ", EngineVersion="3.13",
            HostInstanceType="mq.t3.micro", PubliclyAccessible=False, AutoMinorVersionUpgrade=True,
            SecurityGroups=[self.group], Users=[{"Username": "root", "Password": "hunter2hunter2"}])["BrokerArn"]
        values, template = self.found("x-mq: {mails: {Lookup: {Name: mails}, Services: {web: {}}}}\n")
        self.assertEqual(values["x-mq::mails"], {"Arn": arn, "GroupId": self.group})
        self.assertIn(f"GroupId: {self.group}", template)

    def test_delivery_streams(self):
        self.client("firehose").create_delivery_stream(
            DeliveryStreamName="clicks", Tags=TAGS, S3DestinationConfiguration={
                "RoleARN": f"arn:aws:iam::{ACCOUNT}:role/x", "BucketARN": "arn:aws:s3:::x"})
        values, template = self.found(
            "x-kinesis_firehose: {clicks: {Lookup: {Name: clicks}, Services: {web: {Access: Producer}}}}\n")
        arn = f"arn:aws:firehose:{REGION}:{ACCOUNT}:deliverystream/clicks"
        self.assertEqual(values["x-kinesis_firehose::clicks"], {"Arn": arn})
        self.assertIn(arn, template)

    def test_prefix_lists(self):
        made = self.client("ec2").create_managed_prefix_list(
            PrefixListName="offices", AddressFamily="IPv4", MaxEntries=1,
            TagSpecifications=[{"ResourceType": "prefix-list", "Tags": TAGS}])["PrefixList"]["PrefixListId"]
        project = """
name: shop
services:
  web:
    image: nginx
    ports: ["80"]
    x-network: {Ingress: {AwsSources: [{Type: PrefixList, Lookup: {%s}}]}}
"""
        for query in ("Name: offices", "Tags: {app: shop}"):
            self.write(project % query)
            self.run_composex("lookup")
            found = self.read("composex.lookups.json")["lookups"]["services::web::AwsSources.1"]["values"]
            self.assertEqual(found, {"Id": made})
            self.assertIn(f"SourcePrefixListId: {made}", self.run_composex("render", "-q"))
        self.write(project % "Name: none")
        self.run_composex("lookup", exit=1)
        self.assertIn(f"services::web::AwsSources.1: no prefix list with this name is in account {ACCOUNT}", self.errors)


if __name__ == "__main__":
    unittest.main()
