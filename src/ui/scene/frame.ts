/** The frame in which one berth is laid out, and rules that several parts of the layout share. */
import { HULL } from './geometry.ts';
import type { SceneOptions } from './types.ts';

/** Heights of the parts of a row. */
export interface RowForm {
  dense: boolean;
  header: number;
  ruler: number;
  mooring: number;
  line: number;
  memory: number;
}

/** Header 25, ruler 15, mooring 18, line 44, memory 25; a little less with a panel open; without memory bars when dense. */
export function rowForm(options: SceneOptions, dense: boolean): RowForm {
  const z = options.zoom;
  const [header, ruler, mooring, line, memory] = options.mobile
    ? [26, 11, 6, 45, 4]
    : dense
      ? [20, 13, 11, 44, 5]
      : options.narrow
        ? [25, 15, 14, 44, 22]
        : [25, 15, 18, 44, 25];
  return {
    dense: dense || options.mobile,
    header: header! * z,
    ruler: ruler! * z,
    mooring: mooring! * z,
    line: line! * z,
    memory: memory! * z,
  };
}

export interface BerthFrame {
  form: RowForm;
  slipX: number;
  slipW: number;
  idW: number;
  perMilli: number;
}

export function hullW(options: SceneOptions): number {
  return options.narrow && !options.mobile ? HULL.narrowW : HULL.w;
}

export const isCordonTaint = (key: string): boolean => key === 'node.kubernetes.io/unschedulable';
