composex.each("AWS::EC2::SecurityGroup", function(group)
  if group.part ~= "security_group" then return end
  group.Properties.SecurityGroupEgress = {
    { Description = "HTTPS", IpProtocol = "tcp", FromPort = 443, ToPort = 443, CidrIp = "0.0.0.0/0" },
    { Description = "The company network", IpProtocol = "-1", CidrIp = "10.0.0.0/8" },
  }
end)
