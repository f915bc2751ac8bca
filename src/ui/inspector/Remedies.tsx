import type { ExplainedDecision, Remedy } from '../../view/decision.ts';
import type { PodRow } from '../../view/rows.ts';
import { call, run } from '../connection.ts';
import { useT } from '../i18n/index.ts';
import { useAnswer } from '../parts/hooks.ts';
import { getState, setState } from '../store.ts';

/** The file whose text names the workload, so that "edit the manifest" opens the right tab. */
function fileOf(pod: PodRow): string {
  const { files, activeFile } = getState();
  const named = new RegExp(`^\\s*name:\\s*["']?${pod.workload.replace(/[^\w-]/g, '\\$&')}["']?\\s*$`, 'm');
  const found = Object.entries(files).find(([, text]) => named.test(text));
  return found?.[0] ?? activeFile;
}

function apply(remedy: Remedy, pod: PodRow): void {
  if (remedy.command) void run(remedy.command).catch(() => undefined);
  else setState({ editorOpen: true, activeFile: fileOf(pod) });
}

/** Changes that were tried on a copy of the cluster and placed the pod; a click makes one. */
export function Remedies({ decision, pod }: { decision: ExplainedDecision; pod: PodRow }) {
  const t = useT();
  const key = `${pod.namespace}/${pod.name}`;
  const remedies = useAnswer(key, `${key} ${decision.attempt}`, () => call('remedies', key));
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
              <button type="button" title={r.command || t('rem.edit')} onClick={() => apply(r, pod)}>
                <span>{r.text}</span>
                <span className={r.after ? 'go bad' : 'go'}>{r.after ?? (r.node || t('rem.edit'))}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
