--- Prometheus metrics of a task, collected by the CloudWatch agent (`x-prometheus.ContainersInsights`).
--- https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/ContainerInsights-Prometheus-Setup-ECS.html
local json <const> = engine.use("base/json")
local read <const> = engine.use("base/read")
local prometheus <const> = {}

--- The agent's configuration when it only takes metrics that the application writes itself.
prometheus.emf_only = json.write { logs = { metrics_collected = { emf = json.object } } }

--- Collectors by their key: port, what their jobs are called, and the metrics that become CloudWatch's.
local collectors <const> = {
  { key = "CollectForJavaJmx", name = "jmx", port = 9404, matcher = "^.*jmx.*$", declarations = {
    { dimensions = { { "TaskDefinitionFamily" } }, metric_selectors = {
      "^jvm_threads_(current|daemon)$", "^jvm_classes_loaded$",
      "^java_lang_operatingsystem_(freephysicalmemorysize|totalphysicalmemorysize|freeswapspacesize|totalswapspacesize|systemcpuload|"
        .. "processcpuload|availableprocessors|openfiledescriptorcount)$",
      "^catalina_manager_(rejectedsessions|activesessions)$", "^jvm_gc_collection_seconds_(count|sum)$",
      "^catalina_globalrequestprocessor_(bytesreceived|bytessent|requestcount|errorcount|processingtime)$",
    } },
    { dimensions = { { "TaskDefinitionFamily", "area" } }, metric_selectors = { "^jvm_memory_bytes_used$" } },
    { dimensions = { { "TaskDefinitionFamily", "pool" } }, metric_selectors = { "^jvm_memory_pool_bytes_used$" } },
  } },
  { key = "CollectForNginx", name = "nginx", port = 9113, matcher = "^.*nginx.*$", declarations = {
    { dimensions = { { "TaskDefinitionFamily" } }, metric_selectors = { "^nginx_.*$" } },
  } },
  { key = "CollectForNginxPlus", name = "nginx-plus", port = 9113, matcher = "^.*nginx-plus.*$", declarations = {
    { dimensions = { { "TaskDefinitionFamily" } }, metric_selectors = { "^nginxplus_.*$" } },
  } },
}

local function texts(list)
  local made <const> = {}
  for _, text in ipairs(list or {}) do table.insert(made, text) end
  return made
end

--- One job of the scraper: the containers of this task, which the agent reaches at its own address.
local function job(family, name, port, path)
  return { job_name = name, metrics_path = path, static_configs = { {
    targets = { "127.0.0.1:" .. tostring(port) }, labels = { TaskDefinitionFamily = family.name },
  } } }
end

--- What the standard collectors that are switched on add to jobs and declarations.
local function standard(family, section, jobs, declarations)
  for _, collector in ipairs(collectors) do
    local chosen <const> = section[collector.key]
    if chosen ~= nil and chosen ~= false then
      table.insert(jobs, job(family, collector.name, read.at(chosen, "ExporterPort") or collector.port, read.at(chosen, "ExporterPath") or "/metrics"))
      for _, declaration in ipairs(collector.declarations) do
        local labels <const> = read.at(chosen, "source_labels")
        table.insert(declarations, {
          source_labels = labels ~= nil and texts(labels) or { "job" },
          label_matcher = read.at(chosen, "label_matcher") or collector.matcher,
          dimensions = declaration.dimensions, metric_selectors = declaration.metric_selectors,
        })
      end
    end
  end
end

local function custom(family, section, jobs, declarations)
  for index, rule in ipairs(section.CustomRules or {}) do
    if rule.ExporterPort == nil then
      engine.error({ section.CustomRules, index }, "an item of CustomRules needs an ExporterPort", "write the port that the exporter listens on")
    end
    table.insert(jobs, job(family, "custom-" .. index, rule.ExporterPort or 0, rule.ExporterPath or "/metrics"))
    for _, processor in ipairs(rule.EmfProcessors or {}) do
      local dimensions <const> = {}
      for _, set in ipairs(processor.dimensions or {}) do table.insert(dimensions, texts(set)) end
      table.insert(declarations, {
        source_labels = processor.source_labels ~= nil and texts(processor.source_labels) or { "job" },
        label_matcher = processor.label_matcher or "^custom-" .. index .. "$",
        dimensions = #dimensions > 0 and dimensions or nil, metric_selectors = texts(processor.metric_selectors),
      })
    end
  end
end

--- What of the task is scraped: `{ global, scrape_configs }` of a section's collectors and rules.
function prometheus.scraping(family, section)
  local jobs <const> = {}
  standard(family, section, jobs, {})
  custom(family, section, jobs, {})
  local timing <const> = section.ScrapingConfiguration
  return {
    global = { scrape_interval = read.at(timing, "Interval") or "1m", scrape_timeout = read.at(timing, "Timeout") or "10s" },
    scrape_configs = jobs,
  }
end

--- The two configurations of the agent, as texts: what it scrapes, and what becomes of it.
function prometheus.configuration(family, service, section)
  local jobs <const>, declarations <const> = {}, {}
  standard(family, section, jobs, declarations)
  custom(family, section, jobs, declarations)
  if section.CollectForAppMesh ~= nil and section.CollectForAppMesh ~= false then
    engine.warn({ section, "CollectForAppMesh", "key" }, "services::" .. service.name .. " CollectForAppMesh has no effect: AWS App Mesh has ended",
      "leave it out; metrics of names between services are those of Service Connect")
  end
  if section.EnableTasksDiscovery == true then
    engine.warn({ section, "EnableTasksDiscovery" }, "services::" .. service.name
      .. " EnableTasksDiscovery has no effect: the agent of a task scrapes the containers beside it", "switch on the collectors of each service")
  end
  local timing <const> = section.ScrapingConfiguration
  local scrape = json.write {
    global = { scrape_interval = read.at(timing, "Interval") or "1m", scrape_timeout = read.at(timing, "Timeout") or "10s" },
    scrape_configs = #jobs > 0 and jobs or nil,
  }
  local file <const> = read.at(timing, "ScrapingConfigurationFile")
  if file ~= nil then
    local found <const> = engine.files(file, family.room, { timing, "ScrapingConfigurationFile" })
    local text <const> = not found.fault and not found.folder and found.files[1].text
    if text then
      scrape = text
    else
      engine.error({ timing, "ScrapingConfigurationFile" }, "services::" .. service.name .. " " .. file .. " cannot be read",
        "name a file of the project: paths start from its directory (--project-directory . makes that the current one)")
    end
  end
  return {
    scrape = scrape,
    agent = json.write {
      agent = section.EnableCWAgentDebug == true and { debug = true } or nil,
      logs = { metrics_collected = {
        emf = json.object,
        prometheus = {
          prometheus_config_path = "env:PROMETHEUS_CONFIG_CONTENT",
          emf_processor = { metric_declaration = #declarations > 0 and declarations or nil },
        },
      } },
    },
  }
end

return prometheus
