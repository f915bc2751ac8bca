/** A cluster without nodes: the wall alone, one sentence, three starts. */
import { openScenario } from './address.ts';
import { useT } from './i18n/index.ts';
import { SpriteIcon } from './icon.tsx';
import { rows } from './rows.ts';
import { useGallery } from './scenario-list.ts';
import { setState, useStore } from './store.ts';

export function EmptyQuay() {
  const t = useT();
  const gallery = useGallery();
  const empty = useStore((s) => s.connected && s.revision > 0 && rows.nodes.size === 0);
  if (!empty) return null;
  const [before, code, after] = t('empty.text').split('`');
  return (
    <div className="empty">
      <h2>{t('empty.title')}</h2>
      <p>
        {before}
        <code>{code}</code>
        {after}
      </p>
      <div className="row">
        <button type="button" className="tb solid" onClick={() => setState({ dialog: { name: 'addNode' } })}>
          <SpriteIcon name="plus" />
          {t('node.add')}
        </button>
        {gallery.slice(0, 2).map((s) => (
          <button key={s.slug} type="button" className="tb line" onClick={() => void openScenario(s.slug)}>
            {s.title}
          </button>
        ))}
      </div>
    </div>
  );
}
