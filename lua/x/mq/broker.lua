--- Brokers of x-mq: names, ports and subnets by engine and deployment mode.
local own_names <const> = engine.use("kinds/own_names")
local read <const> = engine.use("base/read")
local network <const> = engine.use("kinds/exposure")
local mq <const> = {}

local function is_rabbit(broker)
  local kind <const> = read.get(broker.resource.Properties, "EngineType")
  return type(kind) ~= "string" or kind:upper() == "RABBITMQ"
end

--- Whether a definition asks for ActiveMQ.
function mq.is_activemq(body)
  local kind <const> = read.at(body, "MacroParameters", "Engine") or read.at(body, "Properties", "EngineType")
  return type(kind) == "string" and kind:upper() == "ACTIVEMQ"
end

--- The smallest instance of today that each engine runs on in production.
function mq.instance(broker) return is_rabbit(broker) and "mq.m7g.medium" or "mq.m5.large" end

function mq.name(broker) return own_names.of(broker, "BrokerName", 50) end

function mq.broker_name(broker)
  local name <const> = read.get(broker.resource.Properties, "BrokerName")
  -- A name of ours that is a function is made anew: what is read back is a part of the template, which no other text can hold.
  return name ~= nil and not read.is_mapping(name) and name or mq.name(broker)
end

--- What CloudWatch calls the broker: those of ActiveMQ are counted.
function mq.metrics(broker)
  local name <const> = mq.broker_name(broker)
  if is_rabbit(broker) then return name end
  return type(name) == "table" and { ["Fn::Join"] = { "", { name, "-1" } } } or name .. "-1"
end

function mq.engine(broker, value, where)
  broker.resource.Properties.EngineType = engine.placed(tostring(value):upper(), where)
end

--- AMQP over TLS for RabbitMQ, OpenWire over TLS for ActiveMQ.
function mq.port(broker)
  if broker.lookup then return 5671 end
  return is_rabbit(broker) and 5671 or 61617
end

function mq.endpoint(broker)
  return { ["Fn::Select"] = { 0, broker.resource:att(is_rabbit(broker) and "AmqpEndpoints" or "OpenWireEndpoints") } }
end

--- One subnet for one broker, two for a pair; a cluster of RabbitMQ takes them all.
function mq.subnets(broker)
  local properties <const> = broker.resource.Properties
  if properties.SubnetIds ~= nil then return end
  local mode <const> = properties.DeploymentMode
  if mode == "CLUSTER_MULTI_AZ" then
    properties.SubnetIds = network.subnets(broker)
  elseif mode == "ACTIVE_STANDBY_MULTI_AZ" then
    properties.SubnetIds = { network.subnet(broker, 1), network.subnet(broker, 2) }
  else
    properties.SubnetIds = { network.subnet(broker, 1) }
  end
end

function mq.with_user(broker, username, password)
  broker.resource.Properties.Users = { { Username = username, Password = password, ConsoleAccess = true } }
end

function mq.customer_key(_, _, _, holder) holder.UseAwsOwnedKey = false end

return mq
