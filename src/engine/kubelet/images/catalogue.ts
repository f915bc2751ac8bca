/** Repositories that the simulated registries hold: platforms, sizes, versions. Sizes are compressed downloads in MiB. */

export interface Repository {
  /** Architectures of its index; all are linux. */
  platforms: readonly string[];
  sizeMiB: number;
  /** The newest version: tags above it do not exist. */
  newest: string;
  /** Tags that are words. Absent: the usual ones. */
  tags?: readonly string[];
  /** True: single manifests (no index), so the runtime pulls them on any machine. */
  single?: boolean;
  /** True: nobody knows its tags; every one exists. */
  anyTag?: boolean;
}

const FOUR = ['amd64', 'arm64', 'ppc64le', 's390x'];
const TWO = ['amd64', 'arm64'];
const AMD64 = ['amd64'];

const repo = (
  platforms: readonly string[],
  sizeMiB: number,
  newest: string,
  more: Partial<Repository> = {},
): Repository => ({
  platforms,
  sizeMiB,
  newest,
  ...more,
});

/** Key: name without `docker.io/library/` and `docker.io/`. */
export const CATALOGUE: Readonly<Record<string, Repository>> = {
  nginx: repo(FOUR, 69, '1.31'),
  busybox: repo(FOUR, 2, '1.38'),
  alpine: repo(FOUR, 4, '3.24'),
  ubuntu: repo(FOUR, 29, '26.04'),
  debian: repo(FOUR, 47, '14'),
  fedora: repo(FOUR, 58, '45'),
  centos: repo(FOUR, 73, '8'),
  rockylinux: repo(FOUR, 66, '10'),
  almalinux: repo(FOUR, 66, '10'),
  httpd: repo(FOUR, 57, '2.4'),
  redis: repo(FOUR, 45, '8.8'),
  mysql: repo(TWO, 240, '9.7'),
  mariadb: repo(FOUR, 120, '12.3'),
  postgres: repo(FOUR, 155, '19'),
  mongo: repo(TWO, 280, '8.4'),
  perl: repo(FOUR, 350, '5.44'),
  python: repo(FOUR, 380, '3.15'),
  node: repo(['amd64', 'arm64', 'ppc64le', 's390x'], 390, '26'),
  golang: repo(FOUR, 290, '1.27'),
  ruby: repo(FOUR, 370, '4.1'),
  php: repo(FOUR, 180, '8.6'),
  openjdk: repo(TWO, 240, '27'),
  'eclipse-temurin': repo(FOUR, 210, '26'),
  tomcat: repo(FOUR, 200, '11.1'),
  memcached: repo(FOUR, 32, '1.7'),
  rabbitmq: repo(FOUR, 105, '4.4'),
  wordpress: repo(FOUR, 230, '7.1'),
  haproxy: repo(FOUR, 45, '3.5'),
  traefik: repo(['amd64', 'arm64', 'ppc64le', 's390x'], 50, '3.8'),
  caddy: repo(FOUR, 20, '2.12'),
  fluentd: repo(FOUR, 24, '1.20'),
  'hello-world': repo(FOUR, 1, '1', { tags: ['latest', 'linux'] }),
  bash: repo(FOUR, 6, '5.4'),
  registry: repo(FOUR, 18, '3.2'),
  pause: repo(FOUR, 1, '3.12'),
  'kongru/dockerize': repo(['ppc64le'], 96, '0', { tags: ['base', 'latest'] }),
  'polinux/stress': repo(AMD64, 4, '1.1', { single: true }),
  'k8spatterns/random-generator': repo(TWO, 110, '2.0'),
  'fluent/fluentd': repo(TWO, 24, '1.20'),
  'fluent/fluent-bit': repo(['amd64', 'arm64', 's390x'], 35, '5.0'),
  'prom/prometheus': repo(FOUR, 110, '3.12'),
  'prom/node-exporter': repo(FOUR, 12, '1.12'),
  'grafana/grafana': repo(TWO, 180, '13.1'),
  'bitnami/nginx': repo(TWO, 90, '1.31'),
  'curlimages/curl': repo(FOUR, 9, '8.20'),
  'nicolaka/netshoot': repo(TWO, 190, '1'),
  'nginxinc/nginx-unprivileged': repo(FOUR, 69, '1.31'),
  'hashicorp/http-echo': repo(TWO, 3, '1.1'),
  'traefik/whoami': repo(['amd64', 'arm64'], 3, '1.12'),
  'calico/node': repo(FOUR, 150, '3.33'),
  'flannel/flannel': repo(FOUR, 30, '0.29'),
  'ghcr.io/flannel-io/flannel': repo(FOUR, 30, '0.29'),
  'ghcr.io/flannel-io/flannel-cni-plugin': repo(FOUR, 4, '1.9'),
  'registry.k8s.io/pause': repo(FOUR, 1, '3.12'),
  'k8s.gcr.io/pause': repo(FOUR, 1, '3.6'),
  'registry.k8s.io/etcd': repo(FOUR, 22, '3.7'),
  'registry.k8s.io/kube-apiserver': repo(FOUR, 27, '1.36'),
  'registry.k8s.io/kube-controller-manager': repo(FOUR, 23, '1.36'),
  'registry.k8s.io/kube-scheduler': repo(FOUR, 18, '1.36'),
  'registry.k8s.io/kube-proxy': repo(FOUR, 26, '1.36'),
  'registry.k8s.io/coredns/coredns': repo(FOUR, 23, '1.14'),
  'registry.k8s.io/metrics-server/metrics-server': repo(FOUR, 22, '0.9'),
  'registry.k8s.io/e2e-test-images/agnhost': repo(FOUR, 55, '2.60'),
  'registry.k8s.io/e2e-test-images/busybox': repo(FOUR, 2, '1.38'),
  'registry.k8s.io/e2e-test-images/nginx': repo(FOUR, 50, '1.31'),
  'registry.k8s.io/nginx-slim': repo(AMD64, 50, '0.28'),
  'registry.k8s.io/hpa-example': repo(AMD64, 180, '1'),
  'registry.k8s.io/busybox': repo(AMD64, 1, '1.38'),
  'registry.k8s.io/echoserver': repo(AMD64, 45, '1.11', { single: true }),
  'gcr.io/google-samples/hello-app': repo(AMD64, 6, '2.0', { single: true }),
  'gcr.io/google-samples/gb-frontend': repo(AMD64, 200, '5'),
  'gcr.io/google-samples/node-hello': repo(AMD64, 250, '1.0', { single: true }),
  'gcr.io/kuar-demo/kuard-amd64': repo(AMD64, 10, '3', {
    single: true,
    tags: ['blue', 'green', 'purple', '1', '2', '3'],
  }),
};
