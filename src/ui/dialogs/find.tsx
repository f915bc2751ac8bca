/** Find a pod, a node or an action: one field, arrows, Enter. */
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { cordon, previewDrain, select, togglePlay } from '../actions.ts';
import { useT } from '../i18n/index.ts';
import { copyLink } from '../link.ts';
import { toggleProjector, toggleTheme } from '../looks.ts';
import { rows } from '../rows.ts';
import { setState } from '../store.ts';
import { closeDialog, Dialog } from './dialog.tsx';

interface Hit {
  id: string;
  label: string;
  kind: string;
  run: () => void;
}

const MOST = 40;

function useHits(query: string): Hit[] {
  const t = useT();
  return useMemo(() => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (text: string) => words.every((w) => text.toLowerCase().includes(w));
    const hits: Hit[] = [];
    const add = (id: string, label: string, kind: string, run: () => void) => {
      if (hits.length < MOST && fits(`${label} ${kind}`)) hits.push({ id, label, kind, run });
    };
    const actions: [string, () => void][] = [
      [t('node.add'), () => setState({ dialog: { name: 'addNode' } })],
      [t('examples'), () => setState({ dialog: { name: 'examples' } })],
      [t('share'), () => setState({ dialog: { name: 'share' } })],
      [t('key.copy'), () => void copyLink()],
      [t('key.play'), () => void togglePlay()],
      [t('key.controlPlane'), () => setState({ controlPlaneOpen: true })],
      [t('scale.table'), () => setState({ dialog: { name: 'table' } })],
      [t('help'), () => setState({ dialog: { name: 'help' } })],
      [t('projector'), toggleProjector],
      [t('theme.dark'), toggleTheme],
    ];
    for (const n of rows.nodes.values()) add(n.uid, n.name, t('node'), () => select({ kind: 'Node', key: n.name }));
    for (const p of rows.pods.values()) {
      if (hits.length >= MOST) break;
      add(p.uid, `${p.namespace}/${p.name}`, `Pod, ${p.word}`, () =>
        select({ kind: 'Pod', key: `${p.namespace}/${p.name}` }),
      );
    }
    for (const [label, run] of actions) add(label, label, '', run);
    if (query)
      for (const n of rows.nodes.values()) {
        add(
          `c-${n.uid}`,
          `${t(n.unschedulable ? 'menu.uncordon' : 'menu.cordon')} ${n.name}`,
          '',
          () => void cordon(n.name, !n.unschedulable),
        );
        add(`d-${n.uid}`, `drain ${n.name}`, '', () => void previewDrain(n.name));
      }
    return hits;
  }, [query, t]);
}

export function FindDialog() {
  const t = useT();
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const hits = useHits(query);
  const choose = (hit: Hit | undefined) => {
    if (!hit) return;
    closeDialog();
    hit.run();
  };
  const key = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) {
      event.preventDefault();
      setAt((at + step + hits.length) % Math.max(1, hits.length));
      document.getElementById(`${id}-${at + step}`)?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(hits[at]);
    }
  };
  return (
    <Dialog title={t('find')}>
      <input
        className="link-field"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={hits[at] ? `${id}-${at}` : undefined}
        aria-label={t('find.placeholder')}
        placeholder={t('find.placeholder')}
        value={query}
        onChange={(e) => {
          setQuery(e.target.value);
          setAt(0);
        }}
        onKeyDown={key}
      />
      <Hits id={id} hits={hits} at={at} choose={choose} />
    </Dialog>
  );
}

function Hits({ id, hits, at, choose }: { id: string; hits: Hit[]; at: number; choose: (hit: Hit) => void }) {
  const t = useT();
  return (
    <div className="find-list" role="listbox" id={`${id}-list`} aria-label={t('find')}>
      {hits.map((hit, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keys
        <div
          key={hit.id}
          id={`${id}-${i}`}
          className="find-hit"
          role="option"
          tabIndex={-1}
          aria-selected={i === at}
          onClick={() => choose(hit)}
        >
          <span>{hit.label}</span>
          <small>{hit.kind}</small>
        </div>
      ))}
    </div>
  );
}
