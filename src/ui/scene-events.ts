/** Pointer and keyboard on the picture: one set of listeners for the whole stage. Drags have a menu twin; hover shows nothing that a tap cannot. */
import { cordon, select } from './actions.ts';
import { bridgeDrag } from './drag.ts';
import { dragParts } from './drag-parts.ts';
import { focusSoon } from './focus.ts';
import { listenToGestures } from './gestures.ts';
import { rows } from './rows.ts';
import { getState, type Selection, setState } from './store.ts';

/** What lies under an element of the scene. */
export function subjectOf(target: EventTarget | null): NonNullable<Selection> | null {
  if (!(target instanceof Element)) return null;
  const pod = target.closest<SVGGElement>('.pod[data-key]');
  if (pod) return { kind: 'Pod', key: pod.dataset.key! };
  const node = target.closest<SVGGElement>('.node[data-node]');
  return node ? { kind: 'Node', key: node.dataset.node! } : null;
}

export function openMenu(selection: NonNullable<Selection>, x: number, y: number): void {
  setState({ menu: { selection, x, y } });
}

/** Menu at the middle of the focused object, for Shift+F10 and the Menu key. */
export function openMenuAt(element: Element): void {
  const subject = subjectOf(element);
  if (!subject) return;
  const box = element.getBoundingClientRect();
  openMenu(subject, box.left + Math.min(box.width / 2, 120), box.top + Math.min(box.height / 2, 40));
}

function click(event: MouseEvent): void {
  const { target } = event;
  if (!(target instanceof Element)) return;
  const lane = target.closest<SVGGElement>('.more[data-lane]');
  if (lane) {
    setState({ dialog: { name: 'lane', lane: lane.dataset.lane as 'active' } });
    return;
  }
  const boom = target.closest<SVGGElement>('[data-boom]');
  const node = boom && rows.nodes.get(boom.dataset.boom!);
  if (node?.unschedulable) {
    void cordon(node.name, false);
    return;
  }
  const subject = subjectOf(target);
  if (subject) select(subject);
}

const PAN_PX = 80;

/** A pointer that only passes by changes nothing. */
const HOVER_MS = 250;
let hovering: ReturnType<typeof setTimeout> | undefined;

function hover(event: Event): void {
  const subject = event.type === 'pointerleave' ? null : subjectOf(event.target);
  const { hovered } = getState();
  clearTimeout(hovering);
  if (hovered?.key === subject?.key && hovered?.kind === subject?.kind) return;
  if (hovered) setState({ hovered: null });
  hovering = setTimeout(() => setState({ hovered: subject }), HOVER_MS);
}

/** Gives `element` the region's one tab stop and the focus. */
function go(element: Element | null | undefined): void {
  if (!(element instanceof SVGElement)) return;
  const region = element.closest('section');
  for (const other of region?.querySelectorAll('[tabindex="0"]:not(.more)') ?? []) other.setAttribute('tabindex', '-1');
  element.setAttribute('tabindex', '0');
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Up and down: nodes, the queue first; left and right: into, along and out of a node's pods; Home, End. */
function arrows(event: KeyboardEvent, root: HTMLElement): boolean {
  const from = event.target as Element;
  const nodes = [...root.querySelectorAll<SVGElement>('.quay .node')];
  const waiting = [...root.querySelectorAll<SVGElement>('.queue .pod')];
  const inQueue = from.closest('.queue') !== null;
  const node = from.closest<SVGElement>('.node');
  const pods = inQueue ? waiting : node ? [...node.querySelectorAll<SVGElement>('.pod')] : [];
  const pod = from.closest<SVGElement>('.pod');
  const at = pod ? pods.indexOf(pod) : -1;
  switch (event.key) {
    case 'ArrowDown':
      go(inQueue ? nodes[0] : nodes[nodes.indexOf(node!) + 1]);
      return true;
    case 'ArrowUp': {
      const index = node ? nodes.indexOf(node) : 0;
      go(index > 0 ? nodes[index - 1] : waiting[0]);
      return true;
    }
    case 'ArrowRight':
      go(pods[at + 1]);
      return true;
    case 'ArrowLeft':
      go(at > 0 ? pods[at - 1] : node);
      return true;
    case 'Home':
      go(pod ? pods[0] : nodes[0]);
      return true;
    case 'End':
      go(pod ? pods.at(-1) : nodes.at(-1));
      return true;
    default:
      return false;
  }
}

function keydown(event: KeyboardEvent, root: HTMLElement): void {
  if (!(event.target instanceof Element)) return;
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
    event.preventDefault();
    openMenuAt(event.target);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Enter' || (event.key === ' ' && event.target.closest('[role="button"]'))) {
    event.preventDefault();
    const lane = event.target.closest<SVGGElement>('.more[data-lane]');
    if (lane) setState({ dialog: { name: 'lane', lane: lane.dataset.lane as 'active' } });
    else {
      select(subjectOf(event.target));
      if (event.key === 'Enter') focusSoon('#inspector-title');
    }
    return;
  }
  if (event.shiftKey && /^Arrow(Up|Down)$/.test(event.key)) {
    event.preventDefault();
    root.querySelector('.quay')?.scrollBy(0, event.key === 'ArrowUp' ? -PAN_PX : PAN_PX);
  } else if (!event.shiftKey && arrows(event, root)) event.preventDefault();
}

/** Listens on a stage; returns how to stop. */
export function listenToScene(
  root: HTMLElement,
  zoom: (factor: number, x: number, y: number) => void = () => undefined,
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const drag = bridgeDrag(root, signal);
  const parts = dragParts(root, signal);
  const quay = root.querySelector('.quay');
  const gestures = listenToGestures(
    root,
    {
      zoom,
      pan: (_, dy) => quay?.scrollBy(0, -dy),
      pans: (target) => !target.closest('.pod, [data-drag], button') && target.closest('.quay') !== null,
      wheelZooms: false,
    },
    signal,
  );
  const dragged = () => drag.justDragged() || parts.justDragged() || gestures.justPanned();
  root.addEventListener('click', (e) => (dragged() ? undefined : click(e)), { signal });
  root.addEventListener('pointerover', hover, { signal });
  root.addEventListener('pointerleave', hover, { signal });
  // The keyboard points, too; a click gives the focus as well, and the pointer is there already.
  root.addEventListener('focusin', (e) => (e.target as Element).matches(':focus-visible') && hover(e), { signal });
  root.addEventListener('keydown', (e) => keydown(e, root), { signal });
  root.addEventListener(
    'contextmenu',
    (e) => {
      const subject = subjectOf(e.target);
      if (!subject) return;
      e.preventDefault();
      openMenu(subject, e.clientX, e.clientY);
    },
    { signal },
  );
  return () => stop.abort();
}
