import { type KeyboardEvent, memo, type PointerEvent, useMemo, useRef, useState } from 'react';
import type { MarkRow } from '../../view/rows.ts';
import { useT } from '../i18n/index.ts';
import { decimal, span } from '../parts/format.ts';
import { useLiveRows } from '../parts/hooks.ts';
import { useStore } from '../store.ts';
import { useMarks } from './future.ts';
import {
  type Axis,
  type Bar,
  barsOf,
  flagsOf,
  msOf,
  shortCommand,
  spanFor,
  tickLabel,
  ticksOf,
  xOf,
} from './layout.ts';
import { aimMs, seekTo } from './seek.ts';

/** Height of the part below the line: ticks and their numbers. */
const FOOT = 27;
const STEP_MS = 1000;

function Mark({ bar, base }: { bar: Bar; base: number }) {
  const { x, kind } = bar;
  const y = base - 1;
  const n = bar.marks.length;
  if (n > 2)
    return (
      <rect
        className={`mark merged ${kind}`}
        x={x - 1.5}
        y={y - Math.min(8 + n, 22)}
        width={3}
        height={Math.min(8 + n, 22)}
      />
    );
  switch (kind) {
    case 'trouble':
      return <path className="mark trouble" d={`M${x - 4} ${y}l4-9 4 9z`} />;
    case 'unschedulable':
      return <circle className="mark unschedulable" cx={x} cy={y - 5} r={3.5} />;
    case 'leaving':
      return <path className="mark leaving" d={`M${x - 4} ${y - 8}h8l-4 8z`} />;
    default:
      return <rect className="mark progress" x={x - 1.5} y={y - 8} width={3} height={8} />;
  }
}

/** Everything that does not move with the playhead. */
const Marks = memo(function Marks(props: {
  axis: Axis;
  base: number;
  marks: readonly MarkRow[];
  /** Only to redraw when it grew: the array is the same one. */
  count: number;
  startMs: number;
  playX: number;
}) {
  const { axis, base, marks, startMs } = props;
  const t = useT();
  const ticks = ticksOf(axis);
  return (
    <>
      {ticks.map((tick, i) => {
        const { value, unit } = tickLabel(tick.ms, axis.spanMs);
        return (
          <g key={tick.ms}>
            <path className="tick" d={`M${Math.round(tick.x) + 0.5} ${base + 4}v4`} />
            <text x={tick.x} y={base + 20} textAnchor={i === 0 ? 'start' : i === ticks.length - 1 ? 'end' : 'middle'}>
              {t(`tim.unit.${unit}`, { n: value })}
            </text>
          </g>
        );
      })}
      {barsOf(axis, marks, startMs).map((bar) => (
        <Mark key={bar.marks[0]!.id} bar={bar} base={base} />
      ))}
      {flagsOf(axis, marks, startMs, props.playX).map((f) => (
        <g key={f.mark.id} className="flag">
          <path className="stalk" d={`M${f.x} ${base}V${base - 24}`} />
          <path d={`M${f.x} ${base - 24}h7l-2 3 2 3h-7z`} />
          {f.label && (
            <text x={f.labelX} y={base - 18}>
              {f.label}
            </text>
          )}
        </g>
      ))}
    </>
  );
});

function Line({ axis, base, nowX, endX }: { axis: Axis; base: number; nowX: number; endX: number }) {
  const left = xOf(axis, 0);
  const right = xOf(axis, axis.spanMs);
  return (
    <>
      <rect className="ahead" x={left} y={base} width={right - left} height={4} />
      <rect className="played" x={left} y={base} width={Math.max(0, endX - left)} height={4} />
      {endX > nowX + 0.5 && <rect className="future" x={nowX} y={base - 3} width={endX - nowX} height={10} />}
    </>
  );
}

function Tip({ axis, startMs, x }: { axis: Axis; startMs: number; x: number }) {
  const t = useT();
  const { marks } = useMarks(500);
  const near = marks
    .map((m) => ({ m, away: Math.abs(xOf(axis, m.atMs - startMs) - x) }))
    .filter((n) => n.away < 7)
    .sort((a, b) => a.away - b.away)
    .map((n) => n.m);
  const first = near[0];
  if (!first) return null;
  const more = near.length > 1 ? ` (${t('tim.count', { n: near.length })})` : '';
  const text = t('tim.at', { t: span(first.atMs - startMs, t), text: first.text || t(`con.kind.${first.kind}`) });
  return (
    <div className="tip" style={x > axis.width / 2 ? { right: axis.width - x + 8 } : { left: x + 8 }}>
      {text}
      {more}
    </div>
  );
}

