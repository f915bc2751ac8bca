/** Widths of text, CSS pixels. In the browser the real fonts are asked; elsewhere (tests, the built page) a table of a plain sans-serif answers. */
export type Face = 'ui' | 'bold' | 'mono';
export type Measure = (text: string, sizePx: number, face?: Face) => number;

const NARROW = /[il|!.,:;'j]/;
const SLIM = /[frt()[\]\-/I ]/;
const WIDE = /[mwMWQO@%&]/;
const CAPITAL = /[A-Z0-9_+=<>~#$]/;
const FULL = /[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7a3\uff00-\uff60]/;
const MONO_EM = 0.6;
const BOLD_FACTOR = 1.05;

function em(c: string): number {
  if (FULL.test(c)) return 0.92;
  if (NARROW.test(c)) return 0.27;
  if (SLIM.test(c)) return 0.38;
  if (WIDE.test(c)) return 0.86;
  if (CAPITAL.test(c)) return 0.64;
  return 0.57;
}

/** The table. */
export const estimate: Measure = (text, sizePx, face = 'ui') => {
  let sum = 0;
  for (const c of text) sum += face === 'mono' ? (FULL.test(c) ? 1 : MONO_EM) : em(c);
  return Math.round(sum * sizePx * (face === 'bold' ? BOLD_FACTOR : 1) * 10) / 10;
};

/** `text`, cut with an ellipsis so that it is at most `width` wide. */
export function cutTo(measure: Measure, text: string, width: number, sizePx: number, face: Face = 'ui'): string {
  if (measure(text, sizePx, face) <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${text.slice(0, middle)}…`, sizePx, face) <= width) low = middle;
    else high = middle - 1;
  }
  return low > 0 ? `${text.slice(0, low)}…` : '';
}
