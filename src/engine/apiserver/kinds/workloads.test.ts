import { describe, expect, it } from 'vitest';
import type { DaemonSet, Deployment, StatefulSet } from '../../api/apps.ts';
import type { ReplicationController } from '../../api/core.ts';
import { changeComplaints, complaints, created, headers, row, updated, type Written, warningsOf } from './testing.ts';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
const selector = { matchLabels: { app: 'web' } };
const workload = (more: object = {}): Written => ({ spec: { selector, template, ...more } });

describe('defaults', () => {
  it('Deployment', () => {
    const { spec, status } = created<Deployment>('Deployment', workload());
    expect({ ...spec, template: 0 }).toEqual({
      progressDeadlineSeconds: 600,
      replicas: 1,
      revisionHistoryLimit: 10,
      selector,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: 0,
    });
    expect(status).toEqual({});
  });

  it('a template has no service links, no token, no requests from limits', () => {
    const limited = {
      ...template,
      spec: { containers: [{ ...template.spec.containers[0], resources: { limits: { cpu: '1' } } }] },
    };
    const { spec } = created<Deployment>('Deployment', workload({ template: limited })).spec.template;
    expect(spec.enableServiceLinks).toBeUndefined();
    expect(spec.containers[0]!.resources).toEqual({ limits: { cpu: '1' } });
    expect(spec.dnsPolicy).toBe('ClusterFirst');
  });

  it('DaemonSet', () => {
    const o = created<DaemonSet>('DaemonSet', workload());
    expect(o.spec.updateStrategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } });
    expect(o.metadata.annotations).toEqual({ 'deprecated.daemonset.template.generation': '1' });
  });

  it('StatefulSet', () => {
    const { spec } = created<StatefulSet>(
      'StatefulSet',
      workload({ volumeClaimTemplates: [{ metadata: { name: 'd' } }] }),
    );
    expect(spec).toMatchObject({
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      volumeClaimTemplates: [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          spec: { volumeMode: 'Filesystem' },
          status: { phase: 'Pending' },
        },
      ],
    });
  });

  it('ReplicationController: its selector and labels are those of its pods', () => {
    const o = created<ReplicationController>('ReplicationController', { spec: { template } });
    expect(o.spec.selector).toEqual({ app: 'web' });
    expect(o.metadata.labels).toEqual({ app: 'web' });
  });
});

