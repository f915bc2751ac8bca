import { describe, expect, it } from 'vitest';
import type { Container, ContainerPort } from '../../api/core.ts';
import { DELETE } from '../framework/events.ts';
import { hint, node, type PodOptions, plugin, pod, verdicts } from '../testing/cluster.ts';
import { NodePorts } from './node-ports.ts';

const container = (ports: Partial<ContainerPort>[], more: Partial<Container> = {}): Container => ({
  name: 'c',
  ports: ports.map((p) => ({ containerPort: 80, ...p })),
  ...more,
});
const with_ = (ports: Partial<ContainerPort>[], more: PodOptions = {}): PodOptions => ({
  spec: { containers: [container(ports)] },
  ...more,
});
const bound = (ports: Partial<ContainerPort>[]) =>
  pod('old', { spec: { containers: [container(ports)], nodeName: 'n1' } });
const NO = "n1 NodePorts U: node(s) didn't have free ports for the requested pod ports";

describe('the filter', () => {
  it.each([
    ['the same port', [{ hostPort: 80 }], [{ hostPort: 80 }], NO],
    ['another port', [{ hostPort: 80 }], [{ hostPort: 81 }], 'n1 ok'],
    ['another protocol', [{ hostPort: 80 }], [{ hostPort: 80, protocol: 'UDP' }], 'n1 ok'],
    ['another address', [{ hostPort: 80, hostIP: '10.0.0.1' }], [{ hostPort: 80, hostIP: '10.0.0.2' }], 'n1 ok'],
    ['any address against one', [{ hostPort: 80, hostIP: '10.0.0.1' }], [{ hostPort: 80 }], NO],
    [
      ':: is an address like any other',
      [{ hostPort: 80, hostIP: '::' }],
      [{ hostPort: 80, hostIP: '10.0.0.2' }],
      'n1 ok',
    ],
    ['no host port', [{ hostPort: 80 }], [{}], 'n1 ok'],
  ])('%s', (_, used, wanted, expected) =>
    expect(verdicts(pod('p', with_(wanted)), [node('n1'), bound(used)])).toBe(expected),
  );

  it('sidecars count, other init containers do not', () => {
    const init = (restartPolicy?: string) =>
      pod('p', {
        spec: {
          containers: [container([])],
          initContainers: [container([{ hostPort: 80 }], restartPolicy ? { restartPolicy } : {})],
        },
      });
    expect(verdicts(init(), [node('n1'), bound([{ hostPort: 80 }])])).toBe('n1 ok');
    expect(verdicts(init('Always'), [node('n1'), bound([{ hostPort: 80 }])])).toBe(NO);
  });

  it('on the host’s network every port is a host port', () =>
    expect(
      verdicts(pod('p', { spec: { hostNetwork: true, containers: [container([{}])] } }), [
        node('n1'),
        bound([{ hostPort: 80 }]),
      ]),
    ).toBe(NO));
});

it('another try when a pod with that port goes', () => {
  const p = plugin(NodePorts);
  const waiting = pod('p', with_([{ hostPort: 80 }]));
  expect(hint(p, waiting, { resource: 'AssignedPod', action: DELETE, old: bound([{ hostPort: 80 }]) })).toBe('Queue');
  expect(hint(p, waiting, { resource: 'AssignedPod', action: DELETE, old: bound([{ hostPort: 81 }]) })).toBe('Skip');
  expect(
    hint(p, waiting, { resource: 'AssignedPod', action: DELETE, old: pod('old', with_([{ hostPort: 80 }])) }),
  ).toBe('Skip');
});
