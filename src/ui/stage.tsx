/** Where the picture lives: measures the room there is, asks the layout, hands the scene to the drawing. */
import './scene/scene.css';
import { useEffect, useRef } from 'react';
import type { ExplainedDecision } from '../view/decision.ts';
import { zoomBy } from './actions.ts';
import { CanvasStage } from './canvas-stage.tsx';
import { call } from './connection.ts';
import { takeFirstPaint } from './first-paint.ts';
import { languageNow, t, translateNow, useT } from './i18n/index.ts';
import { watchHovered } from './links.ts';
import { BEATS, currentStory, toldDecision, toldRows } from './onboarding-script.ts';
import { podOf } from './parts/hooks.ts';
import { rows } from './rows.ts';
import { SceneView } from './scene/draw.ts';
import { layout, modeOf } from './scene/layout.ts';
import { levelOf } from './scene/levels.ts';
import { measureInPage } from './scene/measure-page.ts';
import type { Manner } from './scene/motion.ts';
import { SlotKeeper } from './scene/slots.ts';
import type { Scene, SceneOptions } from './scene/types.ts';
import { listenToScene } from './scene-events.ts';
import { getState, setState, type UiState, useStore } from './store.ts';

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

let known: { at: string; values: Pick<Manner, 'glideMs' | 'moorMs' | 'leaveMs' | 'maxMoving'> } | undefined;

/**
 * Lengths of moves as the style sheet has them, so that projector mode and tests change one place. Read again only when the looks change:
 * each question about styles makes the page compute all of them.
 */
function durations(): Pick<Manner, 'glideMs' | 'moorMs' | 'leaveMs' | 'maxMoving'> {
  const at = `${document.documentElement.className} ${JSON.stringify({ ...document.documentElement.dataset })} ${reducedMotion.matches}`;
  if (known?.at !== at) known = { at, values: readDurations() };
  return known.values;
}

function readDurations(): Pick<Manner, 'glideMs' | 'moorMs' | 'leaveMs' | 'maxMoving'> {
  const style = getComputedStyle(document.documentElement);
  const ms = (name: string) => Number.parseFloat(style.getPropertyValue(name)) || 0;
  return {
    glideMs: ms('--d-glide'),
    moorMs: ms('--d-moor'),
    leaveMs: ms('--d-leave'),
    maxMoving: ms('--max-moving') || 24,
  };
}

/** What of the store changes the picture. */
function optionsOf(
  s: UiState,
  box: { width: number; height: number },
  waiting: ExplainedDecision | null,
): SceneOptions {
  const sideOpen = s.width === 'wide' && (s.side === 'lesson' ? s.lesson !== '' : s.inspectorOpen);
  const { mode, scale } = levelOf(rows.nodes.size, s.zoom);
  return {
    ...box,
    mode,
    zoom: (s.projector ? 1.4 : 1) * scale,
    narrow: sideOpen || (s.width !== 'narrow' && box.width < 900 && !s.embed),
    mobile: (s.width === 'narrow' && !s.embed) || box.width < 480,
    terse: box.width < 480,
    showQueue: true,
    lowQueue: s.embed && box.height < 480,
    systemNames: s.systemNames,
    selection: s.selection,
    explained: s.explained,
    waiting,
    preview: s.preview,
    service: s.service,
    podTerms: s.podTerms,
    t: translateNow(),
    measure: measureInPage,
  };
}

/** The owner chain of the pod that is pointed at, when it has siblings. */
function siblingsOf(s: UiState): Partial<SceneOptions> {
  const pod = s.hovered?.kind === 'Pod' ? podOf(rows, s.hovered.key) : undefined;
  if (!pod || pod.system || pod.owner === 'none' || s.beat !== null) return {};
  const { namespace, workload } = pod;
  let count = 0;
  for (const p of rows.pods.values()) if (p.workload === workload && p.namespace === namespace) count += 1;
  return count > 1 ? { siblings: { namespace, workload } } : {};
}

/** While a pod is dragged over a node, that node answers: ghost on its ruler, its verdict, or where the hull would lie. */
function askingOptions({ asking }: UiState): Partial<SceneOptions> {
  if (!asking) return {};
  const { pod, node, decision } = asking;
  const cell = decision.filters[node];
  if (cell === undefined) return {};
  return {
    selection: { kind: 'Pod', key: pod },
    explained: { ...decision, pod, filters: { [node]: cell } },
    candidates: cell ? [] : [node],
  };
}

/** While the first ten seconds tell a decision, it is the one that is drawn. */
function storyOptions(s: UiState): Partial<SceneOptions> {
  const story = currentStory();
  if (s.beat === null || !story) return {};
  const explained = toldDecision();
  return {
    selection: explained ? { kind: 'Pod', key: story.key } : null,
    explained,
    candidates: s.beat === BEATS.left ? Object.keys(explained?.scores ?? {}) : [],
  };
}

