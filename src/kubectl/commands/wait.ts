/** `kubectl wait`. Upstream: k8s.io/kubectl/pkg/cmd/wait */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running, Wait } from '../command.ts';
import { Failure, failure, quote } from '../failure.ts';
import { flags, PRINT, SELECT } from '../flags.ts';
import { type Node, parseJsonPath, pathValues, relaxedPath } from '../print/jsonpath.ts';
import { ResultPrinter } from '../print/output.ts';
import { type Found, find, flatten, type Info, queryOf, requestOf, throwAll } from '../resource.ts';

export const wait: Command = {
  name: 'wait',
  use: "kubectl wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  short: 'Wait for a specific condition on one or many resources',
  flags: flags(
    PRINT,
    SELECT,
    'all:bool A,all-namespaces:bool field-selector f,filename:list for:array local:bool R,recursive:bool=true timeout:dur=30s',
  ),
  run,
};

const WEEK_MS = 168 * 3_600_000;
const CREATE_POLL_MS = 500;

/** Whether an object (absent: gone) is as wanted. */
type Condition = (object: AnyObject | undefined) => boolean;

function conditionOf(text: string): Condition {
  const lower = text.toLowerCase();
  if (lower === 'delete') return (o) => o === undefined;
  if (lower === 'create') return (o) => o !== undefined;
  if (text.startsWith('condition=')) return statusCondition(text.slice('condition='.length));
  if (text.startsWith('jsonpath=')) return pathCondition(text.slice('jsonpath='.length));
  throw failure(`unrecognized condition: ${quote(text)}`);
}

interface WithConditions {
  metadata: { generation?: number };
  status?: {
    conditions?: { type: string; status: string; observedGeneration?: number }[];
    observedGeneration?: number;
  };
}

function statusCondition(text: string): Condition {
  const eq = text.indexOf('=');
  const name = (eq < 0 ? text : text.slice(0, eq)).toLowerCase();
  const wanted = (eq < 0 ? 'true' : text.slice(eq + 1)).toLowerCase();
  return (o) => {
    const object = o as unknown as WithConditions | undefined;
    const condition = object?.status?.conditions?.find((c) => c.type.toLowerCase() === name);
    if (!object || !condition) return false;
    const seen = condition.observedGeneration ?? object?.status?.observedGeneration;
    if (seen !== undefined && object.metadata.generation !== undefined && seen < object.metadata.generation)
      return false;
    return condition.status.toLowerCase() === wanted;
  };
}

/** Cuts at single `=` signs; `==` stays. */
const cutAtEquals = (text: string): string[] => {
  const out = [''];
  for (let i = 0; i < text.length; i++) {
    const last = out.length - 1;
    if (text[i] !== '=') out[last] = `${out[last]}${text[i]}`;
    else if (text[i + 1] === '=') {
      out[last] = `${out[last]}==`;
      i++;
    } else out.push('');
  }
  return out;
};

function pathCondition(text: string): Condition {
  const parts = cutAtEquals(text);
  if (parts.length > 2)
    throw failure(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  const expression = relaxedPath(parts[0]!);
  if (!expression) throw failure('jsonpath expression cannot be empty');
  const nodes: Node[] = parseJsonPath(expression);
  const wanted = parts[1]?.replace(/^['"]+|['"]+$/g, '');
  if (wanted === '')
    throw failure(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  return (o) => {
    const values = o ? pathValues(nodes, o) : [];
    if (values.length === 0) return false;
    if (values.length > 1) throw failure('given jsonpath expression matches more than one value');
    const value = values[0];
    if (wanted === undefined) return true;
    if (typeof value === 'object' && value !== null)
      throw failure('jsonpath leads to a nested object or list which is not supported');
    return String(value) === wanted;
  };
}

function* run(env: Env, p: Parsed): Running {
  const wanted = p.list('for');
  if (wanted.length === 0) throw failure('unrecognized condition: []');
  const conditions = wanted.map(conditionOf);
  const printer = new ResultPrinter(env, p, 'none');
  const timeoutMs = p.duration('timeout') < 0 ? WEEK_MS : p.duration('timeout');
  const deadline = env.now() + timeoutMs;
  const forDelete = wanted.some((w) => w.toLowerCase() === 'delete');
  if (wanted.some((w) => w.toLowerCase() === 'create')) yield* waitForCreation(env, p, deadline);
  const found = yield* lookUp(env, p);
  const errors = found.errors.filter((f) => !(forDelete && f.status?.reason === 'NotFound'));
  const infos = flatten(found.infos);
  if (infos.length === 0 && errors.length === 0 && !forDelete) throw failure('no matching resources found');
  for (const info of infos) {
    try {
      for (const condition of conditions) {
        const object = yield* waitFor(env, info, condition, deadline, timeoutMs);
        if (env.interrupted()) return 130;
        printer.print(object ?? info.object!, info.mapping, 'condition met');
      }
    } catch (e) {
      if (!(e instanceof Failure)) throw e;
      errors.push(e);
    }
  }
  throwAll(errors);
  return 0;
}

const lookUp = (env: Env, p: Parsed): Generator<{ input: true }, Found, void> =>
  find(env, queryOf(p, p.args, { latest: true, emptySelects: p.bool('all') }));

function* waitForCreation(env: Env, p: Parsed, deadline: number): Generator<Wait, void, void> {
  for (;;) {
    const found = yield* lookUp(env, p);
    if (flatten(found.infos).length > 0 || env.interrupted()) return;
    const other = found.errors.find((f) => f.status?.reason !== 'NotFound');
    if (other) throw other;
    if (env.now() >= deadline) throw failure('timed out waiting for the condition');
    yield { atMs: Math.min(env.now() + CREATE_POLL_MS, deadline) };
  }
}

function* waitFor(
  env: Env,
  info: Info,
  condition: Condition,
  deadline: number,
  timeoutMs: number,
): Generator<Wait, AnyObject | undefined, void> {
  const name = `${info.mapping.plural}/${info.name}`;
  for (;;) {
    const answer = env.request(requestOf(info, 'get'));
    const object = answer.ok ? answer.object : undefined;
    if (condition(object)) return object;
    if (timeoutMs === 0) throw failure(`condition not met for ${name}`);
    if (env.now() >= deadline) throw failure(`timed out waiting for the condition on ${name}`);
    if (env.interrupted()) return object;
    yield { atMs: deadline, kinds: [info.mapping.kind] };
  }
}
