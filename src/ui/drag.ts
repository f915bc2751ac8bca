/**
 * Dragging a pod over a node asks "would it fit here?" and changes nothing. Alt-dropping a Pending pod binds it, past the scheduler. Starts
 * after 4 px, or after 300 ms on a touch; Esc cancels. Everything here is also in the menu.
 */
import { bindHere, say } from './actions.ts';
import { call } from './connection.ts';
import { t } from './i18n/index.ts';
import { podOf } from './parts/hooks.ts';
import { rows } from './rows.ts';
import { getState, setState } from './store.ts';

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

export function bridgeDrag(root: HTMLElement, signal: AbortSignal): { justDragged(): boolean } {
  let drag: Drag | undefined;
  let hold: ReturnType<typeof setTimeout> | undefined;
  let endedAt = -1000;

  const end = () => {
    clearTimeout(hold);
    if (drag?.clone) {
      endedAt = performance.now();
      drag.clone.remove();
      root.classList.remove('dragging');
      for (const n of root.querySelectorAll('.node.over')) n.classList.remove('over');
      if (getState().notice?.actor === 'preview') say(null);
    }
    drag = undefined;
  };

  const lift = () => {
    if (!drag || drag.clone) return;
    const clone = drag.element.cloneNode(true) as SVGGElement;
    clone.removeAttribute('role');
    clone.removeAttribute('tabindex');
    clone.classList.add('flying');
    clone.style.transition = 'none';
    const box = drag.element.getBoundingClientRect();
    drag.offset = [drag.x - box.left - 4, drag.y - box.top - 4];
    drag.clone = clone;
    root.querySelector('.fly')?.append(clone);
    root.classList.add('dragging');
  };

  const move = (event: PointerEvent) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    if (
      !drag.clone &&
      event.pointerType !== 'touch' &&
      Math.hypot(event.clientX - drag.x, event.clientY - drag.y) >= START_PX
    )
      lift();
    if (!drag.clone) return;
    event.preventDefault();
    const box = root.getBoundingClientRect();
    drag.clone.style.transform = `translate(${event.clientX - box.left - drag.offset[0]}px, ${event.clientY - box.top - drag.offset[1]}px)`;
    over(drag, nodeAt(root, event.clientX, event.clientY));
  };

  root.addEventListener(
    'pointerdown',
    (event) => {
      const element = (event.target as Element).closest<SVGGElement>('.pod[data-key]');
      if (!element || event.button !== 0 || getState().readonly) return;
      drag = {
        key: element.dataset.key!,
        pointer: event.pointerId,
        x: event.clientX,
        y: event.clientY,
        element,
        clone: undefined,
        offset: [0, 0],
        node: '',
      };
      if (event.pointerType === 'touch') hold = setTimeout(lift, HOLD_MS);
    },
    { signal },
  );
  document.addEventListener('pointermove', move, { signal });
  document.addEventListener(
    'pointerup',
    (event) => {
      if (drag?.clone && event.altKey) drop(drag);
      end();
    },
    { signal },
  );
  document.addEventListener('pointercancel', end, { signal });
  document.addEventListener('keydown', (e) => e.key === 'Escape' && drag?.clone && end(), { signal });
  return { justDragged: () => performance.now() - endedAt < 50 };
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
  const pod = podOf(rows, drag.key);
  if (!node || !pod || pod.node === node) {
    say(null);
    return;
  }
  call('wouldFit', drag.key, node)
    .then((decision) => {
      if (drag.node !== node || !drag.clone) return;
      const cell = decision?.filters[node];
      const fits = decision !== null && cell === null;
      const text = fits
        ? pod.node
          ? t('drag.bound')
          : `**${node}**: ${t('verdict.fits')}`
        : `**${node}**: ${cell ? `${cell.plugin}, ${cell.reasons.join(', ')}` : ''}`;
      setState({ notice: { actor: 'preview', text } });
    })
    .catch(() => undefined); // the crash page says so
}

function drop(drag: Drag): void {
  const pod = podOf(rows, drag.key);
  if (pod && !pod.node && drag.node) void bindHere(drag.key, drag.node);
}