const PICTURE_KEYS = [
  'selection',
  'explained',
  'preview',
  'systemNames',
  'zoom',
  'projector',
  'language',
  'width',
  'inspectorOpen',
  'side',
  'lesson',
  'hovered',
  'service',
  'podTerms',
  'asking',
  'beat',
] as const satisfies readonly (keyof UiState)[];

/** What one picture of many berths may take to be written down. */
const BUDGET_MS = 6;
const HOLD_MS = 3000;
const MANY_EVERY_MS = 60;
const TICKING_EVERY_MS = 100;

/** Whether a hull shows something that changes with the clock alone. */
function ticks(): boolean {
  for (const { fact } of rows.pods.values())
    if (fact && (fact.kind === 'pull' || fact.kind === 'grace' || fact.kind === 'retry')) return true;
  return false;
}

const waits = (r: Pick<typeof rows, 'pods'>): boolean => {
  for (const pod of r.pods.values()) if (!pod.node && pod.form !== 'succeeded' && pod.form !== 'failed') return true;
  return false;
};

/** The picture of the built page; it stays until the live scene has something to show. */
let firstPaint = takeFirstPaint();

function dropFirstPaint(): void {
  firstPaint?.remove();
  firstPaint = undefined;
}

/** The live scene: redraws at most once a frame, when something of it changed. */
class Stage {
  readonly #root: HTMLElement;
  readonly #view: SceneView;
  readonly #slots = new SlotKeeper();
  readonly #observer: ResizeObserver;
  #box = { width: 0, height: 0 };
  #still = true;
  #resets = -1;
  #changes = -1;
  #ticking = false;
  /** Whether hundreds of small things are drawn. */
  #many = false;
  /** The node under the pointer that zooms: it stays there. */
  #anchor: { node: string; share: number; y: number } | undefined;
  #frame = 0;
  #later: ReturnType<typeof setTimeout> | undefined;
  /** Real time until which the lanes stay open. */
  #holdUntil = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  #waiting: { key: string; decision: ExplainedDecision | null } = { key: '', decision: null };
  #selected = '';

