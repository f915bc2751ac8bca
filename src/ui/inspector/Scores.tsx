import { Fragment } from 'react';
import type { ExplainedDecision } from '../../view/decision.ts';
import { useT } from '../i18n/index.ts';
import type { ScoreModel } from './decision-rows.ts';

/** Bars shown before the rest is counted. */
const BARS_MAX = 8;
const COLUMNS_MAX = 3;
/** Steps of strength for the parts of a bar; the deciding one is accent. */
const TONES = ['s0', 's1', 's2', 's3', 's4'];

/** One stacked bar a node, all on the same scale; the part that made the difference is accent. */
export function Bars({ model, chosen, max = BARS_MAX }: { model: ScoreModel; chosen: string; max?: number }) {
  const t = useT();
  const shown = model.nodes.slice(0, max);
  return (
    <div className="bars">
      {shown.map((n, i) => {
        const parts = model.rows.map((r) => `${r.plugin} ${r.cells[i]!.weighted}`).join(', ');
        return (
          <div className="bar-row" key={n.name}>
            <span className={n.name === chosen ? 'bar-name won' : 'bar-name'}>{n.name}</span>
            <span className="bar" role="img" aria-label={t('sco.bar', { node: n.name, total: n.total, parts })}>
              {model.rows.map((r, k) => {
                const value = r.cells[i]!.weighted;
                const share = value / model.max;
                const tone = r.plugin === model.deciding ? 'deciding' : TONES[Math.min(k, TONES.length - 1)];
                return value > 0 ? (
                  <i
                    key={r.plugin}
                    className={tone}
                    style={{ width: `${share * 100}%` }}
                    title={`${r.plugin} ${value}`}
                  >
                    {share > 0.12 ? value : ''}
                  </i>
                ) : null;
              })}
            </span>
            <span className={n.name === chosen ? 'bar-sum won' : 'bar-sum'}>{n.total}</span>
          </div>
        );
      })}
      {model.nodes.length > max && <p className="p-note">{t('sco.more', { n: model.nodes.length - max })}</p>}
    </div>
  );
}

/** A plugin's name that may break between its words. */
function Breakable({ name }: { name: string }) {
  return name.split(/(?<=[a-z])(?=[A-Z])/).map((part) => (
    <Fragment key={part}>
      {part}
      <wbr />
    </Fragment>
  ));
}

function Numbers({ model, chosen }: { model: ScoreModel; chosen: string }) {
  const t = useT();
  const nodes = model.nodes.slice(0, COLUMNS_MAX);
  const told = model.rows.filter((r) => r.cells.some((c) => c.weighted !== 0));
  const silent = model.rows.length - told.length;
  return (
    <div className="dec-scroll">
      <table className="sums" aria-label={t('sco.title')}>
        <thead>
          <tr>
            <th scope="col">{t('sco.plugin')}</th>
            <th scope="col">{t('sco.weight')}</th>
            {nodes.map((n) => (
              <th scope="col" key={n.name}>
                {n.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.map((r) => (
            <tr key={r.plugin} className={r.spread ? 'differs' : undefined}>
              <th scope="row">
                <Breakable name={r.plugin} />
              </th>
              <td>×{r.weight}</td>
              {nodes.map((n, i) => {
                const c = r.cells[i]!;
                const deciding = r.plugin === model.deciding && i > 0 && c.weighted < r.cells[0]!.weighted;
                return (
                  <td key={n.name} className={deciding ? 'acc' : undefined}>
                    {t('sco.cell', { a: c.normalized, b: c.weighted })}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('sco.total')}</th>
            <td />
            {nodes.map((n) => (
              <td key={n.name} className={n.name === chosen ? 'won' : undefined}>
                {n.total}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
      {silent > 0 && <p className="p-note">{t('sco.silent', { n: silent })}</p>}
    </div>
  );
}

/** Score bars, and the same as numbers. */
export function Scores({ decision, model }: { decision: ExplainedDecision; model: ScoreModel }) {
  const t = useT();
  const chosen = decision.chosen || model.nodes[0]!.name;
  return (
    <>
      <Bars model={model} chosen={chosen} />
      <h3>
        {t('sco.title')} <small>{t('score.weight')}</small>
      </h3>
      <Numbers model={model} chosen={chosen} />
      {decision.tie && <p className="p-note">{t('score.tie')}</p>}
    </>
  );
}
