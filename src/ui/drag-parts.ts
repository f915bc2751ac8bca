/** Parts of a node that can be dragged: a taint off its node, the post at the end of its ruler. Each has its twin in the node's menu. */
import { setCapacity, taint } from './actions.ts';
import { rows } from './rows.ts';
import { getState } from './store.ts';

const START_PX = 4;
/** So far from where it was a taint is off its node. */
const OFF_PX = 48;
const STEP_MILLI = 500;
const SVG = 'http://www.w3.org/2000/svg';

/** The capacity that a post moved by `px` stands for, in steps of half a CPU. */
export function capacityAt(capacityMilli: number, rulerPx: number, px: number): number {
  const moved = capacityMilli + (px / Math.max(1, rulerPx)) * capacityMilli;
  return Math.max(STEP_MILLI, Math.round(moved / STEP_MILLI) * STEP_MILLI);
}

interface Held {
  id: number;
  node: string;
  x: number;
  y: number;
  far: boolean;
  /** Moves the picture of it; the result says what letting go would do. */
  move: (dx: number, dy: number) => void;
  drop: (dx: number, dy: number) => void;
  ghost: SVGGElement;
}

function holdTaint(chip: SVGGElement, node: string, root: HTMLElement): Pick<Held, 'move' | 'drop' | 'ghost'> {
  const stage = root.getBoundingClientRect();
  const box = chip.getBoundingClientRect();
  const [bx, by] = [Number(chip.dataset.x), Number(chip.dataset.y)];
  const ghost = document.createElementNS(SVG, 'g');
  ghost.append(chip.cloneNode(true));
  const [left, top] = [box.left - stage.left - bx, box.top - stage.top - by];
  return {
    ghost,
    move: (dx, dy) => {
      ghost.style.transform = `translate(${left + dx}px, ${top + dy}px)`;
      ghost.style.opacity = Math.hypot(dx, dy) > OFF_PX ? '0.5' : '1';
    },
    drop: (dx, dy) => {
      if (Math.hypot(dx, dy) > OFF_PX) void taint(node, `${chip.dataset.taint}-`);
    },
  };
}

function holdPost(post: SVGElement, node: string, root: HTMLElement): Pick<Held, 'move' | 'drop' | 'ghost'> {
  const stage = root.getBoundingClientRect();
  const box = post.getBoundingClientRect();
  const ruler = post.closest('.node')?.querySelector('.track')?.getBoundingClientRect().width ?? 1;
  const capacity = rows.nodes.get(node)?.cpuMilli.capacity ?? 0;
  const ghost = document.createElementNS(SVG, 'g');
  const words = document.createElementNS(SVG, 'text');
  words.setAttribute('class', 't11 bold acc halo-text');
  words.setAttribute('x', '6');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('class', 'link');
  line.setAttribute('d', `M0 -2V${box.height}`);
  ghost.append(line, words);
  return {
    ghost,
    move: (dx) => {
      const milli = capacityAt(capacity, ruler, dx);
      const x = box.left + box.width / 2 - stage.left + ((milli - capacity) / Math.max(1, capacity)) * ruler;
      ghost.style.transform = `translate(${x}px, ${box.top - stage.top}px)`;
      words.textContent = `${milli / 1000} CPU`;
    },
    drop: (dx) => {
      const milli = capacityAt(capacity, ruler, dx);
      if (milli !== capacity) void setCapacity(node, String(milli / 1000));
    },
  };
}

/** Lets those parts be dragged on a stage until `signal` ends it; Esc lets go and changes nothing. */
export function dragParts(root: HTMLElement, signal: AbortSignal): { justDragged(): boolean } {
  let held: Held | undefined;
  let endedAt = -1000;
  const end = () => {
    if (held?.far) endedAt = performance.now();
    held?.ghost.remove();
    held = undefined;
  };
  root.addEventListener(
    'pointerdown',
    (e) => {
      const part = (e.target as Element).closest<SVGGElement>('[data-drag]');
      const node = part?.closest<SVGGElement>('.node')?.dataset.node;
      if (!part || !node || e.button !== 0 || getState().readonly) return;
      const made = part.dataset.drag === 'taint' ? holdTaint(part, node, root) : holdPost(part, node, root);
      held = { id: e.pointerId, node, x: e.clientX, y: e.clientY, far: false, ...made };
    },
    { signal },
  );
  const move = (e: PointerEvent) => {
    if (held?.id !== e.pointerId) return;
    const [dx, dy] = [e.clientX - held.x, e.clientY - held.y];
    if (!held.far && Math.hypot(dx, dy) < START_PX) return;
    if (!held.far) root.querySelector('.fly')?.append(held.ghost);
    held.far = true;
    held.move(dx, dy);
  };
  const up = (e: PointerEvent) => {
    if (held?.id === e.pointerId && held.far) held.drop(e.clientX - held.x, e.clientY - held.y);
    end();
  };
  document.addEventListener('pointermove', move, { signal });
  document.addEventListener('pointerup', up, { signal });
  document.addEventListener('pointercancel', end, { signal });
  document.addEventListener('keydown', (e) => e.key === 'Escape' && end(), { signal });
  return { justDragged: () => performance.now() - endedAt < 50 };
}
