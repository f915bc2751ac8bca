/** What the shapes mean, and the keys. The legend is drawn by the same code as the picture. */
import type { PodForm } from '../../view/rows.ts';
import { type Key, useT } from '../i18n/index.ts';
import { hullMarkup } from '../scene/markup.ts';
import { podClass } from '../scene/to-svg.ts';
import type { HullScene } from '../scene/types.ts';
import { setState, useStore } from '../store.ts';
import { Dialog } from './dialog.tsx';

const NAMES: Record<PodForm, string> = {
  pending: 'Pending',
  gated: 'SchedulingGated',
  scheduled: 'Scheduled',
  init: 'Init:1/2',
  creating: 'ContainerCreating',
  notready: 'Running, not ready',
  running: 'Running',
  succeeded: 'Succeeded',
  failed: 'Failed',
  crashloop: 'CrashLoopBackOff',
  imagepull: 'ImagePullBackOff',
  terminating: 'Terminating',
  evicted: 'Evicted',
  unknown: 'Unknown',
};

function sample(form: PodForm, line2: string): HullScene {
  const two = form === 'notready';
  return {
    uid: form,
    key: '',
    node: '',
    workload: 'web',
    x: 0,
    y: 0,
    w: 112,
    h: 38,
    shape: 'full',
    form,
    owner: 'replicaset',
    system: false,
    name: 'web',
    line2,
    pips: two
      ? [
          { ready: true, sidecar: false },
          { ready: false, sidecar: false },
        ]
      : [],
    init:
      form === 'init'
        ? [
            { done: true, running: false },
            { done: false, running: true },
          ]
        : [],
    chevrons: 0,
    restarts: 0,
    label: '',
    description: '',
    selected: false,
    dim: false,
    ...(form === 'creating' ? { progress: 0.62 } : {}),
  };
}

function Hull({ hull, w = 116, h = 42 }: { hull: HullScene; w?: number; h?: number }) {
  const markup = { __html: `<g class="${podClass(hull)}" transform="translate(2 2)">${hullMarkup(hull, 1)}</g>` };
  // biome-ignore lint/security/noDangerouslySetInnerHtml: our own markup of our own sample
  return <svg className="scene-svg" width={w} height={h} aria-hidden="true" dangerouslySetInnerHTML={markup} />;
}

const KEYS: [string, Key][] = [
  ['Ctrl+Enter', 'key.apply'],
  ['Ctrl+S', 'key.copy'],
  ['Ctrl+Z, Ctrl+Shift+Z', 'key.undo'],
  ['Ctrl+K', 'key.find'],
  ['Space', 'key.play'],
  ['. ,', 'key.step'],
  ['1 2 3 4', 'key.speed'],
  ['/', 'key.console'],
  ['E', 'key.editor'],
  ['L', 'key.lesson'],
  ['P', 'key.controlPlane'],
  ['Shift+P', 'key.projector'],
  ['T', 'key.table'],
  ['Y', 'key.system'],
  ['↑ ↓ ← →', 'key.arrows'],
  ['C D X R', 'key.node'],
  ['W', 'key.would'],
  ['Shift+F10', 'key.menu'],
  ['+ - 0', 'key.zoom'],
  ['F6, Shift+F6', 'key.region'],
  ['Esc', 'key.close'],
  ['?', 'key.help'],
];

export function HelpDialog() {
  const t = useT();
  const singleKeys = useStore((s) => s.singleKeys);
  const line2: Partial<Record<PodForm, string>> = {
    creating: t('fact.pull', { n: 62 }),
    notready: t('fact.ready', { a: 1, b: 2 }),
    succeeded: t('fact.exit', { n: 0 }),
    failed: t('fact.exit', { n: 1 }),
    crashloop: t('fact.restarts', { n: 4 }),
    imagepull: t('fact.retry', { n: 40 }),
    terminating: t('fact.grace', { n: 11 }),
    evicted: t('legend.by.drain'),
  };
  return (
    <Dialog title={t('legend.title')} wide>
      <p className="sub">{t('legend.colour')}</p>
      <ul className="legend">
        {(Object.keys(NAMES) as PodForm[]).map((form) => (
          <li key={form}>
            <Hull hull={sample(form, line2[form] ?? '7c9d-h8w4z')} />
            <div>
              <b>{NAMES[form]}</b>
              <span>{t(`legend.${form}`)}</span>
            </div>
          </li>
        ))}
      </ul>
      <LegendRow />
      <h3>{t('help.keys')}</h3>
      <label className="p-check">
        <input type="checkbox" checked={singleKeys} onChange={(e) => setState({ singleKeys: e.target.checked })} />
        {t('help.single')}
      </label>
      <dl className="keys">
        {KEYS.map(([key, what]) => (
          <div key={what}>
            <dt>{t(what)}</dt>
            <dd>
              <kbd>{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <p className="sub">
        {t('help.fine')} {t('help.offline')}.
      </p>
    </Dialog>
  );
}

function LegendRow() {
  const t = useT();
  const system = (owner: HullScene['owner']): HullScene => ({
    ...sample('running', ''),
    shape: 'system',
    system: true,
    owner,
    w: 24,
    h: 20,
  });
  const glyph = (name: string) => (
    <svg className="g ico-s" aria-hidden="true">
      <use href={`#g-${name}`} />
    </svg>
  );
  return (
    <div className="legend-row">
      <span>
        <Hull hull={system('static')} w={28} h={24} />
        {t('legend.static')}
      </span>
      <span>
        <Hull hull={system('daemonset')} w={28} h={24} />
        {t('legend.daemonset')}
      </span>
      <span>{glyph('noschedule')}NoSchedule</span>
      <span>{glyph('prefer')}PreferNoSchedule</span>
      <span>{glyph('noexecute')}NoExecute</span>
      <span>
        {glyph('cordon')}
        {t('node.cordoned')}
      </span>
    </div>
  );
}
