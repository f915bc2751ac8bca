import type { PodForm } from '../../view/rows.ts';

/** The panels' icons: 16 px (actions) and 12 px (states), 1.5 px strokes, drawn for Berth. `F` marks a filled path. */
const ACTION = {
  play: 'F4.5 3v10l8-5z',
  pause: 'M5.5 3v10M10.5 3v10',
  step: 'F3.5 3.5v9l6-4.5z M12 3v10',
  back: 'F12.5 3.5v9l-6-4.5z M4 3v10',
  plus: 'M8 3v10M3 8h10',
  close: 'm4 4 8 8M12 4l-8 8',
  chevron: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  left: 'm9.500 4-4 4 4 4',
  right: 'm6.500 4 4 4-4 4',
  reset: 'M4 3v3.500h3.500M4.200 6.300A4.800 4.800 0 1 1 3.300 9.500',
  stop: 'F4 4h8v8H4z',
  up: 'm4.5 9.500 3.500-3.500 3.500 3.500',
} as const;

const GLYPH = {
  check: 'm2.500 6.500 2.500 2.500 4.500-6',
  cross: 'm3 3 6 6M9 3 3 9',
  pending: 'M6 1.700a4.300 4.300 0 1 0 .01 0M6 3.500V6l1.800 1.300',
  gated: 'M4 8.300a2.300 2.300 0 1 0-.01-.01M5.600 6.400 10 2M8 4l1.800 1.800',
  scheduled: 'M6 1.500a1.500 1.500 0 1 0 .01 0M6 4.500v6M2.500 7c0 2 1.500 3.500 3.500 3.500S9.500 9 9.500 7',
  init: 'M6 2 10 9.500H2z',
  creating: 'M6 1.500v5.500M3.500 4.700 6 7.200l2.500-2.500M2 10.200h8',
  running: 'F6 2.400a3.600 3.600 0 1 0 .01 0z',
  notready: 'M6 2.400a3.600 3.600 0 1 0 .01 0 F6 2.400a3.600 3.600 0 0 1 0 7.200z',
  succeeded: 'm2.500 6.500 2.500 2.500 4.500-6',
  failed: 'm3 3 6 6M9 3 3 9',
  crashloop: 'M9.800 6A3.800 3.800 0 1 1 8.500 3.200M8.900 1v2.600H6.300M6 4.600v1.800M6 8v.1',
  imagepull: 'M6 1.500v4M2 10.200h8M4 5l4 3.500M8 5 4 8.500',
  terminating: 'M1.500 6h8M6.800 3.200 9.600 6 6.800 8.800',
  evicted: 'M1.800 1.500v9M4 6h6.500M7.800 3.200 10.600 6 7.800 8.800',
  unknown: 'M4 4.300a2 2 0 1 1 2.900 1.800C6.300 6.500 6 6.900 6 7.500M6 9.600v.1',
} as const satisfies Record<PodForm | 'check' | 'cross', string>;

export type ActionIcon = keyof typeof ACTION;
export type Glyph = keyof typeof GLYPH;

const paths = (d: string): { d: string; filled: boolean }[] =>
  d.split(/ (?=F)|(?<=z) (?=M)/).map((part) => ({ d: part.replace(/^F/, 'M'), filled: part.startsWith('F') }));

/** Decoration only: what it means stands in words beside it or in the button's name. */
export function Icon({ name }: { name: ActionIcon }) {
  return (
    <svg className="p-icon" viewBox="0 0 16 16" aria-hidden="true">
      {paths(ACTION[name]).map((p) => (
        <path key={p.d} d={p.d} className={p.filled ? 'p-filled' : undefined} />
      ))}
    </svg>
  );
}

export function StateGlyph({ name }: { name: Glyph }) {
  return (
    <svg className="p-icon p-glyph" viewBox="0 0 12 12" aria-hidden="true">
      {paths(GLYPH[name]).map((p) => (
        <path key={p.d} d={p.d} className={p.filled ? 'p-filled' : undefined} />
      ))}
    </svg>
  );
}

/** The colour class of a state (ui.md §5.4). */
export const toneOfForm = (form: PodForm): 'wait' | 'live' | 'done' | 'bad' | 'gone' => {
  if (form === 'pending' || form === 'gated') return 'wait';
  if (form === 'succeeded') return 'done';
  if (form === 'failed' || form === 'crashloop' || form === 'imagepull') return 'bad';
  return form === 'terminating' || form === 'evicted' || form === 'unknown' ? 'gone' : 'live';
};