/** What the slider says: where, how far from now, and what happened last. */
function useValueText(): string {
  const t = useT();
  const { nowMs, startMs, endMs, past } = useStore((s) => s.time);
  const marks = useLiveRows(500).marks;
  const last = marks.findLast((m) => m.atMs <= nowMs && m.text);
  const at = decimal((nowMs - startMs) / 1000, 1);
  const head = past ? t('tim.valuePast', { t: at, d: decimal((endMs - nowMs) / 1000, 1) }) : t('tim.value', { t: at });
  return last ? `${head}, ${last.kind === 'input' ? shortCommand(last.text) : last.text}` : head;
}

/** Where a key on the slider goes, ms since the start; `undefined` for other keys. */
function keyTarget(event: KeyboardEvent, now: number, end: number): number | undefined {
  const step = STEP_MS * (event.shiftKey ? 10 : 1);
  const to: Record<string, number> = {
    ArrowLeft: now - step,
    ArrowDown: now - step,
    ArrowRight: now + step,
    ArrowUp: now + step,
    PageDown: now - end / 10,
    PageUp: now + end / 10,
    Home: 0,
    End: end,
  };
  const target = to[event.key];
  return target === undefined ? undefined : Math.min(Math.max(target, 0), end);
}

function Picture(props: { axis: Axis; height: number; top: number; now: number; end: number }) {
  const { axis, height, top } = props;
  const { marks, count } = useMarks(200);
  const startMs = useStore((s) => s.time.startMs);
  const base = height - FOOT;
  const [nowX, endX] = [xOf(axis, props.now), xOf(axis, props.end)];
  return (
    <svg aria-hidden="true" width={axis.width} height={height}>
      <defs>
        <pattern id="tl-future" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V7" className="hatch" />
        </pattern>
      </defs>
      <Line axis={axis} base={base} nowX={nowX} endX={endX} />
      <Marks axis={axis} base={base} marks={marks} count={count} startMs={startMs} playX={Math.round(nowX / 6) * 6} />
      <path className="playhead-line" d={`M${nowX} ${top + 12}V${base + 8}`} />
      <path className="playhead" d={`M${nowX - 6} ${top + 6}h12v6l-6 6-6-6z`} />
    </svg>
  );
}

/** The timeline: flags and marks, the playhead, drag or arrow keys to scrub. */
export function Track({ height, width, top }: { height: number; width: number; top: number }) {
  const t = useT();
  const { nowMs, startMs, endMs } = useStore((s) => s.time);
  const [hover, setHover] = useState<number>();
  const dragging = useRef(false);
  const [now, end] = [Math.max(0, nowMs - startMs), Math.max(0, endMs - startMs, nowMs - startMs)];
  const spanMs = spanFor(end);
  const axis = useMemo<Axis>(() => ({ width, spanMs }), [width, spanMs]);
  const valueText = useValueText();
  const drop = () => {
    dragging.current = false;
  };
  const scrub = (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setHover(x);
    if (dragging.current) seekTo(Math.min(msOf(axis, x), end));
  };
  const onKey = (event: KeyboardEvent) => {
    const to = keyTarget(event, aimMs() ?? now, end);
    if (to === undefined) return;
    event.preventDefault();
    seekTo(to);
  };
  return (
    <div
      className="track"
      role="slider"
      tabIndex={0}
      aria-label={t('slider.timeline')}
      aria-valuemin={0}
      aria-valuemax={Math.round(end / 100) / 10}
      aria-valuenow={Math.round(now / 100) / 10}
      aria-valuetext={valueText}
      onKeyDown={onKey}
      onPointerDown={(e) => {
        dragging.current = true;
        e.currentTarget.setPointerCapture(e.pointerId);
        scrub(e);
      }}
      onPointerMove={scrub}
      onPointerUp={drop}
      onPointerCancel={drop}
      onPointerLeave={() => setHover(undefined)}
    >
      <Picture axis={axis} height={height} top={top} now={now} end={end} />
      {hover !== undefined && <Tip axis={axis} startMs={startMs} x={hover} />}
    </div>
  );
}
