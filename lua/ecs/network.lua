--- Where the tasks get their addresses: a VPC and subnets that whoever deploys names.
return function()
  return {
    vpc = engine.parameter("VpcId", {
      Type = "AWS::EC2::VPC::Id", Description = "The VPC that the services run in",
    }),
    subnets = engine.parameter("SubnetIds", {
      Type = "List<AWS::EC2::Subnet::Id>",
      Description = "The subnets of the tasks, with a way to the image registry (NAT gateway or endpoints)",
    }),
  }
end
