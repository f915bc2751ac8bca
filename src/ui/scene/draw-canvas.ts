/**
 * One canvas for more than a hundred nodes: tiles by group, pods as dots while there is room, shade by requested CPU below that. What stands
 * still is drawn once into a cached layer; streaks of arriving pods are drawn on top.
 */
import type { NodeRow, PodForm, PodRow } from '../../view/rows.ts';
import type { Translate } from '../i18n/index.ts';
import { rows } from '../rows.ts';
import { getState } from '../store.ts';
import { type Grouping, type Tiling, tile } from './tiling.ts';

export type { Grouping };
export type Showing = 'pods' | 'cpu';

export interface CanvasOptions {
  grouping: Grouping;
  showing: Showing;
  t: Translate;
}

const COLOURS = [
  'ink',
  'ink-3',
  'wall',
  'water',
  'line-2',
  'seg-live',
  'seg-sys',
  'ph-live',
  'ph-bad',
  'ph-gone',
  'ph-done',
  'accent',
  'paper',
] as const;
type Colours = Record<(typeof COLOURS)[number], string>;

/** A full redraw at most this often: 20,000 dots take some milliseconds. */
const REDRAW_MS = 120;
const STREAK_MS = 420;
const MOST_STREAKS = 14;
const SHADES = 5;
/** From this scale on there is room for names. */
const NAMES_FROM = 4;

export class CanvasView {
  readonly #canvas: HTMLCanvasElement;
  readonly #options: CanvasOptions;
  readonly #layer = document.createElement('canvas');
  readonly #colours: Colours;
  readonly #font: string;
  #tiling: Tiling | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  #shifting = 0;
  #streaks: { x: number; y: number; at: number }[] = [];
  #nodeOf = new Map<string, string>();
  #drawn = false;
  /** What of the picture is shown: scale, and where its origin lies. */
  #at = { k: 1, x: 0, y: 0 };

