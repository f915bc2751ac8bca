import { expect, it } from 'vitest';
import type { Pod } from '../api/core.ts';
import { lab } from '../testing/lab.ts';

const pod = (name: string, tolerations = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {nodeName: w1${tolerations ? `, tolerations: [${tolerations}]` : ''}, containers: [{name: c, image: nginx}]}}`;

it('a NoExecute taint evicts at once, after tolerationSeconds, or never', () => {
  const c = lab('w1');
  c.create(
    [
      pod('none'),
      pod('short', '{key: maintenance, operator: Exists, effect: NoExecute, tolerationSeconds: 8}'),
      pod('always', '{key: maintenance, operator: Exists, effect: NoExecute}'),
      pod('wrong', '{key: maintenance, operator: Exists, effect: NoSchedule}'),
    ].join('\n---\n'),
  );
  c.run(2);
  const taint = { key: 'maintenance', value: 'now', effect: 'NoExecute' };
  c.patch('Node', 'w1', { spec: { taints: [taint] } });
  c.run(3);
  expect(c.pods()).toEqual(['always Running w1', 'short Running w1']);
  expect(c.disturb()).toEqual([]);
  c.run(6);
  expect(c.pods()).toEqual(['always Running w1']);
  expect(c.events('Pod')).toEqual([
    'TaintManagerEviction Marking for deletion Pod default/none',
    'TaintManagerEviction Marking for deletion Pod default/wrong',
    'TaintManagerEviction Marking for deletion Pod default/short',
  ]);
});

it('the pod learns why, and a taint taken off in time spares it', () => {
  const c = lab('w1');
  c.create(
    pod('short', '{key: k, operator: Exists, effect: NoExecute, tolerationSeconds: 8}').replace(
      'metadata: {',
      'metadata: {finalizers: [example.com/wait], ',
    ),
  );
  c.run(2);
  c.patch('Node', 'w1', { spec: { taints: [{ key: 'k', effect: 'NoExecute' }] } });
  c.run(3);
  c.must({ verb: 'patch', patchType: 'merge', resource: 'nodes', name: 'w1', body: { spec: { taints: null } } });
  c.run(20);
  expect(c.get<Pod>('Pod', 'short')!.metadata.deletionTimestamp).toBeUndefined();
  expect(c.events('Pod')).toEqual(['TaintManagerEviction Cancelling deletion of Pod default/short']);
  c.patch('Node', 'w1', { spec: { taints: [{ key: 'k', effect: 'NoExecute' }] } });
  c.run(10);
  expect(c.get<Pod>('Pod', 'short')!.status.conditions).toContainEqual(
    expect.objectContaining({ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager' }),
  );
});
