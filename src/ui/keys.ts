/** Keys of the page. Letters by their place on the keyboard, so that a Hangul layout works; single keys only on the stage or the timeline. */
import { cordon, fault, previewDrain, select, setSpeed, step, stepBack, togglePlay, undo, zoomBy } from './actions.ts';
import { askNext, stopAsking } from './asking.ts';
import { focusSoon } from './focus.ts';
import { nextHop } from './hops.ts';
import { copyLink } from './link.ts';
import { toggleProjector } from './looks.ts';
import { podOf } from './parts/hooks.ts';
import { rows } from './rows.ts';
import { subjectOf } from './scene-events.ts';
import { getState, type Selection, setState } from './store.ts';

/** Where typing belongs to the element. */
function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('.monaco-editor, [role="textbox"]') !== null
  );
}

const onStage = (target: EventTarget | null): boolean =>
  !(target instanceof Element) || target === document.body || target.closest('.stage, .time-area, .top') !== null;

const isButton = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('button, a, [role="button"], [role="slider"], [role="radio"], [role="tab"], summary') !== null;

function withControl(event: KeyboardEvent): (() => void) | undefined {
  switch (event.code) {
    case 'KeyS':
      return () => void copyLink();
    case 'KeyK':
      return () => setState({ dialog: { name: 'find' } });
    case 'KeyZ':
      // In a field it undoes typing.
      return isField(event.target) ? undefined : () => void undo(event.shiftKey);
    case 'Enter':
      return isField(event.target)
        ? undefined
        : () => document.querySelector<HTMLButtonElement>('.edit [data-apply], .edit .apply')?.click();
    default:
      return undefined;
  }
}

const ZOOM_STEP = 1.15;

/** Keys on the object that has the focus. */
function onObject(code: string, subject: Selection): (() => void) | undefined {
  if (!subject || getState().readonly) return undefined;
  if (subject.kind === 'Node') {
    const node = rows.nodes.get(subject.key);
    if (!node) return undefined;
    const actions: Record<string, () => void> = {
      KeyC: () => void cordon(node.name, !node.unschedulable),
      KeyD: () => void previewDrain(node.name),
      KeyX: () => void fault(node.down ? 'power-on' : 'power-off', node.name),
      KeyT: () => setState({ dialog: { name: 'taint', node: node.name } }),
      KeyR: () => setState({ dialog: { name: 'capacity', node: node.name } }),
    };
    return actions[code];
  }
  const pod = podOf(rows, subject.key);
  if (code === 'KeyW') return () => askNext(subject.key);
  if (code === 'KeyS' && pod && pod.owner !== 'none' && pod.owner !== 'static' && pod.owner !== 'daemonset') {
    const replicas = [...rows.pods.values()].filter(
      (p) => p.workload === pod.workload && p.namespace === pod.namespace,
    ).length;
    return () => setState({ dialog: { name: 'scale', workload: pod.workload, namespace: pod.namespace, replicas } });
  }
  return undefined;
}

function single(event: KeyboardEvent): (() => void) | undefined {
  switch (event.key) {
    case '?':
      return () => setState({ dialog: { name: 'help' } });
    case '/':
      return openConsole;
    case '.':
      // With the control plane open it turns the pages of what was written, one write at a time.
      return () => (getState().controlPlaneOpen && nextHop()) || void step();
    case ',':
      return () => void stepBack();
    case '+':
    case '=':
      return () => zoomBy(ZOOM_STEP);
    case '-':
      return () => zoomBy(1 / ZOOM_STEP);
    case '0':
      return () => zoomBy(0);
  }
  const subject = subjectOf(event.target);
  const own = onObject(event.code, subject);
  if (own) return own;
  const letters: Record<string, () => void> = {
    Slash: openConsole,
    Digit1: () => void setSpeed(0.5),
    Digit2: () => void setSpeed(1),
    Digit3: () => void setSpeed(4),
    Digit4: () => void setSpeed(16),
    KeyE: openEditor,
    KeyL: () => setState((s) => (s.lesson ? { side: 'lesson' } : { dialog: { name: 'examples' } })),
    KeyP: () => (event.shiftKey ? toggleProjector() : setState((s) => ({ controlPlaneOpen: !s.controlPlaneOpen }))),
    KeyT: () => setState({ dialog: { name: 'table' } }),
    KeyY: () => setState((s) => ({ systemNames: !s.systemNames })),
    KeyF: () => setState((s) => ({ follow: !s.follow })),
  };
  return letters[event.code];
}

function openConsole(): void {
  setState({ consoleOpen: true });
  focusSoon('[role="combobox"]');
}

function openEditor(): void {
  setState({ editorOpen: true });
  focusSoon('.edit [role="textbox"], .edit textarea');
}

const REGIONS = ['.top', '.edit', '.queue', '.quay', '.side', '.time-area'];

/** The next region that is on the page, round and round. */
function nextRegion(back: boolean): void {
  const there = REGIONS.map((r) => document.querySelector<HTMLElement>(r)).filter((e) => e !== null);
  const at = there.findIndex((e) => e.contains(document.activeElement));
  const next = there[(at + (back ? -1 : 1) + there.length) % there.length];
  const target = next?.querySelector<HTMLElement>('[tabindex="0"], button, [role="textbox"], textarea, input, a[href]');
  (target ?? next)?.focus();
}

/** Closes the topmost thing; the focus returns to what opened it. Dialogs close themselves. */
function closeTopmost(event: KeyboardEvent): void {
  const s = getState();
  if (s.dialog || isField(event.target)) return;
  if (s.menu) setState({ menu: null });
  else if (s.beat !== null) setState({ beat: null });
  else if (s.asking) stopAsking();
  else if (s.inspectorOpen) {
    const key = s.selection?.key;
    select(null);
    if (key)
      document.querySelector<SVGElement>(`[data-key="${CSS.escape(key)}"], [data-node="${CSS.escape(key)}"]`)?.focus();
  } else if (s.width !== 'wide' && s.editorOpen) setState({ editorOpen: false });
  else if (s.consoleOpen) setState({ consoleOpen: false });
  else if (s.controlPlaneOpen) setState({ controlPlaneOpen: false });
}

function keydown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === 'Escape') {
    closeTopmost(event);
    return;
  }
  if (event.key === 'F6') {
    event.preventDefault();
    nextRegion(event.shiftKey);
    return;
  }
  let action: (() => void) | undefined;
  if (event.ctrlKey || event.metaKey) action = event.altKey ? undefined : withControl(event);
  else if (event.altKey || isField(event.target) || getState().dialog) return;
  else if (event.code === 'Space') action = isButton(event.target) ? undefined : () => void togglePlay();
  else if (onStage(event.target) && getState().singleKeys) action = single(event);
  if (!action) return;
  event.preventDefault();
  action();
}

/** Starts listening; returns how to stop. */
export function listenToKeys(): () => void {
  document.addEventListener('keydown', keydown);
  return () => document.removeEventListener('keydown', keydown);
}