  constructor(root: HTMLElement) {
    this.#root = root;
    if (!rows.nodes.size && firstPaint) root.append(firstPaint);
    const part = <E extends Element>(selector: string) => root.querySelector<E>(selector)!;
    this.#view = new SceneView({
      queueSection: part<HTMLElement>('.queue'),
      queue: part<SVGSVGElement>('.queue > svg'),
      quaySection: part<HTMLElement>('.quay'),
      quay: part<SVGSVGElement>('.quay > svg'),
      fly: part<SVGSVGElement>('.fly'),
    });
    this.#observer = new ResizeObserver(() => this.#resized());
    this.#observer.observe(root);
    this.#resized();
  }

  destroy(): void {
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#again);
    clearTimeout(this.#later);
    this.#view.destroy();
  }

  /** Larger around a point: what is under the pointer stays under it. */
  zoom(factor: number, x: number, y: number): void {
    const boxes = [...this.#root.querySelectorAll<SVGGElement>('.node')].map((node) => ({
      node: node.dataset.node!,
      box: node.getBoundingClientRect(),
    }));
    const away = (box: DOMRect) => Math.max(box.top - y, y - box.bottom, 0) + Math.max(box.left - x, x - box.right, 0);
    const nearest = boxes.reduce<(typeof boxes)[number] | undefined>(
      (best, one) => (!best || away(one.box) < away(best.box) ? one : best),
      undefined,
    );
    if (nearest?.box.height) {
      const { node, box } = nearest;
      this.#anchor = { node, share: Math.min(1, Math.max(0, (y - box.top) / box.height)), y };
    }
    zoomBy(factor);
  }

  #keepAnchor(scene: Scene): void {
    const anchor = this.#anchor;
    this.#anchor = undefined;
    const node = anchor && scene.nodes.find((n) => n.name === anchor.node);
    const quay = this.#root.querySelector('.quay');
    if (node && quay) quay.scrollTop = node.y + anchor.share * node.h - (anchor.y - quay.getBoundingClientRect().top);
  }

  #resized(): void {
    const { clientWidth: width, clientHeight: height } = this.#root;
    if (width === this.#box.width && height === this.#box.height) return;
    this.#box = { width, height };
    this.#still = true;
    this.changed();
  }

  /** After a frame of rows: nothing is drawn anew when nothing but the clock moved; countdowns and load bars need ten pictures a second. */
  timePassed(): void {
    if (rows.changes !== this.#changes) this.changed();
    else if (this.#ticking && !this.#frame) this.#soon(TICKING_EVERY_MS);
  }

  #soon(ms: number): void {
    this.#later ??= setTimeout(() => {
      this.#later = undefined;
      if (!this.#frame) this.#frame = requestAnimationFrame(() => this.draw());
    }, ms);
  }

  /** Draws with the next frame. */
  changed(still = false): void {
    this.#still ||= still;
    if (this.#frame) return;
    // Hundreds of small things need no sixty pictures a second; two cores have more to do.
    if (this.#many && !this.#still) {
      this.#soon(MANY_EVERY_MS);
      return;
    }
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#frame = requestAnimationFrame(() => this.draw());
  }

  draw(): void {
    this.#frame = 0;
    if (!this.#box.width || modeOf(rows.nodes.size) === 'canvas') return;
    const s = getState();
    if (rows.resets !== this.#resets) this.#still = true;
    this.#resets = rows.resets;
    this.#changes = rows.changes;
    this.#ticking = ticks();
    const told = toldRows(rows);
    const { slots, again } = this.#slots.place(told, performance.now());
    const now = performance.now();
    if (waits(told)) this.#holdUntil = now + HOLD_MS;
    const wake = Math.min(
      again ?? Number.POSITIVE_INFINITY,
      this.#holdUntil > now ? this.#holdUntil : Number.POSITIVE_INFINITY,
    );
    clearTimeout(this.#again);
    if (Number.isFinite(wake)) this.#again = setTimeout(() => this.changed(), wake - now + 10);
    this.#askWaiting();
    this.#askSelected(s);
    if (rows.nodes.size || s.revision) dropFirstPaint();
    const scene = layout(told, {
      ...optionsOf(s, this.#box, this.#waiting.decision),
      ...storyOptions(s),
      ...siblingsOf(s),
      ...askingOptions(s),
      slots,
      showQueue: !s.embed || this.#holdUntil > now,
      holdQueue: this.#holdUntil > now && !this.#still,
    });
    const manner: Manner = {
      still: this.#still,
      speed: s.time.speed,
      reduced: reducedMotion.matches,
      ...durations(),
      label: (node) => t('ghost.to', { node }),
    };
    this.#still = false;
    this.#many = scene.mode !== 'berths' || scene.nodes.length > 12;
    const all = this.#view.update(scene, manner, BUDGET_MS);
    if (this.#anchor) this.#keepAnchor(scene);
    if (!all) this.#frame = requestAnimationFrame(() => this.draw());
    if (s.follow && s.selection) this.#root.querySelector('.pod.sel, .node.sel')?.scrollIntoView({ block: 'nearest' });
  }

  /** The decision about the selected pod, while no inspector is there to ask for it. */
  #askSelected(s: UiState): void {
    const key = s.selection?.kind === 'Pod' && !s.inspectorOpen ? s.selection.key : '';
    const pod = key ? podOf(rows, key) : undefined;
    const question = pod ? `${pod.uid} ${pod.sinceMs} ${pod.node}` : '';
    if (question === this.#selected) return;
    this.#selected = question;
    if (!pod) return;
    call('explain', key)
      .then((explained) => this.#selected === question && setState({ explained }))
      .catch(() => undefined); // the crash page says so
  }

  /** Why the first unschedulable pod waits, for the words beside it. */
  #askWaiting(): void {
    const uid = rows.queue.find((q) => q.lane === 'unschedulable')?.uids[0];
    const pod = uid ? rows.pods.get(uid) : undefined;
    const key = pod ? `${pod.uid} ${pod.sinceMs} ${rows.nodes.size}` : '';
    if (key === this.#waiting.key) return;
    this.#waiting = { key, decision: null };
    if (!pod) return;
    call('explain', `${pod.namespace}/${pod.name}`)
      .then((decision) => {
        if (this.#waiting.key !== key) return;
        this.#waiting = { key, decision };
        this.changed();
      })
      .catch(() => undefined); // the crash page says so
  }
}

export function SceneStage() {
  const translate = useT();
  const root = useRef<HTMLDivElement>(null);
  const canvas = useStore(() => modeOf(rows.nodes.size) === 'canvas');
  const language = useStore((s) => s.language);
  useEffect(() => {
    if (!root.current || canvas) return;
    const stage = new Stage(root.current);
    const forget = listenToScene(root.current, (factor, x, y) => stage.zoom(factor, x, y));
    const unwatch = watchHovered();
    const unsubscribe = useStore.subscribe((s, before) => {
      if (PICTURE_KEYS.some((k) => s[k] !== before[k]))
        stage.changed(s.zoom !== before.zoom || s.projector !== before.projector);
      else if (s.revision !== before.revision) stage.timePassed();
    });
    return () => {
      unsubscribe();
      unwatch();
      forget();
      stage.destroy();
    };
  }, [canvas]);
  if (canvas) return <CanvasStage />;
  return (
    <div className="scene" ref={root} lang={language === languageNow() ? language : undefined}>
      <section className="queue" aria-label={translate('region.pending')}>
        <svg className="scene-svg" aria-hidden={undefined} />
      </section>
      <section className="quay" id="cluster" tabIndex={-1} aria-label={translate('region.cluster')}>
        <svg className="scene-svg" />
      </section>
      <svg className="scene-svg fly" aria-hidden="true" />
    </div>
  );
}
