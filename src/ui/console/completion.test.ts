import { describe, expect, it } from 'vitest';
import { commonPrefix, ghostOf, onTab, take } from './completion.ts';

describe('completion', () => {
  it('shows the rest of the option', () => {
    expect(ghostOf('kubectl describe pod tr', { from: 21, options: ['trainer-x7d2p'] })).toBe('ainer-x7d2p');
    expect(ghostOf('kubectl get x', { from: 12, options: ['pods'] })).toBe('');
    expect(ghostOf('k', { from: 0, options: [] })).toBe('');
  });

  it.each([
    [['web-1', 'web-2', 'web'], 'web'],
    [['a', 'b'], ''],
    [[], ''],
  ])('common prefix of %j', (options, prefix) => expect(commonPrefix(options)).toBe(prefix));

  it.each([
    ['kubectl get po', { from: 12, options: ['pods'] }, 'kubectl get pods ', false],
    ['kubectl logs w', { from: 13, options: ['web-5d8f-a', 'web-5d8f-b'] }, 'kubectl logs web-5d8f-', false],
    ['kubectl logs web-5d8f-', { from: 13, options: ['web-5d8f-a', 'web-5d8f-b'] }, 'kubectl logs web-5d8f-', true],
    ['kubectl x', { from: 8, options: [] }, 'kubectl x', false],
  ])('Tab on %j', (line, completion, expected, pick) => {
    expect(onTab(line, completion)).toEqual({ line: expected, pick });
  });

  it('adds no space where the word goes on', () => {
    expect(take('kubectl get ', { from: 12, options: [] }, 'pod/')).toBe('kubectl get pod/');
  });
});
