import { useEffect } from 'react';
import { call } from '../connection.ts';
import { useT } from '../i18n/index.ts';
import { useAnswer, useLiveRows } from '../parts/hooks.ts';
import { setState, useStore } from '../store.ts';
import { shortCommand, spanFor, xOf } from './layout.ts';

/** More than these are in the list of recent ones only. */
export const BRANCHES_MAX = 4;
const LANE = 15;

export interface BranchRow {
  id: number;
  name: string;
  atMs: number;
  endMs: number;
  current: boolean;
  outcome: string;
}

/** The branches other than the one on the line, asked for when something may have changed them. */
export function useBranches(): BranchRow[] {
  const runs = useStore((s) => s.console.length);
  const past = useStore((s) => s.time.past);
  const connected = useStore((s) => s.connected);
  const { resets } = useLiveRows(500);
  const all = useAnswer('branches', connected ? `${runs} ${past} ${resets}` : '', () => call('branches'));
  return (Array.isArray(all) ? all : []).filter((b) => !b.current).slice(0, BRANCHES_MAX);
}

/** Curves that leave the line at their instant; a click goes there. Makes the bar taller while there are any. */
export function Branches({ branches, width, base }: { branches: readonly BranchRow[]; width: number; base: number }) {
  const t = useT();
  const { endMs, startMs } = useStore((s) => s.time);
  useEffect(() => {
    if (!branches.length) return;
    const root = document.documentElement.style;
    root.setProperty('--time-h', '132px');
    return () => void root.removeProperty('--time-h');
  }, [branches.length]);
  const axis = { width, spanMs: spanFor(endMs - startMs) };
  const go = async (id: number) => {
    try {
      setState({ time: await call('switchBranch', id) });
    } catch {
      // the worker broke: the crash page says so
    }
  };
  return (
    <>
      <svg className="branches" aria-hidden="true" width={width} height={base}>
        {branches.map((b, i) => {
          const [x, y] = [xOf(axis, b.atMs), 12 + i * LANE];
          const end = Math.max(Math.min(xOf(axis, b.endMs), width - 16), x + 42);
          return (
            <g key={b.id}>
              <path d={`M${x} ${base}C${x + 26} ${base} ${x + 8} ${y} ${x + 40} ${y}H${end}`} />
              <circle cx={x} cy={base} r={4.5} />
            </g>
          );
        })}
      </svg>
      {branches.map((b, i) => {
        const name = b.name ? shortCommand(b.name) : t('tim.branchMain');
        return (
          <button
            key={b.id}
            type="button"
            className="branch-name p-link"
            style={{ left: xOf(axis, b.atMs) + 46, top: 12 + i * LANE - 12 }}
            onClick={() => void go(b.id)}
          >
            {t('tim.branch', { n: b.id + 1, name })}
          </button>
        );
      })}
    </>
  );
}
