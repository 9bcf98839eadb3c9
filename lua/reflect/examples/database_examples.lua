--- Compose files that show what keys are for: databases, caches and search.
return {
  ["x-rds"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4
  reports:
    image: registry.example.com/shop/reports:1.4

x-rds:
  shop:
    Properties:
      Engine: aurora-postgresql
      EngineVersion: "16.6"
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 4 }
    MacroParameters:
      Instances: [{ DBInstanceClass: db.serverless }, { DBInstanceClass: db.serverless }]
      ParametersGroups:
        Family: aurora-postgresql16
        Parameters: { log_min_duration_statement: "500" }
    Services:
      web:
        SecretsMappings: { Mappings: { host: DB_HOST, username: DB_USER, password: DB_PASSWORD } }
      reports:
        ReturnValues: { ReadEndpoint.Address: DB_READER }
        SecretsMappings: { Mappings: { username: DB_USER, password: DB_PASSWORD } }
]],

  ["x-docdb"] = [[
services:
  catalog:
    image: registry.example.com/shop/catalog:1.4

x-docdb:
  products:
    Properties: { EngineVersion: 5.0.0 }
    MacroParameters:
      Instances: [{ DBInstanceClass: db.r6g.large }, { DBInstanceClass: db.r6g.large }]
      DBClusterParameterGroup:
        Family: docdb5.0
        Parameters: { audit_logs: enabled, tls: enabled }
    Services:
      catalog:
        GenerateConnectionStringSecret: MONGO_URL
]],

  ["x-neptune"] = [[
services:
  friends:
    image: registry.example.com/social/friends:3.1

x-neptune:
  graph:
    Properties:
      ServerlessScalingConfiguration: { MinCapacity: 1, MaxCapacity: 8 }
    MacroParameters:
      EngineVersion: 1.3.2.1
      Instances: [{ DBInstanceClass: db.serverless }, { DBInstanceClass: db.serverless }]
    Services:
      friends:
        Access: [NeptuneDB.connect, NeptuneDB.Write]
        ReturnValues: { Endpoint: NEPTUNE_HOST, ReadEndpoint: NEPTUNE_READER, Port: NEPTUNE_PORT }
]],

  ["x-elasticache"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4

x-elasticache:
  sessions:
    Properties: { NumCacheClusters: 2 }
    MacroParameters:
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.small
      AuthToken: true                       # clients give a password, over TLS
      ParameterGroup:
        CacheParameterGroupFamily: valkey8
        Properties: { maxmemory-policy: volatile-lru }
    Services:
      web:                                  # its environment: SESSIONS_HOST and SESSIONS_PORT
        SecretsMappings: { Mappings: { password: SESSIONS_PASSWORD } }
]],

  ["x-opensearch"] = [[
services:
  search:
    image: registry.example.com/shop/search:1.4

x-opensearch:
  products:
    Properties:
      EngineVersion: OpenSearch_2.17
      ClusterConfig:
        InstanceType: m7g.large.search
        InstanceCount: 2
        ZoneAwarenessEnabled: true
      EBSOptions: { EBSEnabled: true, VolumeType: gp3, VolumeSize: 50 }
    MacroParameters:
      CreateLogGroups: [ES_APPLICATION_LOGS, SEARCH_SLOW_LOGS]
      RetentionInDays: 14
    Services:
      search: { Access: Http.RW, ReturnValues: { DomainEndpoint: SEARCH_HOST } }
]],
}
