/** More than a hundred nodes: one canvas, the facts beside it as a table, a lens card for the node under the pointer. */
import { useEffect, useRef, useState } from 'react';
import type { NodeRow } from '../view/rows.ts';
import { select, zoomBy } from './actions.ts';
import { listenToGestures } from './gestures.ts';
import { useT } from './i18n/index.ts';
import { rows } from './rows.ts';
import { CanvasView, type Grouping, type Showing } from './scene/draw-canvas.ts';
import { cores } from './scene/names.ts';
import { getState, setState, useStore } from './store.ts';

function Choice<T extends string>(props: {
  label: string;
  options: readonly (readonly [T, string])[];
  value: T;
  onChange: (v: T) => void;
}) {
  return (
    <fieldset className="choice">
      <legend>{props.label}</legend>
      {props.options.map(([value, word]) => (
        <button key={value} type="button" aria-pressed={props.value === value} onClick={() => props.onChange(value)}>
          {word}
        </button>
      ))}
    </fieldset>
  );
}

function Facets(props: {
  grouping: Grouping;
  setGrouping: (g: Grouping) => void;
  showing: Showing;
  setShowing: (s: Showing) => void;
}) {
  const t = useT();
  return (
    <div className="facets">
      <Choice
        label={t('scale.group')}
        value={props.grouping}
        onChange={props.setGrouping}
        options={[
          ['zone', t('scale.zone')],
          ['arch', t('scale.arch')],
          ['none', t('scale.none')],
        ]}
      />
      <Choice
        label={t('scale.show')}
        value={props.showing}
        onChange={props.setShowing}
        options={[
          ['pods', t('scale.pods')],
          ['cpu', t('scale.cpu')],
        ]}
      />
      <span className="grow" />
      <button type="button" className="tb line" onClick={() => setState({ dialog: { name: 'table' } })}>
        {t('scale.table')} <kbd>T</kbd>
      </button>
    </div>
  );
}

/** Keeps the canvas drawn: in: how it is arranged; out: the element's ref, the view on it, whether the pointer has just panned. */
function useCanvas(grouping: Grouping, showing: Showing) {
  const t = useT();
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<CanvasView>(null);
  const panned = useRef<() => boolean>(() => false);
  const theme = useStore((s) => s.theme);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme means new colours
  useEffect(() => {
    const current = new CanvasView(canvas.current!, { grouping, showing, t });
    view.current = current;
    const { justPanned, stop } = keepZoom(current, canvas.current!.parentElement!);
    panned.current = justPanned;
    const unsubscribe = useStore.subscribe((s, before) => {
      if (s.revision !== before.revision || s.selection !== before.selection) current.changed();
    });
    const observer = new ResizeObserver(() => current.resized());
    observer.observe(canvas.current!.parentElement!);
    return () => {
      unsubscribe();
      stop();
      observer.disconnect();
      current.destroy();
    };
  }, [grouping, showing, t, theme]);
  return { canvas, view, panned };
}

/** Lets wheel, pinch, drag and keys move a canvas: the store holds the zoom, the canvas where it looks. */
function keepZoom(view: CanvasView, host: HTMLElement): { justPanned(): boolean; stop(): void } {
  const stop = new AbortController();
  /** Where the pointer that zooms is. */
  let point: { x: number; y: number } | undefined;
  view.zoomTo(getState().zoom);
  const gestures = listenToGestures(
    host,
    {
      zoom: (factor, x, y) => {
        const box = host.getBoundingClientRect();
        point = { x: x - box.left, y: y - box.top };
        zoomBy(factor);
      },
      pan: (dx, dy) => view.panBy(dx, dy),
      pans: () => true,
      wheelZooms: true,
    },
    stop.signal,
  );
  const unsubscribe = useStore.subscribe((s, before) => {
    if (s.zoom === before.zoom) return;
    view.zoomTo(s.zoom, point?.x, point?.y);
    point = undefined;
  });
  return {
    justPanned: gestures.justPanned,
    stop: () => {
      stop.abort();
      unsubscribe();
    },
  };
}