  constructor(canvas: HTMLCanvasElement, options: CanvasOptions) {
    this.#canvas = canvas;
    this.#options = options;
    const style = getComputedStyle(document.documentElement);
    this.#font = getComputedStyle(document.body).fontFamily;
    this.#colours = Object.fromEntries(COLOURS.map((c) => [c, style.getPropertyValue(`--${c}`).trim()])) as Colours;
    this.resized();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#shifting);
  }

  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#redraw();
    }, REDRAW_MS);
  }

  resized(): void {
    const host = this.#canvas.parentElement!;
    const ratio = Math.min(2, devicePixelRatio || 1);
    const width = Math.round(host.clientWidth * ratio);
    const height = Math.round(host.clientHeight * ratio);
    // an observer says the first size once more
    if (this.#drawn && this.#canvas.width === width && this.#canvas.height === height) return;
    for (const c of [this.#canvas, this.#layer]) {
      c.width = width;
      c.height = height;
    }
    this.#canvas.style.width = `${host.clientWidth}px`;
    this.#canvas.style.height = `${host.clientHeight}px`;
    this.#tiling = undefined;
    this.#shift(0, 0);
  }

  /** Shows things `k` times as large; what is at (`x`, `y`) of the canvas stays there. */
  zoomTo(k: number, x = this.#canvas.clientWidth / 2, y = this.#canvas.clientHeight / 2): void {
    const f = k / this.#at.k;
    this.#at = { k, x: x - (x - this.#at.x) * f, y: y - (y - this.#at.y) * f };
    this.#shift(0, 0);
  }

  panBy(dx: number, dy: number): void {
    this.#shift(dx, dy);
  }

  /** Never past the edges of the picture. */
  #shift(dx: number, dy: number): void {
    const { k, x, y } = this.#at;
    const { clientWidth: w, clientHeight: h } = this.#canvas;
    const within = (at: number, size: number) => Math.min(0, Math.max(size * (1 - k), at));
    this.#at = { k, x: within(x + dx, w), y: within(y + dy, h) };
    cancelAnimationFrame(this.#shifting);
    this.#shifting = requestAnimationFrame(() => this.#redraw());
  }

  /** The node whose tile is at a point of the canvas. */
  nodeAt(x: number, y: number): { node: NodeRow; x: number; y: number } | undefined {
    const { k, x: left, y: top } = this.#at;
    const found = this.#tiling?.at((x - left) / k, (y - top) / k);
    const node = found && rows.nodes.get(found.name);
    return node && found ? { node, x: found.x * k + left, y: found.y * k + top } : undefined;
  }

  #redraw(): void {
    const ratio = Math.min(2, devicePixelRatio || 1);
    const width = this.#layer.width / ratio;
    const height = this.#layer.height / ratio;
    const g = this.#layer.getContext('2d');
    if (!g || !width || !height) return;
    if (!this.#tiling || this.#tiling.count !== rows.nodes.size)
      this.#tiling = tile([...rows.nodes.values()], {
        width,
        height,
        grouping: this.#options.grouping,
        noZone: this.#options.t('scale.noZone'),
      });
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, width, height);
    const byNode = this.#podsByNode();
    const { k, x, y } = this.#at;
    const { tileW, tileH } = this.#tiling;
    g.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    for (const spot of this.#tiling.spots) {
      const [left, top] = [spot.x * k + x, spot.y * k + y];
      if (left > width || top > height || left + tileW * k < 0 || top + tileH * k < 0) continue;
      const node = rows.nodes.get(spot.name);
      if (node) this.#tile(g, node, spot.x, spot.y, byNode.get(node.name) ?? []);
    }
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (k >= NAMES_FROM) this.#names(g, width, height);
    this.#groups(g, width);
    this.#drawn = true;
    this.#present();
  }

  #podsByNode(): Map<string, PodRow[]> {
    const byNode = new Map<string, PodRow[]>();
    for (const pod of rows.pods.values()) {
      if (!pod.node) continue;
      const list = byNode.get(pod.node);
      if (list) list.push(pod);
      else byNode.set(pod.node, [pod]);
      if (this.#drawn && this.#nodeOf.get(pod.uid) !== pod.node) this.#streak(pod.node);
      this.#nodeOf.set(pod.uid, pod.node);
    }
    return byNode;
  }

  #streak(node: string): void {
    const spot = this.#tiling?.spots.find((s) => s.name === node);
    if (!spot || this.#streaks.length >= MOST_STREAKS) return;
    this.#streaks.push({ x: spot.x + 4, y: spot.y + 4, at: performance.now() });
  }

  /** Group headers stay in sight, so that one always knows where one is. */
  #groups(g: CanvasRenderingContext2D, width: number): void {
    const c = this.#colours;
    const { k, x, y } = this.#at;
    for (const group of this.#tiling!.groups) {
      const left = Math.max(group.x * k + x, 8);
      const right = Math.min((group.x + group.w) * k + x, width - 4);
      const top = Math.max(group.y * k + y - 10, 24);
      if (right - left < 60) continue;
      g.fillStyle = c.wall;
      g.fillRect(group.x * k + x - 1, group.y * k + y, 3, group.h * k);
      g.fillStyle = c.paper;
      if (k > 1) g.fillRect(left, top - 16, right - left, 22);
      g.fillStyle = c.ink;
      g.font = `600 12px ${this.#font}`;
      g.fillText(group.name, left + 6, top);
      g.fillStyle = c['ink-3'];
      g.font = `11px ${this.#font}`;
      const words = this.#options.t('scale.nodes', { n: group.count });
      g.fillText(words, right - g.measureText(words).width - 4, top);
    }
  }

  /** Close enough, each tile has its name, in the gap above it. */
  #names(g: CanvasRenderingContext2D, width: number, height: number): void {
    const { k, x, y } = this.#at;
    g.fillStyle = this.#colours.ink;
    g.font = `11px ${this.#font}`;
    for (const spot of this.#tiling!.spots) {
      const [left, top] = [spot.x * k + x, spot.y * k + y - 2];
      if (left < width && top < height + 12 && top > 0 && left + this.#tiling!.tileW * k > 0)
        g.fillText(spot.name, left, top, this.#tiling!.tileW * k);
    }
  }

  #tile(g: CanvasRenderingContext2D, node: NodeRow, x: number, y: number, pods: PodRow[]): void {
    const c = this.#colours;
    const { tileW: w, tileH: h } = this.#tiling!;
    const share = Math.min(1, node.cpuMilli.requested / Math.max(1, node.cpuMilli.allocatable));
    g.fillStyle = c.water;
    g.fillRect(x, y, w, h);
    if (this.#options.showing === 'cpu' || w < 16) {
      // One hue, five steps: a shade can be named.
      g.globalAlpha = (Math.ceil(share * SHADES) / SHADES) * 0.9;
      g.fillStyle = c['seg-live'];
      g.fillRect(x, y, w, h);
      g.globalAlpha = 1;
      const bad = pods.filter((p) => p.form === 'crashloop' || p.form === 'failed' || p.form === 'imagepull').length;
      if (bad) {
        g.fillStyle = c['ph-bad'];
        g.fillRect(x + w - 4, y + 1, 3, 3);
      }
    } else this.#dots(g, pods, x, y, w, h);
    if (node.unschedulable) hatch(g, x, y, w, h, c['line-2']);
    g.fillStyle = node.arch === 'amd64' ? c['line-2'] : c.wall;
    g.fillRect(x, y, w, node.arch === 'amd64' ? 1 : 2);
    if (node.status !== 'Ready') {
      g.strokeStyle = c['ph-gone'];
      g.setLineDash([2, 2]);
      g.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
      g.setLineDash([]);
    }
    const { selection } = getState();
    if (selection?.kind === 'Node' && selection.key === node.name) {
      g.strokeStyle = c.accent;
      g.lineWidth = 2;
      g.strokeRect(x - 1.5, y - 1.5, w + 3, h + 3);
      g.lineWidth = 1;
    }
  }

  #dots(g: CanvasRenderingContext2D, pods: PodRow[], x: number, y: number, w: number, h: number): void {
    const size = w > 40 ? 6 : w > 28 ? 4 : 2.6;
    const step = size + 0.8;
    const perRow = Math.max(1, Math.floor((w - 2) / step));
    const most = perRow * Math.max(1, Math.floor((h - 3) / step));
    for (let i = 0; i < Math.min(pods.length, most); i++) {
      const pod = pods[i]!;
      const bad = pod.form === 'crashloop' || pod.form === 'failed' || pod.form === 'imagepull';
      const s = bad ? size * 1.4 : size;
      g.fillStyle = this.#colours[colourOf(pod.form, pod.system)];
      g.fillRect(
        x + 1.5 + (i % perRow) * step - (s - size) / 2,
        y + 3 + Math.floor(i / perRow) * step - (s - size) / 2,
        s,
        s,
      );
    }
  }

  /** The cached layer, and on top what moves. */
  #present(): void {
    cancelAnimationFrame(this.#frame);
    const g = this.#canvas.getContext('2d');
    if (!g) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    g.drawImage(this.#layer, 0, 0);
    const now = performance.now();
    this.#streaks = this.#streaks.filter((s) => now - s.at < STREAK_MS);
    if (!this.#streaks.length || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.strokeStyle = this.#colours.accent;
    g.fillStyle = this.#colours.accent;
    const { k, x, y } = this.#at;
    for (const streak of this.#streaks) {
      const s = { x: streak.x * k + x, y: streak.y * k + y, at: streak.at };
      g.globalAlpha = 1 - (now - s.at) / STREAK_MS;
      g.setLineDash([1, 4]);
      g.beginPath();
      g.moveTo(150, 0);
      g.quadraticCurveTo(150 + (s.x - 150) * 0.3, 40, s.x, s.y);
      g.stroke();
      g.fillRect(s.x - 2, s.y - 2, 5, 5);
    }
    g.globalAlpha = 1;
    g.setLineDash([]);
    this.#frame = requestAnimationFrame(() => this.#present());
  }
}

function colourOf(form: PodForm, system: boolean): keyof Colours {
  switch (form) {
    case 'crashloop':
    case 'failed':
    case 'imagepull':
      return 'ph-bad';
    case 'scheduled':
    case 'creating':
    case 'init':
    case 'notready':
      return 'ph-live';
    case 'terminating':
    case 'evicted':
    case 'unknown':
      return 'ph-gone';
    case 'succeeded':
      return 'ph-done';
    default:
      return system ? 'seg-sys' : 'seg-live';
  }
}

function hatch(g: CanvasRenderingContext2D, x: number, y: number, w: number, h: number, colour: string): void {
  g.save();
  g.beginPath();
  g.rect(x, y, w, h);
  g.clip();
  g.strokeStyle = colour;
  g.lineWidth = 0.7;
  g.beginPath();
  for (let k = -h; k < w; k += 4) {
    g.moveTo(x + k, y);
    g.lineTo(x + k + h, y + h);
  }
  g.stroke();
  g.restore();
}
