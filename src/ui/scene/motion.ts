/**
 * What moves, and when it must not. The engine never waits for any of this: the real button lies at its berth at once, and what travels
 * is a picture of it on top. Every move can be retargeted from where it is.
 */
import { along, type Cubic, curvePath, glide, HULL, hop, hullPath, type Point } from './geometry.ts';
import { escapeXml, hullMarkup, n } from './markup.ts';
import { podClass } from './to-svg.ts';
import type { HullScene, Scene } from './types.ts';

/** A pod and where it is, in the coordinates of the whole picture. */
export interface Placed {
  hull: HullScene;
  x: number;
  y: number;
}

export interface Manner {
  /** No motion: positions are set. */
  still: boolean;
  speed: number;
  reduced: boolean;
  maxMoving: number;
  /** Lengths at speed 1, ms. */
  glideMs: number;
  moorMs: number;
  leaveMs: number;
  label: (node: string) => string;
}

interface Flight {
  uid: string;
  members: string[];
  workload: string;
  node: string;
  startedAt: number;
  durationMs: number;
  from: Point;
  to: Point;
  wake: SVGPathElement;
  /** Where it is after a share of its way. */
  at: (share: number) => Point;
  hull: SVGGElement;
  layer: SVGGElement;
  /** A chip between tiles: no line, no stretch of a ruler of its own. */
  small: boolean;
}

const SVG = 'http://www.w3.org/2000/svg';
const CONVOY_MS = 120;
const MEMBER_STEP_MS = 60;
const FOOTPRINT_MS = 2000;
const FADE_SPEED = 16;
const LANE_STEP = 8;
/** Forms of a pod that was placed just now, when the page never saw it wait. */
const FRESH = new Set<HullScene['form']>(['scheduled', 'creating', 'init']);

export class Motion {
  readonly #svg: SVGSVGElement;
  readonly #element: (uid: string) => SVGGElement | undefined;
  readonly #flights = new Map<string, Flight>();
  #frame = 0;
  #manner: Manner | undefined;

