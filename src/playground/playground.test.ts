import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../scenarios/index.ts';
import type { RecordedInput } from '../share/recording.ts';
import { Playground } from './playground.ts';
import { runLine } from './programs.ts';
import { worldOf } from './world.ts';

const NGINX = `apiVersion: apps/v1
kind: Deployment
metadata: {name: nginx}
spec:
  replicas: 4
  selector: {matchLabels: {app: nginx}}
  template:
    metadata: {labels: {app: nginx}}
    spec: {containers: [{name: nginx, image: nginx}]}
`;

const STORY: RecordedInput[] = [
  { atMs: 500, line: 'kubectl apply -f -', stdin: NGINX },
  { atMs: 4_000, line: 'kubectl taint nodes worker-x86 a=b:NoSchedule' },
  { atMs: 6_000, line: 'kubectl scale deployment nginx --replicas=6' },
  { atMs: 9_000, line: 'kubectl drain worker-ppc64le --ignore-daemonsets --force' },
  { atMs: 15_000, line: 'kubectl uncordon worker-ppc64le; kubectl taint nodes worker-x86 a-' },
  { atMs: 20_000, line: 'berth fault power-off worker-x86' },
];
const END_MS = 90_000;

const played = (inputs: readonly RecordedInput[] = STORY, play = (p: Playground) => p.seek(END_MS)): Playground => {
  const p = new Playground(worldOf({ scenario: 'opening' }).world, runLine, [...inputs], END_MS);
  play(p);
  return p;
};

const whole = (p: Playground): string => JSON.stringify(p.cluster.snapshot());

describe('a recording', () => {
  const reference = played();

  it('gives the same bytes every time', () => {
    expect(whole(played())).toBe(whole(reference));
  });

  it('does not depend on the slices in which it is played', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 8 }), (steps) => {
        const p = played(STORY, (q) => {
          for (const ms of steps) q.playTo(Math.min(END_MS, q.elapsedMs + ms), () => true);
          q.playTo(END_MS);
        });
        expect(p.digest()).toBe(reference.digest());
      }),
      { numRuns: 6 },
    );
  });

  it('does not depend on where one looked in between', () => {
    const p = played(STORY, (q) => {
      q.seek(30_000);
      q.seek(7_000);
      q.seek(12_500);
      q.seek(2_000);
      q.seek(END_MS);
    });
    expect(p.digest()).toBe(reference.digest());
  });

  it('stops when it is told to and goes on later', () => {
    let budget = 0;
    const p = played(STORY, (q) => {
      for (let i = 0; i < 10_000; i++) {
        budget = 7;
        if (q.playTo(END_MS, () => budget-- > 0)) return;
      }
    });
    expect(p.digest()).toBe(reference.digest());
  });

  it('differs for another seed', () => {
    const { world } = worldOf({ scenario: 'opening' });
    const p = new Playground({ ...world, seed: 2 }, runLine, [...STORY], END_MS);
    p.seek(END_MS);
    expect(p.digest()).not.toBe(reference.digest());
  });

  it('comes back from its own recording', () => {
    const recording = reference.recording();
    const { world } = worldOf({ recording });
    const p = new Playground(world, runLine, recording.inputs, recording.endMs);
    p.seek(recording.endMs);
    expect(p.digest()).toBe(recording.digest);
  });
});

describe('time travel', () => {
  it('never changes the past; acting in it starts a branch', () => {
    const p = played();
    const end = p.digest();
    p.seek(5_000);
    expect(p.past).toBe(true);
    p.start('kubectl create configmap other --from-literal=a=b', undefined);
    expect(p.past).toBe(false);
    expect(p.branches()).toHaveLength(2);
    p.playTo(END_MS);
    expect(p.digest()).not.toBe(end);
    p.switchBranch(0);
    expect(p.digest()).toBe(end);
  });

  it('branches can be named and forgotten, but not the one that is played', () => {
    const p = played();
    p.seek(5_000);
    p.start('kubectl create configmap other --from-literal=a=b', undefined);
    const { timeline } = p;
    expect(timeline.rename(0, 'as it was')).toBe(true);
    expect(p.branches().map((b) => [b.current, b.label])).toEqual([
      [true, undefined],
      [false, 'as it was'],
    ]);
    expect([timeline.rename(7, 'x'), timeline.remove(7), timeline.remove(p.branches()[0]!.id)]).toEqual([
      false,
      false,
      false,
    ]);
    timeline.rename(0, '');
    expect(p.branches()[1]!.label).toBeUndefined();
    expect(timeline.remove(0)).toBe(true);
    expect(p.branches()).toHaveLength(1);
    expect(p.switchBranch(0)).toBe(false);
  });

  it('takes back the last input and brings it again', () => {
    const p = new Playground(worldOf({ scenario: 'opening' }).world, runLine);
    p.playTo(1_000);
    p.start('kubectl create configmap a --from-literal=x=1', undefined);
    p.playTo(3_000);
    p.start('kubectl create configmap b --from-literal=x=1', undefined);
    p.playTo(5_000);
    const before = p.digest();
    const has = (name: string) => p.cluster.list.get('ConfigMap', 'default', name) !== undefined;
    expect([has('a'), has('b')]).toEqual([true, true]);
    expect(p.undo()).toBe(true);
    expect([has('a'), has('b'), p.elapsedMs]).toEqual([true, false, 3_000]);
    expect(p.undo()).toBe(true);
    expect([has('a'), has('b')]).toEqual([false, false]);
    expect(p.undo()).toBe(false);
    expect(p.redo() && p.redo()).toBe(true);
    expect(p.digest()).toBe(before);
  });

  it('interrupts what follows, and replays that too', () => {
    const play = (): Playground => {
      const p = new Playground(worldOf({ scenario: 'opening' }).world, runLine);
      p.playTo(1_000);
      let code: number | undefined;
      p.start(
        'kubectl wait --for=condition=Ready pod/none --timeout=60s || kubectl run x --image=nginx; sleep 30',
        undefined,
        {},
        (e) => {
          code = e.code;
        },
      );
      p.playTo(4_000);
      p.interrupt();
      p.playTo(8_000);
      expect(code).toBe(130);
      return p;
    };
    const p = play();
    const r = p.recording();
    const again = new Playground(worldOf({ recording: r }).world, runLine, r.inputs, r.endMs);
    again.seek(r.endMs);
    expect(again.digest()).toBe(p.digest());
  });
});

describe('files', () => {
  it('are recorded when their text changes', () => {
    const p = new Playground(worldOf({ scenario: 'opening' }).world, runLine);
    p.writeFile('n.yaml', NGINX);
    p.writeFile('n.yaml', NGINX);
    p.start('kubectl apply -f n.yaml', undefined);
    expect(p.recording().inputs.map((i) => i.line)).toEqual(['cat > n.yaml', 'kubectl apply -f n.yaml']);
  });
});

it('every example can be opened', () => {
  for (const s of SCENARIOS) expect(() => worldOf({ scenario: s.slug })).not.toThrow();
  expect(() => worldOf({ scenario: 'nowhere' })).toThrow('There is no example named "nowhere".');
});
