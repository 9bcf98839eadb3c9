--- What services may do with a database of x-rds.

local describe <const> = {
  cluster = { "rds:DescribeDBClusterSnapshots", "rds:DescribeDBClusters", "rds:ListTagsForResource" },
  instance = { "rds:DescribeDBInstances", "rds:DescribeDBLogFiles", "rds:DescribeDBSnapshots",
    "rds:ListTagsForResource" },
}

--- The profiles of a kind: describe the database, log in by IAM as any user that it lets in so, use its Data API.
return function(kind)
  local connect <const> = {
    on = "arn:${AWS::Partition}:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${ResourceId}/*", "rds-db:connect",
  }
  return {
    DBCluster = { RO = describe[kind], connect = { connect } },
    RO        = { "DBCluster.RO" },
    connect   = { "DBCluster.connect" },
    DataApi   = kind == "cluster" and {
      "rds-data:BatchExecuteStatement", "rds-data:BeginTransaction", "rds-data:CommitTransaction",
      "rds-data:ExecuteStatement", "rds-data:RollbackTransaction",
      { on = "${DBSecret}", "secretsmanager:GetSecretValue" },
    } or nil,
  }
end
