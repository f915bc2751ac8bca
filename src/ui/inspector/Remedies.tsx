import type { ExplainedDecision, Remedy } from '../../view/decision.ts';
import type { PodRow } from '../../view/rows.ts';
import { report } from '../actions.ts';
import { call, run } from '../connection.ts';
import { applyFile } from '../editor/apply.ts';
import { setText } from '../editor/files.ts';
import type { Edit } from '../editor/remedy-edit.ts';
import { type Translate, useT } from '../i18n/index.ts';
import { useAnswer, useLiveRows } from '../parts/hooks.ts';
import { getState, setState, useStore } from '../store.ts';
import { type NoVictims, noVictims } from './preemption.ts';
import { shortReason } from './reasons.ts';
import { partsOf, remedyText } from './remedy-words.ts';

/** The edit of a manifest that a remedy asks for; `undefined` for those that are left to the person. */
function editOf(remedy: Remedy): Edit | undefined {
  const parts = partsOf(remedy);
  const p = parts?.params ?? {};
  switch (parts?.key) {
    case 'rem.request':
      return { kind: 'request', container: p.container!, resource: p.resource!, to: p.to! };
    case 'rem.selector':
      return { kind: 'selector', key: p.what!.split(':')[0]! };
    case 'rem.toleration':
      return { kind: 'toleration', taint: p.taint! };
    case 'rem.priority':
      return { kind: 'priority', name: p.name! };
    default:
      return undefined;
  }
}

/** Makes the change: a command is run; a manifest is edited in its tab and applied, or shown when the edit is no small one. */
async function apply(remedy: Remedy, pod: PodRow): Promise<void> {
  if (remedy.command) {
    await run(remedy.command);
    return;
  }
  const { editedText } = await import('../editor/remedy-edit.ts');
  const edit = editOf(remedy);
  const { files, activeFile } = getState();
  for (const [name, text] of Object.entries(files)) {
    const next = edit && editedText(text, pod, edit);
    if (next === undefined) continue;
    setText(name, next);
    setState({ activeFile: name });
    await applyFile(name);
    return;
  }
  const named = Object.keys(files).find((name) => files[name]!.includes(pod.workload));
  setState({ editorOpen: true, activeFile: named ?? activeFile });
}

/** What one would try in vain, each with what is then in the way; and why nobody is made to leave. */
function Refuted({ decision, pod, arch }: { decision: ExplainedDecision; pod: PodRow; arch: string }) {
  const t = useT();
  const { nodes } = useLiveRows(1000);
  const key = `${pod.namespace}/${pod.name}`;
  const list = useAnswer(key, `${key} ${decision.attempt} ${decision.atMs}`, () => call('refuted', key)) ?? [];
  const none = decision.preemption ? undefined : noVictims(decision.message);
  if (!list.length && !none) return null;
  return (
    <>
      <h3>{t('remedy.not')}</h3>
      <ul className="facts not">
        {list.map((r) => (
          <li key={r.text}>
            <span>{remedyText(r, t)}</span>
            <span className="go quiet">
              {t('ref.still', {
                node: r.node,
                why: shortReason(
                  { node: r.node, plugin: r.plugin, reasons: r.reasons, cells: [], near: false, chosen: false },
                  decision,
                  { node: nodes.get(r.node), arch },
                  t,
                ),
              })}
            </span>
          </li>
        ))}
        {none && (
          <li>
            <span>{t('ref.preemption')}</span>
            <span className="go quiet">{preemptionWords(none, pod.priority, t)}</span>
          </li>
        )}
      </ul>
    </>
  );
}

function preemptionWords(why: NoVictims, priority: number, t: Translate): string {
  if (why.never) return t('ref.never');
  return [
    ...(why.nobody ? [t('ref.nobody', { n: why.nobody, p: priority })] : []),
    ...(why.useless ? [t('ref.useless', { n: why.useless })] : []),
  ].join('; ');
}

/** Changes that were tried on a copy of the cluster and placed the pod; a click makes one. */
export function Remedies({ decision, pod, arch }: { decision: ExplainedDecision; pod: PodRow; arch: string }) {
  const t = useT();
  const readonly = useStore((s) => s.readonly);
  const key = `${pod.namespace}/${pod.name}`;
  const remedies = useAnswer(key, `${key} ${decision.attempt} ${decision.atMs}`, () => call('remedies', key));
  return (
    <>
      <h3>
        {t('remedy.title')} <small>{t('remedy.tried')}</small>
      </h3>
      {!remedies && <p className="p-note">{t('rem.trying')}</p>}
      {remedies?.length === 0 && <p className="p-note">{t('rem.none')}</p>}
      {remedies && remedies.length > 0 && (
        <ul className="facts fixes">
          {remedies.map((r) => (
            <li key={`${r.kind} ${r.node} ${r.text}`}>
              <button
                type="button"
                title={r.command || t('rem.edit')}
                disabled={readonly}
                onClick={() => void apply(r, pod).catch(report)}
              >
                <span>{remedyText(r, t)}</span>
                <span className={r.after ? 'go bad' : 'go'}>{r.after ?? (r.node || t('rem.edit'))}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Refuted decision={decision} pod={pod} arch={arch} />
    </>
  );
}
