import { beforeEach, describe, expect, it } from 'vitest';
import type { MarkRow } from '../../view/rows.ts';
import { getState, setState } from '../store.ts';
import { appliedFile, forgetUndone, noteResult, noteStory, savedEdit } from './apply.ts';

const ok = { stdout: '', stderr: '', exitCode: 0, problems: [] };
beforeEach(() => setState({ files: { 'web.yaml': 'a', 'b c.yaml': 'b' }, applied: {}, problems: [], console: [] }));

describe('appliedFile', () => {
  it.each([
    ['kubectl apply -f web.yaml', 'web.yaml'],
    ["k apply --server-side -f 'b c.yaml'", 'b c.yaml'],
    ['kubectl apply --filename=web.yaml', 'web.yaml'],
    ['berth scheduler apply -f s.yaml', 's.yaml'],
    ['kubectl delete -f web.yaml', undefined],
    ['kubectl apply -k .', undefined],
  ])('%s', (line, file) => expect(appliedFile(line)).toBe(file));
});

describe('what was applied', () => {
  it('is noted after a typed command that succeeded', () => {
    noteResult('kubectl apply -f web.yaml', ok);
    expect(getState().applied).toEqual({ 'web.yaml': 'a' });
  });

  it('is not noted after a refusal, but its problems are', () => {
    const problem = { file: 'web.yaml', line: 1, column: 1, endLine: 1, endColumn: 2, message: 'no' };
    noteResult('kubectl apply -f web.yaml', { ...ok, exitCode: 1, problems: [problem] });
    expect(getState()).toMatchObject({ applied: {}, problems: [problem] });
    noteResult('kubectl apply -f web.yaml', ok);
    expect(getState().problems).toEqual([]);
  });

  it('is forgotten when its apply was undone', () => {
    setState({ applied: { 'web.yaml': 'a', 'b c.yaml': 'b' } });
    forgetUndone([{ id: 1, atMs: 0, kind: 'input', text: 'kubectl apply -f web.yaml' }]);
    expect(getState().applied).toEqual({ 'web.yaml': 'a' });
  });

  it('is noted when the story applied it by itself', () => {
    const mark = (text: string): MarkRow => ({ id: 1, atMs: 0, kind: 'input', text });
    setState({ console: [{ id: 'x', line: "kubectl apply -f 'b c.yaml'", chunks: [], exitCode: 1 }] });
    noteStory([
      mark('kubectl apply -f web.yaml'),
      mark("kubectl apply -f 'b c.yaml'"),
      mark('kubectl apply -f none.yaml'),
    ]);
    expect(getState().applied).toEqual({ 'web.yaml': 'a' });
  });
});

describe('savedEdit', () => {
  const head = "# Please edit the object below. Lines beginning with a '#' will be ignored,\n#\n";
  it.each([
    [
      `${head}apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    a: |\n      {}\n\n  labels:\n    name: x\n  name: web\n  namespace: shop\nspec:\n  name: y\n`,
      'kubectl edit deployment web -n shop',
    ],
    [`${head}apiVersion: v1\nkind: Node\nmetadata:\n  name: w1\n`, 'kubectl edit node w1'],
    ['kind: Pod\nmetadata:\n  name: a\n', undefined],
    [head, undefined],
  ])('%#', (text, line) => expect(savedEdit(text)).toBe(line));
});
