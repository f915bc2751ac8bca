/**
 * Every manifest of the five seeds does what its seed says, on the seeds' own clusters and with a kubelet that pulls,
 * starts and waits.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Pod } from '../engine/api/core.ts';
import { clusterObjects } from './manifests.ts';
import { Playground } from './playground.ts';
import { runLine } from './programs.ts';

const bundle = gunzipSync(readFileSync(new URL('../kubectl/transcripts/testdata/recorded.json.gz', import.meta.url)));
const { files, clusters } = JSON.parse(bundle.toString()) as Record<'files' | 'clusters', Record<string, string>>;

class Seed {
  readonly playground: Playground;
  constructor(cluster: string) {
    const world = { seed: 1, startMs: Date.UTC(2026, 0, 1), kubelet: 'sim' as const, files };
    this.playground = new Playground({ ...world, cluster: clusterObjects(clusters[cluster]!) }, runLine);
    this.wait(10);
  }

  wait(seconds: number): void {
    this.playground.playTo(this.playground.elapsedMs + seconds * 1_000);
  }

  /** Runs lines, a minute each at the most, and returns what the last one printed, with `exit N` when it failed. */
  run(...lines: string[]): string {
    let text = '';
    for (const line of lines) {
      text = '';
      let exit: number | undefined;
      const add = (t: string): void => {
        text += t;
      };
      this.playground.start(line, undefined, { out: add, err: add }, (e) => {
        exit = e.code;
      });
      for (let s = 0; exit === undefined && s < 60; s++) this.wait(1);
      if (exit !== 0) text += `exit ${exit}`;
    }
    return text.trimEnd();
  }

  /** Applies manifests and lets the cluster come to rest. */
  apply(...names: string[]): string {
    const said = names.map((n) => this.run(`kubectl apply -f manifests/${n}`)).join('\n');
    this.wait(60);
    return said;
  }

  /** `node phase` of the pods whose names begin so, in order. */
  pods(prefix: string): string[] {
    return [...this.playground.cluster.list.list<Pod>('Pod')]
      .filter((p) => p.metadata.namespace === 'default' && p.metadata.name.startsWith(prefix))
      .map((p) => `${p.spec.nodeName ?? '-'} ${p.status?.phase}`)
      .sort();
  }

  nodes(prefix: string): string[] {
    return [...new Set(this.pods(prefix).map((p) => p.split(' ')[0]!))];
  }
}

const times = (n: number, text: string): string[] => Array<string>(n).fill(text);

