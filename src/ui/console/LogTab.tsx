import { run } from '../connection.ts';
import { useT } from '../i18n/index.ts';
import { podOf, useAnswer, useLiveRows } from '../parts/hooks.ts';
import { useStore } from '../store.ts';

/** What the selected pod wrote, asked for when it is selected and when its state changes. */
export function LogTab() {
  const t = useT();
  const selection = useStore((s) => s.selection);
  const rows = useLiveRows(1000);
  const key = selection?.kind === 'Pod' ? selection.key : '';
  const pod = key ? podOf(rows, key) : undefined;
  const version = pod ? `${pod.uid} ${pod.word} ${pod.fact?.kind === 'restarts' ? pod.fact.count : ''}` : '';
  const answer = useAnswer(key, pod?.node ? version : '', () =>
    run(`kubectl logs ${pod!.name} -n ${pod!.namespace} --all-containers --tail=200`, { quiet: true }),
  );
  if (!pod) return <p className="con-empty">{t('con.noLog')}</p>;
  const text = answer ? answer.stdout || answer.stderr : '';
  return (
    <>
      <p className="con-empty">{t('con.logOf', { pod: pod.name })}</p>
      <pre className="con-pod-log">{text || t('con.logEmpty')}</pre>
    </>
  );
}
