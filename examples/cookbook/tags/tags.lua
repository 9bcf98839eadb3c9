local options <const> = composex.options {
  stage = { type = "string", default = "dev", doc = "The stage that the stack is for" },
}

composex.each("*", function(resource)
  resource:tag { owner = "payments", ["cost-center"] = "4711", stage = options.stage }
end)
