import '../parts/parts.css';
import './timeline.css';
import { useEffect, useState } from 'react';
import { useT } from '../i18n/index.ts';
import { useStore } from '../store.ts';
import { Branches, useBranches } from './Branches.tsx';
import { Track } from './Track.tsx';
import { Transport } from './Transport.tsx';

const HEIGHT = 72;
const HEIGHT_BRANCHED = 132;
const FOOT = 27;

/** The bar at the bottom: time as something one can hold, with everything that happened on it. */
export function TimelineBar() {
  const t = useT();
  const [branches, askAgain] = useBranches();
  const past = useStore((s) => s.time.past);
  const narrow = useStore((s) => s.width === 'narrow');
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  const [width, setWidth] = useState(600);
  useEffect(() => {
    if (!box) return;
    const measure = () => setWidth(box.clientWidth || 600);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [box]);
  const branched = branches.length > 1;
  const height = branched ? HEIGHT_BRANCHED : HEIGHT;
  return (
    <div
      className={`time${past ? ' past' : ''}`}
      role="toolbar"
      aria-label={t('toolbar.time')}
      style={narrow ? undefined : { height }}
    >
      <Transport />
      <div className="track-wrap" ref={setBox}>
        <Track height={height} width={width} top={branched ? 60 : 0} />
        {branched && <Branches branches={branches} width={width} base={height - FOOT + 2} onChanged={askAgain} />}
      </div>
    </div>
  );
}
