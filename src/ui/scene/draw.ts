/** Puts a picture on the page: real elements keyed by uid, changed only where the picture changed. What moves is `motion.ts`'s affair. */
import { select } from 'd3';
import { hullMarkup, n, overlayMarkup, queueMarkup } from './markup.ts';
import { nodeMarkup } from './markup-node.ts';
import { type Manner, Motion, type Placed } from './motion.ts';
import { podClass } from './to-svg.ts';
import type { HullScene, NodeScene, Scene } from './types.ts';

/** The elements a stage offers. */
export interface Hosts {
  queueSection: HTMLElement;
  queue: SVGSVGElement;
  quaySection: HTMLElement;
  quay: SVGSVGElement;
  fly: SVGSVGElement;
}

/** What an element last showed, so that nothing is written twice. */
interface Shown {
  markup: string;
  form: string;
  place: string;
  /** The very data that were drawn: the same ones need no look. */
  of?: HullScene | NodeScene;
}

/** More nodes than this are written in slices. */
const MANY = 12;
const SVG = 'http://www.w3.org/2000/svg';
const create = <K extends keyof SVGElementTagNameMap>(name: K): SVGElementTagNameMap[K] =>
  document.createElementNS(SVG, name);

export class SceneView {
  readonly #hosts: Hosts;
  readonly #motion: Motion;
  readonly #pods = new Map<string, SVGGElement>();
  readonly #shown = new WeakMap<Element, Shown>();
  #placed = new Map<string, Placed>();
  readonly #lists = new WeakMap<Element, HullScene[]>();
  #queueMarkup = '';
  #drawn = false;
  /** Where the last update stopped for lack of time. */
  #resume = 0;
  /** Which nodes stand there, in order. */
  #uids = '';

  constructor(hosts: Hosts) {
    this.#hosts = hosts;
    hosts.queue.append(group('back'), group('pods'));
    hosts.quay.append(group('walls'), group('nodes'), group('moves'));
    this.#motion = new Motion(hosts.fly, (uid) => this.#pods.get(uid));
  }

