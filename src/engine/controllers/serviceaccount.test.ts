import { expect, it } from 'vitest';
import { lab } from '../testing/lab.ts';

it('every namespace has its default account, also after it was deleted', () => {
  const c = lab('');
  c.create('{apiVersion: v1, kind: Namespace, metadata: {name: team}}');
  c.run(1);
  expect(c.get('ServiceAccount', 'default', 'team')).toBeDefined();
  c.delete('ServiceAccount', 'default', {}, 'team');
  c.run(1);
  expect(c.get('ServiceAccount', 'default', 'team')).toBeDefined();
  expect(c.disturb()).toEqual([]);
});
