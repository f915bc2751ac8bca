import { describe, expect, it } from 'vitest';
import messages from './protobuf.json';
import { NotProtobuf, ProtobufReader } from './protobuf.ts';

const reader = new ProtobufReader(messages);

/** Bytes by hand: field number and wire type, then what stands there. */
const key = (number: number, wire: number): number[] => varint((number << 3) | wire);
function varint(n: number): number[] {
  const out: number[] = [];
  for (let v = n; ; v = Math.floor(v / 128)) {
    if (v < 128) return [...out, v];
    out.push((v % 128) | 0x80);
  }
}
const int = (number: number, n: number): number[] => [...key(number, 0), ...varint(n)];
const bytes = (number: number, content: readonly number[]): number[] => [
  ...key(number, 2),
  ...varint(content.length),
  ...content,
];
const text = (number: number, s: string): number[] => bytes(number, [...Buffer.from(s)]);
const body = (apiVersion: string, kind: string, raw: number[]): Buffer =>
  Buffer.from([...Buffer.from('k8s\0'), ...bytes(1, [...text(1, apiVersion), ...text(2, kind)]), ...bytes(2, raw)]);

describe('objects in protobuf', () => {
  it('reads maps, bytes and inlined structs', () => {
    const metadata = [...text(1, 'key'), ...bytes(11, [...text(1, 'a'), ...text(2, 'b')]), ...bytes(8, [])];
    const data = bytes(2, [...text(1, 'pass'), ...bytes(2, [1, 2, 3])]);
    expect(reader.object(body('v1', 'Secret', [...bytes(1, metadata), ...data, ...text(3, 'Opaque')]))).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'key', labels: { a: 'b' } },
      data: { pass: 'AQID' },
      type: 'Opaque',
    });
    const handler = bytes(1, bytes(2, [...text(1, '/'), ...bytes(2, [...int(1, 1), ...text(3, 'web')])]));
    const container = [...text(1, 'c'), ...bytes(10, [...handler, ...int(2, 0), ...int(4, 300)]), ...int(16, 0)];
    const pod = reader.object(body('v1', 'Pod', bytes(2, [...bytes(2, container), ...int(4, 0), ...int(11, 0)])));
    expect(pod.spec).toEqual({
      containers: [{ name: 'c', livenessProbe: { httpGet: { path: '/', port: 'web' }, periodSeconds: 300 } }],
      terminationGracePeriodSeconds: 0,
    });
  });

  it('reads times, quantities and numbers below zero', () => {
    const minusOne = [...key(2, 0), ...Array<number>(9).fill(0xff), 1];
    const metadata = bytes(1, bytes(8, int(1, 1767225600)));
    expect(reader.object(body('scheduling.k8s.io/v1', 'PriorityClass', [...metadata, ...minusOne]))).toEqual({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { creationTimestamp: '2026-01-01T00:00:00Z' },
      value: -1,
    });
    const hard = bytes(1, [...text(1, 'cpu'), ...bytes(2, text(1, '500m'))]);
    expect(reader.object(body('v1', 'ResourceQuota', bytes(2, hard))).spec).toEqual({ hard: { cpu: '500m' } });
  });

  it('keeps the zeros that JSON would have, and those alone', () => {
    const raw = [...int(2, 0), ...int(3, 0), ...text(4, '')];
    expect(reader.object(body('scheduling.k8s.io/v1', 'PriorityClass', raw))).toEqual({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      value: 0,
    });
  });

  it('passes over fields that are newer', () => {
    expect(reader.object(body('v1', 'ConfigMap', text(999, 'new')))).toEqual({ apiVersion: 'v1', kind: 'ConfigMap' });
  });

  it.each([
    ['JSON', Buffer.from('{"kind":"Pod"}')],
    ['an unknown kind', body('v1', 'Odd', [])],
    ['half a field', body('v1', 'Pod', [...key(2, 2), 9, 1])],
    ['a number without an end', body('v1', 'Pod', [...key(2, 0), 0xff])],
    ['an unknown wire type', body('v1', 'Pod', key(2, 3))],
    ['a number where a message is', body('v1', 'Pod', int(2, 1))],
  ])('refuses %s', (_, b) => {
    expect(() => reader.object(b)).toThrow(NotProtobuf);
  });
});
