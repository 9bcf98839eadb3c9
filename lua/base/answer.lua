--- What a rule says of a resource: whether it holds, and what it says beside that.
return function(rule, resource)
  local holds <const>, detail <const> = rule(resource)
  return { holds and true or false, detail }
end
