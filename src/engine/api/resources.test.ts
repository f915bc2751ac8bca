import { expect, it } from 'vitest';
import type { Container, PodSpec } from './core.ts';
import { type Amounts, isExtendedResource, isScalarResource, podLimits, podRequests } from './resources.ts';

const c = (cpu?: string, memory?: string, more: Partial<Container> = {}): Container => ({
  name: 'c',
  resources: { requests: { ...(cpu === undefined ? {} : { cpu }), ...(memory === undefined ? {} : { memory }) } },
  ...more,
});
const sidecar = (cpu: string): Container => c(cpu, undefined, { restartPolicy: 'Always' });
const MI = 1024 * 1024;

it.each<[string, PodSpec, Amounts]>([
  ['containers add up', { containers: [c('500m', '1Mi'), c('1', '2Mi')] }, { cpu: 1500, memory: 3 * MI }],
  ['the largest init container counts', { containers: [c('1')], initContainers: [c('3'), c('2')] }, { cpu: 3000 }],
  [
    'a sidecar before an init container',
    { containers: [c('1')], initContainers: [sidecar('1'), c('2')] },
    { cpu: 3000 },
  ],
  [
    'a sidecar after an init container',
    { containers: [c('1')], initContainers: [c('2'), sidecar('1')] },
    { cpu: 2000 },
  ],
  ['overhead is added', { containers: [c('1')], overhead: { cpu: '250m' } }, { cpu: 1250 }],
  [
    'pod-level values replace',
    { containers: [c('1', '1Mi')], resources: { requests: { cpu: '2' } } },
    { cpu: 2000, memory: MI },
  ],
  ['a fraction of a byte is rounded up', { containers: [c(undefined, '1500m')] }, { memory: 2 }],
])('requests: %s', (_, spec, expected) => expect(podRequests(spec)).toEqual(expected));

it.each<[string, PodSpec, Amounts]>([
  ['nothing named', { containers: [c(), c()] }, { cpu: 200, memory: 400 * MI }],
  ['an explicit zero stays', { containers: [c('0')] }, { cpu: 0, memory: 200 * MI }],
  [
    'pod-level: only what is missing at the end',
    { containers: [c(), c()], resources: { requests: { cpu: '2' } } },
    { cpu: 2000, memory: 200 * MI },
  ],
])('non-zero requests: %s', (_, spec, expected) => expect(podRequests(spec, { nonZero: true })).toEqual(expected));

it('without actual resources in the status a grant does not count', () => {
  const status = {
    containerStatuses: [
      { name: 'c', image: '', imageID: '', ready: true, restartCount: 0, allocatedResources: { cpu: '2' } },
    ],
  };
  expect(podRequests({ containers: [c('1')] }, { status })).toEqual({ cpu: 1000 });
});

it('a granted resize counts until the spec is lower, and alone when it is infeasible', () => {
  const spec: PodSpec = { containers: [c('1')] };
  const granted = {
    containerStatuses: [
      {
        name: 'c',
        image: '',
        imageID: '',
        ready: true,
        restartCount: 0,
        resources: {},
        allocatedResources: { cpu: '2' },
      },
    ],
  };
  expect(podRequests(spec, { status: granted })).toEqual({ cpu: 2000 });
  const small = {
    ...granted,
    containerStatuses: [{ ...granted.containerStatuses[0]!, allocatedResources: { cpu: '500m' } }],
  };
  expect(podRequests(spec, { status: small })).toEqual({ cpu: 1000 });
  const infeasible = {
    ...small,
    conditions: [{ type: 'PodResizePending', status: 'True' as const, reason: 'Infeasible' }],
  };
  expect(podRequests(spec, { status: infeasible })).toEqual({ cpu: 500 });
});

it('limits take overhead only where there is one', () => {
  const spec: PodSpec = {
    containers: [{ name: 'c', resources: { limits: { cpu: '1' } } }],
    overhead: { cpu: '1', memory: '1Mi' },
  };
  expect(podLimits(spec)).toEqual({ cpu: 2000 });
});

it.each([
  ['nvidia.com/gpu', true, true],
  ['hugepages-2Mi', false, true],
  ['kubernetes.io/batch', false, true],
  ['gpu', false, false],
  ['attachable-volumes-aws', false, true],
])('%s: extended %s, counted %s', (name, extended, scalar) => {
  expect(isExtendedResource(name)).toBe(extended);
  expect(isScalarResource(name)).toBe(scalar);
});
