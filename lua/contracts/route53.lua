--- Contracts of Amazon Route 53 and of AWS Certificate Manager.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/Route53/latest/APIReference/"
local acm <const> = "https://docs.aws.amazon.com/acm/latest/APIReference/"
local checked <const> = "2026-11-29"
local record <const>, certificate <const> = "AWS::Route53::RecordSet", "AWS::CertificateManager::Certificate"

--- What makes a record one of several of the same name.
local routings <const> = { "Weight", "Region", "Failover", "GeoLocation", "GeoProximityLocation", "MultiValueAnswer", "CidrRoutingConfig" }

local function is_domain(name) return name:find("^[%w*][%w-]*%.[%w.-]*%w$") ~= nil and not name:find("..", 1, true) end

return {
  {
    id = "route53-alias-ttl", on = record, at = "TTL", excludes = "AliasTarget", must = "must not have a TTL beside AliasTarget, whose it takes",
    remedy = "leave TTL out", page = api .. "API_ResourceRecordSet.html", checked = checked,
  },
  {
    id = "route53-alias-records", on = record, at = "ResourceRecords", excludes = "AliasTarget",
    must = "must have ResourceRecords or an AliasTarget, not both", remedy = "leave one of them out", page = api .. "API_ResourceRecordSet.html",
    checked = checked,
  },
  {
    id = "route53-records-ttl", on = record, at = "ResourceRecords", needs = "TTL", must = "must have a TTL for its ResourceRecords",
    remedy = "write TTL: \"300\"", page = api .. "API_ResourceRecordSet.html", checked = checked,
  },
  {
    id = "route53-set-identifier", on = record, must = "must have a SetIdentifier, for its routing is not simple",
    faults = function(properties)
      if properties.SetIdentifier ~= nil then return {} end
      for _, name in ipairs(routings) do
        if properties[name] ~= nil and not values.is_false(properties[name]) then return { { path = { name }, detail = "it has " .. name } } end
      end
      return {}
    end,
    remedy = "write SetIdentifier: first", page = api .. "API_ResourceRecordSet.html", checked = checked,
  },
  {
    id = "route53-set-alone", on = record, at = "SetIdentifier", must = "must have a routing beside its SetIdentifier",
    holds = function(properties)
      if properties.SetIdentifier == nil then return true end
      for _, name in ipairs(routings) do
        if properties[name] ~= nil then return true end
      end
      return false
    end,
    remedy = "write Weight: 1, or leave SetIdentifier out", page = api .. "API_ResourceRecordSet.html", checked = checked,
  },
  {
    id = "route53-weight", on = record, at = "Weight", range = { 0, 255 }, must = "must have a Weight from 0 to 255", remedy = "write Weight: 100",
    page = api .. "API_ResourceRecordSet.html", checked = checked,
  },
  {
    id = "route53-weighted-records", on = record, at = "Weight", must = "must have one record for its Weight",
    holds = function(properties) return properties.Weight == nil or #values.items(properties.ResourceRecords) < 2 end,
    remedy = "write a record set for each of them", page = api .. "API_ResourceRecordSet.html", checked = checked,
  },
  {
    id = "route53-wildcard", on = record, at = "Name", must = "must have a * for the whole first label of its Name only",
    holds = function(properties)
      local name <const> = values.string(properties.Name)
      return not name or not name:gsub("^%*%.", ""):find("*", 1, true), nil, "not \"" .. tostring(name) .. "\""
    end,
    remedy = "write Name: \"*.example.com\"", page = api .. "API_ResourceRecordSet.html", checked = checked,
  },
  {
    id = "route53-wildcard-ns", on = record, at = "Name", when = { Type = "NS" }, must = "must not have a * in the Name of a record of the type NS",
    holds = function(properties)
      local name <const> = values.string(properties.Name)
      return not name or not name:find("*", 1, true)
    end,
    remedy = "write the name of the zone", page = api .. "API_ResourceRecordSet.html", checked = checked,
  },
  {
    id = "route53-failover-health", on = record, at = "AliasTarget", when = { Failover = { "PRIMARY", "SECONDARY" } },
    must = "must evaluate the health of its target, for it fails over",
    holds = function(properties)
      local health <const> = values.at(properties.AliasTarget, "EvaluateTargetHealth")
      return properties.AliasTarget == nil or type(health) == "table" or values.is_true(health)
    end,
    remedy = "write EvaluateTargetHealth: true", page = api .. "API_ResourceRecordSet.html", checked = checked,
  },
  {
    id = "acm-domain-length", on = certificate, at = "DomainName", length = { 1, 64 }, must = "must have a DomainName of at most 64 letters",
    remedy = "write a shorter name, and the long one under SubjectAlternativeNames", page = acm .. "API_RequestCertificate.html", checked = checked,
  },
  {
    id = "acm-domain-name", on = certificate, at = "DomainName", must = "must have a DomainName of labels, with * for the first at most",
    holds = function(properties)
      local name <const> = values.string(properties.DomainName)
      return not name or is_domain(name) and not name:gsub("^%*%.", ""):find("*", 1, true), nil, "not \"" .. tostring(name) .. "\""
    end,
    remedy = "write DomainName: example.com", page = acm .. "API_RequestCertificate.html", checked = checked,
  },
  {
    id = "acm-names", on = certificate, at = "SubjectAlternativeNames", items = { 1, 100 }, must = "must have at most 100 SubjectAlternativeNames",
    remedy = "write a second certificate", page = acm .. "API_RequestCertificate.html", checked = checked,
  },
  {
    id = "acm-validation-domain", on = certificate, must = "must be validated by a domain that it is or is part of",
    faults = function(properties)
      local found <const> = {}
      for index, option in ipairs(values.items(properties.DomainValidationOptions)) do
        local own <const>, by <const> = values.string(option.DomainName), values.string(option.ValidationDomain)
        if own and by and own ~= by and own:sub(-#by - 1) ~= "." .. by then
          found[#found + 1] = { path = { "DomainValidationOptions", index, "ValidationDomain" }, detail = by .. " for " .. own }
        end
      end
      return found
    end,
    remedy = "write ValidationDomain: example.com", page = acm .. "API_DomainValidationOption.html", checked = checked,
  },
  {
    id = "route53-zone", on = "AWS::Route53::RecordSet", at = "Name", given = "Name", must = "must have a HostedZoneId or a HostedZoneName, and one of them",
    holds = function(made) return (made.HostedZoneId == nil) ~= (made.HostedZoneName == nil) end,
    remedy = "write HostedZoneId: Z0123456789ABC",
    page = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html", checked = checked,
  },
}
