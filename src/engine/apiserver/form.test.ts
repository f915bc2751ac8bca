import { describe, expect, it } from 'vitest';
import type { AnyObject } from '../api/meta.ts';
import { createRequest, type TestServer, testServer } from '../testing/server.ts';

let forms = 0;

/** Bodies of one form that no other test has used. */
function ownForm(spec: object = {}): (name: string) => AnyObject {
  const form = `form-${forms++}`;
  return (name) =>
    ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { form } },
      spec: {
        containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu: '0.5' } } }],
        nodeSelector: { form },
        ...spec,
      },
    }) as unknown as AnyObject;
}

const warnings = (t: TestServer, o: AnyObject): readonly string[] => t.handle(createRequest(o)).warnings ?? [];
const text = (o: AnyObject): string => JSON.stringify(o).replaceAll(/kube-api-access-\w+/g, 'kube-api-access-');

describe('pods of one form', () => {
  it('are alike but for what is each one’s own', () => {
    const t = testServer();
    const body = ownForm();
    const [first, second] = [t.create(body('a')), t.create(body('b'))];
    const own = { name: '', uid: '', resourceVersion: '' };
    expect(second.metadata).toMatchObject({ name: 'b', managedFields: [{ manager: 'kubectl-create' }] });
    expect(second.metadata.uid).not.toBe(first.metadata.uid);
    expect(text({ ...second, metadata: { ...second.metadata, ...own } })).toBe(
      text({ ...first, metadata: { ...first.metadata, ...own } }),
    );
  });

  it('do not learn from bodies that are changed afterwards', () => {
    const t = testServer();
    const body = ownForm()('a');
    t.create(body);
    (body.spec as { containers: { image: string }[] }).containers[0]!.image = 'other';
    body.metadata.name = 'b';
    expect(t.create(body).spec).toMatchObject({ containers: [{ image: 'other' }] });
  });

  it('have names of their own, good and bad', () => {
    const t = testServer();
    const body = ownForm();
    t.create(body('a'));
    expect(t.tryCreate(body('a'))).toMatch(/^409 AlreadyExists/);
    expect(t.tryCreate(body('A'))).toMatch(/^422 Invalid.*metadata\.name/);
    expect(warnings(t, body('a.b'))[0]).toMatch(/^metadata\.name: this is used in the Pod's hostname/);
    expect(warnings(t, body('b'))).toEqual([]);
  });

  it('are refused and warned of each time', () => {
    const t = testServer();
    const wrong = ownForm({ restartPolicy: 'Sometimes' });
    const odd = ownForm({ hostAliases: [{ ip: '1.2.3.4' }, { ip: '1.2.3.4' }] });
    const unknown = ownForm({ bogus: 1 });
    for (const name of ['a', 'b']) {
      expect(t.tryCreate(wrong(name))).toMatch(/^422 Invalid.*restartPolicy/);
      expect(t.tryCreate(unknown(name))).toMatch(/^400 BadRequest.*unknown field "spec\.bogus"/);
      expect(warnings(t, odd(name)).length).toBeGreaterThan(0);
    }
  });

  it('are looked at again once their namespace has limits', () => {
    const t = testServer();
    const body = ownForm();
    t.create(body('a'));
    const limits = [{ type: 'Container', default: { cpu: '200m' } }];
    t.create({ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'l' }, spec: { limits } });
    expect(t.tryCreate(body('b'))).toMatch(/must be less than or equal to cpu limit/);
  });

  it('know who manages them, whoever creates', () => {
    const t = testServer();
    const body = ownForm();
    t.create(body('a'));
    const b = t.create(body('b'), { fieldManager: 'other' });
    expect(b.metadata.managedFields).toMatchObject([{ manager: 'other', operation: 'Update' }]);
    expect(b.metadata.managedFields![0]!.fieldsV1).toHaveProperty(['f:spec', 'f:nodeSelector']);
  });
});
