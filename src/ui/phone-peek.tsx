/** On a phone: the selected object in one sentence above the time bar. The second tap, or "Why", opens the whole inspector. */
import { select } from './actions.ts';
import { useT } from './i18n/index.ts';
import { amount } from './parts/format.ts';
import { podOf, useLiveRows } from './parts/hooks.ts';
import { StateGlyph, toneOfForm } from './parts/Icon.tsx';
import { Rich } from './parts/Rich.tsx';
import { cores, cpuWord, nodeDescription } from './scene/names.ts';
import { goTo, SheetGrip } from './sheet.tsx';
import { setState, useStore } from './store.ts';

function usePodSentence(): string {
  const t = useT();
  const explained = useStore((s) => s.explained);
  if (!explained) return '';
  if (explained.verdict !== 'Schedulable' && explained.nearest) {
    const short = explained.nearest.short[0];
    const what = short ? amount(short.resource, short.amount) : explained.nearest.plugin;
    return `${t('fit.no')}. ${t('fit.nearest', { node: `**${explained.nearest.node}**`, what })}.`;
  }
  if (explained.verdict !== 'Schedulable') return `${t('fit.no')}.`;
  const { chosen, scores } = explained;
  if (!chosen) return '';
  const others = Object.entries(scores ?? {})
    .filter(([node]) => node !== chosen)
    .map(([, s]) => s.total);
  if (!scores?.[chosen] || !others.length) return `**${chosen}**`;
  return `${t('score.won', { node: `**${chosen}**`, n: scores[chosen].total - Math.max(...others) })}.`;
}

export function PhonePeek() {
  const t = useT();
  const selection = useStore((s) => s.selection);
  const open = useStore((s) => s.inspectorOpen);
  const live = useLiveRows(300);
  const sentence = usePodSentence();
  if (!selection || open) return null;
  const pod = selection.kind === 'Pod' ? podOf(live, selection.key) : undefined;
  const node = selection.kind === 'Node' ? live.nodes.get(selection.key) : undefined;
  if (!pod && !node) return null;
  return (
    <section className="peek" aria-label={selection.key}>
      <SheetGrip stop="peek" />
      <div className="peek-head">
        <b>{pod?.workload ?? node?.name}</b>
        {pod && (
          <span className={`peek-state ${toneOfForm(pod.form)}`}>
            <StateGlyph name={pod.form} />
            {pod.word}
          </span>
        )}
        <span className="dim grow-text">
          {pod ? `${cpuWord(pod.cpuMilli)} CPU` : `${cores(node!.cpuMilli.allocatable)} CPU`}
        </span>
      </div>
      <p>{pod ? <Rich text={sentence || `${pod.namespace}/${pod.name}`} /> : nodeDescription(node!, t)}</p>
      <div className="row">
        <button type="button" className="tb solid" onClick={() => goTo('half')}>
          {t(pod ? 'why.show' : 'menu.inspect')}
        </button>
        <button type="button" className="tb line" onClick={() => setState({ editorOpen: true })}>
          {t('editor.open')}
        </button>
        <button type="button" className="tb line" onClick={() => select(null)}>
          {t('close')}
        </button>
      </div>
    </section>
  );
}
