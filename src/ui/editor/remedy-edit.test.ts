import { describe, expect, it } from 'vitest';
import type { PodRow } from '../../view/rows.ts';
import { type Edit, editedText } from './remedy-edit.ts';

const text = `# the trainer
apiVersion: apps/v1
kind: Deployment
metadata:
  name: trainer
spec:
  template:
    spec:
      nodeSelector:
        kubernetes.io/arch: amd64 # for now
      containers:
      - name: trainer
        image: python   # odd   spacing
        resources:
          requests: {cpu: "4", memory: 2Gi}
`;
const pod = { namespace: 'default', name: 'trainer-1-2', workload: 'trainer' } as PodRow;

describe('editedText', () => {
  it.each<[string, Edit, string]>([
    [
      'a lower request',
      { kind: 'request', container: 'trainer', resource: 'cpu', to: '3350m' },
      text.replace('"4"', '3350m'),
    ],
    [
      'no selector',
      { kind: 'selector', key: 'kubernetes.io/arch' },
      text.replace('      nodeSelector:\n        kubernetes.io/arch: amd64 # for now\n', ''),
    ],
    [
      'a toleration',
      { kind: 'toleration', taint: 'gpu=true:NoSchedule' },
      text.replace(
        '      containers:\n',
        '      tolerations:\n      - key: gpu\n        operator: Equal\n        value: "true"\n        effect: NoSchedule\n      containers:\n',
      ),
    ],
    [
      'a priority class',
      { kind: 'priority', name: 'high' },
      text.replace('      containers:', '      priorityClassName: high\n      containers:'),
    ],
  ])('makes %s and leaves the rest as it was', (_, edit, expected) => {
    expect(editedText(text, pod, edit)).toBe(expected);
  });

  it('adds to tolerations that are there', () => {
    const first = editedText(text, pod, { kind: 'toleration', taint: 'a:NoSchedule' })!;
    const second = editedText(first, pod, { kind: 'toleration', taint: 'b=c:NoExecute' })!;
    expect(second).toContain(
      '      tolerations:\n      - key: b\n        operator: Equal\n        value: "c"\n        effect: NoExecute\n      - key: a\n        operator: Exists\n',
    );
  });

  it('keeps the other keys of a selector', () => {
    const two = text.replace('amd64 # for now', 'amd64\n        disk: ssd');
    expect(editedText(two, pod, { kind: 'selector', key: 'disk' })).toBe(two.replace('        disk: ssd\n', ''));
  });

  it.each<[string, Edit]>([
    ['no such container', { kind: 'request', container: 'x', resource: 'cpu', to: '1' }],
    ['no such resource', { kind: 'request', container: 'trainer', resource: 'gpu', to: '1' }],
    ['no such key', { kind: 'selector', key: 'disk' }],
    ['an odd taint', { kind: 'toleration', taint: 'what' }],
  ])('%s: nothing', (_, edit) => expect(editedText(text, pod, edit)).toBeUndefined());

  it('does not touch the manifest of something else', () => {
    expect(editedText(text, { ...pod, workload: 'web' }, { kind: 'priority', name: 'x' })).toBeUndefined();
  });
});
