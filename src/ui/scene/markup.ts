/** Writes a picture's parts down as SVG. Everything that came from a person is escaped; nothing is measured here. */
import { deckPath, HULL, hullPath } from './geometry.ts';
import type { HullScene, QueueScene, Scene } from './types.ts';

export const escapeXml = (s: string): string =>
  s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

export const n = (value: number): string => String(Math.round(value * 100) / 100);

const TEXTURES: Partial<Record<HullScene['form'], string>> = {
  init: 't-create',
  creating: 't-create',
  terminating: 't-gone',
  evicted: 't-gone',
};

/** Whose stern is an outline, not a block: a line divides it from the deck. */
const OPEN_STERN = new Set<HullScene['form']>([
  'creating',
  'init',
  'notready',
  'terminating',
  'succeeded',
  'scheduled',
  'unknown',
  'imagepull',
]);

/** Everything inside a pod's group, its origin at the hull's top left corner. */
export function hullMarkup(h: HullScene, zoom: number): string {
  const { w } = h;
  const z = zoom;
  const halo = h.selected ? `<path class="halo" d="${hullPath(w + 8, h.h + 8)}" transform="translate(-4 -4)"/>` : '';
  const ring = `<rect class="focus-ring" x="-4" y="-4" width="${n(w + 8)}" height="${n(h.h + 8)}" rx="4"/>`;
  // A chip in flight leaves its place empty; a hull shows where it will lie.
  const phantom = h.shape === 'full' ? `<path class="phantom" d="${hullPath(w, h.h)}"/>` : '';
  const body = h.shape === 'full' ? fullMarkup(h, z) : h.shape === 'system' ? systemMarkup(h, z) : chipMarkup(h, z);
  return `${ring}${halo}${phantom}<g class="skin">${body}</g>`;
}

function fullMarkup(h: HullScene, z: number): string {
  const { w, form } = h;
  const sternW = HULL.sternW * z;
  const height = h.h;
  const outline = hullPath(w, height);
  const texture = TEXTURES[form];
  const parts = [`<path class="hull" d="${outline}"/>`];
  if (form === 'gated')
    parts.push(`<path class="hull inner" d="${hullPath(w - 6, height - 6)}" transform="translate(3 3)"/>`);
  if (texture) parts.push(`<path class="tex" d="${deckPath(sternW, w, height)}" fill="url(#${texture})"/>`);
  parts.push(`<path class="stern" d="M2 0H${n(sternW)}V${n(height)}H2Q0 ${n(height)} 0 ${n(height - 2)}V2Q0 0 2 0Z"/>`);
  if (form === 'crashloop') parts.push(tornEdge(sternW, height, z));
  if (OPEN_STERN.has(form)) parts.push(`<path class="divide" d="M${n(sternW)} 1V${n(height - 1)}"/>`);
  if (h.owner === 'job') parts.push(`<path class="notch" d="M0 ${n(height - 7 * z)}h${n(6 * z)}v${n(7 * z)}"/>`);
  parts.push(glyph(`g-${form}`, 4.5 * z, height / 2 - 6.5 * z, 13 * z));
  const x = sternW + (form === 'crashloop' ? 7 : 5) * z;
  parts.push(`<text class="nm" x="${n(x)}" y="${n(16 * z)}">${escapeXml(h.name)}</text>`);
  parts.push(`<text class="l2" x="${n(x)}" y="${n(30 * z)}">${escapeXml(h.line2)}</text>`);
  if (h.progress !== undefined) parts.push(loadBar(h, sternW));
  parts.push(pipMarks(h, z), chevrons(h, z));
  return parts.join('');
}

function loadBar(h: HullScene, sternW: number): string {
  const full = h.w - sternW - 14;
  return `<rect class="load" x="${n(sternW)}" y="${n(h.h - 3.5)}" width="${n(full * (h.progress ?? 0))}" height="3"/>`;
}

const tornEdge = (x: number, h: number, z: number): string => {
  const step = h / 6;
  const zig = Array.from({ length: 3 }, () => `l${n(4 * z)} ${n(step)}l${n(-4 * z)} ${n(step)}`).join('');
  return `<path class="torn" d="M${n(x)} 0${zig}Z"/>`;
};

