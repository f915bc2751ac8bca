import { describe, expect, it } from 'vitest';
import type { Pod } from '../../api/core.ts';
import { complaints, created, type Written } from './testing.ts';

const container = { name: 'c', image: 'nginx' };
const spec = (more: object = {}): Written => ({ spec: { containers: [container], ...more } });
const withContainer = (more: object): Written => ({ spec: { containers: [{ ...container, ...more }] } });

describe('defaults', () => {
  it('fills in a bare pod', () => {
    const o = created<Pod>('Pod', spec());
    expect(o.spec).toEqual({
      containers: [
        {
          ...container,
          imagePullPolicy: 'Always',
          resources: {},
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
        },
      ],
      dnsPolicy: 'ClusterFirst',
      enableServiceLinks: true,
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
    });
    expect(o.status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' });
    expect(o.metadata.generation).toBe(1);
  });

  it.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['nginx:1.27', 'IfNotPresent'],
    ['registry:5000/nginx', 'Always'],
    ['registry:5000/nginx:1', 'IfNotPresent'],
    ['nginx@sha256:abc', 'IfNotPresent'],
  ])('pull policy of %s', (image, policy) => {
    expect(created<Pod>('Pod', withContainer({ image })).spec.containers[0]!.imagePullPolicy).toBe(policy);
  });

  it('takes requests from limits, keeps quantities canonical', () => {
    const o = created<Pod>('Pod', withContainer({ resources: { limits: { cpu: '1000m', memory: '1024Mi' } } }));
    expect(o.spec.containers[0]!.resources).toEqual({
      limits: { cpu: '1', memory: '1Gi' },
      requests: { cpu: '1', memory: '1Gi' },
    });
    expect(o.status.qosClass).toBe('Guaranteed');
  });

  it.each<[string, Written, string, unknown]>([
    ['a port', withContainer({ ports: [{ containerPort: 80 }] }), 'ports', [{ containerPort: 80, protocol: 'TCP' }]],
    [
      'a probe',
      withContainer({ livenessProbe: { httpGet: { port: 80 } } }),
      'livenessProbe',
      {
        httpGet: { port: 80, path: '/', scheme: 'HTTP' },
        failureThreshold: 3,
        periodSeconds: 10,
        successThreshold: 1,
        timeoutSeconds: 1,
      },
    ],
    [
      'a field reference',
      withContainer({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }),
      'env',
      [{ name: 'A', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } }],
    ],
  ])('%s', (_, written, field, wanted) => {
    expect(created<Pod>('Pod', written).spec.containers[0]![field as 'ports']).toEqual(wanted);
  });

  it.each([
    [{ name: 'v' }, { name: 'v', emptyDir: {} }],
    [
      { name: 'v', secret: { secretName: 's' } },
      { name: 'v', secret: { secretName: 's', defaultMode: 420 } },
    ],
    [
      { name: 'v', hostPath: { path: '/x' } },
      { name: 'v', hostPath: { path: '/x', type: '' } },
    ],
  ])('volume %j', (given, wanted) => {
    expect(created<Pod>('Pod', spec({ volumes: [given] })).spec.volumes).toEqual([wanted]);
  });

  it('on the host network a port is the host port', () => {
    const o = created<Pod>('Pod', {
      spec: { hostNetwork: true, containers: [{ ...container, ports: [{ containerPort: 80 }] }] },
    });
    expect(o.spec.containers[0]!.ports![0]!.hostPort).toBe(80);
  });

  it('a gated pod says so from the start', () => {
    const o = created<Pod>('Pod', spec({ schedulingGates: [{ name: 'a' }] }));
    expect(o.status.conditions).toMatchObject([{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }]);
  });

  it('pod-level requests come from the containers, else from the limits', () => {
    const o = created<Pod>('Pod', {
      spec: {
        resources: { limits: { cpu: '2', memory: '2Gi' } },
        containers: [{ ...container, resources: { requests: { cpu: '500m' } } }],
      },
    });
    expect(o.spec.resources!.requests).toEqual({ cpu: '500m', memory: '2Gi' });
  });
});

