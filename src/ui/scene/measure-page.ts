/** Widths of text in the page's own fonts, remembered: the same words come at every frame. */
import { estimate, type Face, type Measure } from './measure.ts';

const remembered = new Map<string, number>();
const MOST = 20_000;
let context: CanvasRenderingContext2D | null | undefined;
let fonts: Record<Face, string> | undefined;

function fontsOf(): Record<Face, string> {
  const style = getComputedStyle(document.documentElement);
  const ui = style.getPropertyValue('--font-ui');
  const mono = style.getPropertyValue('--font-mono');
  const bold = style.getPropertyValue('--w-bold').trim() || '600';
  return { ui: `400 SIZE ${ui}`, bold: `${bold} SIZE ${ui}`, mono: `400 SIZE ${mono}` };
}

export const measureInPage: Measure = (text, sizePx, face = 'ui') => {
  const key = `${face}${sizePx} ${text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return estimate(text, sizePx, face);
  fonts ??= fontsOf();
  context.font = fonts[face].replace('SIZE', `${sizePx}px`);
  const width = context.measureText(text).width;
  if (remembered.size > MOST) remembered.clear();
  remembered.set(key, width);
  return width;
};
