import { describe, expect, it } from 'vitest';
import { applyLine, remedyOf } from './fix.ts';

const CONFIG = 'apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n';

describe('the command that applies a file', () => {
  it.each([
    ['kubectl apply -f a.yaml', 'apiVersion: v1\nkind: Pod\n'],
    ['berth scheduler apply -f a.yaml', `# packs\n---\n${CONFIG}`],
    ['berth scheduler apply -f a.yaml', 'kind: "KubeSchedulerConfiguration" # mine\n'],
    ['berth scheduler apply -f a.yaml', '{\n  "kind" : "Policy",\n  "apiVersion" : "v1"\n}'],
    ['berth scheduler apply -f a.yaml', 'apiVersion: v1\nkind: Policy\npredicates: []\n'],
    ['kubectl apply -f a.yaml', `${CONFIG}---\napiVersion: v1\nkind: Pod\n`],
    ['kubectl apply -f a.yaml', 'apiVersion: audit.k8s.io/v1\nkind: Policy\n'],
    ['kubectl apply -f a.yaml', 'kind: NetworkPolicy\n'],
    ['kubectl apply -f a.yaml', 'kind: ConfigMap\ndata:\n  x: |\n    kind: Policy\n'],
    ['kubectl apply -f a.yaml', '# kind: Policy\n'],
  ])('%s', (line, text) => expect(applyLine('a.yaml', text)).toBe(line));

  it('quotes names', () => expect(applyLine('my file.yaml', CONFIG)).toBe("berth scheduler apply -f 'my file.yaml'"));
});

describe('what would help', () => {
  const at = { file: 'a.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };
  it.each([
    ['no matches for kind "KubeSchedulerConfiguration" in version "kubescheduler.config.k8s.io/v1"', 'command'],
    ['no matches for kind "Policy" in version "v1"\nensure CRDs are installed first', 'command'],
    ['no matches for kind "KubeSchedulerConfiguration" in version "kubescheduler.config.k8s.io/v1beta2"', 'upgrade'],
    ['no kind "KubeSchedulerConfiguration" is registered for version "kubescheduler.config.k8s.io/v1beta2"', 'upgrade'],
    ['no matches for kind "CronJob" in version "batch/v1beta1"', 'upgrade'],
    ['spec.replicas: Invalid value: -1', undefined],
  ])('%s', (message, remedy) => {
    expect(remedyOf('a.yaml', [{ ...at, message }])).toBe(remedy);
    expect(remedyOf('b.yaml', [{ ...at, message }])).toBeUndefined();
  });
});
