--- Well-known images that keep data: databases, caches, search, brokers. `project/images` says what the fields mean.
return {
  -- Databases

     { "postgres postgresql postgis pgvector timescaledb timescaledb-ha pgautoupgrade postgresql-repmgr supabase/postgres", role = "database", ports = { 5432 },
    volumes = { "/var/lib/postgresql/data", "/var/lib/postgresql", "/bitnami/postgresql" }, uid = 999, page = "https://hub.docker.com/_/postgres" },
  -- "designed to permit a MySQL server to start on a virtual machine that has approximately 512MB of RAM"

     { "mysql mysql-server percona percona-server", role = "database", ports = { 3306 }, memory = 512, volumes = { "/var/lib/mysql" }, uid = 999,
    read = "2026-11-29", page = "https://dev.mysql.com/doc/refman/8.4/en/memory-use.html" },
  { "mariadb mariadb-galera", role = "database", ports = { 3306 }, volumes = { "/var/lib/mysql", "/bitnami/mariadb" }, uid = 999,
    page = "https://hub.docker.com/_/mariadb" },
  -- The cache of WiredTiger has 256 MB at least.

     { "mongo mongodb mongodb-community-server", role = "database", ports = { 27017 }, memory = 512, volumes = { "/data/db", "/data/configdb" }, uid = 999,
    page = "https://www.mongodb.com/docs/manual/administration/production-notes/" },
  -- "The Cassandra heap should be no less than 2GB, and no more than 50% of your system RAM"
  { "cassandra", role = "database", ports = { 9042, 7000 }, memory = 4096, volumes = { "/var/lib/cassandra" }, uid = 999,
    read = "2026-11-29", page = "https://cassandra.apache.org/doc/latest/cassandra/managing/operating/hardware.html" },
  { "scylla", role = "database", ports = { 9042, 7000 }, memory = 2048, volumes = { "/var/lib/scylla" },
    page = "https://docs.scylladb.com/manual/stable/getting-started/system-requirements.html" },
  { "couchdb", role = "database", ports = { 5984 }, volumes = { "/opt/couchdb/data" }, uid = 5984,
    page = "https://hub.docker.com/_/couchdb" },

     { "clickhouse-server clickhouse", role = "database", ports = { 8123, 9000 }, memory = 4096, volumes = { "/var/lib/clickhouse" }, uid = 101,
    page = "https://clickhouse.com/docs/operations/tips" },
  { "influxdb", role = "database", ports = { 8086 }, volumes = { "/var/lib/influxdb", "/var/lib/influxdb2", "/etc/influxdb2" }, uid = 1000,
    page = "https://hub.docker.com/_/influxdb" },
  { "neo4j", role = "database", ports = { 7687, 7474 }, memory = 2048, volumes = { "/data", "/logs" }, uid = 7474,
    page = "https://neo4j.com/docs/operations-manual/current/installation/requirements/" },
  { "arangodb", role = "database", ports = { 8529 }, memory = 1024, volumes = { "/var/lib/arangodb3", "/var/lib/arangodb3-apps" },
    page = "https://hub.docker.com/_/arangodb" },
  -- "This program requires a machine with at least 2000 megabytes of memory"
  { "mssql/server azure-sql-edge", role = "database", ports = { 1433 }, memory = 2048, uid = 10001,
    read = "2026-11-29", page = "https://learn.microsoft.com/sql/linux/sql-server-linux-setup" },
  { "oracle-xe oracle-free", role = "database", ports = { 1521 }, memory = 2048, uid = 54321,
    page = "https://github.com/gvenzl/oci-oracle-xe" },
  { "cockroach", role = "database", ports = { 26257, 8080 }, memory = 2048,
    page = "https://www.cockroachlabs.com/docs/stable/recommended-production-settings" },
  { "etcd", role = "database", ports = { 2379, 2380 }, shell = false, page = "https://etcd.io/docs/v3.6/op-guide/hardware/" },
  { "rethinkdb", role = "database", ports = { 28015, 8080 }, volumes = { "/data" }, page = "https://hub.docker.com/_/rethinkdb" },
  { "questdb", role = "database", ports = { 9000, 8812, 9009 }, page = "https://questdb.com/docs/" },
  { "immudb", role = "database", ports = { 3322 }, page = "https://docs.immudb.io/" },
  { "dynamodb-local", role = "database", ports = { 8000 },
    page = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.DownloadingAndRunning.html" },
  { "pgbouncer", role = "database", ports = { 5432 }, page = "https://www.pgbouncer.org/" },

  -- Caches
  { "redis redis-cluster", role = "cache", ports = { 6379 }, volumes = { "/data" }, uid = 999, page = "https://hub.docker.com/_/redis" },
  { "valkey valkey-bundle", role = "cache", ports = { 6379 }, volumes = { "/data" }, uid = 999,
    page = "https://hub.docker.com/r/valkey/valkey" },
  { "keydb", role = "cache", ports = { 6379 }, volumes = { "/data" }, page = "https://docs.keydb.dev/" },
  { "redis-stack redis-stack-server", role = "cache", ports = { 6379 }, page = "https://hub.docker.com/r/redis/redis-stack" },
  { "dragonfly", role = "cache", ports = { 6379 }, memory = 512, volumes = { "/data" },
    page = "https://www.dragonflydb.io/docs/managing-dragonfly/flags" },
  { "memcached", role = "cache", ports = { 11211 }, uid = 11211, page = "https://hub.docker.com/_/memcached" },

  -- Search
  -- A heap of 1 GiB, and as much beside it.
  { "elasticsearch", role = "search", ports = { 9200, 9300 }, memory = 2048, uid = 1000,
    read = "2026-11-29", page = "https://www.elastic.co/guide/en/cloud-on-k8s/current/k8s-jvm-heap-size.html" },
  { "opensearch", role = "search", ports = { 9200, 9600 }, memory = 2048, uid = 1000,
    page = "https://docs.opensearch.org/latest/install-and-configure/install-opensearch/index/" },
  { "solr", role = "search", ports = { 8983 }, memory = 1024, volumes = { "/var/solr" }, uid = 8983,
    page = "https://hub.docker.com/_/solr" },
  { "meilisearch", role = "search", ports = { 7700 }, page = "https://www.meilisearch.com/docs/" },
  { "typesense", role = "search", ports = { 8108 }, page = "https://typesense.org/docs/guide/system-requirements.html" },
  { "qdrant", role = "search", ports = { 6333, 6334 }, page = "https://qdrant.tech/documentation/guides/installation/" },
  { "weaviate", role = "search", ports = { 8080, 50051 }, page = "https://docs.weaviate.io/weaviate/concepts/resources" },
  { "milvus", role = "search", ports = { 19530, 9091 }, memory = 8192, page = "https://milvus.io/docs/prerequisite-docker.md" },
  { "manticore", role = "search", ports = { 9306, 9308 }, volumes = { "/var/lib/manticore" },
    page = "https://manual.manticoresearch.com/" },

  -- Brokers
  -- "should have at least 256 MiB of memory available at all times"
  { "rabbitmq", role = "broker", ports = { 5672 }, more = { 15672 }, memory = 256, volumes = { "/var/lib/rabbitmq" }, uid = 999,
    read = "2026-11-29", page = "https://www.rabbitmq.com/docs/production-checklist" },
  -- A heap of 1 GiB unless KAFKA_HEAP_OPTS says otherwise.
  { "kafka cp-kafka cp-server kafka-native", role = "broker", ports = { 9092 }, memory = 2048, uid = 1000,
    read = "2026-11-29", page = "https://docs.confluent.io/platform/current/installation/system-requirements.html" },
  { "zookeeper cp-zookeeper", role = "broker", ports = { 2181 }, memory = 1024, volumes = { "/data", "/datalog", "/logs" }, uid = 1000,
    read = "2026-11-29", page = "https://docs.confluent.io/operator/current/co-plan-sizing.html" },
  { "cp-schema-registry schema-registry", role = "broker", ports = { 8081 }, memory = 1024, uid = 1000,
    read = "2026-11-29", page = "https://docs.confluent.io/operator/current/co-plan-sizing.html" },
  { "cp-kafka-connect cp-kafka-connect-base debezium/connect", role = "platform", ports = { 8083 }, memory = 2048, uid = 1000,
    read = "2026-11-29", page = "https://docs.confluent.io/platform/current/installation/system-requirements.html" },
  { "cp-kafka-rest", role = "platform", ports = { 8082 }, memory = 1024, uid = 1000,
    read = "2026-11-29", page = "https://docs.confluent.io/operator/current/co-plan-sizing.html" },
  { "ksqldb-server cp-ksqldb-server", role = "broker", ports = { 8088 }, memory = 4096, uid = 1000,
    read = "2026-11-29", page = "https://docs.confluent.io/platform/current/installation/system-requirements.html" },
  { "cp-enterprise-control-center", role = "web", ports = { 9021 }, memory = 8192, uid = 1000,
    read = "2026-11-29", page = "https://docs.confluent.io/control-center/current/installation/system-requirements.html" },
  { "redpanda", role = "broker", ports = { 9092 }, more = { 8081, 8082, 9644 }, memory = 2048, uid = 101,
    page = "https://docs.redpanda.com/current/deploy/redpanda/manual/production/requirements/" },
  { "nats", role = "broker", ports = { 4222 }, more = { 8222, 6222 }, shell = false,
    page = "https://docs.nats.io/running-a-nats-service/introduction/installation" },
  { "mosquitto eclipse-mosquitto", role = "broker", ports = { 1883 }, volumes = { "/mosquitto/data", "/mosquitto/log" }, uid = 1883,
    page = "https://hub.docker.com/_/eclipse-mosquitto" },

     { "emqx",
    role = "broker", ports = { 1883 }, more = { 8083, 8084, 8883, 18083 }, memory = 1024, volumes = { "/opt/emqx/data", "/opt/emqx/log" }, uid = 1000,
    page = "https://docs.emqx.com/en/emqx/latest/deploy/install.html" },
  { "activemq activemq-classic activemq-artemis", role = "broker", ports = { 61616 }, more = { 8161, 5672 }, memory = 1024,
    page = "https://activemq.apache.org/components/classic/documentation/" },
  { "pulsar", role = "broker", ports = { 6650, 8080 }, memory = 4096, uid = 10000,
    page = "https://pulsar.apache.org/docs/next/getting-started-docker/" },
  { "elasticmq-native elasticmq", role = "broker", ports = { 9324 }, page = "https://github.com/softwaremill/elasticmq" },

  -- Objects
  { "minio", role = "storage", ports = { 9000 }, more = { 9001 }, memory = 1024, volumes = { "/data" },
    page = "https://min.io/docs/minio/linux/operations/checklists/hardware.html" },
  { "localstack localstack-pro", role = "storage", ports = { 4566 }, memory = 1024, volumes = { "/var/lib/localstack" },
    page = "https://docs.localstack.cloud/" },
  { "registry", role = "storage", ports = { 5000 }, volumes = { "/var/lib/registry" }, page = "https://hub.docker.com/_/registry" },
}
