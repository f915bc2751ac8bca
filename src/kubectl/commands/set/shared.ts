/** What the `kubectl set` commands share: split words, change the objects, patch them. Upstream: k8s.io/kubectl/pkg/cmd/set */
import type { PodSpec } from '../../../engine/api/core.ts';
import type { AnyObject } from '../../../engine/api/meta.ts';
import type { Env, Parsed, Wait } from '../../command.ts';
import { aggregate, Failure, failure, throwIf } from '../../failure.ts';
import { dryRunOf } from '../../options.ts';
import { withPodSpec } from '../../pod-template.ts';
import { ResultPrinter } from '../../print/output.ts';
import { find, flatten, type Info, queryOf, requestOf, send } from '../../resource.ts';
import { twoWayPatch } from '../../three-way.ts';

/** `deployment/web nginx=nginx:1.27` → what names resources, and the pairs that follow. */
export function splitPairs(
  words: readonly string[],
  isPair: (w: string) => boolean,
): { resources: string[]; pairs: string[] } {
  const at = words.findIndex(isPair);
  return at < 0 ? { resources: [...words], pairs: [] } : { resources: words.slice(0, at), pairs: words.slice(at) };
}

export function* findInfos(env: Env, p: Parsed, words: readonly string[]): Generator<Wait, Info[], void> {
  const found = yield* find(env, queryOf(p, words, { latest: true, emptySelects: p.bool('all') }));
  throwIf(aggregate(found.errors));
  return flatten(found.infos);
}

/** Changes one object; a thrown Failure is that object's complaint. */
export type Change = (o: AnyObject, info: Info) => AnyObject;

/** The change of a pod spec in whatever kind holds one. */
export const podSpecChange =
  (change: (spec: PodSpec) => void): Change =>
  (o, info) => {
    const next = withPodSpec(o, change);
    if (!next) throw failure(`the object is not a pod or does not have a pod template: ${info.mapping.plural}`);
    return next;
  };

/** Patches each object with its change and says `image updated` and the like; what does not change is passed over. */
export function patchAll(
  env: Env,
  p: Parsed,
  infos: readonly Info[],
  change: Change,
  operation: string,
  prefix = '',
): number {
  const dryRun = dryRunOf(env, p);
  const printer = new ResultPrinter(env, p, dryRun);
  const errors: Failure[] = [];
  for (const info of infos)
    try {
      const before = info.object!;
      const after = change(before, info);
      const patch = twoWayPatch(before.kind, before as Record<string, unknown>, after as Record<string, unknown>);
      const empty = Object.keys(patch).length === 0;
      if (empty && !printer.structured) continue;
      const local = dryRun === 'client' || p.bool('local') || empty;
      const result = local ? after : patched(env, info, patch, dryRun === 'server', prefix);
      printer.print(result, info.mapping, operation);
    } catch (e) {
      if (!(e instanceof Failure)) throw e;
      errors.push(e);
    }
  throwIf(aggregate(errors));
  return 0;
}

function patched(env: Env, info: Info, body: unknown, dryRun: boolean, prefix: string): AnyObject {
  try {
    const answer = send(env, {
      ...requestOf(info, 'patch'),
      patchType: 'strategic',
      body,
      fieldManager: 'kubectl-set',
      ...(dryRun ? { dryRun: true } : {}),
    });
    return answer.object!;
  } catch (e) {
    if (!(e instanceof Failure) || !prefix) throw e;
    throw failure(`${prefix}${e.message}`);
  }
}
