--- Logs of an OpenSearch domain: `MacroParameters: {CreateLogGroups: true}`.
local definitions <const> = engine.use("kinds/definitions")
local links <const> = engine.use("kinds/links")
local read <const> = engine.use("base/read")

local function macro(definition, name) return read.path(definition.body, "MacroParameters." .. name) end

local log_kinds <const> = { "SEARCH_SLOW_LOGS", "ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS", "AUDIT_LOGS" }

--- `CreateLogGroups: true` or a list of kinds: a log group for each, and the policy that lets the service write to
--- them.
return function(domain)
  local wanted <const> = macro(domain, "CreateLogGroups")
  if wanted == nil or wanted == false then return end
  local where <const> = { domain.body.MacroParameters, "CreateLogGroups" }
  local kinds = log_kinds
  if read.is_list(wanted) then
    kinds = {}
    for index = 1, #wanted do
      if read.has(log_kinds, wanted[index]) then
        table.insert(kinds, wanted[index])
      else
        engine.error({ wanted, index }, domain.subject .. " has no log \"" .. tostring(wanted[index]) .. "\"",
          engine.near(tostring(wanted[index]), log_kinds, "there are"))
      end
    end
  elseif wanted ~= true then
    return engine.error(where, domain.subject .. " CreateLogGroups must be true or a list of logs")
  end
  local retention <const> = macro(domain, "RetentionInDays")
  local options <const>, arns <const> = {}, {}
  for _, kind in ipairs(kinds) do
    local group <const> = definitions.add(domain, kind, "AWS::Logs::LogGroup", "Domain" .. engine.pascal(kind:lower()),
      {
      RetentionInDays = retention and engine.placed(retention, { domain.body.MacroParameters, "RetentionInDays" })
        or 30,
    })
    options[kind] = { CloudWatchLogsLogGroupArn = group:att("Arn"), Enabled = true }
    table.insert(arns, group:att("Arn"))
  end
  domain.resource.Properties.LogPublishingOptions = options
  local text = ""
  for index, arn in ipairs(arns) do text = text .. (index > 1 and "," or "") .. "\"" .. arn .. "\"" end
  local policy <const> = definitions.add(domain, "log_policy", "AWS::Logs::ResourcePolicy", "DomainLogsPolicy", {
    PolicyName = composex.sub("${AWS::StackName}-" .. domain.name .. "-logs"),
    PolicyDocument = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
      .. "\"es.amazonaws.com\"},\"Action\":[\"logs:PutLogEvents\",\"logs:CreateLogStream\"],\"Resource\":[" .. text
      .. "],\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"" .. composex.ref("AWS::AccountId") .. "\"}}}]}",
  })
  links.wait(domain.resource, policy)
end
