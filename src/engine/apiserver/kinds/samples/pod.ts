/** A pod that uses every field a rule of pods reads. */

const container = {
  name: 'c',
  image: 'nginx:1.27',
  command: ['sh'],
  args: ['-c', 'sleep 1'],
  workingDir: '/w',
  ports: [{ name: 'web', containerPort: 80, hostPort: 80, protocol: 'TCP' }],
  envFrom: [{ prefix: 'P', configMapRef: { name: 'c' } }, { secretRef: { name: 's', optional: true } }],
  env: [
    { name: 'A', value: 'a' },
    { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name', apiVersion: 'v1' } } },
    { name: 'C', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1' } } },
    { name: 'D', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
    { name: 'E', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
  ],
  resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '100m' }, claims: [{ name: 'r' }] },
  resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }],
  volumeMounts: [{ name: 'v', mountPath: '/v', subPath: 'a', readOnly: true, mountPropagation: 'None' }],
  volumeDevices: [{ name: 'p', devicePath: '/dev/x' }],
  livenessProbe: { httpGet: { path: '/', port: 'web', scheme: 'HTTP', httpHeaders: [{ name: 'a', value: 'b' }] } },
  readinessProbe: { tcpSocket: { port: 80, host: 'h' }, periodSeconds: 1, terminationGracePeriodSeconds: 3 },
  startupProbe: { exec: { command: ['true'] }, failureThreshold: 3 },
  lifecycle: { preStop: { sleep: { seconds: 3 } }, postStart: { exec: { command: ['true'] } } },
  securityContext: {
    runAsUser: 1,
    privileged: false,
    capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
    appArmorProfile: { type: 'Unconfined' },
  },
  imagePullPolicy: 'Always',
};
export const labelSelector = {
  matchLabels: { app: 'x' },
  matchExpressions: [{ key: 'app', operator: 'In', values: ['x'] }],
};
const podTerm = { labelSelector, topologyKey: 'zone', namespaces: ['a'], namespaceSelector: {}, matchLabelKeys: ['h'] };
export const nodeTerm = {
  matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }],
  matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'] }],
};
export const podSpec = {
  containers: [container, { name: 'd', image: 'x' }],
  initContainers: [{ name: 'i', image: 'i', restartPolicy: 'Always' }],
  volumes: [
    { name: 'v', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } },
    { name: 'p', persistentVolumeClaim: { claimName: 'p', readOnly: true } },
    { name: 'h', hostPath: { path: '/h', type: 'Directory' } },
    { name: 'cm', configMap: { name: 'c', defaultMode: 420, items: [{ key: 'k', path: 'p', mode: 420 }] } },
    { name: 'se', secret: { secretName: 'c', items: [{ key: 'k', path: 'p' }] } },
    { name: 'da', downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.labels' } }] } },
    {
      name: 'pr',
      projected: {
        sources: [
          { serviceAccountToken: { path: 't', expirationSeconds: 3607 } },
          { configMap: { name: 'a', items: [{ key: 'k', path: 'q' }] } },
          { secret: { name: 'a' } },
          { downwardAPI: { items: [{ path: 'z', resourceFieldRef: { resource: 'limits.cpu', containerName: 'c' } }] } },
        ],
      },
    },
    { name: 'n', nfs: { server: 's', path: '/p' } },
    { name: 'cs', csi: { driver: 'd', volumeAttributes: { a: 'b' } } },
    {
      name: 'e',
      ephemeral: {
        volumeClaimTemplate: {
          metadata: { labels: { a: 'b' } },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
          },
        },
      },
    },
    { name: 'im', image: { reference: 'a', pullPolicy: 'Always' } },
  ],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [nodeTerm] },
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: nodeTerm }],
    },
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [podTerm],
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: podTerm }],
    },
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [podTerm],
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: podTerm }],
    },
  },
  tolerations: [{ key: 'a', operator: 'Equal', value: 'b', effect: 'NoExecute', tolerationSeconds: 3 }],
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector, minDomains: 2 },
  ],
  nodeSelector: { a: 'b' },
  schedulingGates: [{ name: 'g' }],
  readinessGates: [{ conditionType: 'a/b' }],
  hostAliases: [{ ip: '1.2.3.4', hostnames: ['a'] }],
  dnsPolicy: 'None',
  dnsConfig: { nameservers: ['1.2.3.4'], searches: ['a'], options: [{ name: 'ndots', value: '2' }] },
  imagePullSecrets: [{ name: 'a' }],
  securityContext: { runAsUser: 1, fsGroup: 2, supplementalGroups: [1], sysctls: [{ name: 'a', value: 'b' }] },
  restartPolicy: 'Always',
  resourceClaims: [{ name: 'r', resourceClaimName: 'x' }],
  resources: { limits: { cpu: '3' }, requests: { cpu: '1' } },
  overhead: { cpu: '1' },
  os: { name: 'linux' },
  hostname: 'h',
  subdomain: 's',
  terminationGracePeriodSeconds: 3,
  activeDeadlineSeconds: 3,
  priorityClassName: 'a',
  priority: 3,
};
