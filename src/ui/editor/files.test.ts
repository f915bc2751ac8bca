import { beforeEach, describe, expect, it } from 'vitest';
import { getState, setState } from '../store.ts';
import {
  addFile,
  closeFile,
  fileName,
  freeName,
  pasteDocuments,
  renameFile,
  setText,
  splitDocuments,
} from './files.ts';

beforeEach(() =>
  setState({
    files: { 'web.yaml': 'a', 'db.yaml': 'b' },
    applied: { 'db.yaml': 'b' },
    activeFile: 'web.yaml',
    problems: [],
  }),
);

describe('names', () => {
  it.each([
    ['web.yaml', 'web-2.yaml'],
    ['other.yaml', 'other.yaml'],
  ])('%s is free as %s', (wanted, free) => expect(freeName(wanted, getState().files)).toBe(free));

  it.each([
    ['web', 'web.yaml'],
    [' a b/c.yml ', 'a-b-c.yml'],
    ['../x', 'x.yaml'],
    ['  ', ''],
  ])('%j becomes %j', (typed, name) => expect(fileName(typed)).toBe(name));
});

describe('tabs', () => {
  it('adds and shows', () => {
    addFile('web.yaml', 'new');
    expect(getState()).toMatchObject({ activeFile: 'web-2.yaml', files: { 'web.yaml': 'a', 'web-2.yaml': 'new' } });
  });

  it('renames in place, with what was applied', () => {
    renameFile('db.yaml', 'store');
    expect(Object.keys(getState().files)).toEqual(['web.yaml', 'store.yaml']);
    expect(getState().applied).toEqual({ 'store.yaml': 'b' });
    renameFile('store.yaml', 'web.yaml');
    expect(Object.keys(getState().files)).toEqual(['web.yaml', 'web-2.yaml']);
  });

  it('closing shows the neighbour', () => {
    closeFile('web.yaml');
    expect(getState().activeFile).toBe('db.yaml');
    closeFile('db.yaml');
    expect(getState()).toMatchObject({ activeFile: '', files: {}, applied: {} });
  });

  it('a changed text has no problems yet', () => {
    const problem = { file: 'web.yaml', line: 1, column: 1, endLine: 1, endColumn: 2, message: 'x' };
    setState({ problems: [problem, { ...problem, file: 'db.yaml' }] });
    setText('web.yaml', 'c');
    expect(getState().problems.map((p) => p.file)).toEqual(['db.yaml']);
  });
});

describe('several documents', () => {
  const two =
    '# both\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n';
  it('become a tab each, in an empty tab only', () => {
    expect(pasteDocuments('web.yaml', two)).toBe(false);
    addFile('new.yaml', ' ');
    expect(pasteDocuments('new.yaml', two)).toBe(true);
    expect(Object.keys(getState().files)).toEqual(['web.yaml', 'db.yaml', 'web-service.yaml', 'web-deployment.yaml']);
    expect(getState().activeFile).toBe('web-service.yaml');
    expect(getState().files['web-deployment.yaml']).toMatch(/^apiVersion: apps\/v1/);
  });

  it.each([
    ['one document', 'kind: Pod\n'],
    ['very many', 'kind: Pod\n---\n'.repeat(20)],
    ['nothing but remarks', '# a\n---\n# b\n'],
  ])('%s stays whole', (_, text) => expect(splitDocuments(text)).toBeUndefined());
});