  constructor(svg: SVGSVGElement, element: (uid: string) => SVGGElement | undefined) {
    this.#svg = svg;
    this.#element = element;
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (const flight of this.#flights.values()) this.#land(flight, true);
    this.#flights.clear();
  }

  /** Compares two moments and starts, bends or ends what moves. */
  show(scene: Scene, before: Map<string, Placed>, now: Map<string, Placed>, manner: Manner): void {
    this.#manner = manner;
    if (manner.still || scene.mode === 'canvas') {
      this.stop();
      for (const [uid] of now) this.#element(uid)?.classList.remove('entering');
      return;
    }
    for (const [uid, placed] of now) this.#compare(uid, before.get(uid), placed, scene, manner);
    for (const [uid, placed] of before) if (!now.has(uid)) this.#leave(uid, placed, scene, manner);
    for (const flight of this.#flights.values()) this.#mark(flight);
  }

  #compare(uid: string, before: Placed | undefined, now: Placed, scene: Scene, manner: Manner): void {
    const flight = this.#flights.get(uid);
    if (flight) {
      const [x, y] = flight.to;
      if (Math.abs(x - now.x) > 1 || Math.abs(y - now.y) > 1) this.#bend(flight, now, scene);
      return;
    }
    if (!now.hull.node || before?.hull.node === now.hull.node) return;
    // Nobody placed a static pod: its kubelet just runs it.
    if (!before && (now.hull.owner === 'static' || !FRESH.has(now.hull.form))) return;
    const from: Point = before
      ? [before.x, before.y]
      : [16 * scene.zoom, Math.max(8, scene.queue.height - 50 * scene.zoom)];
    if (manner.reduced) this.#footprint(uid, before, from);
    else if (manner.speed >= FADE_SPEED || this.#flights.size >= manner.maxMoving) this.#ring(uid, now);
    else if (!this.#join(uid, now)) this.#start(uid, from, now, scene, manner);
  }

  /** Pods of one workload that go to one node at nearly the same time travel as a convoy. */
  #join(uid: string, now: Placed): boolean {
    const at = performance.now();
    for (const flight of this.#flights.values()) {
      if (flight.workload !== now.hull.workload || flight.node !== now.hull.node || at - flight.startedAt > CONVOY_MS)
        continue;
      flight.members.push(uid);
      const count =
        flight.layer.querySelector('.count') ?? flight.hull.appendChild(document.createElementNS(SVG, 'text'));
      count.setAttribute('class', 'count');
      setAt(count, now.hull.w + 6, now.hull.h / 2 + 4);
      count.textContent = `×${flight.members.length}`;
      flight.layer.querySelector('.label')?.remove();
      return true;
    }
    return false;
  }

  #start(uid: string, from: Point, now: Placed, scene: Scene, manner: Manner): void {
    const factor = manner.speed <= 1 ? 1 : manner.speed <= 4 ? 1 - (manner.speed - 1) / 6 : 0.35;
    const layer = document.createElementNS(SVG, 'g');
    layer.setAttribute('class', scene.mode === 'berths' ? 'flight' : 'flight small');
    const hull: HullScene = { ...now.hull, form: 'scheduled', selected: false };
    layer.innerHTML =
      `<path class="wake" d="M0 0"/><g class="${podClass(hull)} flying">${hullMarkup(hull, scene.zoom)}` +
      `${hull.shape === 'full' ? `<text class="label" x="${n(hull.w + 8)}" y="${n(hull.h / 2 - 2)}">${escapeXml(manner.label(hull.node))}</text>` : ''}</g>`;
    this.#svg.append(layer);
    const flight: Flight = {
      uid,
      members: [uid],
      workload: hull.workload,
      node: hull.node,
      startedAt: performance.now(),
      durationMs: manner.glideMs * factor,
      from,
      to: [now.x, now.y],
      wake: layer.firstElementChild as SVGPathElement,
      at: () => from,
      hull: layer.lastElementChild as SVGGElement,
      layer,
      small: scene.mode !== 'berths',
    };
    this.#route(flight, scene);
    flight.hull.setAttribute('transform', `translate(${n(from[0])} ${n(from[1])})`);
    this.#flights.set(uid, flight);
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#tick());
  }

  /** The way from where it is to its berth; each flight has its own lane in the fairway. */
  #route(flight: Flight, scene: Scene): void {
    const z = scene.zoom;
    const small = scene.mode !== 'berths';
    const curves: Cubic[] = small
      ? hop(flight.from, flight.to)
      : glide(flight.from, flight.to, this.#fairway(flight, scene));
    flight.at = along(curves);
    flight.wake.setAttribute('d', curvePath(curves));
    const offset = small ? '6 6' : `${n(HULL.w * 0.3 * z)} ${n((HULL.h / 2) * z)}`;
    flight.wake.setAttribute('transform', `translate(${offset})`);
  }

  /** Right of every berth that lies on the way, as far as the stage allows. */
  #fairway(flight: Flight, scene: Scene): number {
    const hw = (HULL.w / 2) * scene.zoom;
    const [x, y] = flight.to;
    let edge = 0;
    for (const s of scene.nodes) if (scene.queue.height + s.y <= y) edge = Math.max(edge, s.water.x + s.water.w);
    return Math.min(scene.width - hw - 8, Math.max(edge, x + 2 * hw) + 20) - (this.#flights.size % 6) * LANE_STEP;
  }

  /** The berth moved while the hull was under way: a new way from here, in the time that is left. */
  #bend(flight: Flight, now: Placed, scene: Scene): void {
    const at = performance.now();
    const share = this.#share(flight, at);
    const p = flight.at(ease(share));
    flight.durationMs = Math.max(160, flight.durationMs * (1 - share));
    flight.startedAt = at;
    flight.from = p;
    flight.to = [now.x, now.y];
    this.#route(flight, scene);
  }

