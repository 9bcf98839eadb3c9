composex.stack(function(stack)
  local role <const> = stack:one("#WorkerTaskRole")
  stack:add("AWS::IAM::Policy", "WorkerMail", {
    PolicyName = "mail",
    Roles = { role:ref() },
    PolicyDocument = {
      Version = "2012-10-17",
      Statement = { {
        Sid = "Mail", Effect = "Allow", Action = { "ses:SendEmail" },
        Resource = { composex.sub("arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/acme.example") },
      } },
    },
  })
end)
