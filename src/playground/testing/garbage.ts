/** Inputs that nobody would type on purpose, from a seeded source. */
import type { Command, Flag } from '../../kubectl/command.ts';
import { COMMANDS } from '../../kubectl/commands/index.ts';

export interface Dice {
  /** A whole number in [0, n). */
  int(n: number): number;
  pick<T>(items: readonly T[]): T;
}

interface Leaf {
  path: string;
  flags: readonly Flag[];
}

const leaves = (commands: readonly Command[], path: string): Leaf[] =>
  commands.flatMap((c) =>
    c.commands?.length ? leaves(c.commands, `${path} ${c.name}`) : [{ path: `${path} ${c.name}`, flags: c.flags }],
  );

const LEAVES = leaves(COMMANDS, 'kubectl');

const NAMES = 'web db nginx a worker worker-power default kube-system nope x-1 Web -a 1 0'.split(' ');
const KINDS =
  'pods po deploy deployment.apps deployments.v1.apps rs sts ds jobs cj svc ep cm secret ns no nodes pv pvc sc pdb hpa quota limits sa role rolebinding clusterrole events all widgets pods,svc pod.v9 ev.events.k8s.io'.split(
    ' ',
  );
const WORDS =
  'x=y x- a=b:NoSchedule a:NoExecute- a=b:Nope =: / , . .. - -- 80 8080:80 app=web c=nginx:2 *=nginx --all -l -A web=1 a=b,c=d true 日本 💥 \\ ~ !'.split(
    ' ',
  );
const VALUES =
  'yaml json name wide jsonpath={.items[*].metadata.name} jsonpath={ jsonpath={range jsonpath={..} go-template={{.}} go-template={{range custom-columns=A:.x custom-columns=A client server none m.yaml nope.yaml . - https://x/y app=web app!=web !app app,,=,(in metadata.name=web spec.x=y 0 -1 1 3 99999999999 1e9 1s 5m -1s x true false {} [] null {"spec":{"replicas":3}} {"metadata":{"labels":{"a":null}}} {"spec":5} [{"op":"remove","path":"/spec"}] [{"op":"x"}] merge json strategic condition=Ready delete create jsonpath={.status.phase}=Running 50% a=1 a 1.2.3.4 ClusterIP default nope Always .metadata.name {.spec} cpu=1,memory=x 日本 orphan background nginx nginx:1.25 TCP 65536'.split(
    ' ',
  );
/** Shell syntax around a line, whole and broken. */
const SHELL: readonly ((line: string) => string)[] = [
  (l) => `${l} | head -2`,
  (l) => `${l} | grep -c web | sort`,
  (l) => `${l} > out.txt; cat out.txt`,
  (l) => `${l} && kubectl get pods || echo no`,
  (l) => `echo $(${l})`,
  (l) => `for i in 1 2; do ${l}; done`,
  (l) => `X='${l}'; echo "$X" | wc`,
  (l) => `${l} '`,
  (l) => `${l} |`,
  (l) => `(${l}`,
  (l) => `if ${l}; then`,
  (l) => `timeout 2 ${l}`,
  (l) => `${l} 2>&1 | kubectl apply -f -`,
  (l) => `kubectl get pods -o name | xargs ${l}`,
];

const quoted = (d: Dice, word: string): string =>
  /^[\w./:=-]+$/.test(word) && d.int(4) > 0 ? word : `'${word.replaceAll("'", '')}'`;

function flagText(d: Dice, f: Flag): string {
  const bool = f.type === 'bool';
  if (f.short && d.int(3) === 0) return bool ? `-${f.short}` : `-${f.short} ${quoted(d, d.pick(VALUES))}`;
  return bool && d.int(5) > 0 ? `--${f.name}` : `--${f.name}=${quoted(d, d.pick(VALUES))}`;
}

function word(d: Dice): string {
  switch (d.int(6)) {
    case 0:
      return d.pick(WORDS);
    case 1:
      return `${d.pick(KINDS)}/${d.pick(NAMES)}`;
    case 2:
    case 3:
      return d.pick(KINDS);
    default:
      return d.pick(NAMES);
  }
}

/** A command line: mostly kubectl's, with words and flags that may fit, sometimes inside of shell syntax. */
export function lineFrom(d: Dice): string {
  const leaf = d.pick(LEAVES);
  const words = Array.from({ length: d.int(4) }, () => quoted(d, word(d)));
  const flags = Array.from({ length: d.int(4) }, () =>
    leaf.flags.length && d.int(8) > 0
      ? flagText(d, d.pick(leaf.flags))
      : d.pick(['-n default', '-n nope', '--nope', '-z', '-h', '-v=6', '--as=x']),
  );
  const line = [leaf.path, ...words, ...flags].join(' ');
  return d.int(6) === 0 ? d.pick(SHELL)(line) : line;
}

const SCALARS =
  'null ~ -1 0 1 1.5 1e400 true "" x [] {} [null] {a: b} "💥" 99999999999999999999 0x1F 1_000 2026-01-01 !!binary "|" &a *a 100m 1Gi 50% Always'.split(
    ' ',
  );
const FIELDS =
  'name namespace labels replicas selector matchLabels containers image ports containerPort resources requests limits cpu tolerations key operator effect affinity nodeSelector restartPolicy apiVersion kind metadata spec template status uid finalizers ownerReferences'.split(
    ' ',
  );

type Change = (d: Dice, lines: string[], at: number) => void;
const CHANGES: readonly Change[] = [
  (_, lines, at) => void lines.splice(at, 1),
  (_, lines, at) => void lines.splice(at, 0, lines[at]!),
  (d, lines, at) => {
    lines[at] = lines[at]!.replace(/:.*$/, `: ${d.pick(SCALARS)}`);
  },
  (d, lines, at) => {
    lines[at] = lines[at]!.replace(/\w+(?=:)/, d.pick(FIELDS));
  },
  (d, lines, at) => {
    lines[at] = ' '.repeat(d.int(5)) + lines[at]!;
  },
  (_, lines, at) => {
    lines[at] = lines[at]!.trimStart();
  },
  (d, lines, at) => void lines.splice(at, 0, `${/^ */.exec(lines[at]!)![0]}${d.pick(FIELDS)}: ${d.pick(SCALARS)}`),
  (d, lines, at) => {
    const line = lines[at]!;
    const i = d.int(line.length + 1);
    lines[at] = line.slice(0, i) + d.pick(['\t', ':', '{', '"', "'", '- ', '#', '\0', 'é', '&', '%']) + line.slice(i);
  },
  (_, lines, at) => void lines.splice(at + 1),
  (d, lines, at) => {
    const other = d.int(lines.length);
    [lines[at], lines[other]] = [lines[other]!, lines[at]!];
  },
];

/** A manifest with up to three things changed. */
export function mutated(d: Dice, text: string): string {
  const lines = text.split('\n');
  for (let n = d.int(4); n > 0 && lines.length > 0; n--) d.pick(CHANGES)(d, lines, d.int(lines.length));
  return lines.join('\n');
}
