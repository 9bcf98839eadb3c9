--- Compose files that show what keys are for: what services stand on.
return {
  ["x-vpc"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4
    ports: ["80:8080"]

x-composex: { publish: auto }

x-vpc:
  Properties:
    VpcCidr: 10.20.0.0/16
    Zones: 3
    Nat: zone                                  # a gateway in each zone
    Endpoints: { AwsServices: [s3, ecr.api, ecr.dkr, logs] }
    EnableFlowLogs: true
    FlowLogsRetentionInDays: 14
]],

  ["x-cluster"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4
    x-ecs: { EnableExecuteCommand: true }
    deploy: { labels: { ecs.compute.platform: FARGATE } }
  batch:                                       # on the instances, which it starts and ends
    image: registry.example.com/shop/batch:1.4

x-cluster:
  Compute: { Type: EC2, InstanceTypes: [m7i.large, m6i.large], Spot: true, Min: 0, Max: 4 }
  MacroParameters:
    ContainerInsights: enhanced
    CreateExecLoggingBucket: true              # commands are logged to a bucket as well
    CreateExecLoggingKmsKey: true
    LogGroupRetentionInDays: 90
]],

  ["x-appmesh"] = [[
# App Mesh has ended: x-appmesh is an error. Service Connect does what it did.
services:
  web:
    image: registry.example.com/shop/web:1.4
    environment: { API_URL: "http://api:5000" }
    networks: [back]
  api:
    image: registry.example.com/shop/api:1.4
    ports: [{ name: rest, target: 5000, app_protocol: http }]
    networks: [back]
    x-network:
      x-ecs_connect:
        MacroParameters:
          service_ports:
            rest: { DnsName: api, Timeout: { PerRequestTimeoutSeconds: 5 } }

networks:
  back: {}

x-composex: { publish: none }
]],

  ["x-cloudmap"] = [[
services:
  api:
    image: registry.example.com/shop/api:1.4
    expose: ["5000"]
    x-network:
      x-cloudmap: { inner: { Port: 5000, Name: api } }   # api.shop.internal

x-cloudmap:
  inner: { Name: shop.internal, Type: private }

x-rds:
  db:
    Properties: { Engine: postgres, EngineVersion: "16.6", DBInstanceClass: db.t4g.medium, AllocatedStorage: "50" }
    Settings:
      x-cloudmap: { Namespace: inner, DnsSettings: { Hostname: db } }   # db.shop.internal
    Services:
      api: { SecretsMappings: { Mappings: { username: DB_USER, password: DB_PASSWORD } } }
]],

  ["x-tags"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4

x-tags:
  owner: payments
  environment: ${ENVIRONMENT:-test}
  cost-center: "4711"                          # a string: tags have no numbers

x-s3:
  invoices:
    Properties:
      Tags: [{ Key: owner, Value: finance }]   # its own tag stays
    Services:
      web: { Access: RW }
]],
}
