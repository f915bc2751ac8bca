import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DICTIONARIES } from './dictionaries.ts';
import { decodeLink, encodeLink, forSharing, withoutSecrets } from './link.ts';
import { DEFAULT_START_MS, type Recording } from './recording.ts';

const recording = (over: Partial<Recording> = {}): Recording => ({
  format: 1,
  engine: '0.1.0',
  kubernetes: '1.36',
  seed: 1,
  startMs: DEFAULT_START_MS,
  scenario: 'opening',
  files: { 'web.yaml': 'apiVersion: apps/v1\nkind: Deployment\n' },
  inputs: [{ atMs: 1000, line: 'kubectl apply -f web.yaml' }],
  endMs: 5000,
  digest: '0123456789abcdef',
  ...over,
});

const payloadOf = (text: string): string =>
  Buffer.from(deflateSync(strToU8(text), { dictionary: strToU8(DICTIONARIES[1]!) })).toString('base64url');

describe('links', () => {
  it('come back as they were', () => {
    const r = recording();
    expect(decodeLink(`https://example.org/#s=${encodeLink(r)}&t=500`)).toEqual({ ok: true, recording: r });
  });

  it('carry any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), (text, seed) => {
        const r = recording({ seed, files: { 'a.yaml': text } });
        const decoded = decodeLink(encodeLink(r));
        expect(decoded.ok && decoded.recording.files['a.yaml']).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('of format 1 stay readable for ever', () => {
    // made by the first published encoder; never renew this text
    const fixture = '1.o7fdyPmHyAIcGAPI7sWTc_CGOjBzIwe6gaGRsYmpmbmFZWJSMrD4V6oFAA';
    expect(decodeLink(fixture)).toEqual({ ok: true, recording: recording() });
  });

  it.each([
    ['', 'not complete'],
    ['hello', 'not complete'],
    ['#s=1.', 'not complete'],
    ['#s=1.AAAA', 'damaged'],
    ['#s=9.abcd', 'A newer Berth made this link (format 9).'],
    ['#s=1.!!!!', 'not complete'],
    [`#s=1.${payloadOf('{"a":')}`, 'no recording'],
    [`#s=1.${payloadOf('{"format":7}')}`, 'A newer Berth made this recording.'],
    [`#s=1.${payloadOf('{"format":1,"seed":1,"startMs":0,"inputs":[{"atMs":-1,"line":"x"}]}')}`, 'inputs[0]'],
    [`#s=1.${encodeLink(recording()).slice(2, -20)}`, 'damaged'],
  ])('refuses %s', (text, sentence) => {
    const decoded = decodeLink(text);
    expect(decoded.ok).toBe(false);
    expect(decoded.ok ? '' : decoded.message).toContain(sentence);
  });

  it('stops one that unpacks to far too much', () => {
    const bomb = payloadOf(`{"format":1,"x":"${'a'.repeat(60_000_000)}"}`);
    const decoded = decodeLink(`#s=1.${bomb}`);
    expect(decoded).toEqual({ ok: false, message: 'This link unpacks to more than Berth opens (4 MB).' });
  });
});

describe('what does not travel', () => {
  const secret = `apiVersion: v1
kind: Secret
metadata:
  name: s
data:
  password: aHVudGVyMg==
stringData:
  token: abc
type: Opaque
---
kind: ConfigMap
data:
  key: value
`;
  it("a Secret's data; other documents keep theirs", () => {
    const text = withoutSecrets(secret);
    expect(text).not.toContain('aHVudGVyMg');
    expect(text).not.toContain('abc');
    expect(text).toContain('key: value');
    expect(text).toContain('type: Opaque');
  });
  it('values of environment variables, wherever they stand', () => {
    const pod = `kind: Pod
spec:
  containers:
  - name: c
    env:
    - name: TOKEN
      value: "hunter2"
    - name: FROM
      valueFrom:
        fieldRef: {fieldPath: metadata.name}
    image: nginx
    ports:
    - name: web
      containerPort: 80
`;
    const text = withoutSecrets(pod);
    expect(text).toBe(pod.replace('"hunter2"', '""'));
    const lines = [
      [
        'kubectl run x --image=nginx --env=TOKEN=hunter2 --env="A=b c"',
        'kubectl run x --image=nginx --env=TOKEN= --env="A=',
      ],
      ['kubectl set env deploy/web TOKEN=hunter2 B-', 'kubectl set env deploy/web TOKEN= B-'],
      ['kubectl create secret generic s --from-literal=p=hunter2', 'kubectl create secret generic s --from-literal=p='],
      ['kubectl create configmap c --from-literal=p=kept', 'kubectl create configmap c --from-literal=p=kept'],
    ] as const;
    for (const [line, shared] of lines)
      expect(forSharing(recording({ inputs: [{ atMs: 0, line }] })).inputs[0]!.line.startsWith(shared)).toBe(true);
  });
  it('neither in files nor in standard input', () => {
    const r = forSharing(
      recording({ files: { 's.yaml': secret }, inputs: [{ atMs: 0, line: 'kubectl apply -f -', stdin: secret }] }),
    );
    expect(JSON.stringify(r)).not.toContain('hunter');
    expect(JSON.stringify(r)).not.toContain('aHVudGVyMg');
  });
});