  /**
   * Draws `scene`; `manner.still` sets all positions at once (scrub, undo, resize, first draw). Of hundreds of small berths it writes as many
   * as `budgetMs` allows and returns false when some are left: the next update goes on there, so that no picture holds the page up.
   */
  update(scene: Scene, manner: Manner, budgetMs = Number.POSITIVE_INFINITY): boolean {
    const deadline = performance.now() + budgetMs;
    const still = manner.still || !this.#drawn;
    this.#drawn = scene.nodes.length > 0 || this.#drawn;
    const { queue, quay } = this.#hosts;
    const focused = document.activeElement;
    const toFocus =
      focused instanceof SVGElement && this.#hosts.quaySection.parentElement?.contains(focused) ? focused : null;
    const next = this.#places(scene);
    this.#sizes(scene);
    this.#queue(scene);
    const byParent = new Map<string, HullScene[]>();
    for (const pod of scene.pods) {
      const list = byParent.get(pod.node);
      if (list) list.push(pod);
      else byParent.set(pod.node, [pod]);
    }
    const many = scene.nodes.length > MANY;
    this.#nodes(scene, still || many);
    this.#pods_(queue.querySelector<SVGGElement>(':scope > .pods')!, byParent.get('') ?? [], scene, next, still);
    const elements = [...quay.querySelector('.nodes')!.children] as SVGGElement[];
    let done = 0;
    for (; done < elements.length && (!many || performance.now() < deadline); done++) {
      const at = (this.#resume + done) % elements.length;
      const element = elements[at]!;
      const node = scene.nodes[at];
      if (!node) continue;
      this.#node(element, node, scene.zoom, still);
      const pods = byParent.get(node.name) ?? [];
      if (sameList(this.#lists.get(element), pods)) continue;
      this.#lists.set(element, pods);
      this.#pods_(element.lastElementChild as SVGGElement, pods, scene, next, still);
    }
    this.#resume = done < elements.length ? (this.#resume + done) % elements.length : 0;
    this.#motion.show(scene, this.#placed, next, { ...manner, still });
    this.#placed = next;
    if (toFocus?.isConnected && document.activeElement !== toFocus) toFocus.focus({ preventScroll: true });
    this.#roving();
    return done === elements.length;
  }

  destroy(): void {
    this.#motion.stop();
    for (const svg of [this.#hosts.queue, this.#hosts.quay, this.#hosts.fly]) svg.replaceChildren();
  }

  #sizes(scene: Scene): void {
    const { queue, quay, queueSection, fly } = this.#hosts;
    queueSection.style.height = `${n(scene.queue.height)}px`;
    setAttributes(queue, { width: n(scene.queue.width), height: n(scene.queue.height) });
    setAttributes(quay, { width: n(scene.width), height: n(scene.height) });
    setAttributes(fly, { width: n(scene.width) });
    const walls = quay.querySelector('.walls')!;
    const { wall } = scene;
    const markup = wall
      ? `<rect class="wall" x="${n(wall.x)}" y="${n(wall.y)}" width="${n(wall.w)}" height="${n(wall.h)}"/>`
      : '';
    this.#write(walls, markup);
    this.#write(quay.querySelector('.moves')!, overlayMarkup(scene));
  }

  #write(element: Element, markup: string): boolean {
    const shown = this.#shown.get(element);
    if (shown?.markup === markup) return false;
    element.innerHTML = markup;
    this.#shown.set(element, { markup, form: shown?.form ?? '', place: shown?.place ?? '' });
    return true;
  }

  #queue(scene: Scene): void {
    const markup = queueMarkup(scene.queue);
    if (markup === this.#queueMarkup) return;
    this.#queueMarkup = markup;
    this.#hosts.queue.querySelector('.back')!.innerHTML = markup;
  }

  #places(scene: Scene): Map<string, Placed> {
    // Read once: each question about scrolling costs a layout.
    const left = this.#hosts.queueSection.scrollLeft;
    const top = scene.queue.height - this.#hosts.quaySection.scrollTop;
    const nodes = new Map(scene.nodes.map((s) => [s.name, s]));
    const next = new Map<string, Placed>();
    for (const hull of scene.pods) {
      const node = nodes.get(hull.node);
      const x = node ? node.x + hull.x : hull.x - left;
      const y = node ? top + node.y + hull.y : hull.y;
      next.set(hull.uid, { hull, x, y });
    }
    return next;
  }

  #nodes(scene: Scene, still: boolean): void {
    const parent = this.#hosts.quay.querySelector<SVGGElement>(':scope > .nodes')!;
    const uids = scene.nodes.map((s) => s.uid).join();
    if (uids === this.#uids) return;
    this.#uids = uids;
    this.#resume = 0;
    select(parent)
      .selectAll<SVGGElement, NodeScene>(':scope > .node')
      .data(scene.nodes, (s) => s.uid)
      .join((enter) => enter.append(() => newNode(still)))
      .order();
  }

  #node(element: SVGGElement, s: NodeScene, zoom: number, still: boolean): void {
    if (this.#shown.get(element)?.of === s) return;
    this.#shown.set(element, { markup: '', form: '', place: '', of: s });
    element.dataset.node = s.name;
    setAttributes(element, {
      class: `node${s.selected ? ' sel' : ''}${s.dim ? ' dimmed' : ''}${element.classList.contains('joining') ? ' joining' : ''}`,
      'aria-label': s.label,
      'aria-describedby': `d-${s.uid}`,
    });
    element.style.transition = still ? '' : 'transform var(--d-relayout) var(--e-out)';
    place(element, s.x, s.y);
    const desc = element.querySelector<SVGDescElement>(':scope > desc')!;
    desc.id = `d-${s.uid}`;
    if (desc.textContent !== s.description) desc.textContent = s.description;
    this.#write(element.querySelector(':scope > .back')!, nodeMarkup(s, zoom));
  }

  /** The pods of one parent. A pod that came from another parent keeps its element. */
  #pods_(parent: SVGGElement, hulls: HullScene[], scene: Scene, next: Map<string, Placed>, still: boolean): void {
    const join = select(parent)
      .selectAll<SVGGElement, HullScene>(':scope > .pod')
      .data(hulls, (h) => h.uid)
      .join(
        (enter) => enter.append((h) => this.#element(h, still)),
        (update) => update,
        (exit) =>
          exit.each((h, i, all) => {
            if (next.has(h.uid)) return;
            this.#pods.delete(h.uid);
            all[i]!.remove();
          }),
      );
    join.order();
    join.each((h, i, all) => this.#pod(all[i]!, h, scene.zoom, still));
  }

  #element(h: HullScene, still: boolean): SVGGElement {
    const known = this.#pods.get(h.uid);
    if (known) return known;
    const element = create('g');
    element.append(create('desc'), group('body'));
    setAttributes(element, { role: 'button', tabindex: '-1' });
    element.dataset.uid = h.uid;
    if (!still && h.shape === 'full') element.classList.add('entering');
    this.#pods.set(h.uid, element);
    return element;
  }

  #pod(element: SVGGElement, h: HullScene, zoom: number, still: boolean): void {
    const shown = this.#shown.get(element);
    if (shown?.of === h && shown.place === h.node) return;
    const parent = h.node;
    const kept = ['entering', 'arriving'].filter((c) => element.classList.contains(c));
    setAttributes(element, {
      class: [podClass(h), ...kept].join(' '),
      'aria-label': h.label,
      'aria-pressed': String(h.selected),
      'aria-describedby': `d-${h.uid}`,
    });
    element.dataset.key = h.key;
    const desc = element.firstElementChild as SVGDescElement;
    desc.id = `d-${h.uid}`;
    if (desc.textContent !== h.description) desc.textContent = h.description;
    // A chip is set where it belongs: what slides or fades costs a layer each, and there are hundreds.
    const alive = !still && h.shape === 'full';
    const moves = shown !== undefined && shown.place === parent && alive;
    element.style.transition = moves ? 'transform var(--d-relayout) var(--e-out)' : '';
    place(element, h.x, h.y);
    const markup = hullMarkup(h, zoom);
    if (shown?.markup === markup) {
      shown.place = parent;
      shown.of = h;
      return;
    }
    this.#body(element.lastElementChild!, markup, shown !== undefined && shown.form !== h.form && alive);
    this.#shown.set(element, { markup, form: h.form, place: parent, of: h });
  }

  /** New contents; a change of phase cross-fades in place. */
  #body(body: Element, markup: string, fade: boolean): void {
    const old = fade ? body.querySelector(':scope > .skin:not(.old)') : null;
    body.replaceChildren(fromMarkup(markup));
    if (!old) return;
    body.querySelector(':scope > .skin')?.classList.add('fresh');
    old.classList.remove('fresh');
    old.classList.add('old');
    old.addEventListener('animationend', () => old.remove(), { once: true });
    body.append(old);
  }

