--- Compose files that show what keys are for: what stands before services.
return {
  ["x-route53"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4
    ports: ["8080"]

x-route53:
  public:
    ZoneName: example.com
    Lookup: { HostedZoneId: Z0123456789ABC }     # a zone that exists
    Records:
      - { Name: example.com, Type: TXT, TTL: 300, ResourceRecords: ['"v=spf1 -all"'] }
  inner:
    ZoneName: shop.internal                      # a zone of the stack, for its VPC only
    Private: true
    Records:
      - { Name: www.shop.internal, Type: A, AliasTarget: x-elbv2::front }
      - { Name: mail.shop.internal, Type: CNAME, TTL: 60, ResourceRecords: [smtp.example.com] }

x-elbv2:
  front:
    DomainName: shop.example.com                 # an alias record and a certificate, both in x-route53::public
    Services: { web: {} }
]],

  ["x-acm"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4
    ports: ["8080"]

x-acm:
  shop:
    MacroParameters:
      DomainNames: [shop.example.com, www.shop.example.com]
      HostedZoneId: x-route53::zone
      KeyAlgorithm: EC_prime256v1

x-route53:
  zone: { ZoneName: example.com, Lookup: { HostedZoneId: Z0123456789ABC } }

x-elbv2:
  public:
    Certificates: [{ x-acm: shop }]
    DnsAliases: [{ Names: [shop.example.com, www.shop.example.com], Route53Zone: x-route53::zone }]
    Services: { web: {} }
]],

  ["x-elbv2"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4
    ports: ["8080"]
  api:
    image: registry.example.com/shop/api:1.4
    ports: ["5000"]

x-elbv2:
  office:
    Properties: { Scheme: internet-facing }
    MacroParameters:
      Ingress: { ExtSources: [{ IPv4: 203.0.113.0/24, Name: office }] }
      timeout_seconds: 120
      deletion_protection: true
    Settings: { S3Logs: { Bucket: x-s3::logs, Prefix: office } }
    Services:
      web: {}
      api: { healthcheck: "5000:HTTP:2:3:10:5:/ready:200" }
    Listeners:
      80:
        Targets: [{ name: web, access: / }, { name: api, access: "/api/*" }]

x-s3:
  logs: {}
]],

  ["x-wafv2_webacl"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4
    ports: ["8080"]

x-wafv2_webacl:
  guard:
    Properties:
      Rules:
        - Name: per-address
          Priority: 0
          Action: { Block: {} }
          Statement: { RateBasedStatement: { AggregateKeyType: IP, Limit: 2000 } }
          VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: PerAddress }
    LoadBalancers: [public]
    Logging: true

x-elbv2:
  public:
    Services: { web: {} }
]],
}
