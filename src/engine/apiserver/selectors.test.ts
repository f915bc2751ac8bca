import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testServer } from '../testing/server.ts';
import { parseFieldSelector } from './field-selectors.ts';
import { matchesRequirements, parseLabelSelector } from './selectors.ts';

const matches = (text: string, labels: Record<string, string>): boolean | string => {
  const parsed = parseLabelSelector(text);
  return 'error' in parsed ? parsed.error : matchesRequirements(parsed.selector, labels);
};

describe('label selectors', () => {
  it.each([
    ['', {}, true],
    ['app=web', { app: 'web' }, true],
    ['app==web', { app: 'api' }, false],
    ['app!=web', {}, true],
    ['app', { app: '' }, true],
    ['!app', { app: '' }, false],
    ['! app', {}, true],
    ['app in (web, api)', { app: 'api' }, true],
    ['app notin (web)', {}, true],
    [
      'app in ()',
      {},
      "unable to parse requirement: values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty",
    ],
    ['app=', { app: '' }, true],
    ['a=1,b=2', { a: '1', b: '2' }, true],
    ['n>5', { n: '6' }, true],
    ['n<5', { n: '6' }, false],
    ['n>5', { n: 'x' }, false],
    ['in=in', { in: 'in' }, true],
    ['x.io/a=b', { 'x.io/a': 'b' }, true],
    ['app=web,', {}, "found '', expected: identifier after ','"],
    ['app in web', {}, "unable to parse requirement: found 'web' expected: '('"],
    ['=web', {}, "found '=', expected: !, identifier, or 'end of string'"],
    ['app web', {}, "unable to parse requirement: found 'web', expected: in, notin, =, ==, !=, gt, lt"],
    ['app in (web', {}, "unable to parse requirement: found '', expected: ',' or ')'"],
    [
      'n>x',
      {},
      `unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer`,
    ],
  ])('%s on %j', (text, labels, result) => {
    expect(matches(text, labels)).toBe(result);
  });

  it('any text either parses or has a complaint, and never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof matches(text, {}) !== 'undefined'));
  });

  it('In and NotIn are opposites where the key is there', () => {
    const word = fc.stringMatching(/^[a-z]{1,3}$/);
    fc.assert(
      fc.property(word, fc.array(word, { minLength: 1, maxLength: 4 }), word, (key, values, value) => {
        const list = `(${values.join(',')})`;
        expect(matches(`${key} in ${list}`, { [key]: value })).toBe(!matches(`${key} notin ${list}`, { [key]: value }));
        expect(matches(`${key} in ${list}`, {})).toBe(false);
        expect(matches(`${key} notin ${list}`, {})).toBe(true);
      }),
    );
  });
});

describe('field selectors', () => {
  it('are read with escapes', () => {
    expect(parseFieldSelector('a=x\\,y,b!=z')).toEqual({
      selector: [
        { field: 'a', not: false, value: 'x,y' },
        { field: 'b', not: true, value: 'z' },
      ],
    });
  });

  it('pick objects, and refuse fields that the kind does not offer', () => {
    const t = testServer();
    const pod = (name: string, nodeName: string) =>
      t.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name },
        spec: { nodeName, containers: [{ name: 'c', image: 'n' }] },
      });
    pod('a', 'x');
    pod('b', 'y');
    const names = (fieldSelector: string) => {
      const r = t.handle({ verb: 'list', apiVersion: 'v1', resource: 'pods', fieldSelector });
      return r.ok ? r.items!.map((o) => o.metadata.name).join() : r.status.message;
    };
    expect(names('spec.nodeName=x')).toBe('a');
    expect(names('spec.nodeName!=x,status.phase=Pending')).toBe('b');
    expect(names('metadata.name=b')).toBe('b');
    expect(names('spec.image=nginx')).toBe('field label not supported: spec.image');
    t.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } });
    const nodes = t.handle({ verb: 'list', resource: 'nodes', fieldSelector: 'spec.unschedulable=false' });
    expect(nodes.ok && nodes.items).toHaveLength(1);
  });
});
