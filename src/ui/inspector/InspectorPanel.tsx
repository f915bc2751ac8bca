import '../parts/parts.css';
import './inspector.css';
import type { ReactNode } from 'react';
import type { NodeRow, PodRow } from '../../view/rows.ts';
import { select } from '../actions.ts';
import { useT } from '../i18n/index.ts';
import { podOf, useLiveRows } from '../parts/hooks.ts';
import { Icon } from '../parts/Icon.tsx';
import { type Tab, Tabs } from '../parts/Tabs.tsx';
import { Splitter } from '../splitter.tsx';
import { type InspectorTab, setState, useStore } from '../store.ts';
import { DrainView } from './DrainView.tsx';
import { useDecision } from './decision.ts';
import { ConditionsView, EventsView, YamlView } from './Facts.tsx';
import { storedOf, useInspected } from './facts.ts';
import { NodeActions, NodeOverview, NodeState } from './NodeView.tsx';
import { PodActions, PodState, PodWhy } from './PodView.tsx';

const close = (): void => select(null);

function Head({ title, children }: { title: string; children?: ReactNode }) {
  const t = useT();
  return (
    <header className="ins-head">
      <h2 tabIndex={-1} id="inspector-title">
        {title}
      </h2>
      {children}
      <button type="button" className="p-btn icon ins-close" aria-label={t('ins.close')} onClick={close}>
        <Icon name="close" />
      </button>
    </header>
  );
}

/** The four views on one object; `why` is the first one's content and the rest come from the stored object. */
function Body(props: {
  kind: 'Pod' | 'Node';
  name: string;
  id: string;
  version: string;
  why: (arch: string, stored: ReturnType<typeof storedOf>) => ReactNode;
}) {
  const t = useT();
  const tab = useStore((s) => s.inspectorTab);
  const inspected = useInspected(props.kind, props.id, props.version);
  const stored = storedOf(inspected);
  const tabs: Tab<InspectorTab>[] = [
    { id: 'why', label: t(props.kind === 'Pod' ? 'ins.why' : 'ins.overview') },
    { id: 'yaml', label: t('ins.yaml') },
    { id: 'events', label: t('ins.events') },
    { id: 'conditions', label: t('ins.conditions') },
  ];
  return (
    <>
      <Tabs
        label={t('ins.tabs', { name: props.name })}
        prefix="inspector"
        tabs={tabs}
        active={tab}
        onSelect={(inspectorTab) => setState({ inspectorTab })}
      />
      <div
        className="ins-body"
        role="tabpanel"
        id="inspector-panel"
        aria-labelledby={`inspector-tab-${tab}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling panel must be reachable by keyboard
        tabIndex={0}
      >
        {tab === 'why' && props.why(stored.spec?.nodeSelector?.['kubernetes.io/arch'] ?? '', stored)}
        {tab === 'yaml' && <YamlView yaml={inspected?.yaml ?? ''} />}
        {tab === 'events' && <EventsView events={inspected?.events ?? []} />}
        {tab === 'conditions' && <ConditionsView conditions={stored.status?.conditions ?? []} />}
      </div>
    </>
  );
}

function PodInspector({ pod }: { pod: PodRow }) {
  const id = `${pod.namespace}/${pod.name}`;
  const version = `${pod.uid} ${pod.word} ${pod.node} ${pod.nominatedNode} ${pod.lane ?? pod.unserved ?? ''} ${pod.sinceMs}`;
  const deciding = useDecision(pod, version);
  return (
    <>
      <Head title={pod.name}>
        <PodState pod={pod} attempts={deciding.attempts.length || deciding.latest?.attempt || 0} />
      </Head>
      <Body
        kind="Pod"
        name={pod.name}
        id={id}
        version={version}
        why={(arch) => <PodWhy pod={pod} arch={arch} deciding={deciding} />}
      />
      <PodActions pod={pod} />
    </>
  );
}

function NodeInspector({ node }: { node: NodeRow }) {
  const t = useT();
  const preview = useStore((s) => s.preview);
  if (preview?.node === node.name)
    return (
      <>
        <Head title={t('drain.if', { node: node.name })}>
          <p className="ins-state dim">{t('drain.copy')}</p>
        </Head>
        <div className="ins-body">
          <DrainView preview={preview} node={node} />
        </div>
      </>
    );
  const version = `${node.uid} ${node.status} ${node.unschedulable} ${node.pods.count} ${node.taints.length}`;
  return (
    <>
      <Head title={node.name}>
        <NodeState node={node} />
      </Head>
      <Body
        kind="Node"
        name={node.name}
        id={node.name}
        version={version}
        why={(_, stored) => <NodeOverview node={node} stored={stored} />}
      />
      <NodeActions node={node} />
    </>
  );
}

function Selected() {
  const t = useT();
  const selection = useStore((s) => s.selection);
  const rows = useLiveRows(200);
  if (!selection)
    return (
      <div className="ins-body">
        <p className="say">{t('ins.nothing')}</p>
        <p className="p-note">{t('ins.nothingHow')}</p>
      </div>
    );
  if (selection.kind === 'Pod') {
    const pod = podOf(rows, selection.key);
    if (pod) return <PodInspector key={selection.key} pod={pod} />;
  } else {
    const node = rows.nodes.get(selection.key);
    if (node) return <NodeInspector key={selection.key} node={node} />;
  }
  return <Head title={t('ins.gone', { name: selection.key })} />;
}

/** One object: the verdict, the table behind it, what would help, and what Kubernetes says. */
export function InspectorPanel() {
  const t = useT();
  const wide = useStore((s) => s.width === 'wide');
  const lesson = useStore((s) => s.lesson);
  return (
    <section className="inspector" aria-label={t('region.inspector')}>
      {lesson && (
        <button type="button" className="p-link ins-lesson" onClick={() => setState({ side: 'lesson' })}>
          {t('les.back')}
        </button>
      )}
      <Selected />
      {wide && <Splitter side="right" />}
    </section>
  );
}
