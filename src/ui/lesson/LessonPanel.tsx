import '../parts/parts.css';
import './lesson.css';
import { useEffect, useState } from 'react';
import type { Lesson, Words } from '../../scenarios/lesson.ts';
import type { Scenario } from '../../scenarios/types.ts';
import { load, report } from '../actions.ts';
import { runAll } from '../console/commands.ts';
import { useT } from '../i18n/index.ts';
import { useAnswer, useLiveRows } from '../parts/hooks.ts';
import { Icon, StateGlyph } from '../parts/Icon.tsx';
import { Splitter } from '../splitter.tsx';
import { setState, useStore } from '../store.ts';
import { type Progress, progress } from './goals.ts';

const useWords = (): ((w: Words) => string) => {
  const korean = useStore((s) => s.language === 'ko');
  return (w) => (korean ? w.ko : w.en);
};

interface Found {
  scenario: Scenario & { lesson: Lesson };
  of: number;
}

/** The lesson of a slug, with the number of all lessons; the scenarios are loaded when first needed. */
async function findLesson(slug: string): Promise<Found | null> {
  const { SCENARIOS } = await import('../../scenarios/index.ts');
  const all = SCENARIOS.filter((s): s is Found['scenario'] => s.lesson !== undefined);
  const scenario = all.find((s) => s.slug === slug);
  return scenario ? { scenario, of: all.length } : null;
}

function Goals({ lesson, at }: { lesson: Lesson; at: Progress }) {
  const t = useT();
  const say = useWords();
  return (
    <>
      <h3>
        {t('les.goal')} <small>{t('les.goalHow')}</small>
      </h3>
      <ul className="les-goals">
        {lesson.goals.map((g, i) => (
          <li key={g.en} className={at.goals[i] ? 'met' : undefined}>
            <StateGlyph name={at.goals[i] ? 'check' : 'pending'} />
            {say(g)}
            <span className="p-hidden">, {t(at.goals[i] ? 'les.met' : 'les.open')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Steps({ lesson, done }: { lesson: Lesson; done: number }) {
  const t = useT();
  const say = useWords();
  return (
    <ol className="les-steps">
      {lesson.steps.map((step, i) => {
        const state = i < done ? 'done' : i === done ? 'now' : '';
        return (
          <li key={step.en} className={state} aria-current={state === 'now' ? 'step' : undefined}>
            <span className="n">{state === 'done' ? <StateGlyph name="check" /> : i + 1}</span>
            <div>
              <b>{say(step)}</b>
              {state === 'done' && <span className="p-hidden">, {t('les.met')}</span>}
              {state === 'now' && step.more && <p>{say(step.more)}</p>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** One hint at a time, never before it is asked for; the solution comes last and plays itself as typed commands. */
function Help({ lesson, onOver }: { lesson: Lesson; onOver: () => void }) {
  const t = useT();
  const say = useWords();
  const [hints, setHints] = useState(0);
  const [solution, setSolution] = useState(false);
  const hint = lesson.hints[hints - 1];
  return (
    <>
      {hint && (
        <p className="les-hint" role="status">
          {t('les.hintN', { n: hints, of: lesson.hints.length })} {say(hint)}
        </p>
      )}
      {solution && (
        <>
          <h3>{t('les.solution')}</h3>
          <pre className="les-solution">{lesson.solution.join('\n')}</pre>
          <button type="button" className="p-btn line" onClick={() => void runAll(lesson.solution)}>
            {t('les.play')}
          </button>
        </>
      )}
      <div className="les-help">
        {hints < lesson.hints.length && (
          <button type="button" className="p-btn line" onClick={() => setHints(hints + 1)}>
            {t('lesson.hint')}
          </button>
        )}
        {!solution && (
          <button type="button" className="p-btn" onClick={() => setSolution(true)}>
            {t('lesson.solution')}
          </button>
        )}
        <button type="button" className="p-btn" onClick={onOver}>
          <Icon name="reset" />
          {t('lesson.over')}
        </button>
      </div>
    </>
  );
}

function Head({ found, at }: { found: Found; at: Progress }) {
  const t = useT();
  const korean = useStore((s) => s.language === 'ko');
  const selected = useStore((s) => (s.inspectorOpen ? (s.selection?.key ?? '') : ''));
  const { scenario, of } = found;
  const met = at.goals.filter(Boolean).length;
  const { steps } = scenario.lesson;
  return (
    <header className="les-head">
      <p>
        {t('les.of', { n: scenario.lesson.number, of })}
        {selected && (
          <>
            {' · '}
            <button type="button" className="p-link" onClick={() => setState({ side: 'inspector' })}>
              {t('les.inspect', { name: selected.slice(selected.indexOf('/') + 1) })}
            </button>
          </>
        )}
      </p>
      <h2>{korean ? scenario.titleKo : scenario.titleEn}</h2>
      <div className="les-bars" role="img" aria-label={t('les.progress', { n: met, of: at.goals.length })}>
        {steps.map((s, i) => (
          <i key={s.en} className={i < at.done ? 'd' : i === at.done ? 'n' : undefined} />
        ))}
      </div>
      <button
        type="button"
        className="p-btn icon les-close"
        aria-label={t('les.close')}
        onClick={() => setState({ lesson: '', side: 'inspector' })}
      >
        <Icon name="close" />
      </button>
    </header>
  );
}

function Body({ found }: { found: Found }) {
  const t = useT();
  const say = useWords();
  const rows = useLiveRows(300);
  const [done, setDone] = useState(0);
  const edits = useStore(
    (s) =>
      s.console.filter((e) =>
        /^(kubectl|k) (apply|edit|patch|set|scale|label|taint|delete|cordon|uncordon|drain|create)\b/.test(e.line),
      ).length,
  );
  const { scenario } = found;
  const { lesson } = scenario;
  const at = progress(lesson, rows, done);
  useEffect(() => setDone((d) => Math.max(d, at.done)), [at.done]);
  const over = () => {
    setDone(0);
    load({ scenario: scenario.slug }, { title: scenario.titleEn, scenario: scenario.slug }).catch(report);
  };
  return (
    <>
      <Head found={found} at={at} />
      <div className="les-body">
        <p className="say">{say(lesson.text)}</p>
        {at.finished && (
          <p className="les-done" role="status">
            {t('les.done')}
          </p>
        )}
        <Goals lesson={lesson} at={at} />
        <Steps lesson={lesson} done={at.done} />
        <Help lesson={lesson} onOver={over} />
        {lesson.par && (
          <p className="p-note">
            {t('lesson.par', { ...lesson.par })}. {t('les.soFar', { n: edits })}
          </p>
        )}
      </div>
    </>
  );
}

/** A lesson: what the cluster must come to, the way there, and help for whoever asks. */
export function LessonPanel() {
  const t = useT();
  const slug = useStore((s) => s.lesson);
  const wide = useStore((s) => s.width === 'wide');
  const found = useAnswer(slug, slug, () => findLesson(slug));
  return (
    <section className="lesson-panel" aria-label={t('les.panel')}>
      {wide && <Splitter side="right" />}
      {found ? <Body key={slug} found={found} /> : <p className="p-note">{t('les.none')}</p>}
    </section>
  );
}
