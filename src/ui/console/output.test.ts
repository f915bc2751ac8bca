import { describe, expect, it } from 'vitest';
import { commandsOf, type Names, runsOf, toneOf, unfinished } from './output.ts';

const names: Names = {
  nodes: new Set(['worker-x86', 'worker-x86-2']),
  pods: new Map([
    ['web-5d8f-q6lmd', ['default']],
    ['cache-0', ['default', 'shop']],
  ]),
};
const links = (line: string) => runsOf(line, names).flatMap((r) => (r.link ? [`${r.link.kind} ${r.link.key}`] : []));

describe('runsOf', () => {
  it.each([
    ['node/worker-x86-2 cordoned', ['Node worker-x86-2']],
    ['evicting pod default/web-5d8f-q6lmd', ['Pod default/web-5d8f-q6lmd']],
    ['error when evicting pods/"cache-0" -n "shop"', ['Pod default/cache-0']],
    ['shop          cache-0   1/1   Running   0   5s   10.1.0.2   worker-x86', ['Pod shop/cache-0', 'Node worker-x86']],
    ['worker-x86-3 does not exist, worker-x86.', ['Node worker-x86']],
    ['nothing here', []],
  ])('%s', (line, expected) => expect(links(line)).toEqual(expected));

  it('loses no character', () => {
    const line = '  NAME  web-5d8f-q6lmd (worker-x86),cache-0  ';
    expect(
      runsOf(line, names)
        .map((r) => r.text)
        .join(''),
    ).toBe(line);
  });
});

describe('commandsOf', () => {
  it('runs a paste line by line, prompts and remarks dropped', () => {
    expect(commandsOf('$ kubectl get po\n# note\n\nkubectl get no\r\n')).toEqual(['kubectl get po', 'kubectl get no']);
  });

  it('keeps continued lines and here-documents whole', () => {
    expect(
      commandsOf('kubectl run a \\\n  --image=b\ncat <<EOF | kubectl apply -f -\nkind: Pod\n\nEOF\nk get po'),
    ).toEqual(['kubectl run a    --image=b', 'cat <<EOF | kubectl apply -f -\nkind: Pod\n\nEOF', 'k get po']);
  });

  it.each([
    ['kubectl get po', false],
    ['kubectl run a \\', true],
    ['kubectl apply -f - <<EOF', true],
    ['kubectl apply -f - <<EOF\na: 1\nEOF', false],
  ])('unfinished %j', (text, open) => expect(unfinished(text)).toBe(open));
});

describe('toneOf', () => {
  it.each([
    ['Warning: ignoring', 'err', 'warning'],
    ['Error from server (NotFound): x', 'err', 'error'],
    ['error: unknown flag: --x', 'err', 'error'],
    ['Error in a program', 'out', 'plain'],
    ['There are pending nodes to be drained:', 'err', 'plain'],
  ] as const)('%s', (line, stream, tone) => expect(toneOf(line, stream)).toBe(tone));
});
