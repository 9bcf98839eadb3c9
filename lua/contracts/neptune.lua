--- Contracts of Amazon Neptune.
local databases <const> = engine.use("contracts/databases")

local api <const> = "https://docs.aws.amazon.com/neptune/latest/apiref/"
local of_cluster <const> = api .. "API_CreateDBCluster.html"
local checked <const> = "2026-11-29"
local cluster <const>, instance <const> = "AWS::Neptune::DBCluster", "AWS::Neptune::DBInstance"

return {
  {
    id = "neptune-cluster-name", on = cluster, at = "DBClusterIdentifier", identifier = 63, remedy = "write DBClusterIdentifier: shop-graph",
    page = of_cluster, checked = checked,
  },
  {
    id = "neptune-instance-name", on = instance, at = "DBInstanceIdentifier", identifier = 63,
    remedy = "write DBInstanceIdentifier: shop-graph-a", page = api .. "API_CreateDBInstance.html", checked = checked,
  },
  {
    id = "neptune-backup-days", on = cluster, at = "BackupRetentionPeriod", range = { 1, 35 }, remedy = "write BackupRetentionPeriod: 7",
    page = of_cluster, checked = checked,
  },
  databases.backup_window("neptune-backup-window", cluster, of_cluster),
  databases.maintenance_window("neptune-maintenance-window", cluster, of_cluster),
  databases.windows("neptune-windows", cluster, of_cluster),
  databases.subnets("neptune-subnets", "AWS::Neptune::DBSubnetGroup", api .. "API_CreateDBSubnetGroup.html"),
}
