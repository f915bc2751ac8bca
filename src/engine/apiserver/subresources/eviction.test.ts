import { describe, expect, it } from 'vitest';
import { rfc3339 } from '../../sim/time.ts';
import { budget, pod } from '../../testing/builders.ts';
import { START_MS, testServer } from '../../testing/server.ts';

const running = (name: string) => pod(name).labels({ app: 'web' }).on('n').running();
const evict = (name: string) =>
  ({
    verb: 'create',
    apiVersion: 'v1',
    resource: 'pods',
    subresource: 'eviction',
    namespace: 'default',
    name,
    body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } },
  }) as const;
const WORDS = "429 TooManyRequests: Cannot evict pod as it would violate the pod's disruption budget.";

describe('eviction', () => {
  it('without a budget marks and deletes', () => {
    const t = testServer();
    t.server.load([running('a') as never]);
    expect(t.say(evict('a'))).toBe('ok');
    expect(t.get('Pod', 'a')).toMatchObject({
      metadata: { deletionGracePeriodSeconds: 30 },
      status: {
        conditions: expect.arrayContaining([
          expect.objectContaining({
            type: 'DisruptionTarget',
            status: 'True',
            reason: 'EvictionByEvictionAPI',
            message: 'Eviction API: evicting',
          }),
        ]),
      },
    });
  });

  it('spends what the budget allows, then refuses', () => {
    const t = testServer();
    const web = budget('web').minAvailable(1).allows(1);
    t.server.load([running('a'), running('b'), web] as never);
    expect(t.say(evict('a'))).toBe('ok');
    expect(t.get('PodDisruptionBudget', 'web')!.status).toMatchObject({
      disruptionsAllowed: 0,
      disruptedPods: { a: rfc3339(START_MS) },
    });
    const refused = t.handle(evict('b'));
    expect(t.say(evict('b'))).toBe(WORDS);
    expect(refused).toMatchObject({
      status: {
        details: {
          causes: [
            {
              reason: 'DisruptionBudget',
              message: 'The disruption budget web needs 0 healthy pods and has 0 currently',
            },
          ],
        },
      },
    });
    expect(t.get('Pod', 'b')!.metadata.deletionTimestamp).toBeUndefined();
  });

  it.each(['Pending', 'Succeeded', 'Failed'])('a %s pod asks nobody', (phase) => {
    const t = testServer();
    t.server.load([running('a').phase(phase), budget('web').minAvailable(1)] as never);
    expect(t.say(evict('a'))).toBe('ok');
  });

  it('an unready pod goes only when the budget is healthy, or its policy says so', () => {
    const unready = () => {
      const p = running('a');
      p.status.conditions = [];
      return p;
    };
    const t = testServer();
    t.server.load([unready(), budget('web').minAvailable(1)] as never);
    expect(t.say(evict('a'))).toBe(WORDS);
    const always = budget('web').minAvailable(1);
    always.spec.unhealthyPodEvictionPolicy = 'AlwaysAllow';
    const u = testServer();
    u.server.load([unready(), always] as never);
    expect(u.say(evict('a'))).toBe('ok');
  });

  it('two budgets are one too many', () => {
    const t = testServer();
    t.server.load([running('a'), budget('web').allows(1), budget('more').selects({ app: 'web' }).allows(1)] as never);
    expect(t.say(evict('a'))).toBe(
      '500 InternalError: This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  });

  it('a pod that is not there is not found', () => {
    expect(testServer().say(evict('a'))).toBe('404 NotFound: pods "a" not found');
  });
});
