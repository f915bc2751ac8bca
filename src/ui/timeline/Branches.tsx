import { useEffect, useMemo } from 'react';
import { report } from '../actions.ts';
import { call } from '../connection.ts';
import { useT } from '../i18n/index.ts';
import { useAnswer, useLiveRows } from '../parts/hooks.ts';
import { setState, useStore } from '../store.ts';
import { type BranchRow, branchLines, shortCommand, spanFor } from './layout.ts';

/** More than these would not fit above the line. */
const BRANCHES_MAX = 4;

/** A line shorter than this has no room for more than its name. */
const NAMED_PX = 150;

/** The branches of the story, the one on the line among them; asked for when something may have changed them. */
export function useBranches(): BranchRow[] {
  const runs = useStore((s) => s.console.length);
  const past = useStore((s) => s.time.past);
  const connected = useStore((s) => s.connected);
  const { resets } = useLiveRows(500);
  const all = useAnswer('branches', connected ? `${runs} ${past} ${resets}` : '', () => call('branches'));
  return useMemo(() => {
    const list = Array.isArray(all) ? all : [];
    return [...list.filter((b) => b.current), ...list.filter((b) => !b.current).slice(-BRANCHES_MAX)];
  }, [all]);
}

const go = (id: number): void => {
  call('switchBranch', id)
    .then((time) => setState({ time }))
    .catch(report);
};

/** Curves that leave the line where the stories part; a click goes there. Makes the bar taller while there are any. */
export function Branches({ branches, width, base }: { branches: readonly BranchRow[]; width: number; base: number }) {
  const t = useT();
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
        <button
          key={row.id}
          type="button"
          className="branch-name p-link"
          style={{ left: fromX + 44, top: y - 16 }}
          onClick={() => go(row.id)}
        >
          {t('tim.branch', { n: row.id + 1, name: row.name ? shortCommand(row.name) : t('tim.branchMain') })}
        </button>
      ))}
    </>
  );
}