const STORIES: Record<string, () => void> = {
  '000-nginx-deployment.yaml': () => {
    const s = new Seed('seed0');
    expect(s.apply('000-nginx-deployment.yaml')).toBe('deployment.apps/nginx created');
    expect(s.pods('nginx')).toEqual(['kube-n01 Running', 'p1220-kvm1 Running']);
  },
  '000-ubuntu-nginx-nodeselector.yaml': () => {
    const s = new Seed('seed0');
    s.run('kubectl label nodes kube-n01 arch=x86', 'kubectl label nodes p1220-kvm1 arch=ppc64le');
    expect(s.apply('000-ubuntu-nginx-nodeselector.yaml')).toBe('deployment.apps/ubuntu-nginx created');
    expect(s.pods('ubuntu')).toEqual(['p1220-kvm1 Running']);
    s.run('kubectl label nodes p1220-kvm1 arch-');
    s.wait(60);
    expect(s.pods('ubuntu')).toEqual(['p1220-kvm1 Running']);
    s.run('kubectl expose pod $(kubectl get pods -o name | cut -d/ -f2) --name ubuntu-nginx');
    expect(s.run(`kubectl patch svc ubuntu-nginx -p '{"spec":{"type":"NodePort"}}'`)).toBe(
      'service/ubuntu-nginx patched',
    );
    expect(s.run('kubectl get svc ubuntu-nginx --no-headers')).toMatch(/^ubuntu-nginx +NodePort .* 80:3\d{4}\/TCP/);
  },
  '000-ubuntu-nginx-affinity.yaml': () => {
    const s = new Seed('seed0');
    s.apply('000-ubuntu-nginx-affinity.yaml');
    expect(s.pods('ubuntu')).toEqual(['- Pending']);
    s.run('kubectl label nodes p1220-kvm1 arch=ppc64le');
    s.wait(60);
    expect(s.pods('ubuntu')).toEqual(['p1220-kvm1 Running']);
  },
  '001-random-generator-nodeselector.yaml': () => {
    const s = new Seed('seed2');
    s.apply('001-random-generator-nodeselector.yaml');
    expect(s.pods('random')).toEqual(['- Pending']);
    s.run('kubectl label node w2-k8s disktype=ssd');
    s.wait(60);
    expect(s.nodes('random')).toEqual(['w2-k8s']);
  },
  '001-with-node-affinity.yaml': () => {
    const s = new Seed('zones5');
    s.apply('001-with-node-affinity.yaml');
    expect(s.pods('with')).toEqual(['- Pending']);
    s.run(
      'kubectl delete pod with-node-affinity',
      'kubectl label node worker-1 worker-2 kubernetes.io/e2e-az-name=e2e-az1',
      'kubectl label node worker-2 another-node-label-key=another-node-label-value',
    );
    s.apply('001-with-node-affinity.yaml');
    expect(s.nodes('with')).toEqual(['worker-2']);
  },
  '001-with-pod-affinity.yaml': () => {
    const s = new Seed('zones5');
    s.apply('001-with-pod-affinity.yaml');
    expect(s.pods('with')).toEqual(['- Pending']);
    s.run(`kubectl run s1 --image=nginx --labels=security=S1 --overrides='{"spec":{"nodeName":"worker-5"}}'`);
    s.wait(60);
    expect(s.nodes('with')).toEqual(['worker-5']);
  },
  '002-webserver-nodeselector.yaml': () => {
    const s = new Seed('seed2');
    s.run('kubectl label node w1-k8s w2-k8s cpu=2core_over');
    s.apply('002-webserver-nodeselector.yaml');
    const nodes = s.nodes('w');
    expect(nodes.length).toBeGreaterThan(0);
    expect(nodes.filter((n) => n !== 'w1-k8s' && n !== 'w2-k8s')).toEqual([]);
  },
  '002-nginx-gpu-ssd-affinity.yaml': () => {
    const s = new Seed('seed2');
    s.run('kubectl label node w1-k8s gpu=true cpu=2core disktype=ssd', 'kubectl label node w3-k8s disktype=hdd');
    s.apply('002-nginx-gpu-ssd-affinity.yaml');
    expect(s.nodes('nginx-gpu')).toEqual(['w1-k8s']);
  },
  '002-backend-implied.yaml 002-frontend-podaffinity.yaml': () => {
    const s = new Seed('seed2');
    s.apply('002-frontend-podaffinity.yaml');
    expect(s.pods('frontend')).toEqual(times(5, '- Pending'));
    s.apply('002-backend-implied.yaml');
    s.wait(300);
    expect(s.pods('frontend')).toEqual(times(5, 'w3-k8s Running'));
    expect(s.pods('backend')).toEqual(['w3-k8s Running']);
  },
  '002-backend-implied.yaml 002-frontend-podantiaffinity.yaml': () => {
    const s = new Seed('seed2');
    s.apply('002-backend-implied.yaml', '002-frontend-podantiaffinity.yaml');
    expect(s.pods('frontend')).toHaveLength(5);
    expect(s.nodes('frontend')).toEqual(['w1-k8s', 'w2-k8s']);
  },
  '002-weserver.yaml': () => {
    const s = new Seed('seed2');
    s.run('kubectl taint nodes w3-k8s key01=value01:NoSchedule');
    s.apply('002-weserver.yaml');
    expect(s.pods('weserver')).toEqual([...times(2, 'w1-k8s Running'), ...times(2, 'w2-k8s Running')]);
    const cordoned = new Seed('seed2');
    cordoned.run('kubectl cordon w1-k8s');
    cordoned.apply('002-weserver.yaml');
    expect(cordoned.nodes('weserver')).toEqual(['w2-k8s', 'w3-k8s']);
  },
  '002-weserver-toleration.yaml': () => {
    const s = new Seed('seed2');
    s.run('kubectl taint node w1-k8s role=web:NoSchedule');
    s.apply('002-weserver-toleration.yaml');
    expect(s.pods('weserver')).toHaveLength(4);
    expect(s.nodes('weserver')).toEqual(['w1-k8s', 'w2-k8s', 'w3-k8s']);
    const all = new Seed('seed2');
    all.run('kubectl taint node w1-k8s w2-k8s w3-k8s other=thing:NoSchedule');
    all.apply('002-weserver-toleration.yaml');
    expect(all.pods('weserver')).toEqual(times(4, '- Pending'));
  },
  '002-db-implied.yaml': () => {
    const s = new Seed('seed2');
    s.apply('002-db-implied.yaml', '002-weserver.yaml');
    expect(s.pods('db')).toEqual(['w3-k8s Running']);
    expect(s.run('kubectl drain w3-k8s --ignore-daemonsets')).toBe(`node/w3-k8s cordoned
error: unable to drain node "w3-k8s" due to error: cannot delete Pods that declare no controller (use --force to override): default/db, continuing command...
There are pending nodes to be drained:
 w3-k8s
cannot delete Pods that declare no controller (use --force to override): default/db
exit 1`);
    expect(s.run('kubectl drain w3-k8s --ignore-daemonsets --force')).toMatch(/\nnode\/w3-k8s drained$/);
    s.wait(60);
    expect(s.pods('db')).toEqual([]);
    expect(s.nodes('weserver')).toEqual(['w1-k8s', 'w2-k8s']);
  },
  '002-multipod.yaml': () => {
    const s = new Seed('single');
    s.apply('002-multipod.yaml');
    expect(s.run('kubectl get pod multipod --no-headers')).toMatch(/^multipod +2\/2 +Running/);
    expect(s.run('kubectl describe pods multi-container')).toBe(
      'Error from server (NotFound): pods "multi-container" not found\nexit 1',
    );
    expect(s.run('kubectl exec multipod -c nginx-container -- env')).toContain('HOSTNAME=multipod');
    expect(s.run('kubectl logs multipod -c centos-container')).not.toContain('exit');
  },
  '002-init-container.yaml 002-init-services.yaml': () => {
    const s = new Seed('single');
    s.apply('002-init-container.yaml');
    expect(s.run('kubectl get pod myapp-pod --no-headers')).toMatch(/^myapp-pod +0\/1 +Init:0\/2/);
    expect(s.apply('002-init-services.yaml')).toBe('service/myservice created\nservice/mydb created');
    expect(s.run('kubectl get pod myapp-pod --no-headers')).toMatch(/^myapp-pod +1\/1 +Running/);
  },
  '003-job-pi.yaml': () => {
    const s = new Seed('single');
    expect(s.apply('003-job-pi.yaml')).toBe('job.batch/pi created');
    s.wait(60);
    expect(s.run('kubectl get job pi --no-headers')).toMatch(/^pi +Complete +1\/1/);
    expect(s.pods('pi')).toEqual(['worker-1 Succeeded']);
  },
  '003-cronjob-hello.yaml': () => {
    const s = new Seed('single');
    expect(s.apply('003-cronjob-hello.yaml')).toBe('cronjob.batch/hello created');
    s.wait(180);
    expect(s.run('kubectl get jobs --no-headers | wc -l')).toMatch(/^\s*3$/);
    expect(s.run('kubectl logs $(kubectl get pods -o name | tail -1)')).toMatch(/Hello from the Kubernetes cluster$/);
  },
};

