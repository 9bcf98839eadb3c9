--- Contracts of Amazon DocumentDB.
local databases <const> = engine.use("contracts/databases")
local passwords <const> = engine.use("contracts/passwords")

local api <const> = "https://docs.aws.amazon.com/documentdb/latest/developerguide/"
local of_cluster <const> = api .. "API_CreateDBCluster.html"
local checked <const> = "2026-11-29"
local cluster <const>, instance <const> = "AWS::DocDB::DBCluster", "AWS::DocDB::DBInstance"

return {
  {
    id = "docdb-cluster-name", on = cluster, at = "DBClusterIdentifier", identifier = 63, remedy = "write DBClusterIdentifier: shop-docs",
    page = of_cluster, checked = checked,
  },
  {
    id = "docdb-instance-name", on = instance, at = "DBInstanceIdentifier", identifier = 63, remedy = "write DBInstanceIdentifier: shop-docs-a",
    page = api .. "API_CreateDBInstance.html", checked = checked,
  },
  passwords.length({
    id = "docdb-password", on = cluster, at = "MasterUserPassword",
    remedy = "write a password of that length, or Settings: {Secret: {PasswordLength: 32}} for the generated one", page = of_cluster,
  }, 8, 100),
  passwords.without({
    id = "docdb-password-letters", on = cluster, at = "MasterUserPassword",
    remedy = "leave those characters out, or write ExcludePunctuation: true for a generated one", page = of_cluster,
  }, "[/\"@]", "/, \" and @"),
  passwords.users({
    id = "docdb-user", on = cluster, at = "MasterUsername",
    must = "must have a master user name of 1 to 63 letters and digits that begins with a letter", remedy = "write MasterUsername: dbadmin",
    page = of_cluster,
  }, function(name) return (not name:find("^%a%w*$") or #name > 63) and "not \"" .. name .. "\"" or nil end),
  passwords.users({
    id = "docdb-user-kept", on = cluster, at = "MasterUsername", must = "must not have a master user name that DocumentDB keeps (admin)",
    remedy = "write MasterUsername: dbadmin", page = of_cluster,
  }, function(name) return name:lower() == "admin" and "not \"" .. name .. "\"" or nil end),
  {
    id = "docdb-managed-password", on = cluster, at = "MasterUserPassword", when = { ManageMasterUserPassword = true },
    excludes = "ManageMasterUserPassword",
    must = "must not have a MasterUserPassword where DocumentDB manages it (ManageMasterUserPassword)", remedy = "leave one of them out",
    page = of_cluster, checked = checked,
  },
  databases.backup_window("docdb-backup-window", cluster, of_cluster),
  databases.maintenance_window("docdb-maintenance-window", { cluster, instance }, of_cluster),
  databases.windows("docdb-windows", cluster, of_cluster),
  databases.subnets("docdb-subnets", "AWS::DocDB::DBSubnetGroup", api .. "API_CreateDBSubnetGroup.html"),
}