export function CanvasStage() {
  const t = useT();
  const [grouping, setGrouping] = useState<Grouping>('zone');
  const [showing, setShowing] = useState<Showing>('pods');
  const [lens, setLens] = useState<{ node: NodeRow; x: number; y: number } | null>(null);
  const { canvas, view, panned } = useCanvas(grouping, showing);
  const at = (e: { clientX: number; clientY: number }) => {
    const box = canvas.current!.getBoundingClientRect();
    return view.current?.nodeAt(e.clientX - box.left, e.clientY - box.top);
  };
  return (
    <div className="scene scale">
      <Facets grouping={grouping} setGrouping={setGrouping} showing={showing} setShowing={setShowing} />
      <QueueLine />
      <section className="quay canvas-host" id="cluster" tabIndex={-1} aria-label={t('region.cluster')}>
        <p className="p-hidden">{t('scale.canvas')}</p>
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus; the table beside it has the same facts */}
        <canvas
          aria-hidden="true"
          ref={canvas}
          onPointerMove={(e) => {
            const hit = at(e);
            setLens(hit ? { ...hit } : null);
          }}
          onPointerLeave={() => setLens(null)}
          onClick={(e) => {
            const hit = at(e);
            if (hit && !panned.current()) select({ kind: 'Node', key: hit.node.name });
          }}
        />
        <GroupTable />
        {lens && <Lens {...lens} />}
      </section>
    </div>
  );
}

function QueueLine() {
  const t = useT();
  const counts = useStore((s) => {
    void s.revision;
    return rows.queue.map((q) => `${q.lane}:${q.uids.length}`).join(' ');
  });
  const lanes = counts.split(' ').flatMap((c) => {
    const [lane, n] = c.split(':') as ['active' | 'backoff' | 'unschedulable' | 'gated', string];
    return Number(n) > 0 ? [{ lane, n: Number(n) }] : [];
  });
  return (
    <section className="queue queue-line" aria-label={t('region.pending')}>
      <b>{t('queue')}</b>
      {lanes.length === 0 && <span className="dim">{t('queue.empty')}</span>}
      {lanes.map(({ lane, n }) => (
        <button
          key={lane}
          type="button"
          className="lane-count"
          onClick={() => setState({ dialog: { name: 'lane', lane } })}
        >
          {t(`lane.${lane}`)} {n}
          <span
            className="dots"
            aria-hidden="true"
            style={{ width: `${Math.ceil(Math.min(n, 360) / 6) * 5}px`, height: `${Math.min(n, 6) * 5 - 1}px` }}
          />
        </button>
      ))}
    </section>
  );
}

/** For readers of tables: one row a group would lose the nodes, so the first hundred stand here and all in the dialog. */
function GroupTable() {
  const t = useT();
  const size = useStore((s) => {
    void s.revision;
    return rows.nodes.size;
  });
  const nodes = [...rows.nodes.values()].slice(0, 100);
  return (
    <table className="p-hidden">
      <caption>{t('scale.nodes', { n: size })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('table.node')}</th>
          <th scope="col">{t('table.status')}</th>
          <th scope="col">{t('table.cpu')}</th>
          <th scope="col">{t('table.pods')}</th>
        </tr>
      </thead>
      <tbody>
        {nodes.map((n) => (
          <tr key={n.uid}>
            <th scope="row">{n.name}</th>
            <td>{n.status}</td>
            <td>{`${cores(n.cpuMilli.requested)} / ${cores(n.cpuMilli.allocatable)}`}</td>
            <td>{n.pods.count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Lens({ node, x, y }: { node: NodeRow; x: number; y: number }) {
  const t = useT();
  const share = Math.min(1, node.cpuMilli.requested / Math.max(1, node.cpuMilli.allocatable));
  const left = x + 320 > innerWidth - 40 ? x - 300 : x + 24;
  return (
    <div className="lens-card" style={{ left: Math.max(4, left), top: Math.max(4, y - 20) }}>
      <b>{node.name}</b> <code>{node.arch}</code>
      <div className="dim">
        {[node.zone, node.roles[0] ?? 'worker', node.status, ...(node.unschedulable ? [t('name.cordoned')] : [])]
          .filter(Boolean)
          .join(', ')}
      </div>
      <div className="lens-bar">
        <i style={{ width: `${share * 100}%` }} />
      </div>
      <div className="dim">
        {`CPU ${cores(node.cpuMilli.requested)} ${t('ruler.requested', { n: cores(node.cpuMilli.allocatable) })}, ${t('pods', { n: node.pods.count })}`}
      </div>
    </div>
  );
}
