/** Writes one berth down as SVG, its origin at the node's top left corner; the hulls are drawn on top. */
import { hullPath } from './geometry.ts';
import { escapeXml, glyph, n, text } from './markup.ts';
import type { Chip, Ghost, NodeScene } from './types.ts';

/** Everything of a berth but its hulls. */
export function nodeMarkup(s: NodeScene, zoom: number): string {
  return [
    ring(s),
    water(s),
    ruler(s, zoom),
    s.moorings.map((m) => `<path class="moor ${m.kind}" data-moor="${escapeXml(m.uid)}" d="${m.d}"/>`).join(''),
    memory(s),
    extended(s),
    boom(s, zoom),
    identity(s, zoom),
    said(s, zoom),
    s.ghost ? ghost(s.ghost, zoom) : '',
    s.phantoms.map((p) => phantom(p, zoom)).join(''),
  ].join('');
}

function ring(s: NodeScene): string {
  const w = s.compact ? s.w + 8 : s.w - 12;
  const h = s.compact ? s.h + 6 : s.h + 2;
  return `<rect class="focus-ring" x="${s.compact ? -4 : 6}" y="-2" width="${n(w)}" height="${n(h)}" rx="4"/>`;
}

function water(s: NodeScene): string {
  const { x, y, w, h, hatched } = s.water;
  const box = `x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(Math.max(0, h))}"`;
  const wall = s.compact
    ? `<rect class="wall" x="-3" y="${n(s.ruler.y - 1)}" width="2.5" height="${n(s.h - s.ruler.y + 1)}"/>`
    : '';
  return `${wall}<rect class="water${s.selected ? ' sel' : ''}${s.down ? ' down' : ''}" data-water="" ${box}/>${hatched ? `<rect class="hatch" ${box} fill="url(#t-cordon)"/>` : ''}`;
}

function ruler(s: NodeScene, z: number): string {
  const r = s.ruler;
  const inset = s.compact ? 1 : 2;
  const parts = [
    `<rect class="track" x="${n(r.x)}" y="${n(r.y)}" width="${n(r.w)}" height="${n(r.h)}"/>`,
    `<rect x="${n(r.x)}" y="${n(r.y)}" width="${n(r.reservedW)}" height="${n(r.h)}" fill="url(#t-hatch)"/>`,
  ];
  const bottom = r.y + r.h;
  for (const t of r.ticks)
    parts.push(`<path class="tick${t.minor ? ' minor' : ''}" d="M${n(t.x + 0.5)} ${n(bottom)}v${t.minor ? 3 : 6}"/>`);
  for (const g of r.segments) {
    if (g.kind === 'open') {
      parts.push(`<circle class="open-end" cx="${n(g.x)}" cy="${n(bottom - 3 * z)}" r="${n(2 * z)}"/>`);
      continue;
    }
    const w = Math.max(g.w - 1.5, 1);
    parts.push(
      `<rect class="seg ${g.kind}" data-seg="${escapeXml(g.uid)}" x="${n(g.x + 0.75)}" y="${n(r.y + inset)}" width="${n(w)}" height="${n(r.h - 2 * inset)}"/>`,
    );
  }
  parts.push(`<path class="track-edge${r.dashed ? ' dashed' : ''}" d="M${n(r.x)} ${n(bottom)}H${n(r.x + r.w)}"/>`);
  const post = `d="M${n(r.x + r.w)} ${n(r.y - 2)}V${n(bottom + 6)}"`;
  if (!s.compact)
    parts.push(`<g data-drag="post"><path class="post-hit" ${post}/><path class="post" data-post="" ${post}/></g>`);
  if (r.free) parts.push(text('t11 d2', r.free, ' text-anchor="end"'));
  return parts.join('');
}

