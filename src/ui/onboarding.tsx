/** The sentence under the first picture: five beats, then two buttons. */

import { report, select } from './actions.ts';
import { run } from './connection.ts';
import { type Translate, useT } from './i18n/index.ts';
import { BEATS, currentStory, endOnboarding, nextBeat } from './onboarding-script.ts';
import { Rich } from './parts/Rich.tsx';
import { rows } from './rows.ts';
import { cpuWord } from './scene/names.ts';
import { getState, setState, useStore } from './store.ts';

function sentenceOf(beat: number, t: Translate): string {
  const story = currentStory();
  const nodes = rows.nodes.size;
  if (!story || beat === BEATS.rest) return t('on.1', { n: nodes });
  const { decision } = story;
  const refused = Object.entries(decision.filters).find(([, cell]) => cell);
  const winner = decision.chosen || decision.best[0] || '';
  switch (beat) {
    case BEATS.wants:
      return story.cpuMilli ? t('on.2', { cpu: cpuWord(story.cpuMilli) }) : t('on.2.none');
    case BEATS.closed:
      if (!refused) return t('on.2.none');
      return refused[1]?.plugin === 'TaintToleration'
        ? t('on.3', { node: refused[0] })
        : t('on.3.other', { node: refused[0], why: refused[1]?.reasons[0] ?? '' });
    case BEATS.left:
      return t('on.4', { n: Object.keys(decision.scores ?? {}).length, node: winner });
    case BEATS.moors:
      return t('on.5');
    default:
      return t('on.6', { n: nodes, node: winner });
  }
}

/** Applies what cannot fit and opens why. */
async function makeOneThatDoesNotFit(): Promise<void> {
  const file = Object.keys(getState().files).find((f) => f.startsWith('trainer'));
  endOnboarding();
  if (!file) return;
  setState({ activeFile: file });
  await run(`kubectl apply -f ${file}`);
  const forget = setInterval(() => {
    const pod = [...rows.pods.values()].find((p) => p.lane === 'unschedulable');
    if (!pod) return;
    clearInterval(forget);
    select({ kind: 'Pod', key: `${pod.namespace}/${pod.name}` });
  }, 150);
  setTimeout(() => clearInterval(forget), 8000);
}

export function Onboarding() {
  const t = useT();
  const beat = useStore((s) => s.beat);
  useStore((s) => (s.beat === BEATS.rest ? s.revision : 0));
  if (beat === null) return null;
  const done = beat >= BEATS.done;
  const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return (
    <div className="onboard">
      <div>
        <p className="big" aria-live="polite">
          <Rich text={sentenceOf(beat, t)} />
        </p>
        <div className="beats" aria-hidden="true">
          {[1, 2, 3, 4, 5].map((n) => (
            <i key={n} className={n <= beat ? 'done' : ''} />
          ))}
        </div>
      </div>
      <div className="go">
        {done && (
          <button type="button" className="tb solid" onClick={() => makeOneThatDoesNotFit().catch(report)}>
            {t('on.fit')}
          </button>
        )}
        {reduced && !done && (
          <button type="button" className="tb line" onClick={nextBeat}>
            {t('on.next')}
          </button>
        )}
        {done && (
          <button type="button" className="tb line" onClick={endOnboarding}>
            {t('on.open')} <kbd>Esc</kbd>
          </button>
        )}
      </div>
    </div>
  );
}
