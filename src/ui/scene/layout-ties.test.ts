import { expect, it } from 'vitest';
import { t } from '../i18n/index.ts';
import { applyFrame, emptyRows } from '../rows.ts';
import { clusterFrame } from '../testing/fake-rows.ts';
import { layout } from './layout.ts';
import { spreadCounts, tiedPods } from './layout-ties.ts';
import { overlayMarkup } from './markup.ts';
import { estimate } from './measure.ts';
import type { PodTerm, PodTerms, SceneOptions } from './types.ts';

const options: SceneOptions = {
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
};

function fixture() {
  const rows = emptyRows();
  applyFrame(rows, clusterFrame());
  return rows;
}

const term = (app: string, topologyKey = 'host', namespaces = ['default']): PodTerm => ({
  namespaces,
  selector: { matchLabels: { app } },
  topologyKey,
});

const host = Object.fromEntries([...fixture().nodes.keys()].map((n) => [n, n]));
const zone = { 'k8s-master': 'a', 'worker-x86': 'a', 'worker-ppc64le': 'b' };

/** Terms of the first `web` pod on worker-x86. */
function termsOf(over: Partial<PodTerms>): PodTerms {
  const self = [...fixture().pods.values()].find((p) => p.workload === 'web' && p.node === 'worker-x86')!;
  return { uid: self.uid, together: [], apart: [], spread: [], domains: { host, zone }, ...over };
}

const named = (terms: PodTerms) => {
  const rows = fixture();
  return [...tiedPods(rows, terms)].map(([uid, kind]) => `${kind} ${rows.pods.get(uid)!.name}`);
};

it.each<[string, Partial<PodTerms>, string[]]>([
  ['wants what lies in its own domain', { together: [term('api')] }, ['with api-66f4-wk7c9', 'with api-9xk2v']],
  ['not what lies in another', { together: [term('db')] }, []],
  ['keeps away from those elsewhere', { apart: [term('db')] }, ['apart db-0']],
  ['sees only the namespaces it names', { apart: [term('db', 'host', ['shop'])] }, []],
  ['a node without the label is no domain', { together: [term('cache', 'zone')] }, []],
])('a pod %s', (_, over, expected) => {
  expect(named(termsOf(over)).map((n) => n.split('-')[0])).toEqual(expected.map((n) => n.split('-')[0]));
});

it('counts each domain, those without a pod, too', () => {
  const counts = spreadCounts(fixture(), termsOf({}), term('api', 'zone'));
  expect(Object.fromEntries(counts)).toEqual({ a: 2, b: 0 });
});

it('brackets runs of berths of one domain and says their counts', () => {
  const scene = layout(fixture(), { ...options, podTerms: termsOf({ spread: [term('api', 'zone')] }) });
  expect(scene.ties?.brackets.map((b) => b.label.text)).toEqual(['a: 2', 'b: 0']);
});

it('marks together with a plus and apart with a bar', () => {
  const ties = { ...termsOf({ together: [term('api')], apart: [term('db')] }) };
  const markup = overlayMarkup(layout(fixture(), { ...options, podTerms: ties }));
  expect(markup.match(/class="link with"/g)).toHaveLength(2);
  expect(markup.match(/class="link apart"/g)).toHaveLength(1);
  expect(markup.match(/class="tie-sign"/g)).toHaveLength(3);
});

it('joins victims to the hull that waits for their place', () => {
  const rows = fixture();
  const victim = [...rows.pods.values()].find((p) => p.workload === 'web' && p.node === 'worker-x86')!;
  const trainer = [...rows.pods.values()].find((p) => p.workload === 'trainer')!;
  expect(layout(rows, options).victims).toBeUndefined();
  rows.pods.set(victim.uid, { ...victim, form: 'evicted', preempted: true });
  rows.pods.set(trainer.uid, { ...trainer, nominatedNode: 'worker-x86' });
  const scene = layout(rows, options);
  expect(scene.victims).toHaveLength(1);
  expect(scene.nodes.find((n) => n.name === 'worker-x86')?.ghost?.overW).toBe(0);
});
