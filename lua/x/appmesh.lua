--- x-appmesh: AWS App Mesh, which has ended.
local shape <const> = engine.use("base/shape")

local function refuse()
  engine.error({ engine.root(), "x-appmesh", "key" }, "x-appmesh: AWS App Mesh has ended, and Service Connect does what it did",
    "leave x-appmesh out: services of one compose network reach each other by name; for retries, timeouts and protocols write "
      .. "x-network: {x-ecs_connect: {MacroParameters: {service_ports: {PORT: {DnsName: ..., appProtocol: http}}}}}")
end

return {
  key     = "x-appmesh",
  accepts = { section = shape.any },
  hooks   = { make = refuse },
}