function pipMarks(h: HullScene, z: number): string {
  const s = 4.6 * z;
  const y = 7.5 * z;
  let x = h.w - (10 + 7 * h.pips.length) * z;
  const parts: string[] = [];
  for (const [i, pip] of h.pips.entries()) {
    const px = x + i * 7 * z;
    parts.push(
      `<rect class="pip${pip.ready ? ' on' : ''}" x="${n(px)}" y="${n(y)}" width="${n(s)}" height="${n(s)}"/>`,
    );
    if (pip.sidecar)
      parts.push(
        `<rect class="pip-ring" x="${n(px - 1.6)}" y="${n(y - 1.6)}" width="${n(s + 3.2)}" height="${n(s + 3.2)}"/>`,
      );
  }
  x -= 7 * z * h.init.length;
  for (const [i, init] of h.init.entries()) {
    const px = x + i * 7 * z;
    const state = init.done ? ' on' : init.running ? ' now' : '';
    parts.push(`<path class="pip${state}" d="M${n(px)} ${n(y + s)}l${n(s / 2)} ${n(-s)} ${n(s / 2)} ${n(s)}z"/>`);
  }
  return parts.join('');
}

function chevrons(h: HullScene, z: number): string {
  const count = Math.min(2, Math.abs(h.chevrons));
  if (!count) return '';
  const bottom = h.pips.length || h.init.length ? h.h - 8 * z : 15 * z;
  const up = h.chevrons > 0;
  let d = '';
  for (let i = 0; i < count; i++)
    d += `M${n(h.w - 22 * z)} ${n(bottom - i * 4 * z - (up ? 0 : 3.5 * z))}l${n(4 * z)} ${n((up ? -3.5 : 3.5) * z)} ${n(4 * z)} ${n((up ? 3.5 : -3.5) * z)}`;
  return `<path class="chevron" d="${d}"/>`;
}

function systemMarkup(h: HullScene, z: number): string {
  const outline = hullPath(h.w, h.h);
  const parts = [`<path class="hull" d="${outline}"/>`, `<path class="stern" d="${outline}"/>`];
  if (h.owner === 'static')
    parts.push(
      `<path class="bolt" d="M${n(5 * z)} ${n(h.h * 0.24)}h.01M${n(5 * z)} ${n(h.h * 0.76)}h.01" style="stroke-width:${n(2.8 * z)}"/>`,
    );
  if (h.owner === 'daemonset')
    parts.push(
      `<path class="fender" d="M${n(h.w * 0.19)} ${n(h.h * 0.18)}V${n(h.h * 0.82)}M${n(h.w * 0.34)} ${n(h.h * 0.18)}V${n(h.h * 0.82)}"/>`,
    );
  // A system pod in trouble must not look like all is well.
  if (h.form !== 'running') parts.push(glyph(`g-${h.form}`, h.w / 2 - 5 * z, h.h / 2 - 5 * z, 10 * z));
  return parts.join('');
}

/** A chip says its state by outline, texture and, in trouble, a glyph; running is calm. */
function chipMarkup(h: HullScene, z: number): string {
  const outline = hullPath(h.w, h.h);
  const texture = TEXTURES[h.form];
  const small = h.h < 12 * z;
  const size = Math.min(h.h - 3 * z, 10 * z);
  const bad = h.form === 'failed' || h.form === 'crashloop' || h.form === 'imagepull';
  const mark = small ? (bad ? 'g-failed' : '') : h.form === 'running' ? '' : `g-${h.form}`;
  return [
    `<path class="hull" d="${outline}"/>`,
    texture ? `<path class="tex" d="${outline}" fill="url(#${texture})"/>` : `<path class="stern" d="${outline}"/>`,
    mark ? glyph(mark, h.w * 0.45 - size / 2, h.h / 2 - size / 2, size) : '',
  ].join('');
}

export function glyph(name: string, x: number, y: number, size: number): string {
  return `<svg class="g" x="${n(x)}" y="${n(y)}" width="${n(size)}" height="${n(size)}"><use href="#${name}"/></svg>`;
}

