local stores <const> = { "AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::SQS::Queue" }

composex.each(stores, function(store)
  store.DeletionPolicy = "RetainExceptOnCreate"
  store.UpdateReplacePolicy = "Retain"
end)

composex.check(stores, "must outlive the stack", function(store)
  return store.DeletionPolicy ~= "Delete" and store.UpdateReplacePolicy == "Retain"
end)
