--- Compose files that show what keys are for: what watches services.
return {
  ["x-aps"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4
    ports: ["8080"]
    x-prometheus:
      ManagedPrometheus: { Workspace: x-aps::metrics, CustomRules: [{ ExporterPort: 8080 }] }
  reports:
    image: registry.example.com/shop/reports:1.4

x-aps:
  metrics:
    Properties: { Alias: shop }
    MacroParameters: { CreateNewLogGroup: { RetentionInDays: 14 } }
    Services:
      reports: { Access: ReadActions, ReturnValues: { QueryUrl: PROMETHEUS_URL } }
]],

  ["x-codeguru_profiler"] = [[
services:
  checkout:
    image: registry.example.com/shop/checkout:1.4   # with the agent of CodeGuru in it
    deploy:
      resources: { limits: { cpus: "1", memory: 2G } }

x-codeguru_profiler:
  checkout:
    Properties: { ProfilingGroupName: checkout, ComputePlatform: Default }
    MacroParameters: { AppendStackId: true }        # two stacks have groups of their own
    Services:
      checkout: { Access: RW }                      # its environment: AWS_CODEGURU_PROFILER_GROUP_NAME
]],

  ["x-alarms"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4
  worker:
    image: registry.example.com/shop/worker:1.4

x-alarms:
  busy: { MacroParameters: { Predefined: HighCpuUsage, For: web }, Topics: [x-sns: ops] }
  late: { MacroParameters: { Predefined: OldMessages, For: x-sqs::jobs } }
  behind:
    MacroParameters: { CompositeExpression: ALARM(busy) and ALARM(late) }
    Topics: [{ x-sns: ops, NotifyOn: all }]
  memory:
    Properties:
      { Namespace: AWS/ECS, MetricName: MemoryUtilization, Statistic: Average, Period: 60, EvaluationPeriods: 5,
        Threshold: 80, ComparisonOperator: GreaterThanThreshold }
    MacroParameters: { ServiceName: worker }   # its dimensions are those of the service

x-sqs:
  jobs: { Services: { web: { Access: Publish }, worker: { Access: Consume } } }
x-sns:
  ops: {}
]],

  ["x-dashboards"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4
  worker:
    image: registry.example.com/shop/worker:1.4

x-dashboards:
  shop:
    Settings: { start: -PT6H }
    Services:
      web: {}
      worker:
        UsePredefinedMetrics: false
        Metrics: [EBSFilesystemUtilization]    # of AWS/ECS
    Resources: [x-sqs::jobs]

x-sqs:
  jobs: { Services: { web: { Access: Publish }, worker: { Access: Consume } } }
]],
}
