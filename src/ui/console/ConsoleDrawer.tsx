import '../parts/parts.css';
import './console.css';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useT } from '../i18n/index.ts';
import { useLiveRows } from '../parts/hooks.ts';
import { Icon } from '../parts/Icon.tsx';
import { Tabs } from '../parts/Tabs.tsx';
import { setState, useStore } from '../store.ts';
import { stop, useSession } from './commands.ts';
import { EventsTab } from './EventsTab.tsx';
import { Log } from './Log.tsx';
import { LogTab } from './LogTab.tsx';
import { Prompt } from './Prompt.tsx';

type TabName = 'console' | 'events' | 'log';
const HEIGHT = 262;
const HEIGHT_MIN = 120;
const STEP = 16;

const clamp = (px: number): number => Math.round(Math.min(Math.max(px, HEIGHT_MIN), window.innerHeight * 0.6));

/** The upper edge: drag, or arrow keys in steps of 16 px; double click resets. */
function Edge({ height, onHeight }: { height: number; onHeight: (px: number) => void }) {
  const t = useT();
  const from = useRef<{ y: number; height: number }>(undefined);
  const onKey = (e: KeyboardEvent) => {
    const by = { ArrowUp: STEP, ArrowDown: -STEP }[e.key];
    if (by === undefined) return;
    e.preventDefault();
    onHeight(clamp(height + by));
  };
  const onMove = (e: PointerEvent) => {
    if (from.current) onHeight(clamp(from.current.height + from.current.y - e.clientY));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be dragged
    <div
      role="separator"
      className="con-edge"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={t('con.size')}
      aria-valuenow={height}
      aria-valuemin={HEIGHT_MIN}
      aria-valuemax={clamp(Number.MAX_SAFE_INTEGER)}
      onKeyDown={onKey}
      onPointerDown={(e) => {
        from.current = { y: e.clientY, height };
        e.currentTarget.setPointerCapture(e.pointerId);
      }}
      onPointerMove={onMove}
      onPointerUp={() => {
        from.current = undefined;
      }}
      onDoubleClick={() => onHeight(HEIGHT)}
    />
  );
}

function Running() {
  const t = useT();
  const queue = useSession((s) => s.queue.length);
  const running = useStore((s) => s.console.some((e) => e.exitCode === undefined));
  if (!running && queue === 0) return null;
  return (
    <span className="con-running">
      {queue > 1 && <span>{t('con.left', { n: queue - 1 })}</span>}
      <button type="button" className="p-btn line" onClick={stop} title="Ctrl+C">
        <Icon name="stop" />
        {t('con.stop')}
      </button>
    </span>
  );
}

/** The last thing that was printed, beside the prompt of the folded console. */
function Latest() {
  const last = useStore((s) => s.console.at(-1));
  const text = last?.chunks.at(-1)?.text.trimEnd().split('\n').at(-1) ?? last?.line ?? '';
  return (
    <span className="con-latest" aria-hidden="true">
      {text}
    </span>
  );
}

function Head({ tab, onTab }: { tab: TabName; onTab: (tab: TabName) => void }) {
  const t = useT();
  const count = useLiveRows(1000).marks.length;
  const events = t('con.events');
  return (
    <div className="con-head">
      <Tabs
        label={t('con.tabs')}
        prefix="console"
        tabs={[
          { id: 'console', label: t('con.title') },
          { id: 'events', label: count ? `${events} ${count}` : events },
          { id: 'log', label: t('con.log') },
        ]}
        active={tab}
        onSelect={onTab}
      />
      <Running />
      <button
        type="button"
        className="p-btn icon"
        aria-label={t('con.close')}
        onClick={() => setState({ consoleOpen: false })}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

/**
 * The console: a drawer with its log, events and the selected pod's log. On a wide page its prompt stays when it is folded, so that
 * a command can be typed at any time; elsewhere it is absent until opened.
 */
export function ConsoleDrawer() {
  const open = useStore((s) => s.consoleOpen);
  const width = useStore((s) => s.width);
  const embed = useStore((s) => s.embed);
  const [tab, setTab] = useState<TabName>('console');
  const [height, setHeight] = useState(HEIGHT);
  useEffect(() => {
    // opened by key or button: typing can start at once
    if (open && !document.activeElement?.closest('.console')) document.getElementById('console-input')?.focus();
  }, [open]);
  if (embed || (!open && width !== 'wide')) return null;
  const full = width === 'narrow';
  return (
    <div
      className={`console${open ? ' open' : ''}${full ? ' full' : ''}`}
      style={open && !full ? { height } : undefined}
    >
      {open && !full && <Edge height={height} onHeight={setHeight} />}
      {open && <Head tab={tab} onTab={setTab} />}
      {open && tab !== 'console' && (
        <div
          className="con-panel"
          role="tabpanel"
          id="console-panel"
          aria-labelledby={`console-tab-${tab}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling panel must be reachable by keyboard
          tabIndex={0}
        >
          {tab === 'events' ? <EventsTab /> : <LogTab />}
        </div>
      )}
      {(!open || tab === 'console') && (
        <>
          <div
            className="con-panel"
            id="console-panel"
            {...(open && { role: 'tabpanel', 'aria-labelledby': 'console-tab-console' })}
          >
            <Log hidden={!open} />
          </div>
          <div className="con-foot">
            <Prompt />
            {!open && <Running />}
            {!open && <Latest />}
          </div>
        </>
      )}
    </div>
  );
}
