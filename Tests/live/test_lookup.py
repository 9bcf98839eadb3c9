"""composex lookup on a moto server: what it finds, and what render makes of it."""
import unittest

from server import ACCOUNT, REGION, Case

TAGS = [{"Key": "app", "Value": "shop"}]

COMPOSE = """
name: shop
services: {web: {image: nginx, ports: ["80"]}}
x-composex: {account: "123456789012"}
"""


class LookupTests(Case):
    def values(self):
        return {name: entry["values"] for name, entry in self.read("composex.lookups.json")["lookups"].items()}

    def found(self, text):
        """The values of the Lookups of a project, and its template."""
        self.write(COMPOSE + text)
        self.run_composex("lookup")
        return self.values(), self.run_composex("render", "-q")

    def network(self):
        ec2 = self.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=[
            {"ResourceType": "vpc", "Tags": TAGS}])["Vpc"]["VpcId"]
        subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{i}.0/24", AvailabilityZone=f"{REGION}{zone}", TagSpecifications=[
            {"ResourceType": "subnet", "Tags": [{"Key": "tier", "Value": tier}]}])["Subnet"]["SubnetId"]
            for i, (zone, tier) in enumerate([("b", "app"), ("a", "app"), ("a", "public"), ("b", "public")])]
        return vpc, subnets

    def test_queues_topics_and_buckets_with_their_keys(self):
        key = self.client("kms").create_key(Tags=[{"TagKey": "app", "TagValue": "shop"}])["KeyMetadata"]["Arn"]
        self.client("sqs").create_queue(QueueName="jobs", tags={"app": "shop"}, Attributes={"KmsMasterKeyId": key})
        self.client("sns").create_topic(Name="news", Tags=TAGS, Attributes={"KmsMasterKeyId": "alias/aws/sns"})
        s3 = self.client("s3")
        s3.create_bucket(Bucket="shop-files", CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_tagging(Bucket="shop-files", Tagging={"TagSet": TAGS})
        s3.put_bucket_encryption(Bucket="shop-files", ServerSideEncryptionConfiguration={"Rules": [
            {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key.split("/")[1]}}]})
        values, template = self.found("""
x-sqs: {jobs: {Lookup: {Tags: {app: shop}}, Services: {web: {Access: Publish}}}}
x-sns: {news: {Lookup: {Tags: [{app: shop}]}, Services: {web: {Access: Publish}}}}
x-s3: {files: {Lookup: {Tags: [{app: shop}]}, Services: {web: {Access: {objects: RW}}}}}
x-kms: {key: {Lookup: {Tags: [{Key: app, Value: shop}]}, Services: {web: {Access: EncryptDecrypt}}}}
""")
        self.assertEqual(values, {
            "x-kms::key": {"Arn": key},
            "x-s3::files": {"Arn": "arn:aws:s3:::shop-files", "KMSMasterKeyArn": key},
            "x-sns::news": {"Arn": f"arn:aws:sns:{REGION}:{ACCOUNT}:news"},
            "x-sqs::jobs": {"Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:jobs", "QueueKmsKey": key},
        })
        self.assertIn(f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/jobs", template)
        self.assertIn("kms:GenerateDataKey", template)

    def test_the_file_is_sorted_stable_and_drift_is_told(self):
        sqs = self.client("sqs")
        url = sqs.create_queue(QueueName="jobs", tags={"app": "shop"})["QueueUrl"]
        self.write(COMPOSE + "x-sqs: {jobs: {Lookup: {Tags: {app: shop}}, Services: {web: {Access: Publish}}}}\n")
        self.run_composex("render", exit=1)
        self.assertIn("compose.yaml:5:16: error: x-sqs::jobs is looked up by its Tags, and composex.lookups.json has no answer\n"
                      "  ask AWS: composex lookup\n", self.errors)
        self.assertEqual(self.run_composex("lookup"),
                         "x-sqs::jobs is not in it\ncomposex.lookups.json: 1 answered\n")
        first = (self.folder / "composex.lookups.json").read_text()
        self.assertEqual(list(self.read("composex.lookups.json")), ["version", "account", "region", "lookups"])
        self.assertEqual(self.read("composex.lookups.json")["lookups"]["x-sqs::jobs"]["query"], {"Tags": {"app": "shop"}})
        self.assertEqual(self.run_composex("lookup", "--check"), "composex.lookups.json is current: 1 answered\n")
        sqs.delete_queue(QueueUrl=url)
        sqs.create_queue(QueueName="tasks", tags={"app": "shop"})
        self.assertEqual(
            self.run_composex("lookup", "--check", exit=3),
            f'x-sqs::jobs Arn: "arn:aws:sqs:{REGION}:{ACCOUNT}:jobs" -> "arn:aws:sqs:{REGION}:{ACCOUNT}:tasks"\n')
        self.assertEqual((self.folder / "composex.lookups.json").read_text(), first)
        self.write(COMPOSE + "x-sqs: {jobs: {Lookup: {Tags: {app: other}}, Services: {web: {Access: Publish}}}}\n")
        self.run_composex("render", exit=1)
        self.assertIn("x-sqs::jobs asks for something else than what composex.lookups.json:6 answers", self.errors)
        self.run_composex("lookup", "--lookups", "prod.json", exit=1)
        self.assertIn(f"compose.yaml:5:16: error: x-sqs::jobs: no queue with these tags is in account {ACCOUNT}, {REGION}\n"
                      "  correct the Lookup, or make one\n"
                      f"  there is arn:aws:sqs:{REGION}:{ACCOUNT}:tasks\n", self.errors)

    def test_more_than_one_and_the_name_that_tells_them_apart(self):
        for name in ["jobs", "mails"]:
            self.client("sqs").create_queue(QueueName=name, tags={"app": "shop"})
        self.write(COMPOSE + "x-sqs: {jobs: {Lookup: {Tags: {app: shop}}}}\n")
        self.run_composex("lookup", exit=1)
        self.assertIn("compose.yaml:5:16: error: x-sqs::jobs: 2 of kind queue are there with these tags\n"
                      f"  name the one: Lookup: {{Arn: arn:aws:sqs:{REGION}:{ACCOUNT}:jobs}}\n", self.errors)
        values, _ = self.found("x-sqs: {jobs: {Lookup: {Tags: {app: shop}, Name: mails}, Services: {web: {Access: Publish}}}}\n")
        self.assertEqual(values["x-sqs::jobs"], {"Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:mails"})

    def test_by_name_and_by_arn(self):
        self.client("kinesis").create_stream(StreamName="clicks", ShardCount=1)
        self.client("dynamodb").create_table(
            TableName="orders", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})
        values, _ = self.found(f"""
x-kinesis: {{clicks: {{Lookup: {{Name: clicks}}, Services: {{web: {{Access: Producer}}}}}}}}
x-dynamodb: {{orders: {{Lookup: {{Arn: "arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/orders"}}, Services: {{web: {{Access: RO}}}}}}}}
""")
        self.assertEqual(values["x-kinesis::clicks"]["Arn"], f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/clicks")
        self.assertIn("/stream/", values["x-dynamodb::orders"]["StreamArn"])
        self.write(COMPOSE + f'x-sqs: {{a: {{Lookup: {{Arn: "arn:aws:sqs:{REGION}:{ACCOUNT}:none"}}}}}}\n')
        self.run_composex("lookup", exit=1)
        self.assertIn(f"x-sqs::a: there is no queue none in account {ACCOUNT}, {REGION}", self.errors)

    def test_networks_clusters_and_groups(self):
        vpc, subnets = self.network()
        group = self.client("ec2").create_security_group(
            GroupName="office", Description="office", VpcId=vpc,
            TagSpecifications=[{"ResourceType": "security-group", "Tags": TAGS}])["GroupId"]
        self.client("ecs").create_cluster(
            clusterName="main", tags=[{"key": "app", "value": "shop"}], settings=[{"name": "containerInsights", "value": "enabled"}])
        self.write(f"""
name: shop
services:
  web:
    image: nginx
    ports: ["80"]
    x-network: {{Ingress: {{AwsSources: [{{Type: SecurityGroup, Lookup: {{Tags: {{app: shop}}}}}}]}}}}
x-vpc: {{Lookup: {{VpcId: {{Tags: [{{app: shop}}]}}, AppSubnets: {{Tags: {{tier: app}}}}, PublicSubnets: {{Tags: {{tier: public}}}}}}}}
x-cluster: {{Lookup: {{Tags: {{app: shop}}}}}}
""")
        self.run_composex("lookup")
        template = self.run_composex("render", "-q")
        self.assertEqual(self.values(), {
            "services::web::AwsSources.1": {"Id": group},
            "x-cluster": {"ClusterName": "main", "ContainerInsights": "enabled"},
            "x-vpc": {"AppSubnets": [subnets[1], subnets[0]], "PublicSubnets": [subnets[2], subnets[3]], "VpcId": vpc},
        })
        for part in [group, vpc, subnets[0], "Cluster: main"]:
            self.assertIn(part, template)
        self.write(f"x-vpc: {{Lookup: {{VpcId: {vpc}, AppSubnets: {{Tags: {{tier: none}}}}}}}}\nservices: {{}}\n")
        self.run_composex("lookup", exit=1)
        self.assertIn(f"compose.yaml:1:48: error: x-vpc: no subnet of {vpc} has these tags", self.errors)
        self.assertIn(f"there is {sorted(subnets)[0]}", self.errors)

    def test_load_balancers_with_listeners(self):
        vpc, subnets = self.network()
        group = self.client("ec2").create_security_group(GroupName="lb", Description="lb", VpcId=vpc)["GroupId"]
        elb = self.client("elbv2")
        balancer = elb.create_load_balancer(
            Name="front", Subnets=subnets[2:], SecurityGroups=[group], Tags=TAGS)["LoadBalancers"][0]
        listener = elb.create_listener(
            LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=80,
            DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}])["Listeners"][0]["ListenerArn"]
        values, template = self.found(f"""
x-vpc: {{Lookup: {{VpcId: {vpc}, AppSubnets: [{subnets[0]}, {subnets[1]}]}}}}
x-elbv2:
  front:
    Lookup:
      loadbalancer: {{Tags: {{app: shop}}}}
      Listeners: {{80: {{Targets: [{{name: web, access: shop.example.com}}]}}}}
    Services: {{web: {{}}}}
""")
        self.assertEqual(values["x-elbv2::front"], {
            "Arn": balancer["LoadBalancerArn"], "CanonicalHostedZoneID": balancer["CanonicalHostedZoneId"],
            "DNSName": balancer["DNSName"], "Listeners": {"80": listener}, "SecurityGroup": group})
        self.assertIn(listener, template)
        self.assertIn(group, template)

    def test_databases_with_secrets_and_groups(self):
        vpc, subnets = self.network()
        ec2 = self.client("ec2")
        group = ec2.create_security_group(GroupName="db", Description="db", VpcId=vpc)["GroupId"]
        rds = self.client("rds")
        rds.create_db_subnet_group(DBSubnetGroupName="db", DBSubnetGroupDescription="db", SubnetIds=subnets)
        rds.create_db_cluster(
            DBClusterIdentifier="main", Engine="aurora-postgresql", MasterUsername="root", MasterUserPassword="hunter2hunter2",
            DBSubnetGroupName="db", VpcSecurityGroupIds=[group], Tags=TAGS)
        secret = self.client("secretsmanager").create_secret(Name="db", SecretString="hunter2", Tags=TAGS)["ARN"]
        values, template = self.found(f"""
x-vpc: {{Lookup: {{VpcId: {vpc}, AppSubnets: [{subnets[0]}, {subnets[1]}]}}}}
x-rds: {{db: {{Lookup: {{cluster: {{Tags: {{app: shop}}}}, secret: {{Tags: {{app: shop}}}}}}, Services: {{web: {{}}}}}}}}
secrets: {{token: {{x-secrets: {{Lookup: {{Name: db}}}}}}}}
""")
        cluster = values["x-rds::db"]
        self.assertEqual(cluster["Arn"], f"arn:aws:rds:{REGION}:{ACCOUNT}:cluster:main")
        self.assertEqual((cluster["secret"], cluster["GroupId"]), (secret, group))
        self.assertEqual(values["secrets::token"], {"Arn": secret})
        self.assertNotIn("hunter2", (self.folder / "composex.lookups.json").read_text())
        self.assertIn(f"GroupId: {group}", template)
        self.assertIn(secret, template)

    def test_zones_certificates_pools_file_systems_and_others(self):
        self.client("route53").create_hosted_zone(Name="example.com", CallerReference="1")
        arn = self.client("acm").request_certificate(DomainName="www.example.com")["CertificateArn"]
        pool = self.client("cognito-idp").create_user_pool(PoolName="people")["UserPool"]["Id"]
        file_system = self.client("efs").create_file_system(Tags=TAGS)["FileSystemId"]
        self.client("ssm").put_parameter(Name="/shop/level", Type="SecureString", Value="hunter2", Tags=TAGS)
        acl = self.client("wafv2").create_web_acl(
            Name="shield", Scope="REGIONAL", DefaultAction={"Allow": {}},
            VisibilityConfig={"SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": False, "MetricName": "x"})["Summary"]["ARN"]
        self.client("servicediscovery").create_http_namespace(Name="inside")
        values, _ = self.found("""
x-route53: {zone: {ZoneName: example.com, Lookup: {Name: example.com}}}
x-cognito_userpool: {people: {Lookup: {Name: people}, Services: {web: {Access: RO}}}}
x-ssm_parameter: {level: {Lookup: {Name: /shop/level}, Services: {web: {Access: RO}}}}
x-wafv2_webacl: {shield: {Lookup: {Name: shield}}}
x-cloudmap: {inside: {Name: inside, Type: http, Lookup: {Name: inside}}}
volumes: {data: {x-efs: {Lookup: {Tags: {app: shop}}}}}
""")
        self.assertRegex(values["x-route53::zone"]["HostedZoneId"], "^Z[A-Z0-9]+$")
        self.assertEqual(values["x-cognito_userpool::people"]["Arn"], f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{pool}")
        self.assertEqual(values["x-ssm_parameter::level"], {"Arn": f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/shop/level"})
        self.assertEqual(values["x-wafv2_webacl::shield"], {"Arn": acl})
        self.assertIn(":namespace/ns-", values["x-cloudmap::inside"]["Arn"])
        self.assertEqual(values["volumes::data"]["Arn"], f"arn:aws:elasticfilesystem:{REGION}:{ACCOUNT}:file-system/{file_system}")
        self.write(COMPOSE + "x-acm: {main: {Lookup: {Name: www.example.com}}}\n")
        self.run_composex("lookup", exit=1)
        self.assertIn("is PENDING_VALIDATION, not ISSUED", self.errors)
        self.assertIn(arn, self.errors)

    def test_another_account_by_its_role_and_the_wrong_one(self):
        self.write("""
services: {web: {image: nginx}}
x-sqs:
  jobs: {Lookup: {Name: jobs, RoleArn: "arn:aws:iam::111122223333:role/reader"}, Services: {web: {Access: Publish}}}
""")
        self.client("iam").create_role(RoleName="reader", AssumeRolePolicyDocument="{}")
        import boto3
        credentials = self.client("sts").assume_role(
            RoleArn="arn:aws:iam::111122223333:role/reader", RoleSessionName="tests")["Credentials"]
        boto3.client(
            "sqs", region_name=REGION, endpoint_url=self.url, aws_access_key_id=credentials["AccessKeyId"],
            aws_secret_access_key=credentials["SecretAccessKey"], aws_session_token=credentials["SessionToken"],
        ).create_queue(QueueName="jobs")
        self.run_composex("lookup")
        self.assertEqual(self.values()["x-sqs::jobs"], {"Arn": f"arn:aws:sqs:{REGION}:111122223333:jobs"})
        self.write('services: {web: {image: nginx}}\nx-composex: {account: "999999999999"}\nx-sqs: {a: {Lookup: {Name: a}}}\n')
        self.run_composex("lookup", exit=1)
        self.assertIn("the project is deployed to account 999999999999, and these credentials are of 123456789012", self.errors)

    def test_dry_run_and_policy_send_nothing(self):
        self.write(COMPOSE + "x-sqs: {jobs: {Lookup: {Tags: {app: shop}}}}\n")
        shown = self.run_composex("lookup", "--dry-run", AWS_ENDPOINT_URL="http://127.0.0.1:1")
        self.assertIn("aws resourcegroupstaggingapi get-resources --resource-type-filters sqs --tag-filters file://tags.json", shown)
        self.assertIn("sqs:GetQueueAttributes", self.run_composex("lookup", "--policy", AWS_ENDPOINT_URL="http://127.0.0.1:1"))


if __name__ == "__main__":
    unittest.main()