const REFUSED: Record<string, string> = {
  'legacy/001-scheduler-policy.json':
    "error: error parsing manifests/legacy/001-scheduler-policy.json: json: offset 392: invalid character '/' looking for beginning of value\nexit 1",
  'legacy/001-scheduler-policy-valid-json.json':
    'error: resource mapping not found for name: "" namespace: "" from "manifests/legacy/001-scheduler-policy-valid-json.json": no matches for kind "Policy" in version "v1"\nensure CRDs are installed first\nexit 1',
  'legacy/003-cronjob-hello-v1beta1.yaml':
    'error: resource mapping not found for name: "hello" namespace: "" from "manifests/legacy/003-cronjob-hello-v1beta1.yaml": no matches for kind "CronJob" in version "batch/v1beta1"\nensure CRDs are installed first\nexit 1',
};

describe('what the seeds say happens', () => {
  it.each(Object.entries(STORIES))('%s', (_, story) => story());
});

describe('what 1.36 refuses', () => {
  it.each(Object.entries(REFUSED))('%s', (file, words) => {
    expect(new Seed('hetero').run(`kubectl apply -f manifests/${file}`)).toBe(words);
  });

  it.each(['requiredDuringSchedulingRequiredDuringExecution'])('%s, which was never built', (field) => {
    const s = new Seed('single');
    s.playground.writeFile(
      'p.yaml',
      `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: c, image: nginx}]\n  affinity:\n    nodeAffinity:\n      ${field}: {nodeSelectorTerms: []}\n`,
    );
    expect(s.run('kubectl apply -f p.yaml')).toBe(
      `Error from server (BadRequest): error when creating "p.yaml": Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.affinity.nodeAffinity.${field}"\nexit 1`,
    );
  });
});

it('leaves out no manifest', () => {
  const told = new Set([...Object.keys(STORIES).flatMap((k) => k.split(' ')), ...Object.keys(REFUSED)]);
  const there = Object.keys(files)
    .filter((f) => /^manifests\/.*\.(yaml|json)$/.test(f))
    .map((f) => f.slice('manifests/'.length));
  expect(there.length).toBe(22);
  expect(there.filter((f) => !told.has(f))).toEqual([]);
});
