-- Items are met by their key. This one is new, which composex.add says: a slip in its name is then no silent second item.
composex.patch("tasks::web", { ContainerDefinitions = { {
  Name = "web",
  Environment = { composex.add { Name = "LOG_LEVEL", Value = "info" } },
} } })

-- Rules of security groups have no key: the list is replaced, and says so.
composex.patch("#PublicLoadBalancerSecurityGroup", {
  SecurityGroupIngress = composex.replace {
    { Description = "The company network", CidrIp = "10.0.0.0/8", FromPort = 80, ToPort = 80, IpProtocol = "tcp" },
  },
})
