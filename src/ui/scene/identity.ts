/** Who a node is: its name, architecture, role and condition, and the chips that say what is special about it. */
import type { NodeRow, TaintRow } from '../../view/rows.ts';
import { type BerthFrame, isCordonTaint, type RowForm } from './frame.ts';
import { PAD } from './geometry.ts';
import { cutTo } from './measure.ts';
import type { Chip, NodeScene, SceneOptions } from './types.ts';

const BADGES: Record<string, NonNullable<NodeScene['badge']>['shape']> = {
  amd64: 'square',
  ppc64le: 'pill',
  arm64: 'cut',
  s390x: 'double',
};

type Identity = Pick<NodeScene, 'title' | 'badge' | 'meta' | 'chips'>;

export function badgeOf(arch: string, x: number, y: number, options: SceneOptions): NonNullable<NodeScene['badge']> {
  const z = options.zoom;
  const pad = BADGES[arch] === 'pill' ? 7 : 5;
  const w = options.measure(arch, 11 * z, 'mono') * 0.97 + 2 * pad * z;
  return { x, y, w, h: 17 * z, text: arch, shape: BADGES[arch] ?? 'square' };
}

export function identity(node: NodeRow, form: RowForm, frame: BerthFrame, options: SceneOptions): Identity {
  const { measure, zoom: z } = options;
  const x = options.mobile ? frame.slipX : PAD * z;
  const size = (options.mobile ? 13 : 15) * z;
  const whole = measure(node.name, size, 'bold');
  // Name and badge side by side where rows are low, if both have room; else the badge stands below.
  const inline =
    options.mobile ||
    ((form.dense || options.terse) && whole + badgeOf(node.arch, 0, 0, options).w + 16 * z <= frame.idW);
  const name = cutTo(measure, node.name, options.mobile ? options.width / 2 : frame.idW - 8, size, 'bold');
  const baseline = form.header - (options.mobile ? 9 : 5) * z;
  const title = { x, y: baseline, text: name, size };
  const nameW = measure(name, size, 'bold');
  const badge = inline
    ? badgeOf(node.arch, x + nameW + 7 * z, baseline - 13 * z, options)
    : badgeOf(node.arch, x, baseline + 6 * z, options);
  const chips = options.mobile ? [] : chipsOf(node, x, baseline + (inline ? 9 : 29) * z, frame.idW - 10, options);
  const role = node.roles[0] ?? 'worker';
  return {
    title,
    badge,
    chips,
    ...(inline
      ? {}
      : {
          meta: {
            x: x + badge.w + 6 * z,
            y: badge.y + 12.5 * z,
            text: cutTo(measure, `${role}, ${node.status}`, frame.idW - badge.w - 12, 11 * z),
          },
        }),
  };
}

/** The key without its prefix, as the chip shows it; the whole key is in the tooltip. */
export const shortKey = (key: string): string => key.split('/').at(-1)!;

export const taintWord = (t: TaintRow): string => `${t.key}${t.value ? `=${t.value}` : ''}:${t.effect}`;

const GLYPHS: Record<string, Chip['glyph']> = {
  NoSchedule: 'noschedule',
  PreferNoSchedule: 'prefer',
  NoExecute: 'noexecute',
};

function chipsOf(node: NodeRow, x: number, top: number, width: number, options: SceneOptions): Chip[] {
  const { t, measure, zoom: z } = options;
  const chips: Chip[] = [];
  const add = (glyph: Chip['glyph'], text: string, suffix: string, title: string, dashed: boolean) => {
    const room = width - 27 * z;
    const cut = cutTo(measure, text, room - measure(suffix, 11 * z), 11 * z);
    const w = measure(cut, 11 * z) + measure(suffix, 11 * z) + 27 * z;
    chips.push({ x, y: top + chips.length * 21 * z, w, h: 18 * z, glyph, text: cut, suffix, title, dashed });
  };
  if (node.unschedulable) {
    const text = node.draining ? t('node.draining', node.draining) : t('node.cordoned');
    add('cordon', text, '', 'spec.unschedulable: true', true);
  }
  for (const taint of node.taints) {
    if (node.unschedulable && isCordonTaint(taint.key)) continue;
    add(GLYPHS[taint.effect] ?? 'noschedule', shortKey(taint.key), `:${taint.effect}`, taintWord(taint), false);
  }
  for (const pressure of node.pressure) add('pressure', pressure, '', pressure, false);
  const most = 3;
  if (chips.length <= most) return chips;
  const rest = chips.splice(most - 1);
  add('noschedule', `+${rest.length}`, '', rest.map((c) => c.title).join(', '), false);
  return chips;
}
