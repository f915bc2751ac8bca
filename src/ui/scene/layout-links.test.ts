import { describe, expect, it } from 'vitest';
import { t } from '../i18n/index.ts';
import { applyFrame, emptyRows } from '../rows.ts';
import { clusterFrame } from '../testing/fake-rows.ts';
import { layout } from './layout.ts';
import { selects } from './layout-links.ts';
import { estimate } from './measure.ts';

describe('selects', () => {
  it.each([
    [{ app: 'web' }, { app: 'web', tier: 'x' }, true],
    [{ app: 'web', tier: 'y' }, { app: 'web' }, false],
    [{}, { app: 'web' }, false],
  ])('%o on %o: %s', (selector, labels, expected) => {
    expect(selects(selector, labels as Record<string, string>)).toBe(expected);
  });
});

it('draws a line to each pod that serves, and tells ready from not ready; those that leave get none', () => {
  const rows = emptyRows();
  applyFrame(rows, clusterFrame());
  const scene = layout(rows, {
    width: 1108,
    height: 620,
    zoom: 1,
    narrow: false,
    mobile: false,
    terse: false,
    showQueue: true,
    systemNames: false,
    selection: null,
    explained: null,
    waiting: null,
    preview: null,
    service: { name: 'web', namespace: 'default', address: '10.96.14.7:80', selector: { app: 'web' } },
    t,
    measure: estimate,
  });
  expect(scene.links?.title).toBe('Service web');
  expect(scene.links?.lines.map((l) => l.ready)).toEqual([true, true, false]);
});
