import { expect, it } from 'vitest';
import type { Container, PodSpec, ResourceRequirements } from './core.ts';
import { qosClassOf } from './qos.ts';

const containers = (...all: ResourceRequirements[]): Container[] =>
  all.map((resources, i) => ({ name: `c${i}`, resources }));
const full = { cpu: '1', memory: '1Gi' };

it.each<[string, Partial<PodSpec>, string]>([
  ['nothing asked for', { containers: containers({}) }, 'BestEffort'],
  ['no resources at all', { containers: [{ name: 'c' }] }, 'BestEffort'],
  ['a request', { containers: containers({ requests: { cpu: '1' } }) }, 'Burstable'],
  ['limits equal to requests', { containers: containers({ requests: full, limits: full }) }, 'Guaranteed'],
  [
    'equal, in other words',
    { containers: containers({ requests: { cpu: '1000m', memory: '1024Mi' }, limits: full }) },
    'Guaranteed',
  ],
  [
    'requests below limits',
    { containers: containers({ requests: { ...full, cpu: '500m' }, limits: full }) },
    'Burstable',
  ],
  ['one container without limits', { containers: containers({ requests: full, limits: full }, {}) }, 'Burstable'],
  ['only the CPU limited', { containers: containers({ requests: { cpu: '1' }, limits: { cpu: '1' } }) }, 'Burstable'],
  [
    'other resources do not count',
    { containers: containers({ requests: { 'example.com/gpu': '1' }, limits: { 'example.com/gpu': '1' } }) },
    'BestEffort',
  ],
  ['a zero request does not count', { containers: containers({ requests: { cpu: '0' } }) }, 'BestEffort'],
  [
    'init containers count',
    { containers: containers({ requests: full, limits: full }), initContainers: containers({}) },
    'Burstable',
  ],
  [
    'pod-level resources decide',
    { containers: containers({}), resources: { requests: full, limits: full } },
    'Guaranteed',
  ],
])('%s', (_, spec, wanted) => {
  expect(qosClassOf(spec as PodSpec)).toBe(wanted);
});
