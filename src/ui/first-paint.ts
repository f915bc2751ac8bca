/**
 * The opening cluster drawn into the built page, so that the first paint shows it before any script runs. The build writes the markup; the
 * page keeps the picture until the live scene takes its place.
 */
import type { FrameRows } from '../view/rows.ts';
import { t } from './i18n/index.ts';
import { applyFrame, emptyRows } from './rows.ts';
import { layout } from './scene/layout.ts';
import { estimate } from './scene/measure.ts';
import { sceneToSvg } from './scene/to-svg.ts';

const ID = 'first-paint';
/** The stage of a window of 1440 by 900, the most usual one. */
const WIDTH = 1108;
const HEIGHT = 620;

/** What stands in `#root` of the built page: the frame of the page with the picture in it. `frame` is a whole one of the opening cluster. */
export function firstPaintMarkup(frame: FrameRows): string {
  const rows = emptyRows();
  applyFrame(rows, frame);
  const scene = layout(rows, {
    width: WIDTH,
    height: HEIGHT,
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
  const svg = sceneToSvg(scene).replace(
    /^<svg /,
    `<svg role="img" aria-label="${t('region.cluster')}" preserveAspectRatio="xMinYMin meet" `,
  );
  return (
    '<div class="app"><header class="top"><span class="brand"><svg class="g ico" aria-hidden="true"><use href="#i-logo"/></svg>Berth</span></header>' +
    `<div class="edit first"></div><main class="stage"><section class="strip"><div class="stations"></div></section><div class="scene" id="${ID}">${svg}</div></main></div>`
  );
}

/** Takes the built-in picture out of the page before the live one is mounted. */
export function takeFirstPaint(): Element | undefined {
  return document.querySelector(`#${ID} > svg`) ?? undefined;
}
