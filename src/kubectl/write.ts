/** Creating, deleting and waiting for objects to be gone, as several commands do it. */
import type { AnyObject } from '../engine/api/meta.ts';
import type { ApiRequest, DeleteOptions } from '../engine/api/request.ts';
import type { Env, Wait } from './command.ts';
import { type Failure, Failure as FailureClass, failure, withSource } from './failure.ts';
import { locate } from './read-yaml.ts';
import { type Info, requestOf, send } from './resource.ts';

export type WriteOptions = Pick<ApiRequest, 'fieldManager' | 'fieldValidation' | 'dryRun'>;

/** Creates an info's object; refusals name the file, and the page is told the place. */
export function createObject(env: Env, info: Info, object: AnyObject, options: WriteOptions): AnyObject {
  return naming(env, info, 'creating', () => {
    const { name: _, ...target } = requestOf(info, 'create');
    return send(env, { ...target, ...options, body: object }).object ?? object;
  });
}

/** Runs a request about an object of a file; a refusal gets the file's name and is shown at its field. */
export function naming<T>(env: Env, info: Info, verb: string, f: () => T): T {
  try {
    return f();
  } catch (e) {
    if (!(e instanceof FailureClass)) throw e;
    point(env, info, e);
    throw withSource(verb, info.source, e);
  }
}

const UNKNOWN_FIELD = /(?:unknown|duplicate) field "([^"]+)"/g;

/** Tells the page where in a file the refused fields are. */
export function point(env: Env, info: Info, f: Failure): void {
  if (!env.problem || !info.origin) return;
  const { file, document } = info.origin;
  const causes = f.status?.details?.causes?.filter((c) => c.field) ?? [];
  const places = [
    ...causes.map((c) => ({ field: c.field!, message: `${c.field}: ${c.message}` })),
    ...[...f.message.matchAll(UNKNOWN_FIELD)].map((m) => ({ field: m[1]!, message: m[0] })),
  ];
  for (const { field, message } of places.length ? places : [{ field: 'metadata.name', message: f.message }])
    env.problem({ file, ...locate(document, field), message });
}

/** The time that one request takes, where requests take time. */
export function* pace(env: Env): Generator<Wait, void, void> {
  if (env.requestMs) yield { atMs: env.now() + env.requestMs };
}

export interface Doomed {
  info: Info;
  uid: string | undefined;
}

/** Deletes an object; returns the uid that is to disappear. */
export function deleteObject(env: Env, info: Info, options: DeleteOptions, dryRun = false): Doomed {
  if (!info.mapping.stored) throw failure(`${info.mapping.plural} "${info.name}" not found`);
  const answer = naming(env, info, 'deleting', () =>
    send(env, { ...requestOf(info, 'delete'), options, ...(dryRun ? { dryRun: true } : {}) }),
  );
  return { info, uid: answer.object?.metadata.uid ?? answer.status?.details?.uid };
}

/** Whether an object is still there under that uid. */
export function stillThere(env: Env, d: Doomed): boolean {
  const answer = env.request(requestOf(d.info, 'get'));
  if (!answer.ok) return answer.status.code !== 404;
  return d.uid === undefined || answer.object?.metadata.uid === d.uid;
}

/** Waits until all are gone; returns what is left at the deadline. */
export function* waitGone(env: Env, doomed: readonly Doomed[], untilMs: number): Generator<Wait, Doomed[], void> {
  let left = [...doomed];
  for (;;) {
    left = left.filter((d) => stillThere(env, d));
    if (left.length === 0 || env.interrupted() || env.now() >= untilMs) return left;
    yield { atMs: untilMs, kinds: [...new Set(left.map((d) => d.info.mapping.kind))] };
  }
}
