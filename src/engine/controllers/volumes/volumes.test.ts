import { expect, it } from 'vitest';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/core.ts';
import { type Lab, lab } from '../../testing/lab.ts';

const pv = (name: string, size: string, more = ''): string =>
  `{apiVersion: v1, kind: PersistentVolume, metadata: {name: ${name}}, spec: {capacity: {storage: ${size}}, accessModes: [ReadWriteOnce], storageClassName: manual, hostPath: {path: /data}${more}}}`;
const pvc = (name: string, size: string, more = 'storageClassName: manual'): string =>
  `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: ${name}}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: ${size}}}, ${more}}}`;
const user = (name: string, claim: string): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {volumes: [{name: v, persistentVolumeClaim: {claimName: ${claim}}}], containers: [{name: c, image: nginx, volumeMounts: [{name: v, mountPath: /data}]}]}}`;
const storageClass = (name: string, provisioner: string, mode: string, isDefault = false): string =>
  `{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: ${name}${isDefault ? ', annotations: {storageclass.kubernetes.io/is-default-class: "true"}' : ''}}, provisioner: ${provisioner}, volumeBindingMode: ${mode}}`;

const claim = (c: Lab, name: string): PersistentVolumeClaim =>
  c.get<PersistentVolumeClaim>('PersistentVolumeClaim', name)!;
const volume = (c: Lab, name: string): string => {
  const v = c.get<PersistentVolume>('PersistentVolume', name);
  return v ? `${v.status.phase} ${v.spec.claimRef?.name ?? '-'}` : 'gone';
};

it('takes the smallest volume that fits, both sides bound', () => {
  const c = lab('w1');
  c.create([pv('big', '50Gi'), pv('small', '1Gi'), pv('fit', '10Gi'), pvc('data', '5Gi')].join('\n---\n'));
  c.run(1);
  expect([volume(c, 'big'), volume(c, 'small'), volume(c, 'fit')]).toEqual([
    'Available -',
    'Available -',
    'Bound data',
  ]);
  expect(claim(c, 'data')).toMatchObject({
    metadata: {
      annotations: { 'pv.kubernetes.io/bind-completed': 'yes', 'pv.kubernetes.io/bound-by-controller': 'yes' },
    },
    spec: { volumeName: 'fit' },
    status: { phase: 'Bound', capacity: { storage: '10Gi' }, accessModes: ['ReadWriteOnce'] },
  });
  expect(c.disturb()).toEqual([]);
});

it('a claim in use waits to go; its volume is Released and stays', () => {
  const c = lab('w1');
  c.create([pv('disk', '10Gi'), pvc('data', '5Gi'), user('user', 'data')].join('\n---\n'));
  c.run(3);
  expect(c.pods()).toEqual(['user Running w1']);
  c.delete('PersistentVolumeClaim', 'data');
  c.run(2);
  expect(claim(c, 'data').metadata.deletionTimestamp).toBeDefined();
  c.delete('Pod', 'user');
  c.run(2);
  expect(claim(c, 'data')).toBeUndefined();
  expect(volume(c, 'disk')).toBe('Released data');
  c.delete('PersistentVolume', 'disk');
  c.run(1);
  expect(volume(c, 'disk')).toBe('gone');
});

it('waits for its first consumer, and says for which pod', () => {
  const c = lab('w1');
  c.create(storageClass('local', 'kubernetes.io/no-provisioner', 'WaitForFirstConsumer'));
  c.create([pvc('data', '5Gi', 'storageClassName: local')].join('\n---\n'));
  c.run(1);
  expect(c.events('PersistentVolumeClaim')).toEqual([
    'WaitForFirstConsumer waiting for first consumer to be created before binding',
  ]);
  c.create(user('second', 'data'));
  c.run(16);
  expect(c.events('PersistentVolumeClaim').at(-1)).toBe('WaitForPodScheduled waiting for pod second to be scheduled');
  expect(c.disturb()).toEqual([]);
  c.create(pv('disk', '10Gi').replace('manual', 'local'));
  c.run(20);
  expect(c.pods()).toEqual(['second Running w1']);
  expect(volume(c, 'disk')).toBe('Bound data');
});

it.each([
  ['storageClassName: ""', 'FailedBinding no persistent volumes available for this claim and no storage class is set'],
  ['storageClassName: nope', 'ProvisioningFailed storageclass.storage.k8s.io "nope" not found'],
  [
    'storageClassName: manual, volumeName: tiny',
    'VolumeMismatch Cannot bind to requested volume "tiny": requested PV is too small',
  ],
])('%s: %s', (spec, event) => {
  const c = lab('w1');
  c.create(pv('tiny', '1Gi'));
  c.create(pvc('data', '5Gi', spec));
  c.run(1);
  expect(c.events('PersistentVolumeClaim')).toEqual([event]);
  expect(claim(c, 'data').status.phase).toBe('Pending');
  expect(c.disturb()).toEqual([]);
});

it('an installed driver makes a volume and removes it with the claim; an absent one is waited for', () => {
  const c = lab('w1');
  c.create(storageClass('fast', 'example.com/disk', 'Immediate'));
  c.create(pvc('data', '5Gi', 'storageClassName: fast'));
  c.run(1);
  expect(c.events('PersistentVolumeClaim')[0]).toContain(
    "ExternalProvisioning Waiting for a volume to be created either by the external provisioner 'example.com/disk'",
  );
  c.create(
    '{apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: {name: example.com/disk}, spec: {}}'.replace(
      'example.com/disk}',
      'disk.example.com}',
    ),
  );
  c.create(storageClass('quick', 'disk.example.com', 'Immediate', true));
  c.create(pvc('auto', '5Gi', ''));
  c.run(2);
  const { uid } = claim(c, 'auto').metadata;
  expect(volume(c, `pvc-${uid}`)).toBe('Bound auto');
  c.delete('PersistentVolumeClaim', 'auto');
  c.run(2);
  expect(volume(c, `pvc-${uid}`)).toBe('gone');
});

it('local-path provisions on the node of the pod; losing the volume is told', () => {
  const c = lab('w1 w2');
  c.create(storageClass('local-path', 'rancher.io/local-path', 'WaitForFirstConsumer'));
  c.create(pvc('data', '5Gi', 'storageClassName: local-path'));
  c.create(user('user', 'data'));
  c.run(5);
  expect(c.pods()[0]).toMatch(/^user Running/);
  const name = claim(c, 'data').spec.volumeName!;
  expect(c.get<PersistentVolume>('PersistentVolume', name)!.spec.nodeAffinity).toBeDefined();
});