  #share(flight: Flight, at: number): number {
    return flight.durationMs ? Math.min(1, (at - flight.startedAt) / flight.durationMs) : 1;
  }

  #tick(): void {
    this.#frame = 0;
    const at = performance.now();
    for (const flight of [...this.#flights.values()]) {
      const share = this.#share(flight, at);
      const p = flight.at(ease(share));
      flight.hull.setAttribute('transform', `translate(${n(p[0])} ${n(p[1])})`);
      if (share < 1) continue;
      this.#flights.delete(flight.uid);
      this.#land(flight, false);
    }
    if (this.#flights.size) this.#frame = requestAnimationFrame(() => this.#tick());
  }

  /** While it travels: an empty dashed berth, its stretch of the ruler in accent. */
  #mark(flight: Flight): void {
    for (const uid of flight.members) {
      const element = this.#element(uid);
      if (!element || element.classList.contains('arriving')) continue;
      element.classList.add('arriving');
      element.classList.remove('entering');
      if (flight.small) continue;
      this.#parts(uid, (moor, seg) => {
        moor?.classList.add('new');
        seg?.classList.add('hit');
      });
    }
  }

  #parts(uid: string, change: (moor: SVGPathElement | null, seg: SVGRectElement | null) => void): void {
    const node = this.#element(uid)?.closest('.node');
    if (!node) return;
    const id = CSS.escape(uid);
    change(node.querySelector(`[data-moor="${id}"]`), node.querySelector(`[data-seg="${id}"]`));
  }

  /** It is there: the button shows itself, the line goes taut. Convoy members follow one after the other. */
  #land(flight: Flight, still: boolean): void {
    const fade = flight.layer.animate?.([{ opacity: 1 }, { opacity: 0 }], { duration: still ? 0 : 160 });
    if (fade) fade.onfinish = () => flight.layer.remove();
    else flight.layer.remove();
    flight.members.forEach((uid, i) => {
      const show = () => {
        this.#element(uid)?.classList.remove('arriving');
        if (flight.small) return;
        this.#parts(uid, (moor, seg) => {
          seg?.classList.remove('hit');
          moor?.classList.remove('new');
          if (!moor || still) return;
          // A path length of one spares asking the page how long the line is.
          moor.setAttribute('pathLength', '1');
          const taut = moor.animate(
            [
              { strokeDasharray: '1', strokeDashoffset: 1 },
              { strokeDasharray: '1', strokeDashoffset: 0 },
            ],
            { duration: this.#manner?.moorMs ?? 0, easing: 'cubic-bezier(.2,.8,.2,1)' },
          );
          taut.onfinish = () => moor.removeAttribute('pathLength');
        });
      };
      if (still || i === 0) show();
      else setTimeout(show, i * MEMBER_STEP_MS);
    });
  }

  /** Leaves to the right and fades; from where it is, when it was still under way. */
  #leave(uid: string, placed: Placed, scene: Scene, manner: Manner): void {
    const flight = this.#flights.get(uid);
    let { x, y } = placed;
    if (flight) {
      [x, y] = flight.at(ease(this.#share(flight, performance.now())));
      this.#flights.delete(uid);
      flight.layer.remove();
    }
    if (this.#svg.childElementCount >= manner.maxMoving) return;
    const form = placed.hull.form === 'evicted' || !placed.hull.node ? placed.hull.form : 'terminating';
    const hull: HullScene = { ...placed.hull, form, selected: false };
    const element = document.createElementNS(SVG, 'g');
    element.setAttribute('class', `${podClass(hull)} leaving`);
    element.innerHTML = hullMarkup(hull, scene.zoom);
    this.#svg.append(element);
    const travel = manner.reduced || manner.speed >= FADE_SPEED || !placed.hull.node ? 0 : 90 * scene.zoom;
    const animation = element.animate(
      [
        { transform: `translate(${x}px, ${y}px)`, opacity: 1 },
        { transform: `translate(${x + travel}px, ${y}px)`, opacity: 0 },
      ],
      { duration: manner.reduced ? 120 : manner.leaveMs, easing: 'cubic-bezier(.5,0,.9,.4)', fill: 'forwards' },
    );
    animation.onfinish = () => element.remove();
  }

  /** Too many at once, or too fast: it appears at its berth with one ring. */
  #ring(uid: string, now: Placed): void {
    if (now.hull.shape === 'full') this.#element(uid)?.classList.add('entering');
    if (this.#svg.childElementCount >= 24) return;
    const ring = document.createElementNS(SVG, 'path');
    ring.setAttribute('class', 'arrival-ring');
    ring.setAttribute('d', hullPath(now.hull.w, now.hull.h));
    ring.setAttribute('transform', `translate(${n(now.x)} ${n(now.y)})`);
    this.#fadeOut(ring, 300);
  }

  /** No travel: the hull is at its berth, and an empty outline stays in the queue for a while. */
  #footprint(uid: string, before: Placed | undefined, [x, y]: Point): void {
    this.#element(uid)?.classList.add('entering');
    const hull = before?.hull;
    const print = document.createElementNS(SVG, 'path');
    print.setAttribute('class', 'footprint');
    print.setAttribute('d', hullPath(hull?.w ?? HULL.w, hull?.h ?? HULL.h));
    print.setAttribute('transform', `translate(${n(x)} ${n(y)})`);
    this.#fadeOut(print, FOOTPRINT_MS);
    this.#parts(uid, (_, seg) => {
      seg?.classList.add('hit');
      setTimeout(() => seg?.classList.remove('hit'), FOOTPRINT_MS);
    });
  }

  #fadeOut(element: SVGElement, ms: number): void {
    this.#svg.append(element);
    const animation = element.animate([{ opacity: 1 }, { opacity: 1, offset: 0.9 }, { opacity: 0 }], { duration: ms });
    animation.onfinish = () => element.remove();
  }
}

function setAt(element: Element, x: number, y: number): void {
  element.setAttribute('x', n(x));
  element.setAttribute('y', n(y));
}

/** Leaves slowly, arrives slower: cubic-bezier(.3, 0, .1, 1). */
export const ease = bezier(0.3, 0, 0.1, 1);

/** A CSS cubic-bezier as a function of the share of time that has passed. */
export function bezier(x1: number, y1: number, x2: number, y2: number): (share: number) => number {
  const at = (a: number, b: number, s: number) => 3 * a * s * (1 - s) ** 2 + 3 * b * s * s * (1 - s) + s ** 3;
  return (share) => {
    if (share <= 0) return 0;
    if (share >= 1) return 1;
    let low = 0;
    let high = 1;
    for (let i = 0; i < 24; i++) {
      const middle = (low + high) / 2;
      if (at(x1, x2, middle) < share) low = middle;
      else high = middle;
    }
    return at(y1, y2, low);
  };
}
