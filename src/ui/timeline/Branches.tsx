import { useEffect, useId, useMemo, useState } from 'react';
import { report } from '../actions.ts';
import { call } from '../connection.ts';
import { type Translate, useT } from '../i18n/index.ts';
import { useAnswer, useLiveRows } from '../parts/hooks.ts';
import { setState, useStore } from '../store.ts';
import { type BranchRow, branchLines, shortCommand, spanFor } from './layout.ts';

/** More than these would not fit above the line. */
const BRANCHES_MAX = 4;

/** A line shorter than this has no room for more than its name. */
const NAMED_PX = 150;

/** The branches of the story, the one on the line among them; asked for when something may have changed them, or by the function. */
export function useBranches(): [BranchRow[], askAgain: () => void] {
  const [asked, setAsked] = useState(0);
  const runs = useStore((s) => s.console.length);
  const past = useStore((s) => s.time.past);
  const connected = useStore((s) => s.connected);
  const { resets } = useLiveRows(500);
  const all = useAnswer('branches', connected ? `${runs} ${past} ${resets} ${asked}` : '', () => call('branches'));
  const shown = useMemo(() => {
    const list = Array.isArray(all) ? all : [];
    return [...list.filter((b) => b.current), ...list.filter((b) => !b.current).slice(-BRANCHES_MAX)];
  }, [all]);
  return [shown, () => setAsked((n) => n + 1)];
}

const go = (id: number): void => {
  call('switchBranch', id)
    .then((time) => setState({ time }))
    .catch(report);
};

const nameOf = (row: BranchRow, t: Translate): string =>
  row.label ?? (row.name ? shortCommand(row.name) : t('tim.branchMain'));

/** Another name for a branch, or an end to it. Esc closes. */
function BranchForm({ row, onDone }: { row: BranchRow; onDone: () => void }) {
  const t = useT();
  const [label, setLabel] = useState(nameOf(row, t));
  const n = row.id + 1;
  const change = (changed: Promise<unknown>): void => {
    changed.catch(report).finally(onDone);
  };
  return (
    <form
      className="branch-form"
      aria-label={t('tim.branchEdit', { n })}
      onSubmit={(e) => {
        e.preventDefault();
        change(call('renameBranch', row.id, label.trim()));
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return;
        e.stopPropagation();
        onDone();
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the button beside it was just pressed to get here
        autoFocus
        aria-label={t('tim.branchName')}
        maxLength={60}
        value={label}
        onChange={(e) => setLabel(e.target.value)}
      />
      <button type="submit" className="p-btn line">
        {t('tim.branchRename')}
      </button>
      <button type="button" className="p-btn line" onClick={() => change(call('deleteBranch', row.id))}>
        {t('tim.branchDelete')}
      </button>
    </form>
  );
}

/** The name of a branch, which goes there, and the way to change it. */
function BranchName({
  row,
  left,
  top,
  onChanged,
}: {
  row: BranchRow;
  left: number;
  top: number;
  onChanged: () => void;
}) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const id = useId();
  const n = row.id + 1;
  const done = (): void => {
    setOpen(false);
    document.getElementById(id)?.focus();
    onChanged();
  };
  return (
    <div className={open ? 'branch-name open' : 'branch-name'} style={{ left, top }}>
      {open ? (
        <BranchForm row={row} onDone={done} />
      ) : (
        <button type="button" className="p-link" onClick={() => go(row.id)}>
          {t('tim.branch', { n, name: nameOf(row, t) })}
        </button>
      )}
      <button
        type="button"
        id={id}
        className="p-link branch-more"
        aria-expanded={open}
        aria-label={t('tim.branchEdit', { n })}
        title={t('tim.branchEdit', { n })}
        onClick={() => setOpen(!open)}
      >
        {open ? '×' : '…'}
      </button>
    </div>
  );
}

interface Props {
  branches: readonly BranchRow[];
  width: number;
  base: number;
  onChanged: () => void;
}

/** Curves that leave the line where the stories part; a click goes there. Makes the bar taller while there are any. */
export function Branches({ branches, width, base, onChanged }: Props) {
  const { endMs, startMs } = useStore((s) => s.time);
  useEffect(() => {
    const root = document.documentElement.style;
    root.setProperty('--time-h', '132px');
    return () => void root.removeProperty('--time-h');
  }, []);
  const lines = branchLines({ width, spanMs: spanFor(endMs - startMs) }, branches, startMs);
  return (
    <>
      <svg className="branches" aria-hidden="true" width={width} height={base + 6}>
        {lines.map(({ row, fromX: x, toX, y }) => (
          <g key={row.id}>
            <path d={`M${x} ${base}C${x + 26} ${base} ${x + 8} ${y} ${x + 40} ${y}H${toX}`} />
            <circle cx={x} cy={base} r={4.5} />
            {row.outcome !== row.name && toX - x > NAMED_PX && (
              <text x={toX + 8} y={y + 4}>
                {shortCommand(row.outcome)}
              </text>
            )}
          </g>
        ))}
      </svg>
      {lines.map(({ row, fromX, y }) => (
        <BranchName key={row.id} row={row} left={fromX + 44} top={y - 16} onChanged={onChanged} />
      ))}
    </>
  );
}
