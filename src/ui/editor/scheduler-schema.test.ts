import { expect, it } from 'vitest';
import { ARGS } from '../../engine/scheduler/config/schema.ts';
import { POINTS } from '../../engine/scheduler/config/types.ts';
import { REGISTRY } from '../../engine/scheduler/plugins/index.ts';
import { PLUGINS, withScheduler } from './scheduler-schema.ts';

interface Node {
  properties?: Record<string, Node>;
  items?: Node;
  allOf?: { if: { properties: { name: { const: string } } }; then: { properties: { args: Node } } }[];
}
const { oneOf } = withScheduler({ oneOf: ['first'] });
const configuration = oneOf[1] as Node;
const profile = configuration.properties!.profiles!.items!;

it('knows the plugins and points of the scheduler', () => {
  expect(Object.keys(PLUGINS)).toEqual(Object.keys(REGISTRY));
  expect(Object.keys(profile.properties!.plugins!.properties!)).toEqual(['multiPoint', ...POINTS]);
});

it('knows the arguments of each plugin', () => {
  const known = profile.properties!.pluginConfig!.items!.allOf!.map((a) => [
    a.if.properties.name.const,
    Object.keys(a.then.properties.args.properties!).sort(),
  ]);
  expect(Object.fromEntries(known)).toEqual(
    Object.fromEntries(Object.entries(ARGS).map(([name, shape]) => [name, [...Object.keys(shape as object)].sort()])),
  );
});

it('keeps what is there', () => expect(oneOf[0]).toBe('first'));
