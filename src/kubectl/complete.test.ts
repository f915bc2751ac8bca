import { expect, it } from 'vitest';
import { complete, type NameSource } from './complete.ts';

const NAMES: Record<string, string[]> = {
  Pod: ['web-1', 'web-2', 'db'],
  Node: ['worker-a', 'worker-b'],
  Namespace: ['default', 'team'],
  Deployment: ['web'],
};

const source: NameSource = {
  names: (kind, namespace) => (namespace === 'team' ? ['only-in-team'] : (NAMES[kind] ?? [])),
  labelKeys: () => ['app', 'tier'],
  containers: () => ['nginx', 'log'],
  files: () => ['web.yaml'],
  contexts: () => ['home'],
  programs: () => ['kubectl', 'k', 'berth', 'cat'],
  namespace: 'default',
};

const options = (line: string): string[] => complete(line, line.length, source).options;

it.each([
  ['ku', ['kubectl']],
  ['kubectl get po', ['poddisruptionbudgets', 'pods', 'podtemplates']],
  ['kubectl get pods w', ['web-1', 'web-2']],
  ['k get pods -n te', ['team']],
  ['kubectl get pods -n team ', ['only-in-team']],
  ['kubectl get pods -o w', ['wide']],
  ['kubectl get pods --output=ya', ['--output=yaml']],
  ['kubectl get pod/w', ['pod/web-1', 'pod/web-2']],
  ['kubectl drain work', ['worker-a', 'worker-b']],
  ['kubectl drain worker-a --ignore', ['--ignore-daemonsets']],
  ['kubectl taint nodes worker-a key=v:NoE', ['key=v:NoExecute']],
  ['kubectl create dep', ['deployment']],
  ['kubectl label pod db t', ['tier-', 'tier=']],
  ['kubectl logs web-1 -c ', ['log', 'nginx']],
  ['kubectl apply -f w', ['web.yaml']],
  ['kubectl config use-context h', ['home']],
  ['kubectl get pods | ca', ['cat']],
  ['cat we', ['web.yaml']],
  ['kubectl exec web-1 -- l', []],
  ['kubectl nonsense ', []],
  ['kubectl explain po', ['poddisruptionbudgets', 'pods', 'podtemplates']],
  ['kubectl explain pods w', []],
  ['kubectl explain pods -o ', ['plaintext', 'plaintext-openapiv2']],
  ['kubectl top ', ['node', 'pod']],
  ['kubectl top node w', ['worker-a', 'worker-b']],
  ['kubectl top pods w', ['web-1', 'web-2']],
])('%s', (line, wanted) => {
  expect(options(line)).toEqual(wanted);
});

it('says where the word begins that is replaced', () => {
  expect(complete('kubectl get po --watch', 14, source).from).toBe(12);
});