describe('validation', () => {
  it.each<[string, Written, string[]]>([
    ['no namespace of its own', spec(), []],
    [
      'a windows pod that asks for what only linux has',
      {
        spec: {
          os: { name: 'windows' },
          hostPID: true,
          securityContext: { fsGroup: 1 },
          containers: [{ ...container, securityContext: { privileged: true, runAsUser: 1 } }],
        },
      },
      [
        'spec.hostPID: Forbidden: cannot be set for a windows pod',
        'spec.securityContext.fsGroup: Forbidden: cannot be set for a windows pod',
        'spec.containers[0].securityContext.privileged: Forbidden: cannot be set for a windows pod',
        'spec.containers[0].securityContext.runAsUser: Forbidden: cannot be set for a windows pod',
      ],
    ],
    [
      'a linux pod with windows options',
      spec({ os: { name: 'linux' }, securityContext: { windowsOptions: {} } }),
      ['spec.securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod'],
    ],
    [
      'a mount twice at one place',
      spec({
        volumes: [{ name: 'v' }],
        containers: [
          {
            ...container,
            volumeMounts: [
              { name: 'v', mountPath: '/d' },
              { name: 'v', mountPath: '/d' },
            ],
          },
        ],
      }),
      ['spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/d": must be unique'],
    ],
    [
      'two handlers',
      withContainer({ readinessProbe: { exec: { command: ['a'] }, tcpSocket: { port: 1 } } }),
      ['spec.containers[0].readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type'],
    ],
    [
      'a liveness probe that wants two successes',
      withContainer({ livenessProbe: { tcpSocket: { port: 1 }, successThreshold: 2 } }),
      ['spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1'],
    ],
    [
      'an exec probe without a command',
      withContainer({ livenessProbe: { exec: {} } }),
      ['spec.containers[0].livenessProbe.exec.command: Required value'],
    ],
    [
      'a hook that sleeps too long',
      withContainer({ lifecycle: { preStop: { sleep: { seconds: 60 } } } }),
      [
        'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 60: must be non-negative and less than terminationGracePeriodSeconds (30)',
      ],
    ],
    [
      'an extended resource asked for and limited differently',
      withContainer({ resources: { requests: { 'example.com/gpu': '1' }, limits: { 'example.com/gpu': '2' } } }),
      ['spec.containers[0].resources.requests: Invalid value: "1": must be equal to example.com/gpu limit of 2'],
    ],
    [
      'huge pages of the wrong size',
      withContainer({ resources: { limits: { 'hugepages-2Mi': '3Mi', cpu: '1' } } }),
      [
        'spec.containers[0].resources.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
        'spec.containers[0].resources.requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
      ],
    ],
    [
      'a resource of no domain',
      withContainer({ resources: { requests: { 'a/b/c': '1' } } }),
      [
        "spec.containers[0].resources.requests[a/b/c]: Invalid value: \"a/b/c\": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
        'spec.containers[0].resources.requests[a/b/c]: Invalid value: "a/b/c": doesn\'t follow extended resource name standard',
        'spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources',
      ],
    ],
    [
      'privileged without escalation',
      withContainer({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
      [
        'spec.containers[0].securityContext: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
      ],
    ],
    [
      'a user of no number',
      spec({ securityContext: { runAsUser: -1 } }),
      ['spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 4294967295, inclusive'],
    ],
    [
      'seccomp without its file',
      withContainer({ securityContext: { seccompProfile: { type: 'Localhost' } } }),
      [
        'spec.containers[0].securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost',
      ],
    ],
    [
      'two constraints of one kind',
      spec({
        topologySpreadConstraints: [1, 2].map((maxSkew) => ({
          maxSkew,
          topologyKey: 'zone',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: {},
        })),
      }),
      ['spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{zone, DoNotSchedule}"'],
    ],
    [
      'matchLabelKeys that the selector has',
      spec({
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'zone',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { app: 'x' } },
            matchLabelKeys: ['app'],
          },
        ],
      }),
      [
        'spec.topologySpreadConstraints[0].matchLabelKeys[0]: Invalid value: "app": exists in both matchLabelKeys and labelSelector',
      ],
    ],
    [
      'a node and gates',
      spec({ nodeName: 'n', schedulingGates: [{ name: 'a' }] }),
      ['spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared'],
    ],
    [
      'ephemeral containers at once',
      spec({ ephemeralContainers: [{ name: 'd', image: 'busybox' }] }),
      ['spec.ephemeralContainers: Forbidden: cannot be set on create'],
    ],
    [
      'DNS of nobody',
      spec({ dnsPolicy: 'None' }),
      ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
    ],
    [
      'a bad address in hosts',
      spec({ hostAliases: [{ ip: '1.2.3', hostnames: ['a'] }] }),
      ['spec.hostAliases[0].ip: Invalid value: "1.2.3": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
    ],
    [
      'an unknown field of the pod',
      withContainer({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.nothing' } } }] }),
      [
        'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.nothing": error converting fieldPath: field label not supported: spec.nothing',
      ],
    ],
    [
      'a source of nothing',
      withContainer({ env: [{ name: 'A', valueFrom: {} }] }),
      [
        'spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      ],
    ],
    [
      'envFrom of nothing',
      withContainer({ envFrom: [{}] }),
      ['spec.containers[0].envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`'],
    ],
    [
      'volumes that lack what they need, which mounts then do not find',
      spec({
        volumes: [
          { name: 'a', secret: {} },
          { name: 'b', persistentVolumeClaim: {} },
          { name: 'c', nfs: {} },
          { name: 'd', hostPath: { path: '/../x', type: 'Door' } },
        ],
        containers: [{ ...container, volumeMounts: [{ name: 'a', mountPath: '/a' }] }],
      }),
      [
        'spec.volumes[0].secret.secretName: Required value',
        'spec.volumes[1].persistentVolumeClaim.claimName: Required value',
        'spec.volumes[2].nfs.server: Required value',
        'spec.volumes[2].nfs.path: Required value',
        'spec.volumes[2].nfs.path: Invalid value: "": must be an absolute path',
        `spec.volumes[3].hostPath.path: Invalid value: "/../x": must not contain '..'`,
        'spec.volumes[3].hostPath.type: Unsupported value: "Door": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
        'spec.containers[0].volumeMounts[0].name: Not found: "a"',
      ],
    ],
    [
      'two containers on one host port',
      {
        spec: {
          containers: ['a', 'b'].map((name) => ({ name, image: 'x', ports: [{ containerPort: 1, hostPort: 8080 }] })),
        },
      },
      ['spec.containers[1].ports[0].hostPort: Duplicate value: "TCP//8080"'],
    ],
    [
      'containers that ask for more than the pod',
      {
        spec: {
          resources: { requests: { cpu: '1' } },
          containers: [{ ...container, resources: { requests: { cpu: '2' } } }],
        },
      },
      [
        'spec.resources.requests[cpu]: Invalid value: "1": must be greater than or equal to aggregate container requests of 2',
      ],
    ],
  ])('%s', (_, written, wanted) => {
    expect(complaints('Pod', written)).toEqual(wanted);
  });
});
