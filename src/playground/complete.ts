import type { Pod } from '../engine/api/core.ts';
import type { AnyObject } from '../engine/api/meta.ts';
import { type Completion, complete } from '../kubectl/complete.ts';
import { berthOptions } from './berth/complete.ts';
import type { Playground } from './playground.ts';
import { PROGRAM_NAMES } from './programs.ts';

const MOST = 200;

/** What Tab offers at a place of a line, from the live objects. */
export function completeLine(playground: Playground, line: string, cursor: number): Completion {
  const { list } = playground.cluster;
  const { config } = playground;
  const all = (kind: string, namespace: string | undefined): AnyObject[] => [...list.list<AnyObject>(kind, namespace)];
  const namespace = config.contexts[config.currentContext]?.namespace ?? 'default';
  const files = () => [...playground.files.keys()];
  const ofBerth = {
    nodes: () => all('Node', undefined).map((o) => o.metadata.name),
    pods: () => all('Pod', namespace).map((o) => o.metadata.name),
    files,
  };
  const result = complete(line, cursor, {
    names: (kind, namespace) => all(kind, namespace).map((o) => o.metadata.name),
    labelKeys: (kind) => all(kind, undefined).flatMap((o) => Object.keys(o.metadata.labels ?? {})),
    containers: (namespace, pod) => {
      const spec = list.get<Pod>('Pod', namespace, pod)?.spec;
      return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map((c) => c.name);
    },
    files,
    contexts: () => Object.keys(config.contexts),
    programs: () => PROGRAM_NAMES,
    wordsAfter: ([program, ...before]) => (program === 'berth' ? berthOptions(before, ofBerth) : undefined),
    namespace,
  });
  return { from: result.from, options: result.options.slice(0, MOST) };
}
