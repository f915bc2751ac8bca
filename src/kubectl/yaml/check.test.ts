import { expect, it } from 'vitest';
import { checkYaml } from './check.ts';

// the words are those of a real kubectl for the same text (`label --local -f FILE`); empty: it reads it
const CASES: [text: string, message: string][] = [
  ['apiVersion: v1\nkind: Pod\nmetadata: {name: p\n', "yaml: line 3: did not find expected ',' or '}'"],
  [
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n spec:\n  containers: []\n',
    'yaml: line 4: did not find expected key',
  ],
  ['apiVersion: v1\nkind: Pod\nmetadata:\n\tname: p\n', 'yaml: line 4: found character that cannot start any token'],
  [
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  labels:\n  \tapp: x\n',
    'yaml: line 6: found character that cannot start any token',
  ],
  ['apiVersion: v1\nkind Pod\nmetadata:\n  name: p\n', "yaml: line 3: could not find expected ':'"],
  ['apiVersion: v1\nkind: Pod\nmetadata\n  name: p\n', "yaml: line 4: could not find expected ':'"],
  [
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p: q\n',
    'yaml: line 4: mapping values are not allowed in this context',
  ],
  ['apiVersion: v1\nkind: Pod\nmetadata:\n  name: "p\nspec: {}\n', 'yaml: line 6: found unexpected end of stream'],
  ["apiVersion: v1\nkind: Pod\nmetadata:\n  name: 'p\nspec: {}\n", 'yaml: line 6: found unexpected end of stream'],
  [
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: b\n   - name: c\n',
    'yaml: line 6: did not find expected key',
  ],
  [
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n   image: b\n',
    'yaml: line 5: did not find expected key',
  ],
  [
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: b\n  restartPolicy: Always\n     foo: bar\n',
    'yaml: line 8: mapping values are not allowed in this context',
  ],
  [
    'apiVersion: v1\nkind: Pod\nspec:\n  containers: [{name: a, image: b]\n',
    "yaml: line 3: did not find expected ',' or '}'",
  ],
  [
    'apiVersion: v1\nkind: Pod\nspec:\n  containers: [{name: a, image: b}\n  x: y\n',
    "yaml: line 4: did not find expected ',' or ']'",
  ],
  ['apiVersion: v1\nkind: Pod\nspec:\n  args: [a, b\n', "yaml: line 4: did not find expected ',' or ']'"],
  ['apiVersion: v1\nkind: Pod\nspec: *foo\n', "yaml: unknown anchor 'foo' referenced"],
  [
    'apiVersion: v1\nkind: CronJob\nspec:\n  schedule: */5 * * * *\n',
    'yaml: line 4: did not find expected alphabetic or numeric character',
  ],
  ['apiVersion: v1\nkind: Pod\nspec: @x\n', 'yaml: line 3: found character that cannot start any token'],
  ['apiVersion: v1\nkind: Pod\nspec: `x`\n', 'yaml: line 3: found character that cannot start any token'],
  ['apiVersion: v1\nkind: Pod\nspec: %x\n', 'yaml: line 3: found character that cannot start any token'],
  ['apiVersion: v1\nkind: Pod\nspec: "a\\qb"\n', 'yaml: line 3: found unknown escape character'],
  ['apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  - a\n', 'yaml: line 4: did not find expected key'],
  [
    'apiVersion: v1\nkind: Pod\nmetadata:\n- a\n  b: c\n',
    'yaml: line 5: mapping values are not allowed in this context',
  ],
  ['apiVersion: v1\n  kind: Pod\n', 'yaml: line 2: mapping values are not allowed in this context'],
  ['  apiVersion: v1\nkind: Pod\n', ''],
  [
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  labels:\n    app: web\n   tier: x\n',
    'yaml: line 6: did not find expected key',
  ],
  ['apiVersion: v1\nkind: Pod\nmetadata:\n  name:p\n', ''],
  ['apiVersion:v1\nkind: Pod\n', 'yaml: line 2: mapping values are not allowed in this context'],
  [
    'apiVersion: v1\nkind: Pod\nspec:\n  command: ["sh", "-c", "echo hi]\n',
    'yaml: line 5: found unexpected end of stream',
  ],
  [
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: b\n    ports:\n    - containerPort: 80\n   env: []\n',
    'yaml: line 8: did not find expected key',
  ],
  ['apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  -name: a\n', ''],
  ['apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n  image: b\n', ''],
  ['a: b\n}\n', 'yaml: line 1: did not find expected key'],
  ['a: ]\n', 'yaml: did not find expected node content'],
  ['a: {b: c}}\n', 'yaml: did not find expected key'],
  ["a: 'it's'\n", 'yaml: did not find expected key'],
  ['a: b\n: c\n', 'yaml: line 1: did not find expected key'],
  ['- a\nb: c\n', "yaml: line 1: did not find expected '-' indicator"],
  ['a: |\n  x\n y: z\n', 'yaml: line 2: did not find expected key'],
  ['a: >\n\tx\n', 'yaml: line 2: found a tab character where an indentation space is expected'],
  ['? a\nb\n', "yaml: line 3: could not find expected ':'"],
  ['a: &x\n  b: 1\nc: *y\n', "yaml: unknown anchor 'y' referenced"],
  ['a: b\n---\n', ''],
  ['a: [1, 2\nb: 3\n', "yaml: line 1: did not find expected ',' or ']'"],
  [
    'metadata:\n  name: x\n  annotations:\n    note: this: is bad\n',
    'yaml: line 4: mapping values are not allowed in this context',
  ],
  ['a: "x"y\n', 'yaml: did not find expected key'],
  ["a: 'x' y\n", 'yaml: did not find expected key'],
  ['key: value\nother\n', "yaml: line 3: could not find expected ':'"],
  ['key: value\n  other\n', ''],
  ['key:\n  - a\n - b\n', 'yaml: line 2: did not find expected key'],
  ['key:\n    a: 1\n  b: 2\n', 'yaml: line 2: did not find expected key'],
  [
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n  - image: nginx\n    name: c\n    env:\n    - name: A\n      value: "1\n    - name: B\n      value: 2\n',
    'yaml: line 14: found unexpected end of stream',
  ],
];

it.each(CASES)('%j', (text, message) => {
  expect(checkYaml(text)?.message ?? '').toBe(message);
});
