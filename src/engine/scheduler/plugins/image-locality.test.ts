import { describe, expect, it } from 'vitest';
import { node, pod, scoresOf } from '../testing/cluster.ts';
import { normalizedImageName } from './image-locality.ts';

const MIB = 1024 * 1024;
const image = (name: string, mib: number) => ({ names: [name], sizeBytes: mib * MIB });

describe('the score', () => {
  it('size, spread and thresholds', () =>
    expect(
      scoresOf('ImageLocality', pod('p', { image: 'nginx' }), [
        node('n1', { images: [image('nginx:latest', 500)] }),
        node('n2'),
      ]),
    ).toBe('n1 23, n2 0'));
  it('an image on every node counts in full', () =>
    expect(
      scoresOf(
        'ImageLocality',
        pod('p', { image: 'nginx' }),
        ['n1', 'n2'].map((n) => node(n, { images: [image('nginx:latest', 500)] })),
      ),
    ).toBe('n1 48, n2 48'));
  it('names must be equal letter for letter', () =>
    expect(
      scoresOf('ImageLocality', pod('p', { image: 'nginx' }), [
        node('n1', { images: [image('docker.io/library/nginx:latest', 500)] }),
        node('n2'),
      ]),
    ).toBe('n1 0, n2 0'));
  it('init containers raise the threshold, too', () =>
    expect(
      scoresOf('ImageLocality', pod('p', { image: 'a:1', spec: { initContainers: [{ name: 'i', image: 'b:1' }] } }), [
        node('n1', { images: [image('a:1', 1000), image('b:1', 1000)] }),
        node('n2'),
      ]),
    ).toBe('n1 49, n2 0'));
});

it.each([
  ['nginx', 'nginx:latest'],
  ['nginx:1', 'nginx:1'],
  ['localhost:5000/nginx', 'localhost:5000/nginx:latest'],
  ['nginx@sha256:abc', 'nginx@sha256:abc'],
])('%s is %s', (given, expected) => expect(normalizedImageName(given)).toBe(expected));
