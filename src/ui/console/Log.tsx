import { memo, useEffect, useRef } from 'react';
import { select } from '../actions.ts';
import { appliedFile } from '../editor/apply.ts';
import { QuickFix } from '../editor/QuickFix.tsx';
import { useT } from '../i18n/index.ts';
import { useLiveRows } from '../parts/hooks.ts';
import type { Rows } from '../rows.ts';
import { type ConsoleEntry, useStore } from '../store.ts';
import { type Names, runsOf, toneOf } from './output.ts';

/** Older lines of one command are counted, not drawn. */
const LINES_MAX = 800;
/** Longer lines are not searched for names. */
const LINK_MAX = 400;
/** Near enough to the end to follow it. */
const FOLLOW_PX = 40;

function namesOf(rows: Rows): Names {
  const pods = new Map<string, string[]>();
  for (const p of rows.pods.values()) pods.set(p.name, [...(pods.get(p.name) ?? []), p.namespace]);
  return { nodes: new Set(rows.nodes.keys()), pods };
}

let known: { pods: number; nodes: number; revision: number; names: Names } | undefined;

/** Names of what is there, made anew only when something came or went. */
function currentNames(rows: Rows): Names {
  if (!known || known.pods !== rows.pods.size || known.nodes !== rows.nodes.size || known.revision !== rows.revision)
    known = { pods: rows.pods.size, nodes: rows.nodes.size, revision: rows.revision, names: namesOf(rows) };
  return known.names;
}

function Line({ text, stream, rows }: { text: string; stream: 'out' | 'err'; rows: Rows }) {
  const tone = toneOf(text, stream);
  const runs = text.length > LINK_MAX ? [{ text }] : runsOf(text, currentNames(rows));
  return (
    <span className={`con-text ${tone}`}>
      {runs.map((r, i) =>
        r.link ? (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: runs of one line keep their place
            key={i}
            type="button"
            tabIndex={-1}
            onClick={() => select(r.link!)}
          >
            {r.text}
          </button>
        ) : (
          r.text
        ),
      )}
      {'\n'}
    </span>
  );
}

const Entry = memo(function Entry({ entry, rows }: { entry: ConsoleEntry; rows: Rows }) {
  const t = useT();
  const lines = entry.chunks.flatMap((c) =>
    c.text
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => ({ text, stream: c.stream })),
  );
  const hidden = Math.max(0, lines.length - LINES_MAX);
  return (
    <div className="con-entry">
      <span className="con-typed">
        <span aria-hidden="true">$ </span>
        {entry.line}
        {'\n'}
      </span>
      {hidden > 0 && <span className="con-note">{`… ${hidden}\n`}</span>}
      {lines.slice(hidden).map((l, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
        <Line key={i} {...l} rows={rows} />
      ))}
      {entry.exitCode === undefined && <span className="con-note">{t('con.running')}</span>}
      {entry.exitCode !== undefined && entry.exitCode !== 0 && (
        <span className="con-note">{t('con.exit', { n: entry.exitCode })}</span>
      )}
    </div>
  );
});

/** Under a refused apply what would put it right, unless the editor shows that already. */
function LastFix({ entry }: { entry: ConsoleEntry | undefined }) {
  const shown = useStore((s) => (s.editorOpen || s.width === 'wide' ? s.activeFile : ''));
  const file = entry?.exitCode ? appliedFile(entry.line) : undefined;
  return file && file !== shown ? <QuickFix file={file} /> : null;
}

const EXAMPLE = 'kubectl get pods -o wide';

/** What was typed and what came back. Object names are links that select. */
export function Log({ hidden }: { hidden: boolean }) {
  const t = useT();
  const entries = useStore((s) => s.console);
  const rows = useLiveRows(2000);
  const box = useRef<HTMLDivElement>(null);
  const follow = useRef(true);
  useEffect(() => {
    if (box.current && follow.current) box.current.scrollTop = box.current.scrollHeight;
  });
  return (
    <div
      ref={box}
      role="log"
      aria-label={t('log.console')}
      className={hidden ? 'p-hidden' : 'con-log'}
      tabIndex={hidden ? -1 : 0}
      onScroll={(e) => {
        const el = e.currentTarget;
        follow.current = el.scrollHeight - el.scrollTop - el.clientHeight < FOLLOW_PX;
      }}
    >
      {entries.length === 0 && !hidden && (
        <p className="con-empty">
          {t('con.empty')} <code>{EXAMPLE}</code>
        </p>
      )}
      {entries.map((e) => (
        <Entry key={e.id} entry={e} rows={rows} />
      ))}
      {!hidden && <LastFix entry={entries.at(-1)} />}
    </div>
  );
}