  /** Each region is one tab stop. */
  #roving(): void {
    for (const [svg, selector] of [
      [this.#hosts.quay, '.node, .pod'],
      [this.#hosts.queue, '.pod'],
    ] as const) {
      if (svg.querySelector(':scope [tabindex="0"]:not(.more)')) continue;
      svg.querySelector(selector)?.setAttribute('tabindex', '0');
    }
  }
}

/** Chips of one state are the same but for their place: parsed once, copied then. */
const parsed = new Map<string, DocumentFragment>();
const PARSED_MAX = 200;

function fromMarkup(markup: string): DocumentFragment {
  let fragment = parsed.get(markup);
  if (!fragment) {
    const holder = create('g');
    holder.innerHTML = markup;
    fragment = document.createDocumentFragment();
    fragment.append(...holder.childNodes);
    if (parsed.size >= PARSED_MAX) parsed.clear();
    parsed.set(markup, fragment);
  }
  return fragment.cloneNode(true) as DocumentFragment;
}

const sameList = (a: HullScene[] | undefined, b: HullScene[]): boolean =>
  a !== undefined && a.length === b.length && a.every((h, i) => h === b[i]);

function newNode(still: boolean): SVGGElement {
  const element = create('g');
  element.append(create('desc'), group('back'), group('pods'));
  setAttributes(element, { role: 'group', tabindex: '-1', class: still ? 'node' : 'node joining' });
  element.addEventListener('animationend', (e) => {
    if (e.target === element) element.classList.remove('joining');
  });
  return element;
}

function group(name: string): SVGGElement {
  const g = create('g');
  g.setAttribute('class', name);
  return g;
}

function setAttributes(element: Element, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes))
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function place(element: SVGGElement, x: number, y: number): void {
  const transform = `translate(${n(x)}px, ${n(y)}px)`;
  if (element.style.transform !== transform) element.style.transform = transform;
}
