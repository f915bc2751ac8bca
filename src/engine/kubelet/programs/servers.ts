/** What images do when a pod names no command: which ports they listen on, what they say, how they end. */

export interface ServerImage {
  /** The program's name in the image; `argv` with it is the same server. */
  program: string;
  ports: readonly number[];
  logs: readonly string[];
  /** Exit code on SIGTERM; absent: ignores it. */
  termCode?: number;
  /** One of these variables must be set, else it prints `refusal` and exits 1. */
  needs?: { env: readonly string[]; refusal: readonly string[] };
  memoryMiB?: number;
  /** Body of `GET /`. */
  body?: string;
}

const NGINX_BODY =
  '<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n</head>\n<body>\n<h1>Welcome to nginx!</h1>\n</body>\n</html>\n';

/** By the last part of the repository's name. */
export const SERVERS: Readonly<Record<string, ServerImage>> = {
  nginx: {
    program: 'nginx',
    ports: [80],
    logs: [
      '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
      '/docker-entrypoint.sh: Configuration complete; ready for start up',
      '[notice] 1#1: start worker processes',
    ],
    termCode: 0,
    memoryMiB: 8,
    body: NGINX_BODY,
  },
  'nginx-unprivileged': {
    program: 'nginx',
    ports: [8080],
    logs: ['[notice] 1#1: start worker processes'],
    termCode: 0,
    body: NGINX_BODY,
  },
  'nginx-slim': { program: 'nginx', ports: [80], logs: [], termCode: 0, body: NGINX_BODY },
  httpd: {
    program: 'httpd-foreground',
    ports: [80],
    logs: ["AH00094: Command line: 'httpd -D FOREGROUND'"],
    termCode: 0,
    memoryMiB: 10,
    body: '<html><body><h1>It works!</h1></body></html>\n',
  },
  redis: {
    program: 'redis-server',
    ports: [6379],
    logs: ['* Ready to accept connections tcp'],
    termCode: 0,
    memoryMiB: 10,
  },
  memcached: { program: 'memcached', ports: [11211], logs: [], termCode: 0 },
  mysql: {
    program: 'mysqld',
    ports: [3306],
    logs: [
      '[System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. port: 3306  MySQL Community Server - GPL.',
    ],
    termCode: 0,
    memoryMiB: 380,
    needs: {
      env: ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD'],
      refusal: [
        '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
        '    You need to specify one of the following as an environment variable:',
        '    - MYSQL_ROOT_PASSWORD',
        '    - MYSQL_ALLOW_EMPTY_PASSWORD',
        '    - MYSQL_RANDOM_ROOT_PASSWORD',
      ],
    },
  },
  mariadb: {
    program: 'mariadbd',
    ports: [3306],
    logs: ['[Note] mariadbd: ready for connections.'],
    termCode: 0,
    memoryMiB: 120,
    needs: {
      env: [
        'MARIADB_ROOT_PASSWORD',
        'MYSQL_ROOT_PASSWORD',
        'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD',
        'MARIADB_RANDOM_ROOT_PASSWORD',
      ],
      refusal: ['[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified'],
    },
  },
  postgres: {
    program: 'postgres',
    ports: [5432],
    logs: ['LOG:  database system is ready to accept connections'],
    termCode: 0,
    memoryMiB: 40,
    needs: {
      env: ['POSTGRES_PASSWORD', 'POSTGRES_HOST_AUTH_METHOD', 'POSTGRES_PASSWORD_FILE'],
      refusal: [
        'Error: Database is uninitialized and superuser password is not specified.',
        '       You must specify POSTGRES_PASSWORD to a non-empty value for the',
        '       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".',
      ],
    },
  },
  mongo: {
    program: 'mongod',
    ports: [27017],
    logs: ['{"msg":"Waiting for connections","attr":{"port":27017}}'],
    termCode: 0,
    memoryMiB: 170,
  },
  rabbitmq: {
    program: 'rabbitmq-server',
    ports: [5672],
    logs: [' Server startup complete; 4 plugins started.'],
    termCode: 0,
    memoryMiB: 120,
  },
  wordpress: { program: 'apache2-foreground', ports: [80], logs: [], termCode: 0, memoryMiB: 60 },
  tomcat: {
    program: 'catalina.sh',
    ports: [8080],
    logs: ['Server startup in [612] milliseconds'],
    termCode: 143,
    memoryMiB: 150,
  },
  haproxy: { program: 'haproxy', ports: [80], logs: [], termCode: 0 },
  traefik: { program: 'traefik', ports: [80, 8080], logs: [], termCode: 0 },
  caddy: { program: 'caddy', ports: [80], logs: [], termCode: 0 },
  registry: { program: 'registry', ports: [5000], logs: ['listening on [::]:5000'], termCode: 2 },
  fluentd: {
    program: 'fluentd',
    ports: [24224],
    logs: ['[info]: #0 fluentd worker is now running worker=0'],
    termCode: 0,
    memoryMiB: 40,
  },
  'fluent-bit': { program: 'fluent-bit', ports: [2020], logs: ['[info] [sp] stream processor started'], termCode: 0 },
  pause: { program: 'pause', ports: [], logs: [], termCode: 0, memoryMiB: 1 },
  'random-generator': {
    program: 'java',
    ports: [8080],
    logs: ['Started RandomGeneratorApplication in 2.1 seconds'],
    termCode: 143,
    memoryMiB: 130,
  },
  'hello-app': {
    program: 'hello-app',
    ports: [8080],
    logs: ['Server listening on port 8080'],
    termCode: 2,
    body: 'Hello, world!\nVersion: 1.0.0\n',
  },
  'http-echo': { program: 'http-echo', ports: [5678], logs: ['[INFO] server is listening on :5678'], termCode: 0 },
  whoami: { program: 'whoami', ports: [80], logs: ['Starting up on port 80'], termCode: 2 },
  echoserver: { program: 'nginx', ports: [8080], logs: [], termCode: 0 },
  'kuard-amd64': { program: 'kuard', ports: [8080], logs: ['Serving on :8080'], termCode: 2 },
  prometheus: {
    program: 'prometheus',
    ports: [9090],
    logs: ['msg="Server is ready to receive web requests."'],
    termCode: 0,
    memoryMiB: 60,
  },
  'node-exporter': {
    program: 'node_exporter',
    ports: [9100],
    logs: ['msg="Listening on" address=[::]:9100'],
    termCode: 143,
  },
  grafana: {
    program: 'grafana',
    ports: [3000],
    logs: ['HTTP Server Listen address=[::]:3000'],
    termCode: 0,
    memoryMiB: 90,
  },
  'metrics-server': { program: 'metrics-server', ports: [10250], logs: [], termCode: 0 },
  etcd: {
    program: 'etcd',
    ports: [2379, 2381],
    logs: ['{"level":"info","msg":"ready to serve client requests"}'],
    termCode: 0,
    memoryMiB: 60,
  },
  'kube-apiserver': {
    program: 'kube-apiserver',
    ports: [6443],
    logs: ['Serving securely on [::]:6443'],
    termCode: 0,
    memoryMiB: 260,
  },
  'kube-controller-manager': {
    program: 'kube-controller-manager',
    ports: [10257],
    logs: ['Started "ReplicaSet"'],
    termCode: 0,
    memoryMiB: 60,
  },
  'kube-scheduler': {
    program: 'kube-scheduler',
    ports: [10259],
    logs: ['Starting Kubernetes Scheduler version="v1.36.3"'],
    termCode: 0,
    memoryMiB: 30,
  },
  'kube-proxy': { program: 'kube-proxy', ports: [10249], logs: ['Using nftables Proxier'], termCode: 0, memoryMiB: 25 },
  coredns: {
    program: 'coredns',
    ports: [53, 8080, 8181, 9153],
    logs: ['.:53', 'CoreDNS-1.14.0', 'linux, go1.26'],
    termCode: 0,
    memoryMiB: 20,
  },
  flannel: { program: 'flanneld', ports: [], logs: ['Running backend.'], termCode: 0, memoryMiB: 15 },
};

/** Images whose default command ends at once: a shell without a terminal. */
export const SHELL_IMAGES: ReadonlySet<string> = new Set(
  'busybox alpine ubuntu debian fedora centos rockylinux almalinux bash perl python node golang ruby php openjdk eclipse-temurin curl netshoot'.split(
    ' ',
  ),
);
