import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Env, Parsed } from '../command.ts';
import { Failure, failureText } from '../failure.ts';
import { objectPrinter } from './output.ts';

/** What a real kubectl printed for an object: [template, standard output, standard error up to the dump of the object]. */
interface Recorded {
  object: unknown;
  paths: [string, string, string][];
  templates: [string, string, string][];
}

const recorded = JSON.parse(readFileSync(new URL('testdata/formats.json', import.meta.url), 'utf8')) as Recorded;
const flags = { bool: () => false, str: () => '' } as unknown as Parsed;

function print(name: string, argument: string): [string, string] {
  let out = '';
  const env = { out: (text: string) => (out += text) } as unknown as Env;
  try {
    objectPrinter(env, flags, { name, argument })(recorded.object);
    return [out, ''];
  } catch (e) {
    if (!(e instanceof Failure)) throw e;
    return [out, failureText(e).split('. Printing')[0]!];
  }
}

it.each(recorded.paths)('jsonpath %s', (template, out, err) => {
  expect(print('jsonpath', template)).toEqual([out, err]);
});

it.each(recorded.templates)('go-template %s', (template, out, err) => {
  expect(print('go-template', template)).toEqual([out, err]);
});

it('names what has no name <unknown>', () => {
  let out = '';
  const env = { out: (text: string) => (out += text) } as unknown as Env;
  objectPrinter(env, flags, { name: 'name', argument: '' })({ apiVersion: 'v1', kind: 'Config' });
  expect(out).toBe('config/<unknown>\n');
});
