--- Ports that well-known images listen on. Compose needs no `expose` for services to reach each other; on ECS a port must be known.
local images <const> = {}

--- By the last part of the image's name, or the last two.
local ports <const> = {
  adminer = 8080, cassandra = 9042, ["clickhouse-server"] = 8123, cockroach = 26257, consul = 8500, couchdb = 5984,
  elasticsearch = 9200, etcd = 2379, ghost = 2368, gitea = 3000, grafana = 3000, haproxy = 80, httpd = 80, influxdb = 8086,
  jenkins = 8080, keycloak = 8080, kibana = 5601, localstack = 4566, loki = 3100, mailhog = 1025, mailpit = 1025,
  mariadb = 3306, memcached = 11211, minio = 9000, mongo = 27017, ["mongo-express"] = 8081, mongodb = 27017,
  mosquitto = 1883, mysql = 3306, nats = 4222, neo4j = 7687, nextcloud = 80, nginx = 80, opensearch = 9200,
  percona = 3306, phpmyadmin = 80, postgis = 5432, postgres = 5432, postgresql = 5432, prometheus = 9090, rabbitmq = 5672,
  redis = 6379, ["redis-stack"] = 6379, ["redis-stack-server"] = 6379, registry = 5000, rethinkdb = 28015, selenium = 4444,
  solr = 8983, traefik = 80, ["typesense"] = 8108, valkey = 6379, vault = 8200, weaviate = 8080,
  whoami = 80, wordpress = 80, zipkin = 9411, zookeeper = 2181, meilisearch = 7700, qdrant = 6333, pgvector = 5432,
  ["mysql-server"] = 3306, ["cp-zookeeper"] = 2181, ["cp-kafka"] = 9092, kafka = 9092, dragonfly = 6379, keydb = 6379,
  alertmanager = 9093, arangodb = 8529, ["azure-sql-edge"] = 1433, cadvisor = 8080, caddy = 80, ["cp-kafka-connect"] = 8083,
  ["cp-schema-registry"] = 8081, ["dynamodb-local"] = 8000, ["eclipse-mosquitto"] = 1883, ["elasticmq-native"] = 9324,
  gotenberg = 3000, ["graphite-statsd"] = 80, immudb = 3322, ["mssql/server"] = 1433, ["mongodb-community-server"] = 27017,
  ["node-exporter"] = 9100, ollama = 11434, ["opensearch-dashboards"] = 5601, otelcol = 4317, ["opentelemetry-collector"] = 4317,
  ["opentelemetry-collector-contrib"] = 4317, ["oracle-xe"] = 1521, ["oracle-free"] = 1521, pgadmin4 = 80, pgbouncer = 5432,
  pushgateway = 9091, redpanda = 9092, scylla = 9042, searxng = 8080, sonarqube = 9000, tempo = 3200, ["temporalio/auto-setup"] = 7233,
  tika = 9998, timescaledb = 5432, varnish = 80, ["victoria-metrics"] = 8428,
}

--- The port that a service's image is known to listen on, or nil.
function images.port(service)
  local image <const> = service.image
  if type(image) ~= "string" then return nil end
  local path <const> = image:gsub("@.*$", ""):gsub(":[^/:]*$", "")
  -- PHP images have a web server or, by their tag, FastCGI.
  if image:find(":[^/]*fpm") then return 9000 end
  return ports[path:match("([^/]+)$") or ""] or ports[path:match("([^/]+/[^/]+)$") or ""]
end

return images
