/** Everything that can be done with one pod or node, with its keys: the twin of every drag and click. */
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { bindHere, cordon, deletePod, fault, previewDrain, removeNode, select, showLogs } from './actions.ts';
import { type Translate, useT } from './i18n/index.ts';
import { podOf } from './parts/hooks.ts';
import { rows } from './rows.ts';
import { getState, type InspectorTab, type Selection, setState, useStore } from './store.ts';

interface Item {
  label: string;
  key?: string;
  run: () => void;
  rule?: boolean;
}

const show = (selection: NonNullable<Selection>, tab: InspectorTab) => () => {
  select(selection);
  setState({ inspectorTab: tab });
};

function podItems(key: string, t: Translate): Item[] {
  const pod = podOf(rows, key);
  if (!pod) return [];
  const selection = { kind: 'Pod', key } as const;
  const scalable = pod.owner === 'replicaset' || pod.owner === 'statefulset';
  const replicas = [...rows.pods.values()].filter(
    (p) => p.workload === pod.workload && p.namespace === pod.namespace,
  ).length;
  const items: Item[] = [
    { label: t(pod.node ? 'menu.why' : 'menu.whyNot'), key: 'Enter', run: show(selection, 'why') },
    { label: t('menu.yaml'), run: show(selection, 'yaml') },
  ];
  if (pod.node) items.push({ label: t('menu.logs'), run: () => void showLogs(key) });
  if (getState().readonly) return items;
  if (scalable)
    items.push({
      label: t('menu.scale'),
      key: 'S',
      run: () => setState({ dialog: { name: 'scale', workload: pod.workload, namespace: pod.namespace, replicas } }),
    });
  if (!pod.node && rows.nodes.size <= 12)
    for (const [i, node] of [...rows.nodes.keys()].entries())
      items.push({
        label: t('menu.bind', { node }),
        run: () => void bindHere(key, node),
        ...(i === 0 ? { rule: true } : {}),
      });
  items.push({ label: t('menu.delete'), run: () => void deletePod(key), rule: true });
  return items;
}

function nodeItems(name: string, t: Translate): Item[] {
  const node = rows.nodes.get(name);
  if (!node) return [];
  const selection = { kind: 'Node', key: name } as const;
  const items: Item[] = [
    { label: t('menu.inspect'), key: 'Enter', run: show(selection, 'why') },
    { label: t('menu.yaml'), run: show(selection, 'yaml') },
  ];
  if (getState().readonly) return items;
  items.push(
    {
      label: t(node.unschedulable ? 'menu.uncordon' : 'menu.cordon'),
      key: 'C',
      run: () => void cordon(name, !node.unschedulable),
      rule: true,
    },
    { label: t('menu.drain'), key: 'D', run: () => void previewDrain(name) },
    { label: t('menu.taint'), key: 'T', run: () => setState({ dialog: { name: 'taint', node: name } }) },
    {
      label: t(node.down ? 'menu.powerOn' : 'menu.powerOff'),
      key: 'X',
      run: () => void fault(node.down ? 'power-on' : 'power-off', name),
      rule: true,
    },
    { label: t('menu.capacity'), key: 'R', run: () => setState({ dialog: { name: 'capacity', node: name } }) },
    { label: t('menu.remove'), run: () => void removeNode(name) },
  );
  return items;
}

export function ObjectMenu() {
  const menu = useStore((s) => s.menu);
  return menu ? <OpenMenu key={`${menu.selection.key}${menu.x}`} menu={menu} /> : null;
}

/** Kept inside the window, wherever it was asked for; closed by a press elsewhere; the focus goes back to where it was. */
function usePlaced(box: RefObject<HTMLDivElement | null>, x: number, y: number): void {
  useEffect(() => {
    const opener = document.activeElement;
    const element = box.current!;
    element.style.left = `${Math.max(4, Math.min(x, innerWidth - element.offsetWidth - 8))}px`;
    element.style.top = `${Math.max(4, Math.min(y, innerHeight - element.offsetHeight - 8))}px`;
    element.querySelector('button')?.focus();
    const away = (e: PointerEvent) => {
      if (!element.contains(e.target as Node)) setState({ menu: null });
    };
    addEventListener('pointerdown', away, true);
    return () => {
      removeEventListener('pointerdown', away, true);
      if (opener instanceof SVGElement || opener instanceof HTMLElement) opener.focus();
    };
  }, [box, x, y]);
}

function OpenMenu({ menu }: { menu: NonNullable<ReturnType<typeof getState>['menu']> }) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const { selection } = menu;
  const items = selection.kind === 'Pod' ? podItems(selection.key, t) : nodeItems(selection.key, t);
  usePlaced(box, menu.x, menu.y);
  const move = (event: KeyboardEvent) => {
    const buttons = [...box.current!.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape') {
      event.stopPropagation();
      setState({ menu: null });
    }
    if (event.key === 'Tab') setState({ menu: null });
    if (!step) return;
    event.preventDefault();
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div
      className="object-menu"
      role="menu"
      tabIndex={-1}
      ref={box}
      aria-label={t('menu.for', { name: selection.key })}
      onKeyDown={move}
    >
      <div className="menu-title">{selection.key.replace(/^default\//, '')}</div>
      {items.map((item) => (
        <div key={item.label} role="none" className={item.rule ? 'ruled' : undefined}>
          <button
            type="button"
            role="menuitem"
            onClick={() => {
              setState({ menu: null });
              item.run();
            }}
          >
            {item.label}
            {item.key && <kbd>{item.key}</kbd>}
          </button>
        </div>
      ))}
    </div>
  );
}
