import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyFrame, emptyRows, rows } from '../rows.ts';
import { getState, setState } from '../store.ts';
import { type Asked, answering } from '../testing/answering.ts';
import { clusterFrame, trainerDecision } from '../testing/fake-rows.ts';
import { EditorPanel } from './EditorPanel.tsx';

// the full editor needs a browser; here its absence is the offline case, and the plain one stays
vi.mock('./YamlEditor.tsx', () => Promise.reject(new Error('offline')));

const initial = getState();
const web = 'kind: Pod\nspec:\n  image: nginx:1.25\n';
const trainer =
  'kind: Deployment\nmetadata:\n  name: trainer\nspec:\n  template:\n    spec:\n      containers:\n      - resources:\n          requests:\n            cpu: "2.5"\n';
let asked: Asked[] = [];

async function show(answers: Parameters<typeof answering>[0] = {}): Promise<void> {
  ({ asked } = await answering(answers));
  render(<EditorPanel />);
}
const settle = (ms = 10) => act(async () => void (await new Promise((r) => setTimeout(r, ms))));
const manifest = () => screen.getByRole('textbox', { name: 'Manifest' }) as HTMLTextAreaElement;
const done = { stdout: 'pod/web created\n', stderr: '', exitCode: 0, problems: [] };

beforeEach(() => {
  Object.assign(rows, emptyRows());
  setState(
    { ...initial, files: { 'web.yaml': web, 'trainer.yaml': trainer }, activeFile: 'web.yaml', revision: 1 },
    true,
  );
});
afterEach(cleanup);

describe('the editor', () => {
  it('can be typed into at once, and applies what is there with Ctrl+Enter', async () => {
    await show({ run: done });
    expect(screen.getByText('Not applied yet')).toBeTruthy();
    await userEvent.type(manifest(), '  tty: true');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await settle();
    expect(getState().console.map((e) => e.line)).toEqual(['kubectl apply -f web.yaml']);
    const [, , , , files] = asked.find(([m]) => m === 'run')!;
    expect((files as Record<string, string>)['web.yaml']).toContain('tty: true');
    expect(getState().applied['web.yaml']).toContain('tty: true');
    expect(screen.getByText('No changes since the last apply')).toBeTruthy();
  });

  it('says what would change, and marks the line and the tab', async () => {
    setState({ applied: { 'web.yaml': web } });
    await show();
    fireEvent.change(manifest(), { target: { value: web.replace('1.25', '1.27') } });
    expect(screen.getByText('1 line changed: image 1.25 → 1.27')).toBeTruthy();
    expect(document.querySelector('.ln.add')?.textContent).toContain('image: nginx:1.27');
    expect(screen.getByRole('tab', { name: /^web.yaml.*differs from what is applied/ })).toBeTruthy();
  });

  it('shows what the API server refuses under its line, and nothing counts as applied', async () => {
    const message = 'strict decoding error: unknown field "spec.image"';
    const problem = { file: 'web.yaml', line: 3, column: 3, endLine: 3, endColumn: 8, message };
    await show({ run: { stdout: '', stderr: `Error: ${message}`, exitCode: 1, problems: [problem] } });
    await userEvent.click(screen.getByRole('button', { name: 'Apply' }));
    await settle();
    expect(screen.getByText(message).previousElementSibling?.textContent).toContain('image: nginx:1.25');
    expect(screen.getByText('Refused: 1 problem, the cluster is unchanged')).toBeTruthy();
    expect(getState().applied).toEqual({});
    expect(getState().notice).toMatchObject({ assertive: true, text: message });
    fireEvent.change(manifest(), { target: { value: 'kind: Pod\n' } });
    expect(screen.queryByText(message)).toBeNull();
  });

  it('puts a lens under the line that made a node refuse; it opens the inspector', async () => {
    applyFrame(rows, clusterFrame());
    setState({ activeFile: 'trainer.yaml' });
    await show({ explain: trainerDecision() });
    const lens = await screen.findByRole('button', { name: /^worker-x86 refuses here/ }, { timeout: 5000 });
    expect(lens.textContent).toBe('worker-x86 refuses here: 2.1 CPU free of 3.8');
    expect(lens.previousElementSibling?.textContent).toContain('cpu: "2.5"');
    await userEvent.click(lens);
    expect(getState()).toMatchObject({
      selection: { kind: 'Pod', key: 'default/trainer-6b5f-x7d2p' },
      inspectorOpen: true,
    });
    expect(within(screen.getByRole('list', { name: 'Why nodes refuse' })).getByRole('button').textContent).toContain(
      'line 10:',
    );
  });

  it('tells the worker the texts once typing has paused', async () => {
    await show();
    fireEvent.change(manifest(), { target: { value: 'a: 1\n' } });
    await settle(900);
    expect(asked.filter(([m]) => m === 'files')).toEqual([
      ['files', { 'web.yaml': 'a: 1\n', 'trainer.yaml': trainer }],
    ]);
  });

  it('shows markup as text', async () => {
    setState({ files: { '<b>x</b>.yaml': 'name: <img src=x onerror=alert(1)>\n' }, activeFile: '<b>x</b>.yaml' });
    await show();
    expect(document.querySelector('img')).toBeNull();
    expect(screen.getByRole('tab').textContent).toBe('<b>x</b>.yaml');
  });
});

describe('files', () => {
  it('are tabs: arrows move, F2 renames, Delete closes, plus adds', async () => {
    await show();
    screen.getByRole('tab', { name: 'web.yaml' }).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(getState().activeFile).toBe('trainer.yaml');
    await userEvent.keyboard('{F2}');
    const name = screen.getByRole('textbox', { name: 'New name of trainer.yaml' });
    await userEvent.clear(name);
    await userEvent.type(name, 'big{Enter}');
    expect(Object.keys(getState().files)).toEqual(['web.yaml', 'big.yaml']);
    await userEvent.click(screen.getByRole('button', { name: 'Close big.yaml' }));
    await userEvent.click(screen.getByRole('button', { name: 'New file' }));
    expect(getState().activeFile).toBe('new.yaml');
    expect(screen.getByRole('button', { name: 'Apply' })).toHaveProperty('disabled', true);
  });

  it('can be dropped, each becomes a tab', async () => {
    await show();
    const files = [new File(['a: 1'], 'a.yaml'), new File(['b: 1'], 'web.yaml')];
    fireEvent.drop(screen.getByRole('region', { name: 'Editor' }), { dataTransfer: { files, types: ['Files'] } });
    await settle();
    expect(getState().files).toMatchObject({ 'a.yaml': 'a: 1', 'web-2.yaml': 'b: 1', 'web.yaml': web });
  });

  it('says so when none is open', async () => {
    setState({ files: {}, activeFile: '' });
    await show();
    expect(screen.getByText('No file is open.')).toBeTruthy();
  });
});
