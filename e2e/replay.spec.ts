import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, NGINX, test } from './berth.ts';

interface KubeObject {
  kind: string;
  metadata: { name: string; namespace?: string };
}

const RECORDING = {
  format: 1,
  engine: '0.1.0',
  kubernetes: '1.36',
  seed: 7,
  startMs: 1_767_225_600_000,
  scenario: 'opening',
  files: {},
  inputs: [
    { atMs: 500, line: 'kubectl apply -f -', stdin: NGINX },
    { atMs: 4_000, line: 'kubectl taint nodes worker-x86 a=b:NoSchedule' },
    { atMs: 6_000, line: 'kubectl scale deployment nginx --replicas=5' },
    { atMs: 9_000, line: 'kubectl drain worker-ppc64le --ignore-daemonsets --force' },
    { atMs: 20_000, line: 'berth fault power-off worker-x86' },
  ],
  endMs: 70_000,
  digest: '',
};

/** The objects at the end of the recording, as the command line plays it in Node. */
function playedInNode(): KubeObject[] {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'berth-')), 'recording.json');
  writeFileSync(file, JSON.stringify(RECORDING));
  const r = spawnSync(process.execPath, ['tools/berth.mjs', 'play', file, '-o', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  expect(r.status, r.stderr).toBe(0);
  return (JSON.parse(r.stdout) as { items: KubeObject[] }).items;
}

test("the browser's worker and Node play a recording to the same bytes", async ({ berth }) => {
  const node = playedInNode();
  await berth.open('#example/opening');
  await berth.call('load', RECORDING);
  await berth.call('pause');
  const kinds = [...new Set(node.map((o) => o.kind))];
  expect(kinds).toContain('Event');
  for (const kind of kinds) {
    const page = await berth.call<KubeObject[]>('objects', kind);
    expect(JSON.stringify(page), kind).toBe(JSON.stringify(node.filter((o) => o.kind === kind)));
  }
});