describe('validation', () => {
  it.each<[string, string, Written, string[]]>([
    [
      'Deployment',
      'a deadline on pods that always restart',
      workload({ template: { ...template, spec: { ...template.spec, activeDeadlineSeconds: 5 } } }),
      ['spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported'],
    ],
    [
      'Deployment',
      'a share that is no percentage',
      workload({ strategy: { rollingUpdate: { maxSurge: 'some' } } }),
      [
        "spec.strategy.rollingUpdate.maxSurge: Invalid value: \"some\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ],
    ],
    [
      'ReplicaSet',
      'no selector',
      { spec: { template } },
      [
        'spec.selector: Required value',
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      'DaemonSet',
      'both shares',
      workload({ updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } }),
      ['spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero'],
    ],
    [
      'DaemonSet',
      'neither share',
      workload({ updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } }),
      ['spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0'],
    ],
    [
      'DaemonSet',
      'an empty selector',
      workload({ selector: {} }),
      ['spec.selector: Invalid value: {}: empty selector is invalid for daemonset'],
    ],
    [
      'StatefulSet',
      'an unknown strategy',
      workload({ updateStrategy: { type: 'Slow' } }),
      [
        `spec.updateStrategy: Invalid value: {"Type":"Slow","RollingUpdate":null}: must be 'RollingUpdate' or 'OnDelete'`,
      ],
    ],
    [
      'StatefulSet',
      'claims that vanish somehow',
      workload({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Burn' } }),
      [
        'spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: "Burn": supported values: "Retain", "Delete"',
      ],
    ],
    [
      'StatefulSet',
      'pods that do not restart',
      workload({ template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } }),
      ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
    ],
    [
      'ReplicationController',
      'no template',
      { spec: {} },
      ['spec.selector: Required value', 'spec.template: Required value'],
    ],
    ['PodTemplate', 'no containers', {}, ['template.spec.containers: Required value']],
  ])('%s: %s', (kind, _, written, wanted) => {
    expect(complaints(kind, written)).toEqual(wanted);
  });
});

describe('update', () => {
  const other = {
    selector: { matchLabels: { app: 'other' } },
    template: { ...template, metadata: { labels: { app: 'other' } } },
  };

  it.each(['Deployment', 'ReplicaSet', 'DaemonSet'])('%s: the selector stays', (kind) => {
    expect(changeComplaints(kind, workload(), workload(other))).toEqual([
      'spec.selector: Invalid value: {"matchLabels":{"app":"other"}}: field is immutable',
    ]);
  });

  it('StatefulSet: most of the spec stays', () => {
    expect(changeComplaints('StatefulSet', workload({ serviceName: 'a' }), workload({ serviceName: 'b' }))).toEqual([
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    ]);
    expect(changeComplaints('StatefulSet', workload(), workload({ replicas: 5, minReadySeconds: 1 }))).toEqual([]);
  });

  it('a Deployment counts its annotations too', () => {
    const old = created<Deployment>('Deployment', workload());
    expect(updated<Deployment>('Deployment', old, workload()).metadata.generation).toBe(1);
    expect(updated<Deployment>('Deployment', old, workload({ replicas: 3 })).metadata.generation).toBe(2);
    const noted = { metadata: { annotations: { a: 'b' } }, ...workload() };
    expect(updated<Deployment>('Deployment', old, noted).metadata.generation).toBe(2);
  });

  it('a DaemonSet counts changes of its template', () => {
    const old = created<DaemonSet>('DaemonSet', workload());
    const image = { ...template, spec: { containers: [{ name: 'c', image: 'nginx:2' }] } };
    const next = updated<DaemonSet>('DaemonSet', old, workload({ template: image }));
    expect(next.metadata.annotations).toEqual({ 'deprecated.daemonset.template.generation': '2' });
  });
});

it('warns of a name with dots and of old labels in the template', () => {
  const old = { ...template, spec: { ...template.spec, nodeSelector: { 'beta.kubernetes.io/os': 'linux' } } };
  expect(warningsOf('Deployment', { metadata: { name: 'a.b' }, ...workload({ template: old }) })).toEqual([
    'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]',
    'spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
  ]);
});

describe('columns', () => {
  it.each<[string, object, string, string]>([
    [
      'Deployment',
      { readyReplicas: 1, updatedReplicas: 2, availableReplicas: 1 },
      'NAME | READY | UP-TO-DATE | AVAILABLE | AGE | CONTAINERS | IMAGES | SELECTOR',
      'x | 1/2 | 2 | 1 | 10m | c | nginx | app=web',
    ],
    [
      'ReplicaSet',
      { replicas: 2, readyReplicas: 1 },
      'NAME | DESIRED | CURRENT | READY | AGE | CONTAINERS | IMAGES | SELECTOR',
      'x | 2 | 2 | 1 | 10m | c | nginx | app=web',
    ],
    [
      'DaemonSet',
      {
        desiredNumberScheduled: 3,
        currentNumberScheduled: 3,
        numberReady: 2,
        updatedNumberScheduled: 3,
        numberAvailable: 2,
      },
      'NAME | DESIRED | CURRENT | READY | UP-TO-DATE | AVAILABLE | NODE SELECTOR | AGE | CONTAINERS | IMAGES | SELECTOR',
      'x | 3 | 3 | 2 | 3 | 2 | <none> | 10m | c | nginx | app=web',
    ],
    ['StatefulSet', { readyReplicas: 1 }, 'NAME | READY | AGE | CONTAINERS | IMAGES', 'x | 1/2 | 10m | c | nginx'],
  ])('%s', (kind, status, head, cells) => {
    expect(headers(kind, true)).toBe(head);
    expect(row(kind, { ...workload({ replicas: 2 }), status }, true)).toBe(cells);
  });

  it('ReplicationController', () => {
    expect(row('ReplicationController', { spec: { template, replicas: 2 } }, true)).toBe(
      'x | 2 | 0 | 0 | 10m | c | nginx | app=web',
    );
  });
});