export const text = (cls: string, at: { x: number; y: number; text: string }, rest = ''): string =>
  at.text ? `<text class="${cls}" x="${n(at.x)}" y="${n(at.y)}"${rest}>${escapeXml(at.text)}</text>` : '';

/** The open water and its words; the hulls are drawn on top. */
export function queueMarkup(q: QueueScene): string {
  const parts = [`<rect class="lane" width="${n(q.width)}" height="${n(q.height)}"/>`];
  if (q.note) {
    parts.push(text('bold', { x: q.note.x, y: q.note.y, text: q.note.bold }));
    parts.push(
      `<text class="t11 dim" x="${n(q.note.x)}" y="${n(q.note.y)}"><tspan class="bold hidden-text">${escapeXml(q.note.bold)}</tspan><tspan dx="10">${escapeXml(q.note.text)}</tspan></text>`,
    );
  }
  if (q.counts) parts.push(text('t11 dim', q.counts, ' text-anchor="end"'));
  for (const lane of q.lanes) {
    if (lane.rule) parts.push(`<path class="lane-rule" d="M${n(lane.x + 0.5)} 12V${n(q.height - 12)}"/>`);
    parts.push(text('bold', lane.title));
    if (lane.gloss) parts.push(text('t11 dim', lane.gloss));
    if (lane.more) {
      const { x, y, w, h } = lane.more;
      parts.push(
        `<g class="more" role="button" tabindex="0" data-lane="${lane.lane}" aria-label="${escapeXml(`${lane.title.text} ${lane.more.text}`)}">` +
          `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" rx="3"/>` +
          `${text('med', { x: x + w / 2, y: y + h / 2 + 4, text: lane.more.text }, ' text-anchor="middle"')}</g>`,
      );
    }
  }
  if (q.fit) {
    parts.push(text('t13 med', q.fit.title));
    if (q.fit.text) parts.push(text('t11 d2', q.fit.text));
  }
  return parts.join('');
}

/** Together: a plus on the other hull. Apart: a bar. Victims of a preemption: a thin line to who comes. */
function tiesMarkup({ ties, victims }: Scene): string {
  const lines = [...(ties?.lines ?? []), ...(victims ?? [])].map((l) => `<path class="link ${l.kind}" d="${l.d}"/>`);
  const marks = (ties?.marks ?? []).map(({ x, y, kind }) => {
    const sign = kind === 'with' ? `M${n(x - 3.5)} ${n(y)}h7M${n(x)} ${n(y - 3.5)}v7` : `M${n(x - 4)} ${n(y)}h8`;
    return `<circle class="tie" cx="${n(x)}" cy="${n(y)}" r="6.5"/><path class="tie-sign" d="${sign}"/>`;
  });
  const brackets = (ties?.brackets ?? []).map(
    (b) => `<path class="link" d="${b.d}"/>${text('t11 bold acc halo-text', b.label, ' text-anchor="end"')}`,
  );
  return [...lines, ...marks, ...brackets].join('');
}

/** Routes of a preview and the links of a Service, over the quay. */
export function overlayMarkup(scene: Scene): string {
  const moves = scene.moves.map((d) => `<path class="wake" d="${d}"/>`).join('');
  const { links, zoom: z } = scene;
  const before = moves + tiesMarkup(scene);
  if (!links) return before;
  const { box } = links;
  const lines = links.lines.map((l) => `<path class="link${l.ready ? '' : ' waiting'}" d="${l.d}"/>`);
  const dots = links.dots.map(
    (d) => `<circle class="link-end${d.ready ? '' : ' waiting'}" cx="${n(d.x)}" cy="${n(d.y)}" r="3.5"/>`,
  );
  return (
    before +
    lines.join('') +
    dots.join('') +
    `<rect class="service" x="${n(box.x)}" y="${n(box.y)}" width="${n(box.w)}" height="${n(box.h)}"/>` +
    text('bold', { x: box.x + 10 * z, y: box.y + 18 * z, text: links.title }) +
    text('t11 mono d2', { x: box.x + 10 * z, y: box.y + 34 * z, text: links.text })
  );
}
