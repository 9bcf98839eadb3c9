--- The collector of OpenTelemetry (ADOT): metrics of a task for a Prometheus workspace, traces for X-Ray.
--- https://aws-otel.github.io/docs/getting-started/prometheus-remote-write-exporter/ecs
local definitions <const> = engine.use("kinds/definitions")
local json <const> = engine.use("base/json")
local pointers <const> = engine.use("kinds/pointers")
local prometheus <const> = engine.use("task/prometheus")
local values <const> = engine.use("kinds/values")
local otel <const> = {}

--- The workspace that `Workspace: x-aps::metrics` names, or the name of one alone.
local function workspace_of(service, section)
  local text <const>, where <const> = section.Workspace, { section, "Workspace" }
  local found <const> = type(text) == "string" and (pointers.parse(text) and pointers.definition(text, where)
    or definitions.find("x-aps", text))
  if found and found.key == "x-aps" then return found end
  if not found and type(text) == "string" and pointers.parse(text) then return nil end
  engine.error(text ~= nil and where or section, "services::" .. service.name .. " ManagedPrometheus needs a Workspace of x-aps",
    "write Workspace: x-aps::NAME")
end

--- The configuration of the collector as a text, and what the task has to be allowed for it; nil when there is no workspace.
function otel.configuration(family, service, section)
  local workspace <const> = workspace_of(service, section)
  if not workspace then return nil end
  local scraping <const> = prometheus.scraping(family, section)
  if #scraping.scrape_configs == 0 then
    engine.error(section, "services::" .. service.name .. " ManagedPrometheus collects nothing",
      "write CollectForNginx, CollectForJavaJmx, or CustomRules: [{ExporterPort: 9090}]")
  end
  local text <const> = json.write {
    extensions = { sigv4auth = { region = composex.ref("AWS::Region"), service = "aps" } },
    receivers = {
      prometheus = { config = scraping },
      otlp = { protocols = { grpc = { endpoint = "0.0.0.0:4317" }, http = { endpoint = "0.0.0.0:4318" } } },
      awsxray = { endpoint = "0.0.0.0:2000", transport = "udp" },
    },
    exporters = {
      prometheusremotewrite = {
        endpoint = values.of(workspace, "RemoteWriteUrl"), auth = { authenticator = "sigv4auth" },
      },
      awsxray = json.object,
    },
    service = {
      extensions = { "sigv4auth" },
      pipelines = {
        metrics = { receivers = { "prometheus", "otlp" }, exporters = { "prometheusremotewrite" } },
        traces = { receivers = { "otlp", "awsxray" }, exporters = { "awsxray" } },
      },
    },
  }
  return text, { key = "x-aps", sid = "RemoteWrite", actions = { "aps:RemoteWrite" }, resources = { values.of(workspace, "Arn") } }
end

return otel
