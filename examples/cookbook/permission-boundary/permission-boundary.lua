composex.each("AWS::IAM::Role", function(role)
  role.Properties.PermissionsBoundary = composex.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/boundary")
end)

composex.check("AWS::IAM::Role", "must carry the boundary", function(role)
  return role.Properties.PermissionsBoundary ~= nil
end)
