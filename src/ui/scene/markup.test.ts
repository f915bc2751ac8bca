import { describe, expect, it } from 'vitest';
import { t } from '../i18n/index.ts';
import { applyFrame, emptyRows } from '../rows.ts';
import { clusterFrame } from '../testing/fake-rows.ts';
import { layout } from './layout.ts';
import { hullMarkup } from './markup.ts';
import { estimate } from './measure.ts';
import { sceneToSvg } from './to-svg.ts';

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
  t,
  measure: estimate,
});
const hull = (key: string) => hullMarkup(scene.pods.find((p) => p.key === key)!, 1);

describe('each state has its own mark', () => {
  it.each([
    ['default/web-7c9d-c9v5r', '#g-pending'],
    ['default/ledger-58bd-c4m7t', 'class="torn"'],
    ['default/web-7c9d-2fjqn', 'class="load"'],
    ['default/seed-import-x8d', 'class="notch"'],
    ['default/db-0', 'class="chevron"'],
    ['default/api-66f4-zr2mh', 'class="pip on"'],
    ['kube-system/etcd-k8s-master', 'class="bolt"'],
  ])('%s: %s', (key, mark) => {
    expect(hull(key)).toContain(mark);
  });
});

it('names cannot become markup', () => {
  const hostile = { ...scene.pods[0]!, name: '<img src=x>', shape: 'full' as const };
  expect(hullMarkup(hostile, 1)).not.toContain('<img');
});

it('the whole picture is one document', () => {
  const svg = sceneToSvg(scene, 'text{}', '<defs></defs>');
  expect(svg.startsWith('<svg xmlns=')).toBe(true);
  expect(svg.match(/<g class="node"/g)).toHaveLength(4);
});
