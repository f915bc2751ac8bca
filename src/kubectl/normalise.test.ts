import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { normalise } from './normalise.ts';
import { parseTranscript, printTranscript } from './transcript.ts';

const bundle = gunzipSync(readFileSync(new URL('transcripts/testdata/recorded.json.gz', import.meta.url))).toString();
const { transcripts } = JSON.parse(bundle) as { transcripts: Record<string, string> };
const outputs = Object.values(transcripts).flatMap((t) =>
  parseTranscript(t).steps.flatMap((s) => (s.type === 'command' ? [s.stdout, s.stderr] : [])),
);

it('leaves what is normalised as it is', () => {
  expect(outputs.length).toBeGreaterThan(2000);
  for (const text of outputs) expect(normalise(text)).toBe(text);
});

it.each(Object.entries(transcripts))('transcript %s is printed as it was read', (_, text) => {
  expect(printTranscript(parseTranscript(text)).trimEnd()).toBe(text.trimEnd());
});

it.each([
  ['an id', 'uid: 12345678-1234-1234-1234-123456789abc', 'uid: 00000000-0000-0000-0000-000000000000'],
  ['a revision', 'resourceVersion: "4711"', 'resourceVersion: "1"'],
  ['a pod of a ReplicaSet', 'pod/web-7c5ddbdf54-x2k9p created', 'pod/web-<hash>-xxxxx created'],
  ['an address', 'IP: 10.244.3.17', 'IP: 10.244.N.N'],
  ['a service', 'IP: 10.103.4.5', 'IP: 10.96.N.N'],
  ['the first service', 'IP: 10.96.0.1', 'IP: 10.96.0.1'],
  ['a node port', '80:31234/TCP', '80:NPORT/TCP'],
  ['an age in a table', 'NAME   READY   AGE\na      1/1     5m3s', 'NAME   READY   AGE\na      1/1     <age>'],
  ['parallel lines', 'pod/b evicted\npod/a evicted', 'pod/a evicted\npod/b evicted'],
])('masks %s', (_, text, masked) => {
  expect(normalise(text)).toBe(masked);
});