function memory(s: NodeScene): string {
  const m = s.memory;
  if (!m) return '';
  return [
    `<rect class="track" x="${n(m.x)}" y="${n(m.y)}" width="${n(m.w)}" height="${n(m.h)}"/>`,
    `<rect x="${n(m.x)}" y="${n(m.y)}" width="${n(m.reservedW)}" height="${n(m.h)}" fill="url(#t-hatch)"/>`,
    `<rect class="seg ${m.pressure ? 'bad' : 'sys'}" x="${n(m.x + m.reservedW)}" y="${n(m.y)}" width="${n(m.usedW)}" height="${n(m.h)}"/>`,
    m.pressure ? `<rect x="${n(m.x)}" y="${n(m.y)}" width="${n(m.w)}" height="${n(m.h)}" fill="url(#t-bad)"/>` : '',
    text('t11 d2', m.text),
  ].join('');
}

const COUNTABLE = 16;

function extended(s: NodeScene): string {
  return s.extended
    .map((e) => {
      const label = text('t11 d2', {
        x: e.x + Math.min(e.of, COUNTABLE) * 10 + 6,
        y: e.y + 8,
        text: `${e.name} ${e.used}/${e.of}`,
      });
      if (e.of > COUNTABLE)
        return `<rect class="track" x="${n(e.x)}" y="${n(e.y)}" width="160" height="${n(e.h)}"/><rect class="seg live" x="${n(e.x)}" y="${n(e.y)}" width="${n((e.used / e.of) * 160)}" height="${n(e.h)}"/>${label}`;
      const squares = Array.from(
        { length: e.of },
        (_, i) =>
          `<rect class="unit${i < e.used ? ' on' : ''}" x="${n(e.x + i * 10)}" y="${n(e.y)}" width="${n(e.w)}" height="${n(e.h)}"/>`,
      );
      return squares.join('') + label;
    })
    .join('');
}

function boom(s: NodeScene, z: number): string {
  if (!s.boom) return '';
  const { x, y1, y2, kind } = s.boom;
  return `<g data-boom="${escapeXml(s.name)}"><path class="boom-hit" d="M${n(x)} ${n(y1)}V${n(y2)}"/><path class="boom ${kind}" style="stroke-width:${n((kind === 'thin' ? 1.5 : 3) * z)}" d="M${n(x)} ${n(y1)}V${n(y2)}"/></g>`;
}

function identity(s: NodeScene, z: number): string {
  const parts = [
    `<text class="node-name${s.compact && s.title.size < 12 ? ' small' : ''}" style="font-size:${n(s.title.size)}px" x="${n(s.title.x)}" y="${n(s.title.y)}">${escapeXml(s.title.text)}</text>`,
  ];
  if (s.share) parts.push(text('t11 dim', s.share, ' text-anchor="end"'));
  if (s.badge) parts.push(badge(s.badge, z));
  if (s.meta) parts.push(text('t11 dim', s.meta));
  for (const c of s.chips) parts.push(chip(c, z));
  return parts.join('');
}

function badge(b: NonNullable<NodeScene['badge']>, z: number): string {
  const { x, y, w, h } = b;
  const title = `<title>kubernetes.io/arch=${escapeXml(b.text)}</title>`;
  const box = (inset: number, rx: number, cls: string) =>
    `<rect class="${cls}" x="${n(x + inset)}" y="${n(y + inset)}" width="${n(w - 2 * inset)}" height="${n(h - 2 * inset)}" rx="${n(rx)}"/>`;
  const shapes = {
    square: box(0.75, 2, 'badge'),
    pill: box(0, h / 2, 'badge filled'),
    double: box(0.75, 2, 'badge') + box(3, 1, 'badge thin'),
    cut: `<path class="badge" d="M${n(x + 5)} ${n(y + 0.75)}H${n(x + w - 0.75)}V${n(y + h - 0.75)}H${n(x + 0.75)}V${n(y + 5)}Z"/>`,
  };
  const label = b.text
    ? `<text class="mono t11 badge-text${b.shape === 'pill' ? ' on-wall' : ''}" x="${n(x + w / 2)}" y="${n(y + 12.3 * z)}" text-anchor="middle">${escapeXml(b.text)}</text>`
    : '';
  return `<g class="arch">${title}${shapes[b.shape]}${label}</g>`;
}

