import { AccessMode, EmptyDirMedium, Entrance } from "../../../components/index.ts";
import {
  type Application,
  exec,
  http,
  STATEFUL,
  secretKey,
  tcp,
  USER,
  web,
} from "./application.ts";

const data = (mountPath: string, subPath?: string) => ({
  name: "data",
  mountPath,
  persistentVolumeClaimName: "data",
  ...(subPath === undefined ? {} : { subPath }),
});

/** What keeps data. */
export const stores: readonly Application[] = [
  {
    name: "redis",
    args: {
      image: "redis:7.4",
      args: ["redis-server", "/etc/redis/redis.conf"],
      ports: [tcp("redis", 6379)],
      runAsUser: 999,
      runAsGroup: 999,
      volumes: [
        data("/data"),
        {
          name: "config",
          mountPath: "/etc/redis/redis.conf",
          subPath: "redis.conf",
          configMapName: "redis",
        },
      ],
      readinessProbe: exec("redis-cli", "ping"),
      initContainers: [
        {
          name: "exporter",
          image: "registry.example/redis-exporter:1.67.0",
          sidecar: true,
          ports: [tcp("metrics", 9121)],
        },
      ],
    },
    original: {
      ports: { redis: 6379, metrics: 9121 },
      service: { 6379: 6379, 9121: 9121 },
      mounts: { "/data": "", "/etc/redis/redis.conf": "redis.conf" },
      container: { args: ["redis-server", "/etc/redis/redis.conf"] },
      pod: { securityContext: { runAsUser: 999, fsGroup: 999 } },
      deployment: { replicas: 1, strategy: { type: "Recreate" } },
    },
    differs: [STATEFUL],
  },
  {
    name: "postgres",
    args: {
      image: "postgres:17",
      ports: [tcp("postgres", 5432)],
      runAsUser: 999,
      runAsGroup: 999,
      env: { PGDATA: "/var/lib/postgresql/data/pgdata", POSTGRES_DB: "app" },
      envFromSecretKeys: { POSTGRES_PASSWORD: { name: "postgres", key: "password" } },
      volumes: [
        data("/var/lib/postgresql/data"),
        { name: "run", mountPath: "/var/run/postgresql", emptyDirSizeLimit: "16Mi" },
        {
          name: "memory",
          mountPath: "/dev/shm",
          emptyDirSizeLimit: "256Mi",
          emptyDirMedium: EmptyDirMedium.Memory,
        },
      ],
      readinessProbe: exec("pg_isready", "-U", "postgres"),
      longestRequestSeconds: 110,
    },
    original: {
      ports: { postgres: 5432 },
      service: { 5432: 5432 },
      env: {
        POSTGRES_PASSWORD: secretKey("postgres", "password"),
        PGDATA: "/var/lib/postgresql/data/pgdata",
        POSTGRES_DB: "app",
      },
      mounts: { "/var/lib/postgresql/data": "", "/var/run/postgresql": "", "/dev/shm": "" },
      pod: { securityContext: { fsGroup: 999 } },
      deployment: { replicas: 1, strategy: { type: "Recreate" } },
    },
    differs: [
      STATEFUL,
      {
        field: "volumeMounts /var/run/postgresql",
        original: "part of the image's file system",
        why: "the root file system is read-only",
      },
    ],
  },
  {
    name: "mariadb",
    args: {
      image: "mariadb:11.4",
      ports: [tcp("mysql", 3306)],
      runAsUser: 999,
      runAsGroup: 999,
      envFromSecretKeys: { MARIADB_ROOT_PASSWORD: { name: "mariadb", key: "root" } },
      volumes: [
        data("/var/lib/mysql", "mysql"),
        { name: "run", mountPath: "/run/mysqld", emptyDirSizeLimit: "16Mi" },
      ],
      readinessProbe: exec("healthcheck.sh", "--connect", "--innodb_initialized"),
    },
    original: {
      ports: { mysql: 3306 },
      service: { 3306: 3306 },
      env: { MARIADB_ROOT_PASSWORD: secretKey("mariadb", "root") },
      mounts: { "/var/lib/mysql": "mysql", "/run/mysqld": "" },
      deployment: { strategy: { type: "Recreate" } },
    },
    differs: [STATEFUL],
  },
  {
    name: "mongodb",
    args: {
      image: "mongo:8.0",
      ports: [tcp("mongodb", 27_017)],
      runAsUser: 999,
      runAsGroup: 999,
      envFromSecretKeys: { MONGO_INITDB_ROOT_PASSWORD: { name: "mongodb", key: "root" } },
      env: { MONGO_INITDB_ROOT_USERNAME: "root" },
      volumes: [data("/data/db")],
      readinessProbe: exec("mongosh", "--quiet", "--eval", "db.adminCommand('ping')"),
    },
    original: {
      ports: { mongodb: 27_017 },
      service: { 27017: 27_017 },
      env: {
        MONGO_INITDB_ROOT_PASSWORD: secretKey("mongodb", "root"),
        MONGO_INITDB_ROOT_USERNAME: "root",
      },
      mounts: { "/data/db": "" },
      pod: { securityContext: { fsGroup: 999 } },
    },
    differs: [STATEFUL],
  },
  {
    name: "rabbitmq",
    args: {
      image: "rabbitmq:4.0-management",
      ports: [
        tcp("amqp", 5672),
        { ...tcp("http", 15_672), entrance: false },
        tcp("prometheus", 15_692),
        { name: "epmd", containerPort: 4369 },
      ],
      runAsUser: 999,
      runAsGroup: 999,
      envFromFields: { MY_POD_NAME: "metadata.name", MY_NODE_NAME: "spec.nodeName" },
      env: { RABBITMQ_NODENAME: "rabbit@$(MY_POD_NAME)" },
      envFromSecretKeys: { RABBITMQ_ERLANG_COOKIE: { name: "rabbitmq", key: "cookie" } },
      headlessServiceName: "rabbitmq-nodes",
      headlessPublishNotReadyAddresses: true,
      volumes: [data("/var/lib/rabbitmq")],
      startupProbe: { ...exec("rabbitmq-diagnostics", "ping"), failureThreshold: 30 },
      readinessProbe: { ...exec("rabbitmq-diagnostics", "check_port_connectivity") },
    },
    original: {
      ports: { amqp: 5672, http: 15_672, prometheus: 15_692, epmd: 4369 },
      service: { 5672: 5672, 15672: 15_672, 15692: 15_692 },
      env: {
        RABBITMQ_ERLANG_COOKIE: secretKey("rabbitmq", "cookie"),
        MY_POD_NAME: { fieldRef: { fieldPath: "metadata.name" } },
        MY_NODE_NAME: { fieldRef: { fieldPath: "spec.nodeName" } },
        RABBITMQ_NODENAME: "rabbit@$(MY_POD_NAME)",
      },
      mounts: { "/var/lib/rabbitmq": "" },
    },
    differs: [STATEFUL],
  },
  {
    name: "memcached",
    args: {
      image: "memcached:1.6",
      args: ["-m", "1024", "-c", "4096"],
      ports: [tcp("memcache", 11_211)],
      headless: true,
      resources: { requests: { memory: "1200Mi" }, limits: { memory: "1200Mi" } },
      readinessProbe: { tcpSocket: { port: "memcache" } },
    },
    original: {
      ports: { memcache: 11_211 },
      service: { 11211: 11_211 },
      container: {
        args: ["-m", "1024", "-c", "4096"],
        resources: { limits: { memory: "1200Mi" } },
      },
    },
  },
  {
    name: "minio",
    args: {
      image: "registry.example/minio:2024",
      args: ["server", "/data", "--console-address", ":9001"],
      ports: [tcp("s3", 9000), tcp("console", 9001)],
      envFromSecrets: ["minio-root"],
      volumes: [data("/data")],
      readinessProbe: http("/minio/health/ready", "s3"),
      livenessProbe: http("/minio/health/live", "s3"),
    },
    original: {
      ports: { s3: 9000, console: 9001 },
      service: { 9000: 9000, 9001: 9001 },
      mounts: { "/data": "" },
      container: { envFrom: [{ secretRef: { name: "minio-root" } }] },
    },
    differs: [USER],
  },
  {
    name: "elasticsearch",
    args: {
      image: "elasticsearch:8.16.1",
      ports: [...web(9200), { name: "transport", containerPort: 9300 }],
      runAsUser: 1000,
      runAsGroup: 1000,
      env: { "discovery.type": "single-node", ES_JAVA_OPTS: "-Xms1g -Xmx1g" },
      resources: { requests: { memory: "2Gi" }, limits: { memory: "2Gi" } },
      volumes: [
        data("/usr/share/elasticsearch/data"),
        { name: "logs", mountPath: "/usr/share/elasticsearch/logs", emptyDirSizeLimit: "1Gi" },
      ],
      readinessProbe: { tcpSocket: { port: "http" }, failureThreshold: 10 },
    },
    original: {
      ports: { http: 9200, transport: 9300 },
      service: { 9200: 9200 },
      env: { "discovery.type": "single-node", ES_JAVA_OPTS: "-Xms1g -Xmx1g" },
      mounts: { "/usr/share/elasticsearch/data": "", "/usr/share/elasticsearch/logs": "" },
    },
    differs: [
      STATEFUL,
      {
        field: "initContainers sysctl",
        original: "a privileged container that sets vm.max_map_count",
        why: "privileged containers are refused; set it on the nodes",
      },
    ],
  },
  {
    name: "nextcloud",
    args: {
      image: "nextcloud:30-apache",
      ports: web(80),
      sysctls: { "net.ipv4.ip_unprivileged_port_start": "0" },
      runAsUser: 33,
      runAsGroup: 33,
      connectsToExternal: { DATABASE: { addresses: ["10.20.0.5"], port: 5432 } },
      env: { POSTGRES_HOST: "$(DATABASE_HOST)" },
      volumes: [
        {
          ...data("/var/www/html", "html"),
          accessMode: AccessMode.ReadWriteMany,
          mounts: [{ mountPath: "/var/www/html/data", subPath: "data" }],
        },
      ],
      readinessProbe: {
        httpGet: { path: "/status.php", port: "http", httpHeaders: { Host: "cloud.example" } },
      },
      entrances: [Entrance.LoadBalancer],
    },
    original: {
      ports: { http: 80 },
      service: { 80: 80 },
      env: {
        DATABASE_HOST: "nextcloud-to-database.shop.svc",
        DATABASE_PORT: "5432",
        POSTGRES_HOST: "$(DATABASE_HOST)",
      },
      mounts: { "/var/www/html": "html", "/var/www/html/data": "data" },
      container: {
        readinessProbe: { httpGet: { httpHeaders: [{ name: "Host", value: "cloud.example" }] } },
      },
      deployment: { strategy: { type: "RollingUpdate" } },
    },
  },
];
