/**
 * Dragging a pod over a node asks "would it fit here?" and changes nothing. Alt-dropping a Pending pod binds it, past the scheduler. Starts
 * after 4 px, or after 300 ms on a touch; Esc cancels. Everything here is also in the menu.
 */
import { bindHere } from './actions.ts';
import { ask, stopAsking } from './asking.ts';
import { podOf } from './parts/hooks.ts';
import { rows } from './rows.ts';
import { getState } from './store.ts';

const START_PX = 4;
const HOLD_MS = 300;

interface Drag {
  key: string;
  pointer: number;
  x: number;
  y: number;
  element: SVGGElement;
  clone: SVGGElement | undefined;
  offset: [number, number];
  node: string;
}

/** One drag at a time on a stage. */
class Dragging {
  readonly #root: HTMLElement;
  #drag: Drag | undefined;
  #hold: ReturnType<typeof setTimeout> | undefined;
  #endedAt = -1000;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** The click that ends a drag selects nothing. */
  justDragged(): boolean {
    return performance.now() - this.#endedAt < 50;
  }

  press(event: PointerEvent): void {
    const element = (event.target as Element).closest<SVGGElement>('.pod[data-key]');
    if (!element || event.button !== 0 || getState().readonly) return;
    this.#drag = {
      key: element.dataset.key!,
      pointer: event.pointerId,
      x: event.clientX,
      y: event.clientY,
      element,
      clone: undefined,
      offset: [0, 0],
      node: '',
    };
    if (event.pointerType === 'touch') this.#hold = setTimeout(() => this.#lift(), HOLD_MS);
  }

  move(event: PointerEvent): void {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.pointer) return;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) >= START_PX;
    if (!drag.clone && event.pointerType !== 'touch' && far) this.#lift();
    if (!drag.clone) return;
    event.preventDefault();
    const box = this.#root.getBoundingClientRect();
    const x = event.clientX - box.left - drag.offset[0];
    const y = event.clientY - box.top - drag.offset[1];
    drag.clone.style.transform = `translate(${x}px, ${y}px)`;
    over(drag, nodeAt(this.#root, event.clientX, event.clientY));
  }

  release(event: PointerEvent): void {
    if (this.#drag?.clone && event.altKey) drop(this.#drag);
    this.end();
  }

  end(): void {
    clearTimeout(this.#hold);
    if (this.#drag?.clone) {
      this.#endedAt = performance.now();
      this.#drag.clone.remove();
      this.#root.classList.remove('dragging');
      for (const n of this.#root.querySelectorAll('.node.over')) n.classList.remove('over');
      stopAsking();
    }
    this.#drag = undefined;
  }

  #lift(): void {
    const drag = this.#drag;
    if (!drag || drag.clone) return;
    const clone = drag.element.cloneNode(true) as SVGGElement;
    clone.removeAttribute('role');
    clone.removeAttribute('tabindex');
    clone.classList.add('flying');
    clone.style.transition = 'none';
    const box = drag.element.getBoundingClientRect();
    drag.offset = [drag.x - box.left - 4, drag.y - box.top - 4];
    drag.clone = clone;
    this.#root.querySelector('.fly')?.append(clone);
    this.#root.classList.add('dragging');
  }
}

/** Lets pods be dragged on a stage until `signal` ends it. */
export function bridgeDrag(root: HTMLElement, signal: AbortSignal): { justDragged(): boolean } {
  const dragging = new Dragging(root);
  root.addEventListener('pointerdown', (e) => dragging.press(e), { signal });
  document.addEventListener('pointermove', (e) => dragging.move(e), { signal });
  document.addEventListener('pointerup', (e) => dragging.release(e), { signal });
  document.addEventListener('pointercancel', () => dragging.end(), { signal });
  document.addEventListener('keydown', (e) => e.key === 'Escape' && dragging.end(), { signal });
  return dragging;
}

function nodeAt(root: HTMLElement, x: number, y: number): string {
  for (const node of root.querySelectorAll<SVGGElement>('.node')) {
    const box = (node.querySelector('[data-water]') ?? node).getBoundingClientRect();
    const top = node.getBoundingClientRect().top;
    const left = node.querySelector('.back') ? box.left - 200 : box.left;
    if (x >= left && x <= Math.max(box.right, left + 400) && y >= Math.min(top, box.top) && y <= box.bottom)
      return node.dataset.node!;
  }
  return '';
}

/** Says what would happen on the node the hull is over. */
function over(drag: Drag, node: string): void {
  if (node === drag.node) return;
  drag.node = node;
  for (const n of document.querySelectorAll<SVGGElement>('.node')) n.classList.toggle('over', n.dataset.node === node);
  stopAsking();
  if (node && podOf(rows, drag.key)?.node !== node)
    ask(drag.key, node, () => drag.node === node && drag.clone !== undefined);
}

function drop(drag: Drag): void {
  const pod = podOf(rows, drag.key);
  if (pod && !pod.node && drag.node) void bindHere(drag.key, drag.node);
}