function chip(c: Chip, z: number): string {
  const mark = c.glyph === 'pressure' ? 'g-failed' : `g-${c.glyph}`;
  return (
    `<g class="chip"${c.suffix ? ` data-drag="taint" data-taint="${escapeXml(c.title)}" data-x="${n(c.x)}" data-y="${n(c.y)}"` : ''}><title>${escapeXml(c.title)}</title>` +
    `<rect class="chip-box${c.dashed ? ' dashed' : ''}" x="${n(c.x + 0.5)}" y="${n(c.y + 0.5)}" width="${n(c.w)}" height="${n(c.h)}" rx="2"/>` +
    glyph(mark, c.x + 5 * z, c.y + c.h / 2 - 5.5 * z, 12 * z) +
    `<text class="t11" x="${n(c.x + 21 * z)}" y="${n(c.y + 13 * z)}">${escapeXml(c.text)}<tspan class="d2">${escapeXml(c.suffix)}</tspan></text></g>`
  );
}

/** Usage, pods, verdict, callout. */
function said(s: NodeScene, z: number): string {
  const parts: string[] = [];
  if (s.usage)
    parts.push(
      `<text class="t11" x="${n(s.usage.x)}" y="${n(s.usage.y)}"><tspan class="bold">${escapeXml(s.usage.bold)}</tspan><tspan class="dim"> ${escapeXml(s.usage.text)}</tspan></text>`,
    );
  if (s.podsText) parts.push(text('t11 d2', s.podsText, ' text-anchor="end"'));
  if (s.note) parts.push(text('t11 dim', s.note));
  if (s.verdict) {
    const v = s.verdict;
    const end = !v.plugin;
    parts.push(
      `<text class="verdict ${v.kind}" x="${n(v.x)}" y="${n(v.y)}"${end ? ' text-anchor="end"' : ''}><tspan class="mark">${v.kind === 'yes' ? '✓' : '✕'} ${escapeXml(v.plugin || v.text)}</tspan>${end ? '' : `<tspan class="d2" dx="6">${escapeXml(v.text)}</tspan>`}</text>`,
    );
  }
  if (s.callout) {
    const { x, y, title, text: words, bad } = s.callout;
    parts.push(
      `<path class="leader${bad ? ' bad' : ''}" d="M${n(x - 8 * z)} ${n(y)}h${n(10 * z)}"/>`,
      text(`t11 bold${bad ? ' bad' : ''}`, { x: x + 7 * z, y: y - 2 * z, text: title }),
      text('t11 d2', { x: x + 7 * z, y: y + 12 * z, text: words }),
    );
  }
  return parts.join('');
}

/** What the selected pod asks for, over the free part; what does not fit sticks out, hatched. */
function ghost(g: Ghost, z: number): string {
  const end = g.x + g.w;
  return [
    `<rect class="ghost-fill" x="${n(g.x)}" y="${n(g.y)}" width="${n(g.w)}" height="${n(g.h)}"/>`,
    `<rect class="ghost" x="${n(g.x + 0.75)}" y="${n(g.y - 2)}" width="${n(Math.max(0, g.w - 0.75))}" height="${n(g.h + 4)}"/>`,
    text('t11 acc bold', { x: g.x + g.w / 2, y: g.y + g.h - 3.5 * z, text: g.asks }, ' text-anchor="middle"'),
    g.overW && `<rect class="over" x="${n(end + 2)}" y="${n(g.y - 2)}" width="${n(g.overW)}" height="${n(g.h + 4)}"/>`,
    text('t11 bold bad', { x: end + g.overW + 9 * z, y: g.y + g.h - 3.5 * z, text: g.short }),
  ]
    .filter(Boolean)
    .join('');
}

function phantom(p: NodeScene['phantoms'][number], z: number): string {
  return (
    `<path class="ghost" d="${hullPath(p.w, p.h)}" transform="translate(${n(p.x)} ${n(p.y)})"/>` +
    text('acc bold', { x: p.x + 24 * z, y: p.y + 16 * z, text: p.name }) +
    text('t11 acc', { x: p.x + 24 * z, y: p.y + 30 * z, text: p.line2 })
  );
}
