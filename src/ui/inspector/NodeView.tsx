import type { NodeRow } from '../../view/rows.ts';
import { cordon, fault, previewDrain, select, taint } from '../actions.ts';
import { run } from '../connection.ts';
import { useT } from '../i18n/index.ts';
import { asks, cpu, memory } from '../parts/format.ts';
import { useLiveRows } from '../parts/hooks.ts';
import { StateGlyph, toneOfForm } from '../parts/Icon.tsx';
import { Rich } from '../parts/Rich.tsx';
import { setState, useStore } from '../store.ts';
import type { Stored } from './facts.ts';
import { podsByRequest, sumsOf } from './node-facts.ts';

export function NodeState({ node }: { node: NodeRow }) {
  const t = useT();
  const words = [node.arch, ...node.roles, ...(node.zone ? [node.zone] : [])];
  const bad = node.status !== 'Ready' || node.down;
  return (
    <p className="ins-state">
      <span className={`state ${bad ? 'bad' : 'live'}`}>
        <StateGlyph name={bad ? 'failed' : 'running'} />
        {node.status}
        {node.unschedulable && `, ${t('name.cordoned')}`}
      </span>{' '}
      <span className="dim">{words.join(', ')}</span>
    </p>
  );
}

function Sums({ node, stored }: { node: NodeRow; stored: Stored }) {
  const t = useT();
  return (
    <>
      <h3>
        {t('nod.sum')} <small>{t('nod.sumHow')}</small>
      </h3>
      <div className="dec-scroll">
        <table className="sums" aria-label={t('nod.sum')}>
          <thead>
            <tr>
              <th scope="col">{t('nod.resource')}</th>
              <th scope="col">{t('nod.capacity')}</th>
              <th scope="col">− {t('nod.reserved')}</th>
              <th scope="col">= {t('nod.allocatable')}</th>
              <th scope="col">{t('nod.requested')}</th>
              <th scope="col">{t('nod.free')}</th>
            </tr>
          </thead>
          <tbody>
            {sumsOf(node, stored).map((s) => (
              <tr key={s.resource}>
                <th scope="row">{s.resource}</th>
                <td>{s.capacity}</td>
                <td>{s.reserved}</td>
                <td>
                  <b>{s.allocatable}</b>
                </td>
                <td>{s.requested}</td>
                <td>{s.free}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Taints({ node }: { node: NodeRow }) {
  const t = useT();
  const readonly = useStore((s) => s.readonly);
  if (!node.taints.length) return null;
  return (
    <>
      <h3>{t('nod.taints')}</h3>
      <ul className="facts">
        {node.taints.map((x) => {
          const name = `${x.key}${x.value ? `=${x.value}` : ''}:${x.effect}`;
          return (
            <li key={name}>
              <span className="mono">{name}</span>
              {!readonly && (
                <button
                  type="button"
                  className="p-link go"
                  aria-label={t('taint.remove', { taint: name })}
                  onClick={() => void taint(node.name, `${x.key}:${x.effect}-`)}
                >
                  {t('ins.delete')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Pods({ node }: { node: NodeRow }) {
  const t = useT();
  const pods = podsByRequest(useLiveRows(500).pods.values(), node.name);
  return (
    <>
      <h3>{t('nod.pods')}</h3>
      {!pods.length && <p className="p-note">{t('nod.noPods')}</p>}
      <ul className="facts">
        {pods.map((p) => (
          <li key={p.uid}>
            <button
              type="button"
              className="p-name"
              onClick={() => select({ kind: 'Pod', key: `${p.namespace}/${p.name}` })}
            >
              <span className={`state ${toneOfForm(p.form)}`}>
                <StateGlyph name={p.form} />
              </span>
              {p.name}
              <span className="p-hidden">, {p.word}</span>
            </button>
            <span className="num">{asks(p, t) || '0'}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Images({ stored }: { stored: Stored }) {
  const t = useT();
  const images = stored.status?.images ?? [];
  return (
    <>
      <h3>
        {t('nod.images')} <small>{t('nod.imagesHow')}</small>
      </h3>
      {!images.length && <p className="p-note">{t('nod.noImages')}</p>}
      <ul className="facts">
        {images.map((i) => (
          <li key={i.names?.join()}>
            <span className="mono">{i.names?.find((n) => !n.includes('@')) ?? i.names?.[0]}</span>
            <span className="num">{memory(i.sizeBytes ?? 0)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What a node has, holds back and gives away. */
export function NodeOverview({ node, stored }: { node: NodeRow; stored: Stored }) {
  const t = useT();
  const { allocatable, requested } = node.cpuMilli;
  return (
    <>
      <p className="say">
        <Rich
          text={t('nod.says', {
            n: node.pods.count,
            cpu: cpu(requested),
            of: cpu(allocatable),
            free: cpu(allocatable - requested),
          })}
        />{' '}
        {node.unschedulable && t('nod.saysCordoned')} {node.down && <Rich text={t('nod.saysDown')} />}
      </p>
      <Sums node={node} stored={stored} />
      <Taints node={node} />
      <Pods node={node} />
      <Images stored={stored} />
    </>
  );
}

const deleteNode = (name: string): Promise<unknown> => run(`kubectl delete node ${name}`).catch(() => undefined);

export function NodeActions({ node }: { node: NodeRow }) {
  const t = useT();
  const readonly = useStore((s) => s.readonly);
  if (readonly) return null;
  const power = node.down ? 'power-on' : 'power-off';
  return (
    <div className="actions">
      <button type="button" className="p-btn line" onClick={() => void cordon(node.name, !node.unschedulable)}>
        {t(node.unschedulable ? 'nod.uncordon' : 'nod.cordon')}
      </button>
      <button
        type="button"
        className="p-btn line"
        title={t('nod.drainFirst')}
        onClick={() => void previewDrain(node.name)}
      >
        {t('nod.drain')}
      </button>
      <button
        type="button"
        className="p-btn line"
        onClick={() => setState({ dialog: { name: 'taint', node: node.name } })}
      >
        {t('nod.taint')}
      </button>
      <button type="button" className="p-btn line" onClick={() => void fault(power, node.name)}>
        {t(node.down ? 'nod.powerOn' : 'nod.powerOff')}
      </button>
      <button type="button" className="p-btn line" onClick={() => void deleteNode(node.name)}>
        {t('ins.delete')}
      </button>
    </div>
  );
}
