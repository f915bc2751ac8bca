import { expect, it } from 'vitest';
import type { Node, Pod, PodSpec } from '../api/core.ts';
import type { AnyObject } from '../api/meta.ts';
import { type Random, RandomSource } from '../sim/random.ts';
import { type PlaceResult, Placer } from './place.ts';
import { node, object, pod } from './testing/cluster.ts';

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';
const APPS = ['web', 'db', 'cache'];

function aNode(r: Random, i: number): Node {
  const labels: Record<string, string> = { disk: r.pick(['ssd', 'hdd']) };
  if (r.int(8) > 0) labels[ZONE] = r.pick(['a', 'b', 'c']);
  const images = r.int(3) ? [] : [{ names: [`${r.pick(APPS)}:latest`], sizeBytes: r.pick([5e7, 3e8, 9e8]) }];
  return node(`n${i}`, {
    labels,
    cpu: r.pick(['2', '4', '8']),
    pods: r.pick(['4', '20']),
    ...(r.int(6) ? {} : { taints: [r.pick(['gpu=yes:NoSchedule', 'slow=yes:PreferNoSchedule'])] }),
    ...(r.int(12) ? {} : { unschedulable: true }),
    ...(images.length ? { images } : {}),
  });
}

const selector = (r: Random) => ({ matchLabels: { app: r.pick(APPS) } });
const term = (r: Random) => ({ topologyKey: r.pick([ZONE, HOST]), labelSelector: selector(r) });

function aSpec(r: Random): Partial<PodSpec> {
  switch (r.int(9)) {
    case 0:
      return { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term(r)] } } };
    case 1:
      return { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term(r)] } } };
    case 2:
      return {
        affinity: {
          podAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 + r.int(100), podAffinityTerm: term(r) }],
          },
        },
      };
    case 3:
    case 4: {
      const one = () => ({
        maxSkew: 1 + r.int(2),
        topologyKey: r.pick([ZONE, HOST]),
        whenUnsatisfiable: r.pick(['DoNotSchedule', 'ScheduleAnyway']),
        labelSelector: selector(r),
        nodeTaintsPolicy: r.pick(['Honor', 'Ignore']),
      });
      return { topologySpreadConstraints: r.int(2) ? [one()] : [one(), one()] };
    }
    case 5:
      return { nodeSelector: { disk: 'ssd' } };
    case 6:
      return { tolerations: [{ operator: 'Exists' }] };
    default:
      return {};
  }
}

const SEEDS = Array.from({ length: 14 }, (_, i) => i + 1);

/** A few templates, so that equal pods come in rows. */
function templates(r: Random): {
  labels: Record<string, string>;
  cpu: string;
  image: string;
  spec: Partial<PodSpec>;
  priority: number;
  owner: boolean;
}[] {
  return Array.from({ length: 7 }, () => ({
    labels: { app: r.pick(APPS) },
    cpu: r.pick(['100m', '500m', '1']),
    image: r.pick(APPS),
    spec: aSpec(r),
    priority: r.pick([0, 0, 0, 100]),
    owner: r.int(3) === 0,
  }));
}

/** Runs one story on a scheduler; the same seed tells the same story. */
function story(seed: number, incremental: boolean): string[] {
  const r = new RandomSource(seed).fork('story');
  const placer = new Placer({ incremental });
  const kinds = templates(r);
  const nodes = new Map<string, Node>();
  const placed: string[] = [];
  const log: string[] = [];
  const put = (n: Node): void => {
    nodes.set(n.metadata.name, n);
    placer.put(n as unknown as AnyObject);
  };
  const size = r.pick([5, 12, 130]);
  for (let i = 0; i < size; i++) put(aNode(r, i));
  placer.put({
    ...object('ReplicaSet', 'apps/v1', 'set'),
    metadata: { ...object('ReplicaSet', 'apps/v1', 'set').metadata, namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'web' } } },
  });
  let kind = kinds[0]!;
  for (let i = 0; i < 160; i++) {
    if (r.int(4) === 0) kind = r.pick(kinds);
    const act = r.int(20);
    if (act === 0 && placed.length) placer.removePod(placed.splice(r.int(placed.length), 1)[0]!);
    else if (act === 1) put(aNode(r, r.int(size + 3)));
    else if (act === 2 && nodes.size > 2) {
      const gone = r.pick([...nodes.keys()]);
      nodes.delete(gone);
      placer.removeNode(gone);
    } else if (act === 3)
      placer.put({
        ...object('Service', 'v1', `s${i}`),
        metadata: { ...object('Service', 'v1', `s${i}`).metadata, namespace: 'default' },
        spec: { selector: { app: r.pick(APPS) } },
      });
    const p: Pod = pod(`p${i}`, {
      labels: kind.labels,
      image: kind.image,
      requests: { cpu: kind.cpu, memory: '100Mi' },
      spec: { ...kind.spec, priority: kind.priority },
      ...(kind.owner ? { owner: { kind: 'ReplicaSet', name: 'set', apiVersion: 'apps/v1' } } : {}),
    });
    const result: PlaceResult = placer.place(p);
    if (result.node) placed.push(`default/p${i}`);
    if (result.candidate && r.int(2)) placer.nominator.add(placer.cache.classes.info(p), result.candidate.node);
    log.push(
      `${i} ${result.node ?? result.message} ${result.candidate ? `${result.candidate.node}<${result.candidate.victims.map((v) => v.key).join()}` : ''} @${placer.position.startIndex}`,
    );
  }
  return log;
}

it.each(SEEDS)('what is kept between pods changes no decision (seed %i)', (seed) => {
  expect(story(seed, true)).toEqual(story(seed, false));
});

it('the stories are eventful', () => {
  const all = SEEDS.slice(0, 6).flatMap((seed) => story(seed, true));
  expect(all.filter((l) => l.includes('nodes are available')).length).toBeGreaterThan(20);
  expect(all.filter((l) => l.includes('<')).length).toBeGreaterThan(3);
});
