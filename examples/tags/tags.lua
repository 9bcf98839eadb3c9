-- Every resource gets the tags that the organisation asks for.
local options <const> = composex.options {
  owner = { type = "string", default = "platform", doc = "The team that answers for the stack" },
}

composex.each("*", function(resource)
  resource:tag { owner = options.owner, project = "hello" }
end)
