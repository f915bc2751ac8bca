/** Where a manifest is wrong: the marks that the editor shows beside kubectl's sentence. */
import { expect, it } from 'vitest';
import { Playground } from '../playground/playground.ts';
import { runLine } from '../playground/programs.ts';
import type { FileProblem } from './command.ts';

function problems(text: string): FileProblem[] {
  const p = new Playground(
    { seed: 1, startMs: Date.UTC(2026, 0, 1), kubelet: 'kwok', cluster: [], files: { 'x.yaml': text } },
    runLine,
  );
  p.cluster.advance(1_000);
  const found: FileProblem[] = [];
  p.start(
    'kubectl apply -f x.yaml',
    undefined,
    { out: () => {}, err: () => {}, problem: (f) => found.push(f) },
    () => {},
  );
  return found;
}

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n';

const marks = (text: string): string[] =>
  problems(text).map((f) => `${f.line}:${f.column}-${f.endLine}:${f.endColumn} ${f.message}`);

it.each<[string, string, string[]]>([
  ['YAML that cannot be read', `${POD} bad: x\n`, ['5:2-5:3 yaml: line 4: did not find expected key']],
  [
    'an unknown field',
    `${POD}spec:\n  containers:\n  - name: c\n    imag: nginx\n    image: nginx\n`,
    ['8:5-8:16 unknown field "spec.containers[0].imag"'],
  ],
  [
    'a value the server refuses',
    `${POD}spec:\n  containers:\n  - name: C_\n    image: nginx\n`,
    [expect.stringMatching(/^7:5-7:13 spec\.containers\[0\]\.name: Invalid value: "C_": a lowercase RFC 1123 label/)],
  ],
  [
    'the second document',
    `${POD}spec:\n  containers: [{name: c, image: nginx}]\n---\napiVersion: v1\nkind: Pood\n`,
    [expect.stringMatching(/^9:1-9:11 resource mapping not found .* no matches for kind "Pood" in version "v1"/)],
  ],
  ['a good one', `${POD}spec:\n  containers: [{name: c, image: nginx}]\n`, []],
])('%s', (_, text, wanted) => {
  expect(marks(text)).toEqual(wanted);
});
