/** The picture as SVG and PNG: the same markup, with the page's colours and glyphs travelling along. */

import { t } from '../i18n/index.ts';
import { rows } from '../rows.ts';
import { layout } from '../scene/layout.ts';
import { measureInPage } from '../scene/measure-page.ts';
import sceneCss from '../scene/scene.css?inline';
import { sceneToSvg } from '../scene/to-svg.ts';
import { getState } from '../store.ts';

export interface Picture {
  svg: string;
  width: number;
  height: number;
}

/** Custom properties the picture uses, with the values they have now. */
function properties(): string {
  const style = getComputedStyle(document.documentElement);
  const names = new Set([...sceneCss.matchAll(/var\((--[\w-]+)/g)].map((m) => m[1]!));
  return `svg{${[...names].map((n) => `${n}:${style.getPropertyValue(n).trim()}`).join(';')};background:var(--paper)}`;
}

/** The cluster as it is now, at the stage's size. */
export function pictureOfPage(): Picture {
  const s = getState();
  const box = document.querySelector('.scene')?.getBoundingClientRect();
  const width = Math.max(640, Math.round(box?.width ?? 1100));
  const scene = layout(rows, {
    width,
    height: Math.max(400, Math.round(box?.height ?? 640)),
    zoom: 1,
    narrow: false,
    mobile: false,
    terse: false,
    showQueue: true,
    systemNames: s.systemNames,
    selection: s.selection,
    explained: s.explained,
    waiting: null,
    preview: s.preview,
    t,
    measure: measureInPage,
  });
  const sprite = document.getElementById('sprite')?.innerHTML ?? '';
  const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim();
  const svg = sceneToSvg(
    scene,
    `${properties()}${sceneCss}`,
    `<defs>${sprite}</defs><rect width="100%" height="100%" fill="${paper}"/>`,
  );
  return { svg, width: scene.width, height: scene.queue.height + scene.height };
}

/** Twice the size, for screens and slides. */
export async function toPng(picture: Picture): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = picture.width * 2;
  canvas.height = picture.height * 2;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((b) => (b ? resolve(b) : reject(new Error('the picture could not be drawn'))), 'image/png'),
  );
}
