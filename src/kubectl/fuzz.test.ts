/** Whatever is typed: kubectl answers, never throws, and a dry run changes nothing. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clusterObjects } from '../playground/manifests.ts';
import { Playground } from '../playground/playground.ts';
import { runLine } from '../playground/programs.ts';
import type { Command, Flag } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { TWO_NODES } from './testing/session.ts';

const RUNS = Number(process.env.FUZZ ?? 400);
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: nginx}]}
`;
const FILES: Record<string, string> = {
  'web.yaml': DEPLOYMENT,
  'bad.yaml': 'kind: Pod\n  x: 1\n',
  'half.yaml': 'apiVersion: v1\nkind: Pod\nspec: 5\n',
  'list.json': '{"kind":"List","apiVersion":"v1","items":[null,{"kind":"Pod"},7]}',
  'many.yaml': `${DEPLOYMENT}---\n---\n- a\n---\n${DEPLOYMENT}`,
};

interface Leaf {
  path: string;
  flags: readonly Flag[];
}

const leaves = (commands: readonly Command[], path: string): Leaf[] =>
  commands.flatMap((c) => [
    { path: `${path} ${c.name}`, flags: c.flags },
    ...leaves(c.commands ?? [], `${path} ${c.name}`),
  ]);

const LEAVES = leaves(COMMANDS, 'kubectl');
const WORDS =
  'pods deploy svc node nodes all cm,secret web worker worker-power pod/web deploy/web svc/web node/worker default ns/default kube-system nope x=y x- a=b:NoSchedule a:NoExecute- =: / , . - -- 0 -1 8080:80 80 nginx app=web c role.rbac.authorization.k8s.io pods.v1. true *'.split(
    ' ',
  );
const VALUES =
  'yaml json name wide jsonpath={.items[*].metadata.name} jsonpath={ jsonpath={range go-template={{.}} go-template={{range custom-columns=A:.x custom-columns=A client server none web.yaml bad.yaml half.yaml list.json many.yaml nope.yaml . - https://x/y app=web app!=web !app app,,=,(in metadata.name=web spec.x=y 0 -1 3 1s 5m x true false {} [] {"spec":{"replicas":3}} [{"op":"remove","path":"/spec"}] merge strategic condition=Ready delete jsonpath={.status.phase}=Running 50% a=1 a 1.2.3.4 ClusterIP default nope Always .metadata.name {.spec} cpu=1,memory=x'.split(
    ' ',
  );

const flagText = (flags: readonly Flag[]): fc.Arbitrary<string> =>
  flags.length === 0
    ? fc.constant('')
    : fc
        .tuple(fc.constantFrom(...flags), fc.constantFrom(...VALUES), fc.integer({ min: 0, max: 9 }))
        .map(([f, value, form]) => {
          const quoted = `'${value}'`;
          if (f.short && form < 3) return f.type === 'bool' ? `-${f.short}` : `-${f.short} ${quoted}`;
          return f.type === 'bool' && form < 8 ? `--${f.name}` : `--${f.name}=${quoted}`;
        });

const line = fc
  .constantFrom(...LEAVES)
  .chain((leaf) =>
    fc
      .tuple(
        fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }),
        fc.array(flagText([...leaf.flags, { name: 'namespace', short: 'n', type: 'string' }]), { maxLength: 4 }),
      )
      .map(([words, flags]) => [leaf.path, ...words.map((w) => `'${w}'`), ...flags].join(' ')),
  );

function started(): Playground {
  const p = new Playground(
    { seed: 1, startMs: Date.UTC(2026, 0, 1), kubelet: 'sim', cluster: clusterObjects(TWO_NODES), files: FILES },
    runLine,
  );
  p.cluster.advance(5_000);
  run(p, 'kubectl apply -f web.yaml');
  run(p, 'kubectl expose deploy web --port=80');
  run(p, 'kubectl run web --image=nginx');
  p.cluster.advance(15_000);
  return p;
}

/** What a line printed within its first minute. */
function run(p: Playground, text: string): { out: string; exit: number | undefined } {
  let out = '';
  let exit: number | undefined;
  const add = (t: string): void => {
    out += t;
  };
  p.start(text, undefined, { out: add, err: add }, (e) => {
    exit = e.code;
  });
  const end = p.cluster.now + 60_000;
  while (exit === undefined && p.cluster.now < end && p.cluster.step());
  if (exit === undefined) p.interrupt();
  p.cluster.advance(1);
  return { out, exit };
}

it('answers every line, and says why when it refuses', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
      const p = started();
      for (const text of lines) {
        const { out, exit } = run(p, text);
        if (exit === 1 && !/diff|auth|--quiet|-q|logs|wait|attach/.test(text)) expect(out, text).not.toBe('');
        expect(out, text).not.toMatch(/undefined|\[object Object\]|NaN/);
      }
    }),
    { numRuns: Math.ceil(RUNS / 10), seed: Number(process.env.SEED ?? 1) },
  );
}, 600_000);

it('changes nothing in a dry run', () => {
  const p = started();
  const dry = LEAVES.filter((l) => l.flags.some((f) => f.name === 'dry-run'));
  const of = (l: Leaf): fc.Arbitrary<string> =>
    fc
      .tuple(
        fc.array(fc.constantFrom(...WORDS.filter((w) => w !== '--')), { maxLength: 3 }),
        fc.array(flagText(l.flags.filter((f) => f.name !== 'dry-run')), { maxLength: 3 }),
        fc.constantFrom('client', 'server'),
      )
      .map(([words, flags, how]) => [l.path, ...words.map((w) => `'${w}'`), ...flags, `--dry-run=${how}`].join(' '));
  const specs = (): string =>
    ['pods', 'nodes', 'services', 'deployments', 'configmaps', 'namespaces']
      .map((resource) =>
        JSON.stringify(
          p.cluster.request({ verb: 'list', apiVersion: resource === 'deployments' ? 'apps/v1' : 'v1', resource }),
          (k, v) => (k === 'status' || k === 'resourceVersion' || k === 'managedFields' ? undefined : v),
        ),
      )
      .join('\n');
  const before = specs();
  fc.assert(
    fc.property(fc.constantFrom(...dry).chain(of), (text) => {
      run(p, text);
      expect(specs(), text).toBe(before);
    }),
    { numRuns: RUNS, seed: 2 },
  );
}, 600_000);
