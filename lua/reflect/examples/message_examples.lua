--- Compose files that show what keys are for: queues, topics and streams.
return {
  ["x-sqs"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4
  worker:
    image: registry.example.com/shop/worker:1.4
    x-scaling: { Range: "1-10" }

x-sqs:
  jobs:
    Properties:
      VisibilityTimeout: 120
      RedrivePolicy: { deadLetterTargetArn: x-sqs::failed, maxReceiveCount: 5 }
    MacroParameters:
      AwsPrincipalsAccess: { Publish: [events] }   # EventBridge may send as well
    Services:
      web: { Access: Publish }                     # its environment: JOBS, the URL of the queue
      worker:
        Access: Consume
        ReturnValues: { QueueName: JOBS_QUEUE_NAME }
        Scaling: { Steps: [{ LowerBound: 1, UpperBound: 100, Count: 2 }, { LowerBound: 100, Count: 10 }] }
  failed:
    Properties: { MessageRetentionPeriod: 1209600 }
]],

  ["x-sns"] = [[
services:
  shop:
    image: registry.example.com/shop/shop:1.4
  mailer:
    image: registry.example.com/shop/mailer:1.4

x-sns:
  orders:
    Properties:
      Subscription:
        - { Protocol: sqs, Endpoint: x-sqs::mails, RawMessageDelivery: true, FilterPolicy: { state: [paid, sent] } }
    MacroParameters:
      AwsPrincipalsAccess: { Publish: [events] }   # EventBridge may publish as well
    Services:
      shop: { Access: Publish, ReturnValues: { TopicArn: ORDERS_TOPIC } }

x-sqs:
  mails:
    Services: { mailer: { Access: Consume } }
]],

  ["x-kinesis"] = [[
services:
  collector:
    image: registry.example.com/clicks/collector:2.0
  counter:
    image: registry.example.com/clicks/counter:2.0    # an application of the Kinesis Client Library

x-kinesis:
  clicks:
    Properties: { ShardCount: 2, RetentionPeriodHours: 48 }
    MacroParameters:
      SetupIAMForKCL:
        counter: { DynamoDB: { TableNames: [clicks-counter], EnableCreateDeleteTables: true } }
    Services:
      collector: { Access: Producer, ReturnValues: { StreamName: CLICKS_STREAM } }
      counter: { Access: Consumer, ReturnValues: { StreamName: CLICKS_STREAM } }
]],

  ["x-kinesis_firehose"] = [[
services:
  collector:
    image: registry.example.com/clicks/collector:2.0

x-kinesis_firehose:
  archive:
    Properties:
      ExtendedS3DestinationConfiguration:
        BucketARN: x-s3::clicks
        Prefix: clicks/
        CompressionFormat: GZIP
        BufferingHints: { IntervalInSeconds: 300, SizeInMBs: 64 }
    MacroParameters:
      x-iam: { PermissionsBoundary: developers }   # of the role that writes to the bucket
    Services:
      collector: { Access: Producer, ReturnValues: { DeliveryStreamName: ARCHIVE_STREAM } }

x-s3:
  clicks: {}
]],

  ["x-mq"] = [[
services:
  billing:
    image: registry.example.com/shop/billing:1.4

x-mq:
  bus:
    Properties: { DeploymentMode: CLUSTER_MULTI_AZ }
    MacroParameters:
      Engine: RabbitMQ
      EngineVersion: "3.13"
      InstanceType: mq.m7g.large
    Services:
      billing:
        ReturnValues: { Endpoint: AMQP_ENDPOINT }          # amqps://...:5671
        SecretsMappings: { Mappings: { username: AMQP_USER, password: AMQP_PASSWORD } }
]],

  ["x-msk"] = [[
services:
  orders:
    image: registry.example.com/shop/orders:1.4
  invoices:
    image: registry.example.com/shop/invoices:1.4

x-msk:
  events:
    Properties:
      BrokerNodeGroupInfo:
        InstanceType: kafka.m7g.large
        StorageInfo: { EBSStorageInfo: { VolumeSize: 100 } }
    MacroParameters: { KafkaVersion: 3.9.x, NumberOfBrokerNodes: 2 }
    Services:                                  # clients ask for the brokers by the ARN
      orders: { Access: Producer, ReturnValues: { ClusterArn: KAFKA_ARN } }
      invoices: { Access: Consumer, ReturnValues: { ClusterArn: KAFKA_ARN } }
]],

  ["x-events"] = [[
services:
  cleanup:
    image: registry.example.com/shop/cleanup:1.4
    deploy: { mode: replicated-job }           # it ends: a task definition without an ECS service

x-events:
  nightly:
    Properties:
      ScheduleExpression: cron(0 3 * * ? *)
      ScheduleExpressionTimezone: Europe/Berlin
    Services:
      cleanup: { Command: [cleanup, --older-than, 30d], TaskCount: 1, DeadLetter: x-sqs::failed }
  uploads:
    Properties:
      EventPattern: { source: [aws.s3], detail-type: [Object Created] }
      Targets: [{ Arn: x-sqs::uploaded }]

x-sqs:
  failed: {}
  uploaded: {}
]],
}
