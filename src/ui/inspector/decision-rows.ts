import type { ExplainedDecision } from '../../view/decision.ts';

/** The decision table as rows and cells. Nothing here is guessed: a cell that was not computed says so. */

export type CellState = 'passed' | 'refused' | 'not reached' | 'nothing to check';

export interface DecisionRow {
  node: string;
  cells: CellState[];
  /** The refusing plugin, '' when the node passed. */
  plugin: string;
  reasons: string[];
  near: boolean;
  chosen: boolean;
}

export interface DecisionGroup {
  /** Plugin and reasons that all rows share. */
  key: string;
  plugin: string;
  reasons: string[];
  rows: DecisionRow[];
}

export interface DecisionModel {
  plugins: string[];
  /** Plugins that refused at least one node. */
  hot: Set<string>;
  rows: DecisionRow[];
  groups: DecisionGroup[];
  passed: number;
  refused: number;
}

/** Up to this many nodes every node has its own row. */
export const ROWS_MAX = 12;

/**
 * Rows in the order of the decision; columns are the plugins that had something to check, with `all` also the ones that
 * said Skip. Filter stops at a node's first refusal, so later cells are "not reached".
 */
export function decisionModel(d: ExplainedDecision, all = false): DecisionModel {
  const plugins = all
    ? [...d.filterPlugins, ...d.skippedPlugins.filter((p) => !d.filterPlugins.includes(p))]
    : [...d.filterPlugins];
  const skips = new Set(d.skippedPlugins);
  const refusing = new Set(Object.values(d.filters).flatMap((c) => (c ? [c.plugin] : [])));
  for (const p of refusing) if (!plugins.includes(p)) plugins.push(p);
  const rows = Object.entries(d.filters).map(([node, cell]): DecisionRow => {
    const stop = cell ? plugins.indexOf(cell.plugin) : plugins.length;
    const cells = plugins.map((plugin, i): CellState => {
      if (skips.has(plugin) && plugin !== cell?.plugin) return 'nothing to check';
      if (i < stop) return 'passed';
      return i === stop ? 'refused' : 'not reached';
    });
    return {
      node,
      cells,
      plugin: cell?.plugin ?? '',
      reasons: cell?.reasons ?? [],
      near: d.nearest?.node === node,
      chosen: d.chosen === node,
    };
  });
  const passed = rows.filter((r) => !r.plugin).length;
  return { plugins, hot: refusing, rows, groups: groupsOf(rows, plugins), passed, refused: rows.length - passed };
}

/** Rows with the same refusal together, the nearest to success first: later plugin, then fewer nodes. */
function groupsOf(rows: readonly DecisionRow[], plugins: readonly string[]): DecisionGroup[] {
  const byKey = new Map<string, DecisionGroup>();
  for (const row of rows) {
    const key = JSON.stringify([row.plugin, row.reasons]);
    const group = byKey.get(key) ?? { key, plugin: row.plugin, reasons: row.reasons, rows: [] };
    group.rows.push(row);
    byKey.set(key, group);
  }
  const nearness = (g: DecisionGroup) =>
    g.rows.some((r) => r.near) ? 1000 : g.plugin ? plugins.indexOf(g.plugin) : 999;
  return [...byKey.values()].sort((a, b) => nearness(b) - nearness(a) || a.rows.length - b.rows.length);
}

/** How many nodes gave more than one reason: the message counts each of their reasons, so that it adds up to more nodes. */
export const withSeveralReasons = (groups: readonly DecisionGroup[]): number =>
  groups.reduce((n, g) => n + (g.reasons.length > 1 ? g.rows.length : 0), 0);

/** The rows whose node has `text` in its name, those that begin with it first. */
export function rowsNamed(rows: readonly DecisionRow[], text: string): DecisionRow[] {
  const wanted = text.trim().toLowerCase();
  const found = rows.filter((r) => r.node.toLowerCase().includes(wanted));
  return found.sort(
    (a, b) => Number(b.node.toLowerCase().startsWith(wanted)) - Number(a.node.toLowerCase().startsWith(wanted)),
  );
}

export interface ScoreRow {
  plugin: string;
  weight: number;
  /** Per node, in the order of `nodes`. */
  cells: { normalized: number; weighted: number }[];
  /** Largest minus smallest product. */
  spread: number;
}

export interface ScoreModel {
  /** Highest total first; the chosen one first among equals. */
  nodes: { name: string; total: number }[];
  rows: ScoreRow[];
  /** The plugin with the largest difference between winner and runner-up, '' when there is none. */
  deciding: string;
  max: number;
}

/** Scores of the surviving nodes; `null` unless two or more were compared. */
export function scoreModel(d: ExplainedDecision): ScoreModel | null {
  const scores = d.scores;
  if (!scores || Object.keys(scores).length < 2) return null;
  const nodes = Object.entries(scores)
    .map(([name, s]) => ({ name, total: s.total }))
    .sort((a, b) => b.total - a.total || Number(b.name === d.chosen) - Number(a.name === d.chosen));
  const plugins = [...new Set(nodes.flatMap((n) => (d.detail[n.name] ?? []).map((x) => x.plugin)))];
  const rows = plugins.map((plugin): ScoreRow => {
    const found = nodes.map((n) => d.detail[n.name]?.find((x) => x.plugin === plugin));
    const cells = found.map((x) => ({ normalized: x?.normalized ?? 0, weighted: x?.weighted ?? 0 }));
    const products = cells.map((c) => c.weighted);
    return {
      plugin,
      weight: found.find(Boolean)?.weight ?? 1,
      cells,
      spread: Math.max(...products) - Math.min(...products),
    };
  });
  rows.sort(
    (a, b) =>
      b.weight - a.weight || Math.max(...b.cells.map((c) => c.weighted)) - Math.max(...a.cells.map((c) => c.weighted)),
  );
  let deciding = '';
  let largest = 0;
  for (const r of rows) {
    const gain = r.cells[0]!.weighted - r.cells[1]!.weighted;
    if (gain > largest) [largest, deciding] = [gain, r.plugin];
  }
  return { nodes, rows, deciding, max: Math.max(...nodes.map((n) => n.total), 1) };
}
