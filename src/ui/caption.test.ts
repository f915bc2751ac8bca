import { describe, expect, it } from 'vitest';
import type { CaptionRow } from '../view/rows.ts';
import { sentence } from './caption.tsx';
import { t } from './i18n/index.ts';

const placed = { kind: 'placed', pod: 'default/web-0', node: 'a', score: 851, refused: 2, attempt: 1 } as const;

describe('sentences name the actor, the object, the result and the reason', () => {
  it.each<[CaptionRow, string, string]>([
    [
      { ...placed, next: { node: 'b', score: 659 } },
      'actor.scheduler',
      '**web-0** goes to **a**: 851 points against 659 for b. 2 nodes were refused.',
    ],
    [
      { ...placed, next: { node: 'b', score: 851 }, refused: 0 },
      'actor.scheduler',
      '**web-0** goes to **a**: 851 points, as many as b; the order of looking decided.',
    ],
    [
      { ...placed, refused: 1 },
      'actor.scheduler',
      '**web-0** goes to **a**: the only node that fits. 1 node was refused.',
    ],
    [
      { kind: 'refused', pod: 'default/x', nodes: 3, reasons: [{ reason: 'Insufficient cpu', count: 3 }], attempt: 1 },
      'actor.scheduler',
      '**x** stays Pending: 0 of 3 nodes fit: 3 Insufficient cpu.',
    ],
    [{ kind: 'cordoned', node: 'a', on: true }, 'actor.kubectl', '**a** is cordoned: nothing new is placed there.'],
    [
      { kind: 'tainted', node: 'a', taint: 'k:NoExecute', removed: true },
      'actor.kubectl',
      '**a** no longer has the taint k:NoExecute.',
    ],
    [{ kind: 'deleted', pod: 'default/x', node: '' }, 'actor.kubelet', '**x** is gone.'],
    [
      { kind: 'many', count: 38, workload: 'web', nodes: 31 },
      'actor.scheduler',
      '**38 pods of web** bound to 31 nodes in the last 2 s.',
    ],
  ])('%o', (row, actor, text) => {
    expect(sentence(row, t)).toMatchObject({ actor, text });
  });

  it('leads to the pod it is about', () => {
    expect(sentence(placed, t).about).toEqual({ kind: 'Pod', key: 'default/web-0' });
  });
});
