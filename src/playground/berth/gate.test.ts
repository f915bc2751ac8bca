import { expect, it } from 'vitest';
import { Playground } from '../playground.ts';
import { runLine } from '../programs.ts';
import { worldOf } from '../world.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  affinity: {nodeAffinity: {requiredDuringSchedulingRequiredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: Exists}]}]}}}
  containers: [{name: c, image: nginx}]
`;

function run(p: Playground, line: string): string {
  let text = '';
  const output = { out: (t: string) => (text += t), err: (t: string) => (text += t) };
  p.start(line, undefined, output as never, (exit) => (text += `= ${exit.code}\n`));
  p.playTo(p.elapsedMs + 3_000);
  return text;
}

it('a gate is listed, opened, closed; the words say what it is', () => {
  const p = new Playground(worldOf({ scenario: 'opening' }).world, runLine);
  expect(run(p, 'berth gate')).toBe(
    `What-ifs of the playground. None of them is Kubernetes.
  RequiredDuringExecution  off  node affinity may say required… and preferredDuringSchedulingRequiredDuringExecution; pods whose node no longer matches are evicted
= 0
`,
  );
  expect(run(p, 'berth gate RequiredDuringExecution on')).toMatch(/is on\. This is a what-if .*, not Kubernetes/);
  expect(run(p, 'berth gate')).toContain('RequiredDuringExecution  on ');
  expect(run(p, 'berth gate requiredduringexecution off')).toMatch(/is off/);
  expect(run(p, 'berth gate Other on')).toBe(
    'berth: there is no gate "Other"; there is RequiredDuringExecution\n= 2\n',
  );
  expect(run(p, 'berth gate RequiredDuringExecution')).toBe('berth: usage: berth gate [NAME on|off]\n= 2\n');
});

it('it holds from the next word of the line on, and a replay comes to the same end', () => {
  const p = new Playground(worldOf({ scenario: 'opening' }).world, runLine);
  p.writeFile('p.yaml', POD);
  expect(run(p, 'kubectl apply -f p.yaml')).toBe(
    'Error from server (BadRequest): error when creating "p.yaml": Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.affinity.nodeAffinity.requiredDuringSchedulingRequiredDuringExecution"\n= 1\n',
  );
  run(p, 'kubectl label node --all disk=ssd');
  expect(run(p, 'berth gate RequiredDuringExecution on && kubectl apply -f p.yaml')).toContain('pod/p created\n');
  p.playTo(p.elapsedMs + 10_000);
  expect(run(p, 'kubectl get pod p --no-headers')).toContain('Running');
  run(p, 'kubectl label node --all disk-');
  p.playTo(p.elapsedMs + 60_000);
  expect(run(p, 'kubectl get events')).toContain('WhatIfEviction');
  expect(run(p, 'kubectl get pod p')).toContain('NotFound');
  const r = p.recording();
  const again = new Playground(worldOf({ recording: r }).world, runLine, r.inputs, r.endMs);
  again.seek(r.endMs);
  expect(again.digest()).toBe(p.digest());
  again.seek(1_000);
  expect(again.cluster.gates).toEqual([]);
});

it('server-side apply knows the fields, too, while it is open', () => {
  const p = new Playground(worldOf({ scenario: 'opening' }).world, runLine);
  p.writeFile('p.yaml', POD);
  const field = '.spec.affinity.nodeAffinity.requiredDuringSchedulingRequiredDuringExecution';
  expect(run(p, 'kubectl apply --server-side -f p.yaml')).toContain(`${field}: field not declared in schema`);
  run(p, 'berth gate RequiredDuringExecution on');
  expect(run(p, 'kubectl apply --server-side -f p.yaml')).toBe('pod/p serverside-applied\n= 0\n');
  expect(run(p, 'kubectl apply --server-side -f p.yaml')).toBe('pod/p serverside-applied\n= 0\n');
  expect(run(p, 'kubectl get pod p -o yaml --show-managed-fields')).toContain(
    'f:requiredDuringSchedulingRequiredDuringExecution',
  );
  expect(run(p, 'kubectl label pod p a=b')).toBe('pod/p labeled\n= 0\n');
});
